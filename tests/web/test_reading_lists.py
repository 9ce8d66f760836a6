"""Reading lists as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from almoner.products.library.models import ReadingList
from almoner.products.library.services import add_entry, set_entries

MakeItem = Callable[..., Any]


@pytest.fixture
def reading_list(make_item: MakeItem) -> ReadingList:
    """A public list of three items, of which readers see two."""
    made = ReadingList.objects.create(
        title="A lead's first week", description="For a new safeguarding lead.", is_public=True
    )
    items = [make_item("Second thing"), make_item("First thing", kind="guidance")]
    waiting = make_item("Not to be seen", status="waiting")
    set_entries(made, [(items[1], "Begin here."), (waiting, "Secret."), (items[0], "")])
    return made


def test_list_stands_in_its_order_with_why(client: Client, reading_list: ReadingList) -> None:
    page = client.get(reading_list.get_absolute_url())
    assert [card.item.title for card, _ in page.context["entries"]] == ["First thing", "Second thing"]
    said = page.content.decode()
    assert "Begin here." in said
    assert "Not to be seen" not in said
    assert "Secret." not in said
    assert "2 items" in client.get("/library/lists/").content.decode()
    assert "A lead&#x27;s first week" in client.get(page.context["entries"][0][0].address).content.decode()


def test_list_is_taken_along(client: Client, reading_list: ReadingList) -> None:
    said = client.get(f"{reading_list.get_absolute_url()}references.ris").content.decode()
    assert said.index("First thing") < said.index("Second thing")
    assert "Not to be seen" not in said


def test_list_that_is_not_public_is_for_editors_alone(
    client: Client, reading_list: ReadingList, alice: Any
) -> None:
    ReadingList.objects.update(is_public=False)
    for path in ("", "references.csv"):
        assert client.get(f"{reading_list.get_absolute_url()}{path}").status_code == 404
    assert "There is no reading list yet" in client.get("/library/lists/").content.decode()
    client.force_login(alice)
    assert "not public yet" in client.get(reading_list.get_absolute_url()).content.decode()


def test_item_is_put_at_the_end_and_once(reading_list: ReadingList, make_item: MakeItem) -> None:
    item = make_item("Third thing")
    assert add_entry(reading_list, item, "At last.")
    assert not add_entry(reading_list, item)
    assert [entry.item.title for entry in reading_list.entries.all()][-1] == "Third thing"
    set_entries(reading_list, [(item, "first"), (item, "again")])
    assert [entry.comment for entry in reading_list.entries.all()] == ["first"]


def test_names_are_left_out_of_a_list(client: Client, make_item: MakeItem) -> None:
    made = ReadingList.objects.create(title="Reviews", is_public=True)
    add_entry(made, make_item("The death of Robin Vale", private_names=["Robin Vale"]))
    assert "Robin" not in client.get(made.get_absolute_url()).content.decode()


def test_list_takes_as_many_queries_for_many_items_as_for_one(
    client: Client, make_item: MakeItem, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = ReadingList.objects.create(title="Many", is_public=True)
    counts = []
    for number in range(3):
        add_entry(made, make_item(f"Item {number}", publisher=f"P{number}", categories=(f"C{number}",)))
        with django_assert_max_num_queries(15) as asked:
            client.get(made.get_absolute_url())
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[2]


def test_empty_result_says_what_each_choice_costs(client: Client, make_item: MakeItem) -> None:
    make_item("Guidance of 2024", kind="guidance", published="2024")
    make_item("Resource of 2023", kind="resource", published="2023")
    make_item("Another resource of 2023", kind="resource", published="2023")
    page = client.get("/library/?kind=guidance&year=2023").content.decode()
    assert '<a href="/library/?year=2023">without “Guidance”</a> (kind): 2 items' in page
    assert '<a href="/library/?kind=guidance">without “2023”</a> (year): 1 item<' in page
    assert page.index("without “Guidance”") < page.index("without “2023”")
