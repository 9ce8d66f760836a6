"""New items are related behind their keeping; what editors say of stories is never overruled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.products.newsfeed.queries import newest
from almoner.records.catalogue import relating
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.relations import (
    CopyMark,
    FormerStory,
    ItemCopy,
    ItemTrait,
    Story,
    StoryItem,
    StoryTerm,
    TermUse,
    Thread,
)
from almoner.records.catalogue.services import correct, withdraw
from almoner.records.catalogue.stories import merge, pin, split, story_beside, told_in
from tests.pipeline.test_near_copies import CHOIR, FERRY, ROUND_UP

MakeItem = Callable[..., Any]
AGAIN = (
    "Passengers must take a bus, since the harbour trust has no crew for its evening ferry: two of them are ill. "
    "Season tickets will be paid back."
)


def story_of(item: Item) -> Story:
    return StoryItem.objects.select_related("story").get(item=item).story


def relate_all(*items: Item) -> None:
    assert relate_waiting() == len(items)
    assert relate_waiting() == 0


@pytest.fixture
def three(make_item: MakeItem) -> tuple[Item, Item, Item]:
    """Two reports of one happening, and one of another."""
    found = (
        make_item("Evening ferry of the harbour trust stops", text=FERRY, publisher="The Post"),
        make_item("Harbour trust: no evening ferry", text=AGAIN, publisher="Harbour Trust"),
        make_item("Children sing for the library", text=CHOIR, publisher="The Post"),
    )
    relate_all(*found)
    return found


def test_reports_of_one_happening_are_one_story(three: tuple[Item, Item, Item]) -> None:
    ferry, again, choir = three
    assert story_of(ferry) == story_of(again) != story_of(choir)
    assert list(told_in(story_of(ferry))) == [ferry, again]
    assert story_beside(ferry) == story_of(ferry)
    assert story_beside(choir) is None


def test_what_a_library_added_long_before_is_no_report_of_what_is_new(make_item: MakeItem) -> None:
    duty = (
        "Prevent duty guidance: a summary for small colleges",
        "The revised duty came into force on 31 December. What small colleges must do, and when to ask for advice.",
    )
    harassment = (
        "Employers have a new duty to prevent harassment",
        "The new duty came into force on 26 October. What small employers must do, and where to ask for advice.",
    )
    library = make_item(duty[0], text=duty[1], kind="guidance", added="2024-01-16")
    news = make_item(harassment[0], text=harassment[1], published="2024-10-28")
    relate_all(library, news)
    assert story_of(library) != story_of(news)


def test_near_copy_is_folded_under_the_official_one(make_item: MakeItem) -> None:
    paper = make_item("Ferry stops", text=FERRY, link="https://post.example/1")
    trust = make_item("Ferry stops today", text=f"{FERRY} Thank you.", link="https://www.council.gov.uk/2")
    third = make_item("No ferry", text=FERRY.replace("sorry", "very sorry"), link="https://echo.example/3")
    relate_all(paper, trust, third)
    assert set(ItemCopy.objects.values_list("item", "original", "standing")) == {
        (paper.pk, trust.pk, "near"),
        (third.pk, trust.pk, "near"),
    }
    assert story_of(paper) == story_of(trust) == story_of(third)
    (shown,) = newest({})
    assert (getattr(shown, "copies_shown"), getattr(shown, "story_items")) == (2, 3)  # noqa: B009
    assert shown == trust


def test_round_up_holds_an_item_and_hides_none(make_item: MakeItem) -> None:
    ferry = make_item("Ferry stops", text=FERRY)
    round_up = make_item("This week", text=ROUND_UP)
    relate_all(ferry, round_up)
    copy = ItemCopy.objects.get()
    assert (copy.item, copy.original, copy.standing) == (ferry, round_up, "held")
    assert newest({}).count() == 2


def test_copy_comes_back_into_the_news_when_its_original_is_withdrawn(
    make_item: MakeItem, now: datetime
) -> None:
    first = make_item("Ferry stops", text=FERRY, published="2025-04-01")
    copy = make_item("Ferry stops", text=f"{FERRY} Sorry.", published="2025-04-02")
    relate_all(first, copy)
    assert list(newest({})) == [first]
    withdraw(first, reason="An error", now=now)
    assert list(newest({})) == [copy]
    assert list(told_in(story_of(copy))) == [copy]


def test_split_is_never_overruled(three: tuple[Item, Item, Item], now: datetime, make_item: MakeItem) -> None:
    ferry, again, _ = three
    old = story_of(ferry)
    new = split(old, [again])
    assert story_of(again) == new != old
    correct(again, now=now, title="Evening ferry of the harbour trust stops")  # more like the other than ever
    relate_all(again)
    assert story_of(again) == new
    third = make_item("Evening ferry stops", text=f"{AGAIN} Again.")
    relate_all(third)
    assert story_of(third) in (old, new)


def test_merge_and_pin_are_never_overruled(three: tuple[Item, Item, Item], now: datetime) -> None:
    ferry, again, choir = three
    merge(story_of(ferry), story_of(choir))
    assert story_of(ferry) == story_of(again) == story_of(choir)
    correct(choir, now=now, text="Something else altogether has happened to the swans of the castle moat.")
    relate_all(choir)
    assert story_of(choir) == story_of(ferry)
    own = split(story_of(ferry), [choir])
    pin(ferry, own)
    assert story_of(ferry) == own
    merge(own, own)
    assert set(told_in(own)) == {ferry, choir}


def test_what_was_kept_apart_stays_apart_when_a_story_is_merged_into_another(
    three: tuple[Item, Item, Item], now: datetime
) -> None:
    ferry, again, choir = three
    old = story_of(ferry)
    split(old, [again])
    merge(story_of(choir), old)
    StoryItem.objects.filter(item=again).delete()  # as though it were new
    correct(again, now=now, title="The evening ferry has stopped")
    relate_all(again)
    assert story_of(again) != story_of(choir)


def test_threads_follow_what_an_item_names(make_item: MakeItem) -> None:
    item = make_item("KCSIE 2025 is published", text="Keeping Children Safe in Education has changed.")
    look_again(item)
    relate_all(item)
    thread = Thread.objects.get()
    assert (thread.subject, list(thread.items.all())) == ("kcsie", [item])
    relating.relate(item)
    assert thread.items.count() == 1


def test_course_and_library_entry_belong_to_no_story(make_item: MakeItem) -> None:
    relate_all(make_item(kind="course", text=FERRY), make_item(kind="resource", text=CHOIR))
    assert not StoryItem.objects.exists()
    assert ItemTrait.objects.count() == 2


def test_private_name_leaves_no_trace(make_item: MakeItem) -> None:
    item = make_item(
        "Corvina Example found", text=f"Corvina Example was found. {CHOIR}", private_names=["Corvina Example"]
    )
    relate_all(item)
    from almoner.pipeline.relate.traits import term_of

    stored = ItemTrait.objects.get()
    name = term_of("Corvina")
    assert str(name) not in {*stored.weights, *stored.names}
    assert not StoryTerm.objects.filter(term=name).exists()


def test_item_that_is_related_again_leaves_nothing_behind(make_item: MakeItem) -> None:
    item = make_item(text=FERRY)
    relating.relate(item)
    before = (CopyMark.objects.count(), StoryTerm.objects.count(), StoryItem.objects.count())
    relating.relate(item)
    assert (CopyMark.objects.count(), StoryTerm.objects.count(), StoryItem.objects.count()) == before
    assert Story.objects.filter(members=None).count() == 0


def test_item_is_counted_once_however_often_its_words_change(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Ferry stops", text=FERRY)
    relate_all(item)
    used = dict(TermUse.objects.values_list("term", "items"))
    for text in (AGAIN, FERRY):
        correct(item, now=now, text=text)
        relate_all(item)
    assert dict(TermUse.objects.values_list("term", "items")) == used
    assert ItemTrait.objects.count() == 1


def test_story_is_sorted_anew_when_more_is_known_unless_an_editor_spoke(
    three: tuple[Item, Item, Item], make_item: MakeItem
) -> None:
    ferry, again, choir = three
    wrong = story_of(ferry)
    StoryItem.objects.filter(item=choir).update(story=wrong)  # as though the machine had erred
    third = make_item("Children sing again for the library", text=f"{CHOIR} They sang twice.")
    ItemCopy.objects.all().delete()
    relate_all(third)
    assert story_of(ferry) == story_of(again) != story_of(choir)
    assert FormerStory.objects.get().item == choir
    pin(choir, wrong)
    fourth = make_item("Evening ferry stops", text=f"{AGAIN} Again.")
    relate_all(fourth)
    assert story_of(choir) == wrong == story_of(ferry)


def test_relating_asks_no_more_often_among_many(make_item: MakeItem) -> None:
    def queries(number: int) -> int:
        item = make_item(f"Ferry {number} stops", text=f"{FERRY} Boat {number} lies in Eastlea since then.")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            relating.relate(item)
        return len(asked)

    for number in range(4):
        queries(number)
    few = queries(10)
    for number in range(20, 40):
        queries(number)
    assert queries(50) <= few + 2
