"""Kept pages: for everybody alike, gone in time, and nobody's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import withdraw
from almoner.web.page_cache import Pages, pages

MakeItem = Callable[..., Item]


class Clock:
    """Time that a test turns on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def kept(settings: Settings) -> Iterator[Pages]:
    """The service as it runs, with nothing kept yet."""
    settings.PAGES_KEPT = 30
    pages.forget()
    yield pages
    pages.forget()


def queries(client: Client, address: str, **headers: str) -> tuple[Any, int]:
    """An answer, and what it asked the database."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address, headers=headers)
    return answer, len(asked)


@pytest.mark.parametrize("address", ["/", "/news/", "/library/?order=newest", "/feeds/all.atom", "/help/"])
def test_page_is_kept_to_the_letter(client: Client, make_item: MakeItem, kept: Pages, address: str) -> None:
    make_item("A ferry is late")
    first, _ = queries(client, address)
    again, asked = queries(client, address)
    assert asked == 0
    assert (again.status_code, again.content) == (200, first.content)
    assert dict(again.items()) == dict(first.items())


def test_item_and_its_withdrawal_are_kept_and_told_apart(
    client: Client,
    make_item: MakeItem,
    now: datetime,
    kept: Pages,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    item = make_item("A ferry is late")
    address = item.get_absolute_url()
    for page in (address, "/news/", "/feeds/all.json"):
        assert b"A ferry is late" in client.get(page).content
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(item, reason="It was on time.", now=now)
    for page in ("/news/", "/feeds/all.json"):
        assert b"A ferry is late" not in client.get(page).content
    gone = client.get(address)
    assert (gone.status_code, gone["X-Robots-Tag"]) == (410, "noindex")
    assert queries(client, address)[1] == 0
    assert client.get(address)["X-Robots-Tag"] == "noindex"


def test_page_that_was_begun_before_a_withdrawal_is_not_kept() -> None:
    begun = Pages()
    generation = begun.generation
    begun.forget()
    begun.put("/news/", HttpResponse("as it was"), 30, generation)
    assert begun.get("/news/") is None


def test_page_is_shown_no_longer_than_its_time() -> None:
    clock = Clock()
    kept = Pages(clock=clock)
    kept.put("/news/", HttpResponse("now"), 30, kept.generation)
    clock.now = 29.9
    assert kept.get("/news/") is not None
    clock.now = 30
    assert kept.get("/news/") is None


def test_kept_pages_have_a_bound_and_the_longest_unused_goes_first() -> None:
    kept = Pages(most_bytes=30)
    for address in "abc":
        kept.put(address, HttpResponse("x" * 10), 30, kept.generation)
    kept.get("a")
    kept.put("d", HttpResponse("x" * 10), 30, kept.generation)
    assert [address for address in "abcd" if kept.get(address)] == ["a", "c", "d"]


def test_w2_who_has_a_session_neither_gets_nor_leaves_a_kept_page(
    client: Client, alice: Any, make_item: MakeItem, kept: Pages
) -> None:
    item = make_item("A ferry is late", status="waiting")
    editor = Client()
    editor.force_login(alice)
    assert editor.get(item.get_absolute_url()).status_code == 200
    assert client.get(item.get_absolute_url()).status_code == 404
    assert client.get("/news/").status_code == 200
    assert queries(editor, "/news/")[1] > 0


def test_w2_headers_and_hosts_change_no_kept_page(client: Client, make_item: MakeItem, kept: Pages) -> None:
    make_item("A ferry is late")
    hostile = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "X-Original-URL": "/x"}
    first = client.get("/news/", headers=hostile)
    assert b"evil.example" not in first.content
    assert client.get("/news/").content == first.content
    assert client.get("/news/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/search/?q=ferry", "/newsroom/login/", "/nothing/", "/health"])
def test_what_is_somebody_s_own_is_never_kept(
    client: Client, make_item: MakeItem, kept: Pages, address: str
) -> None:
    make_item("A ferry is late")
    client.get(address)
    assert kept.get(address) is None
    client.post("/search/", {"q": "ferry"})
    assert kept.get("/search/") is None


def test_kept_feed_is_not_sent_again_to_who_has_it(client: Client, make_item: MakeItem, kept: Pages) -> None:
    make_item("A ferry is late")
    tag = client.get("/feeds/all.atom")["ETag"]
    again, asked = queries(client, "/feeds/all.atom", **{"If-None-Match": tag})
    assert (again.status_code, asked) == (304, 0)
