"""Sitemaps: what search engines may know, and nothing else."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from almoner.api import sitemaps
from almoner.records.catalogue.models import Item
from almoner.records.guidance.works import add_work

HERE = "http://127.0.0.1:8000"


def locations(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    named = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    return [str(found.text) for found in ElementTree.fromstring(answer.content).iter(named)]


def test_sitemaps_lead_to_every_page_that_may_be_known_and_to_no_other(
    client: Client, make_item: Callable[..., Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "A_FILE", 2)
    known = [make_item(f"Item {number}") for number in range(3)]
    make_item("Waits", status="waiting")
    make_item("Gone", status="withdrawn")
    make_item("Where Tia Moss was seen", private_names=["Tia Moss"])
    add_work(title="Safe Harbour")
    files = locations(client, "/sitemap.xml")
    assert files == [f"{HERE}/sitemap-{name}.xml" for name in ("pages", "items-0", "items-1")]
    pages, *items = (
        [page.removeprefix(HERE) for page in locations(client, file.removeprefix(HERE))] for file in files
    )
    assert [page for file in items for page in file] == [item.get_absolute_url() for item in known]
    assert pages[-1] == "/guidance/safe-harbour/"
    for page in (*pages[:20], pages[-1], *items[0]):
        assert client.get(page).status_code == 200, page
    assert "/search/" not in pages
    assert client.get("/sitemap-items-2.xml").status_code == 404


def test_sitemap_takes_one_query_however_many_items(client: Client, make_item: Callable[..., Item]) -> None:
    for count in (1, 3):
        for number in range(count):
            make_item(f"Item {count} {number}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/sitemap-items-0.xml")
        assert len(asked) == 1
