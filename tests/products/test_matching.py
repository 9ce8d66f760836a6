"""Whom new items concern: each thing that can be followed, and nobody twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.products.alerts import matching, services
from almoner.products.alerts.enums import Pace
from almoner.products.alerts.matching import matched, readers
from almoner.products.alerts.models import SavedSearch, Subscription
from almoner.records.catalogue.models import ItemAudience, ItemMention
from almoner.records.catalogue.services import withdraw
from almoner.records.catalogue.topics import choose_topics

Make = Callable[..., Any]


def reasons(items: list[Any], **asked: Any) -> dict[str, dict[int, set[str]]]:
    """By address, the items that somebody gets, with what they follow."""
    from almoner.products.alerts.models import Subscriber

    told = {row.pk: f"{row.follows}:{row.about}" for row in Subscription.objects.all()}
    people = dict(Subscriber.objects.values_list("pk", "address"))
    return {
        people[pk]: {item: {told[each] for each in why} for item, why in entries}
        for pk, entries in matched([item.pk for item in items], **asked)
    }


@pytest.fixture
def prevent(make_item: Make) -> Any:
    """An item about Prevent in Leeds, from a publisher, that mentions a work."""
    item = make_item(
        "Prevent in Leeds", publisher="Thistlequay Council", text="What schools do about Prevent."
    )
    choose_topics(item, ["prevent"])
    ItemAudience.objects.get_or_create(item=item, audience="police", defaults={"given_by": "editor"})
    ItemMention.objects.create(item=item, kind="place", known="E08000035", name="Leeds", as_printed="Leeds")
    return item


@pytest.mark.parametrize(
    "followed",
    ["everything:", "audience:police", "topic:prevent", "publisher:thistlequay-council", "area:E08000035"],
)
def test_item_comes_by_what_somebody_follows(
    prevent: Any, make_item: Make, make_subscriber: Make, followed: str
) -> None:
    other = make_item("Ferry timetable")
    make_subscriber("alice@example.org", followed)
    found = reasons([prevent, other])["alice@example.org"]
    assert found[prevent.pk] == {followed}
    assert (other.pk in found) is (followed == "everything:")


def test_broader_topic_brings_what_has_a_narrower_one(prevent: Any, make_subscriber: Make) -> None:
    broader = prevent.topics.exclude(topic="prevent").values_list("topic", flat=True)
    assert broader
    make_subscriber("alice@example.org", f"topic:{broader[0]}")
    assert reasons([prevent])


def test_work_brings_what_mentions_it_and_what_announces_an_edition(
    make_item: Make, make_subscriber: Make, now: datetime
) -> None:
    from almoner.records.guidance.models import Edition, Work

    work = Work.objects.create(slug="kcsie", title="Keeping children safe", known="kcsie")
    mentions, announces = make_item("Governors read it"), make_item("A new edition is out")
    ItemMention.objects.create(
        item=mentions, kind="guidance", known="kcsie", name="KCSIE", as_printed="KCSIE"
    )
    Edition.objects.create(
        work=work, name="2025", slug="2025", sorts_on=now.date(), item=announces, size=1, added_at=now
    )
    make_subscriber("alice@example.org", "work:kcsie")
    make_subscriber("bob@example.org", "work:another")
    assert reasons([mentions, announces]) == {
        "alice@example.org": {mentions.pk: {"work:kcsie"}, announces.pk: {"work:kcsie"}}
    }


def test_saved_search_brings_what_it_finds_among_the_new(make_item: Make, make_subscriber: Make) -> None:
    old, found, beside = make_item("Taxis at night"), make_item("Taxis by day"), make_item("Buses")
    kept = services.save("taxis", {}, name="", today=old.changed_at.date())
    assert kept
    make_subscriber("alice@example.org", f"search:{kept.key}")
    assert reasons([found, beside]) == {"alice@example.org": {found.pk: {f"search:{kept.key}"}}}


def test_saved_search_that_somebody_follows_is_kept(make_subscriber: Make, now: datetime) -> None:
    kept = services.save("taxis", {}, name="", today=now.date())
    assert kept
    make_subscriber("alice@example.org", f"search:{kept.key}")
    services.save("buses", {}, name="", today=now.date() + services.KEPT * 2)
    assert SavedSearch.objects.filter(pk=kept.pk).exists()


def test_item_comes_once_with_every_reason(prevent: Any, make_subscriber: Make) -> None:
    make_subscriber("alice@example.org", "everything:", "topic:prevent", "area:E08000035")
    assert reasons([prevent, prevent])["alice@example.org"] == {
        prevent.pk: {"everything:", "topic:prevent", "area:E08000035"}
    }


def test_items_keep_their_order_and_subscribers_theirs(
    make_item: Make, make_subscriber: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "SPAN", 2)
    items = [make_item(f"Item {number}") for number in range(4)]
    order = [items[at].pk for at in (2, 0, 3, 1)]
    people = [make_subscriber(f"r{number}@example.org", "everything:").pk for number in range(5)]
    found = list(matched(order))
    assert [pk for pk, _ in found] == people
    assert all([pk for pk, _ in entries] == order for _, entries in found)


def test_who_is_not_confirmed_or_ended_or_at_another_pace_gets_nothing(
    prevent: Any, make_subscriber: Make, now: datetime
) -> None:
    make_subscriber("ended@example.org", "everything:", standing="ended")
    make_subscriber("daily@example.org", "everything:@daily")
    left = make_subscriber("left@example.org", "everything:")
    left.subscriptions.update(ended_at=now)
    make_subscriber("weekly@example.org", "everything:")
    assert set(reasons([prevent], paces=[Pace.WEEKLY])) == {"weekly@example.org"}
    assert set(reasons([prevent])) == {"daily@example.org", "weekly@example.org"}


def test_withdrawn_items_and_near_copies_concern_nobody(
    make_item: Make, make_subscriber: Make, now: datetime
) -> None:
    from almoner.records.catalogue.enums import Stands
    from almoner.records.catalogue.relations import ItemCopy

    original, copy, gone = make_item("One"), make_item("One again"), make_item("Gone")
    ItemCopy.objects.create(item=copy, original=original, standing=Stands.NEAR)
    withdraw(gone, reason="Wrong", now=now)
    make_subscriber("alice@example.org", "everything:")
    assert set(reasons([original, copy, gone])["alice@example.org"]) == {original.pk}
    assert reasons([gone]) == {}
    assert list(matched([])) == []


def test_more_of_a_kind_than_a_query_names_are_matched_alike(
    prevent: Any, make_subscriber: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_subscriber("alice@example.org", "topic:prevent")
    make_subscriber("bob@example.org", "topic:taxis")
    monkeypatch.setattr(matching, "LISTED", 0)
    assert set(reasons([prevent])) == {"alice@example.org"}


def test_matching_asks_as_often_for_many_as_for_few(make_item: Make, make_subscriber: Make) -> None:
    asked = []
    for number in range(3):
        make_item(f"Item {number}")
        make_subscriber(f"r{number}@example.org", "everything:", "topic:prevent")
        with CaptureQueriesContext(connection) as queries:
            list(matched(range(1, 50)))
        asked.append(len(queries))
    assert asked[0] == asked[2]


def test_briefing_reaches_each_reader_once_in_the_edition_they_chose(make_subscriber: Make) -> None:
    alice = make_subscriber("alice@example.org", "briefing:weekly")
    bob = make_subscriber("bob@example.org", "briefing:weekly", "briefing:weekly/schools")
    charlie = make_subscriber("charlie@example.org", "briefing:weekly/police")
    make_subscriber("dana@example.org", "briefing:weekly-for-others")
    found = [(each.subscriber, each.audience) for each in readers("weekly", ["schools"])]
    assert found == [(alice.pk, ""), (bob.pk, "schools"), (charlie.pk, "")]
