"""The pages of stories and threads, and how they are led to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertRedirects

from almoner.records.catalogue.addresses import remember_items
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.relations import Story, StoryItem, Thread
from almoner.records.catalogue.services import correct, publish, take_back, withdraw
from almoner.records.catalogue.stories import merge, pin, take_apart
from almoner.records.ingest import merging as items_merging
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
    assert client.get(story.get_absolute_url()).status_code == 404, "one of it still waits"
    withdraw(waiting, reason="An error", now=now)
    answer = client.get(story.get_absolute_url())
    assert (answer.status_code, answer["X-Robots-Tag"]) == (410, "noindex")
    assert "This story was withdrawn" in answer.content.decode()
    assert client.get("/stories/nosuchkey/").status_code == 404


def test_address_of_a_story_leads_to_where_its_items_went_however_often_they_move(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    one, two, other = make_item("Ferry stops"), make_item("No ferry"), make_item("Swans in the moat")
    given_out = story_with(one, two).get_absolute_url()
    merge(story_with(other), StoryItem.objects.get(item=one).story)
    middle = StoryItem.objects.get(item=one).story
    assertRedirects(client.get(given_out), middle.get_absolute_url(), status_code=301)
    last = take_apart([one, two])
    withdraw(other, reason="An error", now=now)
    assertRedirects(client.get(given_out), last.get_absolute_url(), status_code=301)
    assertRedirects(client.get(middle.get_absolute_url()), last.get_absolute_url(), status_code=301)
    for item in (one, two):
        withdraw(item, reason="An error", now=now)
    assert client.get(given_out).status_code == 410
    remember_items(Item.objects.all())
    Item.objects.all().delete()
    for address in (given_out, last.get_absolute_url(), other.get_absolute_url()):
        assert client.get(address).status_code == 410


def test_address_of_a_story_outlives_the_story_when_its_items_are_sorted_anew(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Ferry stops", text=FERRY)
    given_out = story_with(item).get_absolute_url()
    correct(item, now=now, kind="course")  # which belongs to no story
    while relate_waiting():
        pass
    assertRedirects(client.get(given_out), item.get_absolute_url(), status_code=301)


def test_address_of_a_merged_item_leads_to_what_stands_for_it(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    first, second, third = (make_item(f"Ferry {number}", text=FERRY) for number in range(3))
    for item, into in ((first, second), (second, third)):
        take_back(item, now=now)
        items_merging.merge(item, into, now=now)
    assertRedirects(client.get(first.get_absolute_url()), third.get_absolute_url(), status_code=301)
    withdraw(third, reason="An error", now=now)
    assert client.get(first.get_absolute_url()).status_code == 410
    remember_items(Item.objects.filter(pk=first.pk))
    Item.objects.filter(pk=first.pk).delete()
    items_merging.part(second, [], now=now)
    publish([second], now=now)
    assertRedirects(client.get(first.get_absolute_url()), second.get_absolute_url(), status_code=301)


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
