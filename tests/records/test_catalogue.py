"""What editors decide about items: the gate before readers, corrections, and what is told to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Category, Item, Publisher
from almoner.records.catalogue.queries import published, waiting
from almoner.records.catalogue.services import correct, publish, restore, settle, withdraw
from almoner.records.catalogue.signals import item_published, item_withdrawn

MakeItem = Callable[..., Item]


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(hours=1)


@pytest.fixture
def told() -> Iterator[list[tuple[str, list[str]]]]:
    """What the catalogue told others, in order."""
    heard: list[tuple[str, list[str]]] = []

    def hear_published(items: list[Item], **_: Any) -> None:
        heard.append(("published", [item.title for item in items]))

    def hear_withdrawn(items: list[Item], **_: Any) -> None:
        heard.append(("withdrawn", [item.title for item in items]))

    item_published.connect(hear_published)
    item_withdrawn.connect(hear_withdrawn)
    yield heard
    item_published.disconnect(hear_published)
    item_withdrawn.disconnect(hear_withdrawn)


def test_published_and_waiting_come_newest_first(make_item: MakeItem, now: datetime) -> None:
    for day in ("2025-01-02", "2025-01-03", "2025-01-01"):
        make_item(f"Out {day}", published=day)
        make_item(f"In {day}", published=day, status="waiting")
    withdraw(make_item("Gone"), reason="A repeat.", now=now)
    assert [item.title for item in published()] == ["Out 2025-01-03", "Out 2025-01-02", "Out 2025-01-01"]
    assert [item.title for item in waiting()] == ["In 2025-01-03", "In 2025-01-02", "In 2025-01-01"]


def test_publish_shows_what_waits_and_says_so_once(
    make_item: MakeItem, later: datetime, told: list[tuple[str, list[str]]]
) -> None:
    items = [make_item("A", status="waiting", findings=("date_missing",)), make_item("B", status="waiting")]
    assert publish(items, now=later).published == tuple(items)
    assert publish(items, now=later + timedelta(1)).published == ()
    assert {(item.status, item.changed_at) for item in items} == {("published", later)}
    assert {(item.status, item.changed_at) for item in Item.objects.all()} == {("published", later)}
    assert told == [("published", ["A", "B"])]


def test_publish_holds_an_item_in_which_a_child_may_be_identifiable(
    make_item: MakeItem, later: datetime, alice: Person
) -> None:
    held = make_item("A", status="waiting", findings=("child_identifiable", "date_missing"))
    free = make_item("B", status="waiting")
    outcome = publish([held, free], now=later)
    assert outcome.published == (free,)
    assert [(each.item, each.reason) for each in outcome.held] == [
        (held, "A child or victim may be identifiable: an editor must decide.")
    ]
    assert list(waiting()) == [held]

    assert publish([held], now=later, decided_by=alice, reason="The court allowed it.").published == (held,)
    finding = held.findings.get(code="child_identifiable")
    assert (finding.settled_at, finding.settled_by, finding.settled_reason) == (
        later,
        alice,
        "The court allowed it.",
    )
    assert held.findings.get(code="date_missing").settled_at is None


def test_publish_takes_a_decision_about_one_item_only(
    make_item: MakeItem, later: datetime, alice: Person
) -> None:
    items = [make_item(title, status="waiting", findings=("child_identifiable",)) for title in "AB"]
    with pytest.raises(ValueError, match="one item at a time"):
        publish(items, now=later, decided_by=alice)
    assert waiting().count() == 2


def test_publish_counts_a_finding_that_an_editor_settled(
    make_item: MakeItem, later: datetime, alice: Person
) -> None:
    item = make_item("A", status="waiting", findings=("child_identifiable",))
    settle(item.findings.get(), alice, later, "No name stands in it.")
    assert publish([item], now=later).published == (item,)


def test_settle_keeps_the_first_decision(
    make_item: MakeItem, later: datetime, alice: Person, bob: Person
) -> None:
    finding = make_item("A", findings=("date_missing",)).findings.get()
    settle(finding, by=alice, now=later, reason="The source has none.")
    settle(finding, by=bob, now=later + timedelta(1))
    finding.refresh_from_db()
    assert (finding.settled_by, finding.settled_at, finding.settled_reason) == (
        alice,
        later,
        "The source has none.",
    )


def test_withdraw_takes_an_item_away_with_a_reason(
    make_item: MakeItem, later: datetime, told: list[tuple[str, list[str]]]
) -> None:
    item, unseen = make_item("A"), make_item("B", status="waiting")
    withdraw(item, reason=" The publisher asked. ", now=later)
    withdraw(unseen, reason="A repeat.", now=later)
    withdraw(item, reason="Another reason.", now=later)
    item.refresh_from_db()
    assert (item.status, item.withdrawn_reason, item.changed_at) == (
        "withdrawn",
        "The publisher asked.",
        later,
    )
    assert told[1:] == [("withdrawn", ["A"])]
    assert [held.reason for held in publish([item], now=later).held] == [
        "It was withdrawn. Restore it first."
    ]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_withdraw_needs_a_reason_that_fits(make_item: MakeItem, later: datetime, reason: str) -> None:
    item = make_item("A")
    with pytest.raises(ValidationError) as refused:
        withdraw(item, reason=reason, now=later)
    assert list(refused.value.message_dict) == ["withdrawn_reason"]
    assert published().count() == 1


def test_restore_puts_a_withdrawn_item_back_into_the_queue(make_item: MakeItem, later: datetime) -> None:
    item = make_item("A", findings=())
    restore(item, now=later)
    assert item.status == "published"
    withdraw(item, reason="A mistake.", now=later)
    restore(item, now=later)
    item.refresh_from_db()
    assert (item.status, item.withdrawn_reason) == ("waiting", "")


def test_restore_does_not_get_round_the_gate(make_item: MakeItem, later: datetime) -> None:
    item = make_item("A", status="waiting", findings=("child_identifiable",))
    withdraw(item, reason="A mistake.", now=later)
    restore(item, now=later)
    assert publish([item], now=later).published == ()


def test_correct_changes_fields_and_what_follows_from_them(
    make_item: MakeItem, later: datetime, told: list[tuple[str, list[str]]]
) -> None:
    item = make_item("A", text="Old.", html="<p>Old.</p>", published="2025-04-01")
    category = Category.objects.create(name="Drugs", slug="drugs")
    publisher = Publisher.objects.create(name="Ofsted", slug="ofsted")
    changed = correct(
        item, now=later, title="B", text="New.", published="2024-07", added="", categories=[category],
        publisher=publisher, links=[{"href": "https://example.org", "text": "x"}],
    )  # fmt: skip
    item.refresh_from_db()
    assert changed == {"title", "text", "published", "categories", "publisher", "links"}
    assert (item.title, item.text, item.html, item.published, item.published_precision) == (
        "B", "New.", "", "2024-07", "month",
    )  # fmt: skip
    assert (item.sorts_at.isoformat(), item.changed_at) == ("2024-06-30T23:00:00+00:00", later)
    assert (list(item.categories.all()), item.publisher) == ([category], publisher)
    assert told == [("published", ["A"]), ("published", ["B"])]


def test_correct_without_a_difference_changes_nothing(
    make_item: MakeItem, later: datetime, now: datetime, told: list[tuple[str, list[str]]]
) -> None:
    item = make_item("A", categories=("Drugs",))
    assert correct(item, now=later, title="A", categories=item.categories.all()) == frozenset()
    assert (item.changed_at, len(told)) == (now, 1)


def test_correct_of_private_names_alone_is_no_change_for_readers(
    make_item: MakeItem, later: datetime, now: datetime, told: list[tuple[str, list[str]]]
) -> None:
    item = make_item("A")
    assert correct(item, now=later, private_names=["Charlie Brown"]) == {"private_names"}
    item.refresh_from_db()
    assert (item.private_names, item.changed_at, len(told)) == (["Charlie Brown"], now, 2)


def test_correct_keeps_what_is_mentioned_in_step_with_the_words(make_item: MakeItem, later: datetime) -> None:
    item = make_item("A", text="Ofsted and Kent Police wrote.")
    correct(item, now=later, text="Ofsted wrote.\n\nOfsted cites KCSIE 2023.")
    assert list(item.mentions.values_list("kind", "name", "edition", "count")) == [
        ("organisation", "Ofsted", "", 2),
        ("guidance", "Keeping Children Safe in Education", "2023", 1),
    ]
    correct(item, now=later, text="Nobody wrote.")
    assert not item.mentions.exists()


def test_correct_of_what_waits_tells_nobody(
    make_item: MakeItem, later: datetime, told: list[tuple[str, list[str]]]
) -> None:
    correct(make_item("A", status="waiting"), now=later, title="B")
    assert told == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 501),
        ("kind", "gossip"),
        ("licence", "stolen"),
        ("link", "javascript:alert(1)"),
        ("published", "31/02/2020"),
        ("published", "2020-02-31"),
        ("added", "yesterday"),
        ("links", [{"href": "javascript:alert(1)", "text": ""}]),
        ("links", "https://example.org"),
        ("private_names", "Charlie"),
        ("credit_author", "x" * 301),
    ],
)
def test_correct_refuses_what_does_not_fit_and_changes_nothing(
    make_item: MakeItem, later: datetime, field: str, value: Any
) -> None:
    item = make_item("A")
    before = Item.objects.values().get()
    with pytest.raises(ValidationError) as refused:
        correct(item, now=later, summary="Something else.", **{field: value})
    assert list(refused.value.message_dict) == [field]
    assert Item.objects.values().get() == before


@pytest.mark.parametrize(
    "field", ["key", "status", "fingerprint", "html", "published_as_printed", "sorts_at"]
)
def test_correct_leaves_alone_what_no_editor_decides(
    make_item: MakeItem, later: datetime, field: str
) -> None:
    with pytest.raises(TypeError, match=field):
        correct(make_item("A"), now=later, **{field: "x"})


def test_correct_does_not_undo_what_another_editor_did(make_item: MakeItem, later: datetime) -> None:
    item = make_item("A", summary="Old.")
    stale = Item.objects.get()
    correct(item, now=later, title="B")
    correct(stale, now=later, summary="New.")
    assert Item.objects.values_list("title", "summary").get() == ("B", "New.")
