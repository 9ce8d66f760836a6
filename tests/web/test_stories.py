"""The pages of stories and threads, and how they are led to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.relations import Story, StoryItem, Thread
from almoner.records.catalogue.services import withdraw
from almoner.records.catalogue.stories import pin
from tests.pipeline.test_near_copies import FERRY

MakeItem = Callable[..., Any]


def story_with(*items: Item) -> Story:
    while relate_waiting():
        pass
    story = StoryItem.objects.get(item=items[0]).story
    for item in items[1:]:
        pin(item, story)
    return story


def test_story_shows_reports_in_time_order_with_sources_figures_and_promises(
    client: Client, make_item: MakeItem
) -> None:
    later = make_item(
        "Ferry: more passengers stranded",
        text="The trust said 70 passengers were stranded.\nThe trust will publish a report by 30 June 2025.",
        licence="own", publisher="The Echo", published="2025-04-03",
    )  # fmt: skip
    first = make_item(
        "Ferry stops", text="The trust said 40 passengers were stranded.", licence="own",
        publisher="Harbour Trust", published="2025-04-01",
    )  # fmt: skip
    page = client.get(story_with(first, later).get_absolute_url()).content.decode()
    assert page.index("Ferry stops") < page.index("more passengers")
    assert "from <b>Harbour Trust and The Echo</b>" in page
    assert "Figures that differ" in page
    assert page.index("40 passengers were stranded.”") < page.index("70 passengers were stranded.”")
    assert "will publish a report" in page
    assert "due by" in page


def test_copy_shows_its_differences_where_both_may_be_quoted(client: Client, make_item: MakeItem) -> None:
    first = make_item("Ferry stops", text=FERRY, licence="own", published="2025-04-01")
    copy = make_item(
        "Ferry stops", text=FERRY.replace("sorry", "very sorry"), licence="own", published="2025-04-02"
    )
    story = story_with(first, copy)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "<ins>" in page
    Item.objects.filter(pk=first.pk).update(licence="unknown")
    page = client.get(story.get_absolute_url()).content.decode()
    assert "<ins>" not in page
    assert "A copy of another report." in page


def test_story_leaves_out_what_is_withdrawn_and_waits(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    shown, gone = make_item("Ferry stops", text="One"), make_item("Ferry sinks", text="Two")
    waiting = make_item("Ferry waits", text="Three", status="waiting")
    story = story_with(shown, gone, waiting)
    withdraw(gone, reason="An error", now=now)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "Ferry stops" in page
    assert "Ferry sinks" not in page
    assert "Ferry waits" not in page
    withdraw(shown, reason="An error", now=now)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get("/stories/nosuchkey/").status_code == 404


def test_no_private_name_stands_on_the_page_of_a_story(client: Client, make_item: MakeItem) -> None:
    item = make_item(
        "Corvina Example found safe", text="Corvina Example was found by 40 volunteers.", licence="own",
        private_names=["Corvina Example"],
    )  # fmt: skip
    page = client.get(story_with(item, make_item("Search ends", text="Over")).get_absolute_url())
    assert "Corvina" not in page.content.decode()


def test_card_leads_to_its_story(client: Client, make_item: MakeItem) -> None:
    one, other = make_item("Ferry stops", text="One"), make_item("No ferry", text="Two")
    story = story_with(one, other)
    page = client.get("/news/").content.decode()
    assert f'href="{story.get_absolute_url()}">2 reports' in page
    assert story.get_absolute_url() in client.get(one.get_absolute_url()).content.decode()


def test_thread_shows_years_and_only_what_is_published(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    for year in (2022, 2024):
        look_again(make_item(f"KCSIE {year} is out", text="For schools.", published=f"{year}-09-01"))
    while relate_waiting():
        pass
    page = client.get("/threads/kcsie/").content.decode()
    assert page.index("2024</h2>") < page.index("2022</h2>")
    assert "Keeping Children Safe in Education" in page
    for item in Item.objects.all():
        withdraw(item, reason="An error", now=now)
    assert client.get("/threads/kcsie/").status_code == 404
    assert Thread.objects.exists()


def test_story_and_thread_ask_as_often_for_twelve_items_as_for_three(
    client: Client, make_item: MakeItem
) -> None:
    def asked(start: int, count: int) -> tuple[int, int]:
        items = [
            make_item(f"KCSIE {n} changes", text=f"Text {n}", publisher=f"P{n}")
            for n in range(start, start + count)
        ]
        for item in items:
            look_again(item)
        address = story_with(*items).get_absolute_url()
        with CaptureQueriesContext(connection) as story:
            client.get(address)
        with CaptureQueriesContext(connection) as thread:
            client.get("/threads/kcsie/")
        return len(story), len(thread)

    few = asked(0, 3)
    assert asked(100, 12) == few
