"""The newsfeed by month, and what a page is called when somebody passes it on."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from almoner.records.catalogue.moments import UNDATED

MakeItem = Callable[..., Any]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_months_are_listed_with_what_is_in_them(client: Client, make_item: MakeItem) -> None:
    assert "Nothing is published yet" in page(client, "/news/archive/")
    for day in ("2024-12-31", "2025-01-01", "2025-01-31"):
        make_item(f"Item of {day}", published=day)
    make_item("Item that waits", published="2023-05-01", status="waiting")
    shown = page(client, "/news/archive/")
    assert shown.index("2025</h2>") < shown.index("2024</h2>")
    assert 'href="/news/2025/1/"' in shown
    assert '2<span class="govuk-visually-hidden"> items' in shown
    assert "2023" not in shown


def test_month_holds_its_own_days_in_london(client: Client, make_item: MakeItem) -> None:
    for moment in ("2024-07-31", "2024-08-01", "2024-08-31", "2024-09-01"):
        make_item(f"Item of {moment}", published=moment)
    make_item("Late in July", published="2024-07-31T23:30+01:00")
    shown = page(client, "/news/2024/8/")
    assert "News of August 2024" in shown
    assert "Item of 2024-08-01" in shown
    assert "Item of 2024-08-31" in shown
    assert "Item of 2024-07-31" not in shown
    assert "Item of 2024-09-01" not in shown
    assert "Late in July" not in shown
    assert "Late in July" in page(client, "/news/2024/7/")


def test_month_is_narrowed_and_paged_by_itself(client: Client, make_item: MakeItem) -> None:
    for number in range(21):
        make_item(f"Guide {number}", kind="guidance", published="2024-08-02")
    make_item("News of the month", published="2024-08-03")
    shown = page(client, "/news/2024/8/?kind=guidance")
    assert "News of the month" not in shown
    assert "/news/2024/8/?kind=guidance&page=2" in shown
    assert "Page 2 of 2" in page(client, "/news/2024/8/?kind=guidance&page=2")


def test_what_has_no_date_stands_behind_what_has_one_and_in_no_month(
    client: Client, make_item: MakeItem
) -> None:
    make_item("Old leaflet", undated_at=UNDATED, sorts_at=UNDATED)
    make_item("News of the month", published="2024-08-03")
    shown = page(client, "/news/")
    assert shown.index("News of the month") < shown.index("Old leaflet")
    assert "No date given, captured 10 April 2025" in re.sub(r"<[^>]+>", "", shown)
    months = page(client, "/news/archive/")
    assert "1 item says nothing of its date" in months
    assert "1900" not in months
    shown = page(client, "/news/undated/")
    assert "News without a date" in shown
    assert "Old leaflet" in shown
    assert "News of the month" not in shown


@pytest.mark.parametrize("address", ["/news/2024/13/", "/news/2024/0/", "/news/10000/1/", "/news/1900/1/"])
def test_there_is_no_such_month(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_page_that_is_passed_on_has_title_summary_and_our_mark_and_no_private_name(
    client: Client, make_item: MakeItem
) -> None:
    item = make_item("A leaflet", summary="What carers asked for.")
    shown = page(client, item.get_absolute_url())
    assert '<meta property="og:title" content="A leaflet">' in shown
    assert '<meta property="og:description" content="What carers asked for.">' in shown
    assert f'<meta property="og:image" content="{settings.SITE_ADDRESS}/static/web/mark-180' in shown
    named = make_item("Found", summary="Corvina Example is safe.", private_names=["Corvina Example"])
    head = page(client, named.get_absolute_url()).partition("<body")[0]
    assert "Corvina" not in head
