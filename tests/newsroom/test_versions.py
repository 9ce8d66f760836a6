"""What publishers change in items that readers see: shown, taken over or left, and written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import VersionState
from almoner.records.catalogue.models import Item, ItemVersion
from almoner.records.search.queries import search
from tests.newsroom.conftest import MakeItem

ITEMS = "/newsroom/items/"


def change(item: Item, now: datetime, **fields: Any) -> ItemVersion:
    """Note that the publisher changed these fields."""
    was = {name: getattr(item, name) for name in fields}
    return ItemVersion.objects.create(item=item, captured_at=now, was=was, now=fields)


def act(desk: Client, version: ItemVersion, what: str, **typed: str) -> str:
    address = f"{ITEMS}{version.item_id}/versions/{version.pk}/{what}/"
    return desk.post(address, typed, follow=True).content.decode()


def history(item: Item) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=item.pk, content_type__model="item").order_by("pk")
    return [" · ".join(filter(None, (entry.message, entry.comment))) for entry in entries]


def test_change_is_shown_field_by_field_and_not_by_colour_alone(
    desk: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Taxi guidance", text="Ask for two references.", licence="ogl")
    change(item, now, title="Taxi guidance 2025", text="Ask for three <b>references</b>.")
    page = desk.get(f"{ITEMS}{item.pk}/").content.decode()
    assert '<del><span class="w-sr-only">[taken out: </span>two' in page
    assert "[put in: </span>three &lt;b&gt;" in page
    assert page.index("<h3>Title</h3>") < page.index("<h3>Text</h3>")


def test_taking_over_shows_readers_the_new_words(
    desk: Client, editor: Person, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Taxi guidance")
    version = change(item, now, title="Minibus guidance")
    assert "Taken over" in act(desk, version, "take-over")
    item.refresh_from_db()
    version.refresh_from_db()
    assert (item.title, version.state, version.decided_by) == (
        "Minibus guidance",
        VersionState.APPLIED,
        editor,
    )
    assert [hit.item for hit in search("minibus").hits] == [item]
    assert history(item) == [
        "Took over what the publisher changed: title · title: “Taxi guidance” → “Minibus guidance”"
    ]


def test_leaving_keeps_the_item_as_it_is(
    desk: Client, editor: Person, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Taxi guidance")
    version = change(item, now, title="Minibus guidance")
    act(desk, version, "leave")
    item.refresh_from_db()
    version.refresh_from_db()
    assert (item.title, version.state) == ("Taxi guidance", VersionState.DISMISSED)
    assert history(item) == ["Left as it is, though the publisher changed it"]
    assert "The publisher changed this" not in desk.get(f"{ITEMS}{item.pk}/").content.decode()


@pytest.mark.parametrize("what", ["take-over", "leave"])
@pytest.mark.parametrize("state", [VersionState.APPLIED, VersionState.SUPERSEDED])
def test_change_that_was_decided_about_meanwhile_is_left_alone(
    desk: Client, make_item: MakeItem, now: datetime, what: str, state: VersionState
) -> None:
    item = make_item("Taxi guidance")
    version = change(item, now, title="Minibus guidance")
    ItemVersion.objects.update(state=state)
    assert "Somebody decided about this change already" in act(desk, version, what)
    item.refresh_from_db()
    assert (item.title, history(item)) == ("Taxi guidance", [])


def test_correction_by_an_editor_stays_and_is_said(desk: Client, make_item: MakeItem, now: datetime) -> None:
    item = make_item("Taxi guidance", corrected=["title"], text="Old.")
    version = change(item, now, title="Minibus guidance", text="New.")
    assert "You corrected Title here" in desk.get(f"{ITEMS}{item.pk}/").content.decode()
    act(desk, version, "take-over")
    item.refresh_from_db()
    assert (item.title, item.text) == ("Taxi guidance", "New.")


def test_new_words_that_name_a_child_are_taken_over_only_by_one_who_looked(
    desk: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Review published", text="A review.")
    version = change(item, now, text="A review about Kim Doe, 9.", private_names=["Kim Doe"])
    assert "<mark>Kim Doe</mark>" in desk.get(f"{ITEMS}{item.pk}/").content.decode()
    assert "Not taken over" in act(desk, version, "take-over")
    item.refresh_from_db()
    assert item.text == "A review."
    act(desk, version, "take-over", names_seen="1")
    item.refresh_from_db()
    assert (item.text, item.private_names) == ("A review about Kim Doe, 9.", ["Kim Doe"])
    assert "Kim" not in history(item)[-1].split("·")[0]


def test_version_of_another_item_is_not_decided_about(
    desk: Client, make_item: MakeItem, now: datetime
) -> None:
    item, other = make_item("One"), make_item("Two")
    version = change(other, now, title="Three")
    desk.post(f"{ITEMS}{item.pk}/versions/{version.pk}/take-over/")
    other.refresh_from_db()
    assert other.title == "Two"


@pytest.mark.parametrize("what", ["take-over", "leave"])
def test_versions_are_for_editors(
    client: Client, bob: Person, make_item: MakeItem, now: datetime, what: str
) -> None:
    version = change(make_item("One"), now, title="Two")
    client.force_login(bob)
    act(client, version, what)
    version.refresh_from_db()
    assert version.state == VersionState.WAITING


@pytest.mark.parametrize("what", ["take-over", "leave"])
def test_decision_about_a_version_is_no_link(
    desk: Client, make_item: MakeItem, now: datetime, what: str
) -> None:
    version = change(make_item("One"), now, title="Two")
    assert desk.get(f"{ITEMS}{version.item_id}/versions/{version.pk}/{what}/").status_code == 405


def test_desk_and_list_say_what_was_changed(desk: Client, make_item: MakeItem, now: datetime) -> None:
    change(make_item("Changed since"), now, title="Now")
    make_item("As it was")
    page = " ".join(desk.get("/newsroom/").content.decode().split())
    assert (
        'Published, and changed by the publisher since</span> <span class="newsroom-queue__count">1<' in page
    )
    found = desk.get(f"{ITEMS}?changed=on")
    assert [item.title for item in found.context["object_list"]] == ["Changed since"]
    assert "Changed by its publisher" in found.content.decode()
