"""An editor puts items into one story, and takes them out again; the machine changes neither."""

from __future__ import annotations

from django.test import Client
from wagtail.models import ModelLogEntry

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relating import relate, relate_waiting
from almoner.records.catalogue.relations import Story, StoryItem
from tests.newsroom.conftest import MakeItem

BULK = "/newsroom/bulk/catalogue/item"


def story_of(item: Item) -> Story:
    return StoryItem.objects.select_related("story").get(item=item).story


def query(*items: Item) -> str:
    return "&".join(f"id={item.pk}" for item in items)


def test_editor_puts_items_into_one_story_and_takes_one_out(desk: Client, make_item: MakeItem) -> None:
    ferry, choir, swans = (
        make_item("The ferry stops", text="No ferry from Eastlea."),
        make_item("A choir sings", text="Children sang on Saturday."),
        make_item("Swans return", text="Nine swans are back on the moat."),
    )
    while relate_waiting():
        pass
    assert len({story_of(item).pk for item in (ferry, choir, swans)}) == 3
    asked = desk.get(f"{BULK}/one_story/?{query(ferry, choir, swans)}").content.decode()
    assert "will be one story" in asked
    assert "Swans return" in asked
    desk.post(f"{BULK}/one_story/?{query(ferry, choir, swans)}")
    assert story_of(ferry) == story_of(choir) == story_of(swans)
    desk.post(f"{BULK}/own_story/?{query(swans)}")
    assert story_of(ferry) == story_of(choir) != story_of(swans)
    for item in (ferry, choir, swans):
        relate(item)
    assert story_of(ferry) == story_of(choir) != story_of(swans)
    entries = ModelLogEntry.objects.filter(object_id=swans.pk).order_by("pk")
    assert [entry.message for entry in entries] == [
        "Put into one story with others",
        "Taken out of its story",
    ]


def test_items_that_wait_to_be_related_can_be_put_together(desk: Client, make_item: MakeItem) -> None:
    one, other = make_item("One", text="Alpha"), make_item("Other", text="Beta")
    desk.post(f"{BULK}/one_story/?{query(one, other)}")
    assert story_of(one) == story_of(other)
    assert relate_waiting() == 2
    assert story_of(one) == story_of(other)
    assert Story.objects.count() == 1


def test_whole_lists_are_no_story(desk: Client, make_item: MakeItem) -> None:
    make_item("One", text="Alpha")
    desk.post(f"{BULK}/one_story/?id=all")
    desk.post(f"{BULK}/own_story/?id=all")
    assert not Story.objects.exists()
