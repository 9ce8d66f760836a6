"""Narrowing a search: what is left, what each choice would leave, and that neither grows with what is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import correct, withdraw
from almoner.records.search import narrowing, queries
from almoner.records.search import services as search_services
from almoner.records.search.queries import SearchPage, search

MakeItem = Callable[..., Item]


@pytest.fixture
def taxis(make_item: MakeItem) -> list[Item]:
    """Items about taxis of two kinds, three publishers and four years, and one without a year about buses."""
    return [
        make_item("Taxis and children", kind="guidance", publisher="Harbour Trust", published="2023-05-01"),
        make_item("Taxis at night", kind="guidance", publisher="Quay Council", published="2024-02"),
        make_item("Taxis and trains", kind="news", publisher="Harbour Trust", published="2025-01-09"),
        make_item("Taxis for hire", kind="news", publisher="Pier Times", added="2021-08-17T09:21+01:00"),
        make_item("Buses", kind="course", publisher="Pier Times"),
    ]


def titles(page: SearchPage) -> set[str]:
    return {hit.item.title for hit in page.hits}


def counts(page: SearchPage, name: str) -> dict[str, int]:
    return {choice.name: choice.items for choice in page.choices[name]}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"kind": "guidance"}, {"Taxis and children", "Taxis at night"}),
        ({"publisher": "harbour-trust"}, {"Taxis and children", "Taxis and trains"}),
        ({"kind": "news", "publisher": "harbour-trust"}, {"Taxis and trains"}),
        ({"year": "2024"}, {"Taxis at night"}),
        ({"year": "2023-2024"}, {"Taxis and children", "Taxis at night"}),
        ({"year": "2024-"}, {"Taxis at night", "Taxis and trains"}),
        ({"year": "-2021"}, {"Taxis for hire"}),
        ({"year": "2025-2023"}, set()),
        ({"year": "soon"}, set()),
        ({"kind": "guidance year:2023"}, set()),
        ({"kind": "\x00"}, set()),
    ],
)
def test_search_is_narrowed_by_what_is_chosen(
    taxis: list[Item], chosen: dict[str, str], found: set[str]
) -> None:
    page = search("taxis", chosen=chosen)
    assert titles(page) == found
    assert page.total == len(found)
    assert page.matches_all


def test_search_counts_each_choice_under_the_others(taxis: list[Item]) -> None:
    page = search("taxis", chosen={"kind": "guidance"}, with_choices=True)
    assert counts(page, "kind") == {"guidance": 2, "news": 2}
    assert counts(page, "publisher") == {"Harbour Trust": 1, "Quay Council": 1}
    assert list(counts(page, "year")) == ["2024", "2023"]
    assert page.without == {"kind": 4}


def test_search_without_a_match_says_what_each_choice_costs(taxis: list[Item]) -> None:
    page = search("taxis", chosen={"kind": "guidance", "publisher": "pier-times"}, with_choices=True)
    assert page.hits == ()
    assert page.without == {"kind": 1, "publisher": 2}
    assert counts(page, "kind") == {"news": 1, "guidance": 0}


def test_search_names_a_span_of_years_and_counts_it(taxis: list[Item]) -> None:
    page = search("taxis", chosen={"year": "2023-2024"}, with_choices=True)
    assert counts(page, "year") == {"2025": 1, "2024": 1, "2023": 1, "2021": 1, "2023 to 2024": 2}


def test_search_is_narrowed_by_topics_and_places(make_item: MakeItem, now: datetime) -> None:
    night = make_item("Taxis at night", text="Nothing else.")
    correct(night, now=now, topics=["county-lines"])
    leeds = make_item("Taxis by day", text="A scheme for drivers in Leeds.")
    look_again(leeds)
    search_services.index([leeds.pk])
    page = search("taxis", with_choices=True)
    assert counts(page, "topic")["County lines"] == 1
    assert counts(page, "place") == {"Leeds": 1}
    assert titles(search("taxis", chosen={"topic": "county-lines"})) == {"Taxis at night"}
    [place] = page.choices["place"]
    assert titles(search("taxis", chosen={"place": place.value})) == {"Taxis by day"}


def test_narrowing_follows_corrections_and_withdrawal(taxis: list[Item], now: datetime) -> None:
    correct(taxis[2], now=now, kind="guidance")
    withdraw(taxis[0], reason="No longer right.", now=now)
    page = search("taxis", chosen={"kind": "guidance"}, with_choices=True)
    assert titles(page) == {"Taxis at night", "Taxis and trains"}
    assert counts(page, "kind") == {"guidance": 2, "news": 1}
    assert narrowing.number() == 4


def test_search_falls_back_to_some_words_only_where_nothing_has_all(taxis: list[Item]) -> None:
    page = search("taxis night", chosen={"kind": "news"}, with_choices=True)
    assert page.hits == ()
    assert page.matches_all
    assert page.without == {"kind": 1}


def test_search_counts_no_more_than_it_says(taxis: list[Item], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "COUNTED", 3)
    page = search("taxis", chosen={"publisher": "pier-times"}, with_choices=True)
    assert titles(page) == {"Taxis for hire"}
    assert sum(counts(page, "publisher").values()) == 3
    assert page.without == {"publisher": 3}


def test_search_offers_no_more_values_than_fit_a_page(
    make_item: MakeItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "MOST", 2)
    for number in range(4):
        make_item(f"Taxis {number}", publisher=f"Publisher {number}")
    page = search("taxis", chosen={"publisher": "publisher-3"}, with_choices=True)
    assert counts(page, "publisher") == {"Publisher 0": 1, "Publisher 1": 1, "Publisher 3": 1}


@pytest.mark.parametrize("chosen", [{}, {"kind": "guidance", "year": "2020-2030"}])
def test_narrowed_search_asks_as_often_for_three_as_for_one(
    make_item: MakeItem, chosen: dict[str, str]
) -> None:
    asked = []
    for number in (1, 2, 3):
        make_item(f"Taxis {number}", kind="guidance", publisher=f"Publisher {number}", published="2024")
        with CaptureQueriesContext(connection) as found:
            assert search("taxis", chosen=chosen, with_choices=True).total == number
        asked.append(len(found))
    assert asked[0] == asked[2]
    assert asked[0] <= (18 if chosen else 14)


def test_what_items_can_be_narrowed_by_is_filled_in_where_it_is_missing(taxis: list[Item]) -> None:
    narrowing.clear()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert narrowing.number() == 5


def test_narrowing_knows_no_other_names() -> None:
    with pytest.raises(KeyError):
        narrowing.narrowed({"status": "waiting"})
