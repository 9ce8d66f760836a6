"""The newsfeed and the library: what stands in them, in which order, and how they are narrowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from almoner.records.catalogue.enums import Stands
from almoner.records.catalogue.relations import ItemCopy

MakeItem = Callable[..., Any]


def titles(page: bytes) -> list[str]:
    """The titles of the cards of a page, in order."""
    return [
        unescape(title).strip()
        for title in re.findall(r'<h[23]><a href="/items/\w+/">(.*?)</a></h[23]>', page.decode(), re.DOTALL)
    ]


def link_of(page: bytes, words: str) -> str:
    """The address of the first link whose text holds `words`."""
    for address, text in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', page.decode(), re.DOTALL):
        if words in " ".join(re.sub(r"<[^>]+>", "", text).split()):
            return unescape(address)
    raise AssertionError(f"no link says {words!r}")


def test_newsfeed_has_the_newest_first(client: Client, make_item: MakeItem) -> None:
    make_item("Older", published="2025-03-01")
    make_item("Newest", published="2025-04-09")
    make_item("Added between", added="2025-03-20T09:21+00:00")
    make_item("Waiting", published="2025-04-09", status="waiting")
    assert titles(client.get("/news/").content) == ["Newest", "Added between", "Older"]


def test_newsfeed_card_reads_in_one_order(client: Client, make_item: MakeItem) -> None:
    make_item(
        "A new duty for colleges",
        kind="guidance",
        summary="From September colleges must say who may collect a student.",
        publisher="Harbour Trust",
        credit_source="Department for Education",
        published="2025-04",
        categories=("Education",),
    )
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get("/news/").content.decode()).split())
    order = [
        page.index(words)
        for words in (
            "Guidance A new duty",
            "From September",
            "Department for Education , via Harbour Trust · Published April 2025",
            "Education",
        )
    ]
    assert order == sorted(order)


def test_newsfeed_is_narrowed_by_kind_and_widened_again(client: Client, make_item: MakeItem) -> None:
    make_item("A notice", kind="notice")
    make_item("Some news", kind="news")
    page = client.get("/news/").content
    narrowed = client.get(link_of(page, "Notice 1")).content
    assert titles(narrowed) == ["A notice"]
    assert len(titles(client.get(link_of(narrowed, "Remove Notice")).content)) == 2


def test_newsfeed_pages_show_every_item_once(client: Client, make_item: MakeItem) -> None:
    for number in range(45):
        make_item(f"Item {number:02}", published=f"2025-02-{number % 28 + 1:02}")
    page = client.get("/news/?kind=news").content
    seen = titles(page)
    while b"Next page" in page:
        address = link_of(page, "Next page")
        assert "kind=news" in address
        page = client.get(address).content
        seen += titles(page)
    assert len(seen) == 45
    assert len(set(seen)) == 45


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1e3", "99999999999999999999", "١"])
def test_newsfeed_page_that_is_not_there_is_a_404(client: Client, make_item: MakeItem, page: str) -> None:
    make_item()
    expected = 200 if page == "١" else 404  # Arabic-Indic one is a one
    assert client.get("/news/", {"page": page}).status_code == expected


def test_newsfeed_without_items_says_what_comes(client: Client, db: None) -> None:
    page = client.get("/news/")
    assert page.status_code == 200
    assert b"Nothing is published yet" in page.content


def test_library_keeps_guidance_and_resources_but_no_news(client: Client, make_item: MakeItem) -> None:
    for kind in (
        "news",
        "guidance",
        "resource",
        "statistics",
        "consultation",
        "course",
        "notice",
        "question",
    ):
        make_item(f"A {kind}", kind=kind)
    assert titles(client.get("/library/").content) == [
        "A consultation",
        "A guidance",
        "A resource",
        "A statistics",
    ]


def test_library_stands_by_title_without_article_or_quotation_mark(
    client: Client, make_item: MakeItem
) -> None:
    for title in (
        "The zebra crossing",
        "“At last” she said",
        "An early start",
        "apple day",
        "7-minute brief",
    ):
        make_item(title, kind="resource")
    page = client.get("/library/").content
    assert titles(page) == [
        "7-minute brief",
        "apple day",
        "“At last” she said",
        "An early start",
        "The zebra crossing",
    ]
    assert re.findall(r'<h2 id="shelf-[^"]*">(.*?)</h2>', page.decode()) == ["0-9", "A", "E", "Z"]
    assert titles(client.get("/library/?letter=Z").content) == ["The zebra crossing"]


def test_library_facets_combine_and_count_what_they_would_leave(client: Client, make_item: MakeItem) -> None:
    make_item("One", kind="guidance", categories=("Health", "Law"), published="2024-05-01")
    make_item("Two", kind="resource", categories=("Health",), published="2024")
    make_item("Three", kind="resource", categories=("Law",), added="2020-08-17T09:21+01:00")
    make_item("Four", kind="resource", categories=("Health",))
    page = client.get("/library/?category=health").content
    assert titles(page) == ["Four", "One", "Two"]
    address = link_of(page, "Resource 2")
    page = client.get(address).content
    assert titles(page) == ["Four", "Two"]
    assert titles(client.get(link_of(page, "2024 1")).content) == ["Two"]
    assert titles(client.get(link_of(page, "Undated 1")).content) == ["Four"]
    assert titles(client.get(link_of(page, "Remove Category: Health")).content) == ["Four", "Three", "Two"]
    assert titles(client.get(link_of(page, "Remove all")).content) == ["Four", "One", "Three", "Two"]


def test_library_by_date_has_a_shelf_for_each_year(client: Client, make_item: MakeItem) -> None:
    make_item("Undated", kind="resource")
    make_item("Old", kind="resource", published="2020-01-01")
    make_item("New", kind="resource", published="2025-01-01")
    page = client.get(link_of(client.get("/library/").content, "sort by date")).content
    assert titles(page) == ["Undated", "New", "Old"]
    assert re.findall(r'<h2 id="shelf-[^"]*">(.*?)</h2>', page.decode()) == ["No date given", "2025", "2020"]


@pytest.mark.parametrize(
    "query",
    [
        "category=%00",
        "category=<script>",
        "kind=nothing&year=1066",
        "letter=%F0%9F%98%80",
        "publisher=" + 5000 * "x",
    ],
)
def test_library_facet_that_nothing_has_can_be_removed(
    client: Client, make_item: MakeItem, query: str
) -> None:
    make_item("Kept", kind="resource")
    page = client.get(f"/library/?{query}")
    assert page.status_code == 200
    assert b"<script>" not in page.content
    if query != "category=%00":  # which is as good as nothing
        assert titles(page.content) == []
        assert b"Nothing has all of that" in page.content
        while b'aria-label="Chosen"' in page.content:
            page = client.get(link_of(page.content, "Remove "))
    assert titles(page.content) == ["Kept"]


def test_front_page_leads_to_the_newest_and_into_the_library(client: Client, make_item: MakeItem) -> None:
    make_item("Kept guidance", kind="guidance", categories=("Law",), publisher="Harbour Trust")
    page = client.get("/").content
    assert titles(page) == ["Kept guidance"]
    assert b"1 item from 1 publisher." in page
    assert titles(client.get(link_of(page, "Law 1")).content) == ["Kept guidance"]


def test_front_page_of_an_empty_service_says_so(client: Client, db: None) -> None:
    assert b"Nothing is published yet" in client.get("/").content


def test_category_on_a_library_card_stays_in_the_library(client: Client, make_item: MakeItem) -> None:
    make_item(kind="guidance", categories=("Education",))
    assert 'href="/library/?category=education">Education</a>' in client.get("/library/").content.decode()
    assert 'href="/news/?category=education">Education</a>' in client.get("/news/").content.decode()


def test_newsfeed_has_copies_once_and_says_where_else(client: Client, make_item: MakeItem) -> None:
    first = make_item("Ferry stops", publisher="Harbour Trust")
    copies = [make_item("Ferry stops", publisher=name) for name in ("Echo", "Quay Times", "Harbour Trust")]
    for copy in copies:
        ItemCopy.objects.create(item=copy, original=first, standing=Stands.NEAR)
    answer = client.get("/news/").content
    assert titles(answer) == ["Ferry stops"]
    page = answer.decode()
    assert f'<a href="{copies[0].get_absolute_url()}">Echo</a> and <a href' in page
    assert f'<a href="{copies[1].get_absolute_url()}">Quay Times</a></p>' in page
    assert copies[2].get_absolute_url() not in page
