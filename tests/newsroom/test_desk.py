"""The newsroom's first page, and where its counts lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from almoner.pipeline import model
from almoner.records.catalogue.classifying import classify_again
from almoner.records.catalogue.dues import due_rows
from almoner.records.catalogue.models import Item, ItemDue, ItemEvent
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.relations import StoryItem
from almoner.records.ingest.models import Sighting
from tests.newsroom.conftest import MakeItem


def counted(page: str, heading: str) -> dict[str, tuple[str, int]]:
    """The counts under a heading: name → where it leads, and the number."""
    part = page[page.index(f">{heading}</h2>") :].partition("</section>")[0]
    found = re.findall(r'href="([^"]+)".*?__name">([^<]+)<.*?__count">(\d+)<', part, re.DOTALL)
    return {name: (address.replace("&amp;", "&"), int(number)) for address, name, number in found}


def test_desk_counts_what_waits_by_source_and_topic_and_its_counts_lead_there(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting]
) -> None:
    waits, out = make_item("Stalking: a leaflet", status="waiting"), make_item("Stalking: a course")
    for item in (waits, out):
        classify_again(item)
    see(waits, ["One"], 1, 1)
    see(waits, ["Two"], 1, 1, path="other.txt")
    see(out, ["Three"], 1, 1, path="third.txt")
    page = desk.get("/newsroom/").content.decode()
    for heading, name in (
        ("They come from", "Harbour weekly"),
        ("They are about", "Stalking and harassment"),
    ):
        address, number = counted(page, heading)[name]
        assert number == 1
        assert list(desk.get(address).context["object_list"]) == [waits]


def test_desk_names_what_falls_due_soonest_first(desk: Client, make_item: MakeItem) -> None:
    today = timezone.localdate()
    item, gone = make_item("A consultation"), make_item("Withdrawn", status="withdrawn")
    for days, what, words, owner in (
        (3, "closes", "Have your say", item),
        (1, "promise", "The board: publish a report", item),
        (40, "in_force", "Far away", item),
        (-1, "closes", "Over", item),
        (2, "closes", "Of no concern", gone),
    ):
        ItemDue.objects.create(item=owner, what=what, day=today + timedelta(days=days), words=words)
    ItemEvent.objects.create(item=item, title="A briefing", starts=f"{today + timedelta(days=2)}T10:00+00:00")
    page = desk.get("/newsroom/").content.decode()
    part = page[page.index("Due in the next four weeks") :].partition("</section>")[0]
    assert re.findall(r">([^<>]+)</a>", part) == [
        "The board: publish a report",
        "A briefing",
        "Have your say",
    ]


def test_what_an_item_says_will_fall_due_is_kept_with_it() -> None:
    when = model.When("2025-06", model.Precision.MONTH, "June 2025")
    promise = model.Promise("The board", "publish a report", "…", model.Place(), due_end="2025-07-31")
    read = model.Item(
        "d",
        model.Place(),
        "Have your say",
        True,
        model.Kind.CONSULTATION,
        closes=when,
        promises=(promise, promise),
    )
    rows = due_rows(Item(title="Have your say"), read)
    assert [(row.what, row.day, row.words) for row in rows] == [
        ("closes", date(2025, 6, 30), "Have your say"),
        ("promise", date(2025, 7, 31), "The board: publish a report"),
    ]


def test_address_that_leads_nowhere_is_answered_in_our_words(desk: Client) -> None:
    answer = desk.get("/newsroom/items/999999/")
    assert answer.status_code == 404
    assert "Go to the desk" in answer.content.decode()
    assert "Wagtail admin" not in answer.content.decode()


def test_menu_leads_to_the_desk_and_to_stories(desk: Client) -> None:
    page = desk.get("/newsroom/items/").content.decode()
    for label, path in (("Desk", ""), ("Review", "review/"), ("Stories", "stories/"), ("Items", "items/")):
        assert f'"label": "{label}"' in page
        assert f'"url": "/newsroom/{path}"' in page


@pytest.mark.parametrize("chosen", [1, 0, 2])
def test_item_is_taken_out_of_its_story(desk: Client, make_item: MakeItem, chosen: int) -> None:
    items = [make_item(name, text=f"About {name}.") for name in ("Ferry", "Choir")]
    while relate_waiting():
        pass
    desk.post("/newsroom/bulk/catalogue/item/one_story/?" + "&".join(f"id={item.pk}" for item in items))
    story = StoryItem.objects.get(item=items[0]).story
    assert "Ferry" in desk.get("/newsroom/stories/").content.decode()
    assert "Choir" in desk.get(f"/newsroom/stories/{story.pk}/").content.decode()
    desk.post(f"/newsroom/stories/{story.pk}/", {"item": [item.pk for item in items[:chosen]]})
    assert story.members.count() == (1 if chosen == 1 else 2)
    assert ("Ferry" in desk.get("/newsroom/stories/").content.decode()) is (chosen != 1)
