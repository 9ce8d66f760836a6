"""While sample content is published, every page says that it is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from almoner.demo.sources import SOURCES
from almoner.records.catalogue.services import withdraw
from almoner.records.ingest.models import Source
from tests.web.documents import make_document

MakeItem = Callable[..., Any]
PAGES = ("/", "/news/", "/library/", "/briefings/", "/search/", "/help/", "/about/", "/nothing/here/")


@pytest.mark.parametrize("page", PAGES)
def test_page_says_that_there_is_sample_content_while_there_is(
    client: Client, make_item: MakeItem, now: datetime, page: str
) -> None:
    make_document([make_item("Real")], captured=now)
    assert b"invented sample content" not in client.get(page).content
    Source.objects.create(name="Renamed by an administrator", address=SOURCES[0].address)
    sample = make_item("Invented")
    make_document([sample], captured=now, source="Renamed by an administrator", content=b"sample")
    assert b"invented sample content" in client.get(page).content
    withdraw(sample, reason="Now we have our own.", now=now)
    assert b"invented sample content" not in client.get(page).content


def test_about_page_explains_the_sample_content(client: Client, make_item: MakeItem, now: datetime) -> None:
    assert b"Sample content</h2>" not in client.get("/about/").content
    Source.objects.create(name="Samples", address=SOURCES[0].address)
    make_document([make_item()], captured=now, source="Samples")
    assert b"Sample content</h2>" in client.get("/about/").content


def test_about_page_never_says_that_almoner_runs_on_itself(client: Client, db: None, settings: Any) -> None:
    assert b"Almoner is open-source software" in client.get("/about/").content
    settings.SITE_NAME = "Harbour Watch"
    assert b"Harbour Watch runs on Almoner, open-source software" in client.get("/about/").content
