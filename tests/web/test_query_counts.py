"""A page asks the database as often for thirty items as for three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.documents import make_document

MakeItem = Callable[..., Any]


def _fill(make_item: MakeItem, now: datetime, start: int, count: int) -> None:
    items = [
        make_item(
            f"Item {number} about taxis",
            kind=("guidance", "news", "resource")[number % 3],
            publisher=f"Publisher {number}",
            categories=(f"Category {number}", "Shared"),
            published=f"20{10 + number % 15}-04-09",
            licence="own",
            text="Text",
        )
        for number in range(start, start + count)
    ]
    make_document(
        items,
        captured=now,
        source=f"Source {start}",
        briefing_title="Issue",
        briefing_date=date(2025, 4, 7),
        content=str(start).encode(),
    )


@pytest.mark.parametrize(
    "page",
    ["/", "/news/", "/news/?kind=news", "/library/", "/library/?category=shared", "/briefings/", "/feeds/",
     "/search/?q=taxis", "/feeds/all.rss", "/feeds/all.atom", "/feeds/all.json",
     "/feeds/category/shared.atom", "/topics/", "/glossary/"],
)  # fmt: skip
def test_page_asks_as_often_for_thirty_items_as_for_three(
    client: Client, make_item: MakeItem, now: datetime, page: str
) -> None:
    counts = []
    for start, count in ((0, 3), (3, 27)):
        _fill(make_item, now, start, count)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 18


@pytest.mark.parametrize("sightings", [3, 30])
def test_briefing_asks_as_often_for_thirty_blocks_as_for_three(
    client: Client, make_item: MakeItem, now: datetime, sightings: int
) -> None:
    items = [make_item(f"Block {number}", licence="own", text="Text") for number in range(sightings)]
    briefing = make_document(items, captured=now, briefing_title="Issue")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/briefings/{briefing.key}/").status_code == 200
    assert len(queries) == 7
