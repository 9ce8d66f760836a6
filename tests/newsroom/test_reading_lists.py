"""Reading lists as editors make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from almoner.products.library.models import ReadingList
from almoner.records.accounts.models import Person
from tests.newsroom.conftest import MakeItem

LISTS = "/newsroom/reading-lists/"


def test_list_is_made_from_rows(
    desk: Client, make_item: MakeItem, fill_in: Callable[..., dict[str, Any]]
) -> None:
    first, second = make_item("First | with a bar"), make_item("Second")
    typed = {
        "items-count": "3",
        "items-0-item": f"https://site.example/items/{second.key}/",
        "items-0-comment": "Begin | here",
        "items-2-item": first.key,
    }
    desk.post(f"{LISTS}new/", {"title": "For a new lead", "description": "", "is_public": "on"} | typed)
    made = ReadingList.objects.get()
    assert [(entry.item, entry.comment) for entry in made.entries.all()] == [
        (second, "Begin | here"), (first, ""),
    ]  # fmt: skip
    page = desk.get(f"{LISTS}{made.pk}/")
    sent = fill_in(page, title="For new leads")
    shown = page.context["form"].initial["items"]
    sent |= {f"items-{at}-{name}": words for at, row in enumerate(shown) for name, words in row.items()}
    sent["items-count"] = str(len(shown))
    desk.post(f"{LISTS}{made.pk}/", sent)
    made.refresh_from_db()
    assert made.title == "For new leads"
    assert [(entry.item, entry.comment) for entry in made.entries.all()] == [
        (second, "Begin | here"), (first, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["nothing at all", "2222222222", "https://other.example/", "javascript:alert(1)"]
)
def test_entry_that_names_no_item_is_said(desk: Client, line: str) -> None:
    answer = desk.post(f"{LISTS}new/", {"title": "For a new lead", "items-count": "1", "items-0-item": line})
    assert "names no item" in str(answer.context["form"].errors["items"])
    assert not ReadingList.objects.exists()


def test_item_is_put_on_a_list_from_its_page(desk: Client, make_item: MakeItem) -> None:
    made = ReadingList.objects.create(title="For a new lead")
    item = make_item()
    assert "Put it on this list" in desk.get(f"/newsroom/items/{item.pk}/").content.decode()
    for _ in range(2):
        desk.post(f"/newsroom/items/{item.pk}/reading-list/", {"reading_list": made.pk})
    assert [entry.item for entry in made.entries.all()] == [item]
    for wrong in ("", "x", "9" * 30, "0"):
        answer = desk.post(f"/newsroom/items/{item.pk}/reading-list/", {"reading_list": wrong})
        assert answer.status_code == 404


def test_lists_are_for_editors(client: Client, charlie: Person, bob: Person, make_item: MakeItem) -> None:
    made = ReadingList.objects.create(title="For a new lead")
    item = make_item()
    for person in (None, charlie, bob):
        if person is not None:
            client.force_login(person)
        sent = {"title": "Mine", "items": "", "description": "", "reading_list": made.pk}
        for path in (f"{LISTS}new/", f"{LISTS}{made.pk}/", f"/newsroom/items/{item.pk}/reading-list/"):
            assert client.post(path, sent).status_code in {302, 403}
    assert [each.title for each in ReadingList.objects.all()] == ["For a new lead"]
    assert not made.entries.exists()
