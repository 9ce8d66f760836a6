"""The list of items: what it shows, how it is narrowed down, and that it does not slow down as it grows."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from almoner.newsroom import decisions
from almoner.records.accounts.models import Person
from almoner.records.ingest.services import source_named
from tests.newsroom.conftest import MakeItem

ITEMS = "/newsroom/items/"


def titles(page: object) -> list[str]:
    return [item.title for item in page.context["object_list"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", [ITEMS, f"{ITEMS}?status=waiting", f"{ITEMS}?q=item", "/newsroom/"])
def test_list_takes_as_many_queries_for_thirty_items_as_for_three(
    desk: Client, make_item: MakeItem, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def add(count: int) -> None:
        for number in range(count):
            make_item(
                f"Item {number} of {count}",
                status="waiting",
                publisher=f"Publisher {number}",
                categories=(f"Category {number}",),
                findings=("date_missing", "link_missing"),
            )

    add(3)
    desk.get(address)  # what is remembered for the process is read now
    with django_assert_max_num_queries(100) as few:
        desk.get(address)
    add(27)
    with django_assert_max_num_queries(100) as many:
        desk.get(address)
    assert len(many.captured_queries) == len(few.captured_queries)


def test_desk_takes_at_most_25_queries(
    desk: Client, make_item: MakeItem, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_item("One", status="waiting", findings=("date_missing",))
    desk.get("/newsroom/")
    with django_assert_max_num_queries(25):
        desk.get("/newsroom/")


def test_list_shows_findings_gravest_first_and_in_words(desk: Client, make_item: MakeItem) -> None:
    make_item("One", status="waiting", findings=("date_missing", "link_missing", "child_identifiable"))
    page = desk.get(ITEMS).content.decode()
    words = ["A child or victim may be identifiable", "Promised link missing", "No date"]
    places = [page.index(word, page.index("<tbody")) for word in words]
    assert places == sorted(places)
    for word in ("Decide", "Check", "Note"):
        assert f">{word}</span>" in page


def test_list_shows_the_credited_source_else_the_publisher(desk: Client, make_item: MakeItem) -> None:
    make_item("One", publisher="Harbour Digest", credit_source="Office for Standards")
    make_item("Two", publisher="Northgate Trust")
    page = desk.get(ITEMS).content.decode()
    assert "Office for Standards</td>" in " ".join(page.split()).replace(" </td>", "</td>")
    assert "Northgate Trust" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=waiting", ["Waits"]),
        ("status=published", ["Dated", "Out"]),
        ("finding=link_missing", ["Waits"]),
        ("finding=none", ["Dated", "Out"]),
        ("kind=guidance", ["Out"]),
        ("q=wAit", ["Waits"]),
        ("q=nothing+like+it", []),
        ("ordering=title", ["Dated", "Out", "Waits"]),
    ],
)
def test_list_is_narrowed_down_by(desk: Client, make_item: MakeItem, query: str, expected: list[str]) -> None:
    make_item("Out", kind="guidance", published="2024-01-01")
    make_item("Dated", published="2024-02-01", kind="news")
    make_item("Waits", status="waiting", findings=("link_missing",), published="2024-03-01")
    assert titles(desk.get(f"{ITEMS}?{query}")) == expected


def test_list_is_narrowed_down_by_publisher_and_category(desk: Client, make_item: MakeItem) -> None:
    one = make_item("One", publisher="Harbour Digest", categories=("Online safety",))
    make_item("Two", publisher="Northgate Trust", categories=("Attendance",))
    category = one.categories.get()
    assert titles(desk.get(f"{ITEMS}?publisher={one.publisher_id}")) == ["One"]
    assert titles(desk.get(f"{ITEMS}?category={category.pk}")) == ["One"]


def test_settled_finding_is_no_reason_in_the_list(
    desk: Client, editor: Person, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("One", status="waiting", findings=("link_missing",))
    decisions.settle(item.findings.get(), editor, now)
    assert titles(desk.get(f"{ITEMS}?finding=link_missing")) == []
    assert titles(desk.get(f"{ITEMS}?finding=none")) == ["One"]


def test_desk_counts_what_waits_by_finding(desk: Client, make_item: MakeItem) -> None:
    make_item("One", status="waiting", findings=("date_missing", "child_identifiable"))
    make_item("Two", status="waiting", findings=("date_missing",))
    make_item("Three", status="waiting")
    make_item("Four", findings=("date_missing",))
    page = " ".join(desk.get("/newsroom/").content.decode().split())
    assert "3 items wait for you" in page
    counts = [
        ("A child or victim may be identifiable", 1),
        ("No date", 2),
        ("No open finding", 1),
    ]
    for name, count in counts:
        assert f'{name}</span> <span class="newsroom-queue__count">{count}</span>' in page


def test_desk_says_what_to_do_when_nothing_waits(desk: Client) -> None:
    assert "almoner import" in desk.get("/newsroom/").content.decode()


@pytest.mark.parametrize("kind", ["sources", "publishers", "categories"])
def test_record_lists_take_as_many_queries_for_thirty_as_for_three(
    desk: Client, make_item: MakeItem, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def add(first: int, last: int) -> None:
        for number in range(first, last):
            source_named(f"Source {number}", publisher=f"Publisher {number}")
            make_item(f"Item {number}", categories=(f"Category {number}",))

    add(0, 3)
    desk.get(f"/newsroom/{kind}/")
    with django_assert_max_num_queries(100) as few:
        desk.get(f"/newsroom/{kind}/")
    add(3, 30)
    with django_assert_max_num_queries(100) as many:
        page = desk.get(f"/newsroom/{kind}/")
    assert len(page.context["object_list"]) == (25 if kind == "sources" else 30)
    assert len(many.captured_queries) == len(few.captured_queries)
