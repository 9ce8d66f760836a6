"""Saved searches: a feed whose address tells nothing, kept because somebody asked and gone when they say so."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from almoner.products.alerts import services as saved
from almoner.products.alerts.models import SavedSearch

MakeItem = Callable[..., Any]
TODAY = date(2025, 4, 10)


def kept(client: Client, **form: str) -> tuple[SavedSearch, str]:
    answer = client.post("/search/saved/", form)
    assert answer.status_code == 201
    return SavedSearch.objects.get(), answer.content.decode()


def test_search_offers_a_feed_and_says_what_is_kept(client: Client, make_item: MakeItem) -> None:
    make_item("Taxis at night")
    page = client.post("/search/", {"q": "taxis"}).content.decode()
    assert 'action="/search/saved/" method="post"' in page
    assert "we have to keep the words and choices" in page
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_saved_search_is_a_feed_that_shows_no_word_of_it(
    make_item: MakeItem, caplog: pytest.LogCaptureFixture, form: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    night, _, _ = make_item("Night", kind="guidance", text="Taxis."), make_item("Taxis"), make_item("Buses")
    with caplog.at_level(logging.DEBUG):
        row, page = kept(client, q="taxis", kind="guidance")
        feed = client.get(f"/feeds/search/{row.key}.{form}")
    assert "taxis" not in page.lower()
    assert f"/feeds/search/{row.key}.{form}" in page
    assert re.fullmatch("[a-z0-9]{24}", row.key)
    content = feed.content.decode()
    assert night.get_absolute_url() in content
    assert content.count("/items/") == client.get("/feeds/all.atom").content.decode().count("/items/") // 3
    assert "taxis" not in content.lower().replace("taxis.", "")
    assert "Saved search" in content
    assert feed["X-Robots-Tag"] == "noindex"
    assert not feed.cookies
    assert "taxis" not in caplog.text.lower()


def test_saved_search_has_the_name_its_reader_gave(client: Client, make_item: MakeItem) -> None:
    row, page = kept(client, q="taxis", name="Things <to> read\x00")
    assert row.name == "Things <to> read"
    assert "<h1>Things &lt;to&gt; read</h1>" in page


def test_saved_search_is_removed_by_its_key(client: Client, db: None) -> None:
    row, _ = kept(client, q="taxis")
    about = f"/search/saved/{row.key}/"
    page = client.get(about)
    assert b"taxis" not in page.content
    assert page["Cache-Control"] == "private, no-store"
    assert b"is removed" in client.post(about).content
    assert not SavedSearch.objects.exists()
    for gone in (about, f"/feeds/search/{row.key}.atom"):
        assert client.get(gone).status_code == 404


@pytest.mark.parametrize("words", ["", " ", '"', "-", "\x00"])
def test_search_for_nothing_is_not_kept(client: Client, db: None, words: str) -> None:
    answer = client.post("/search/saved/", {"q": words})
    assert answer.status_code == 400
    assert b"was not kept" in answer.content
    assert not SavedSearch.objects.exists()


def test_saved_searches_are_kept_while_somebody_asks_and_no_longer(db: None) -> None:
    read, forgotten = (saved.save("taxis", {}, name="", today=TODAY) for _ in range(2))
    assert read
    assert forgotten
    later = TODAY + saved.KEPT
    assert saved.find(read.key, today=later) == read
    saved.save("buses", {}, name="", today=later + timedelta(days=1))
    assert SavedSearch.objects.filter(pk=read.pk).exists()
    assert not SavedSearch.objects.filter(pk=forgotten.pk).exists()


def test_saved_searches_have_a_bound(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    assert saved.save("taxis", {}, name="", today=TODAY)
    assert saved.save("buses", {}, name="", today=TODAY) is None


def test_saved_search_finds_no_private_name(client: Client, make_item: MakeItem) -> None:
    make_item("Review", text="Robin Vale died.", private_names=["Robin Vale"], licence="own")
    row, _ = kept(client, q="Robin Vale")
    assert b"/items/" not in client.get(f"/feeds/search/{row.key}.atom").content


def test_saved_search_asks_as_often_for_many_as_for_few(client: Client, make_item: MakeItem) -> None:
    row, _ = kept(client, q="taxis")
    asked = []
    for number in range(4):
        make_item(f"Taxis {number}", publisher=f"Publisher {number}", categories=(f"Category {number}",))
        client.get(f"/feeds/search/{row.key}.atom")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/feeds/search/{row.key}.atom").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[3] <= 9
