"""Suggestions and spelling: names that stand in our tables and in titles, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import withdraw
from almoner.records.search.queries import search
from almoner.records.search.suggestions import MOST, suggestions

MakeItem = Callable[..., Item]


def words(typed: str) -> list[tuple[str, str]]:
    return [(each.words, each.what) for each in suggestions(typed)]


@pytest.fixture
def kcsie(make_item: MakeItem) -> Item:
    return make_item("Keeping children safe in education 2025", kind="guidance", text="KCSIE for schools.")


@pytest.mark.parametrize("typed", ["kcsie", "KCS", " kcsie ", "keeping ch"])
def test_letters_suggest_what_they_stand_for(kcsie: Item, typed: str) -> None:
    assert words(typed)[0] == ("Keeping children safe in education", "KCSIE")


def test_title_is_suggested_with_its_page(kcsie: Item) -> None:
    [title] = [each for each in suggestions("children safe") if each.address]
    assert (title.words, title.what) == (kcsie.title, "Guidance")
    assert title.address == kcsie.get_absolute_url()


def test_topics_and_publishers_are_suggested_where_items_have_the_words(make_item: MakeItem) -> None:
    assert words("county") == []
    make_item("County lines", publisher="County Safeguarding Trust")
    found = words("county")
    assert ("County lines", "Topic") in found
    assert ("County Safeguarding Trust", "Publisher") in found
    assert words("safeguarding tr")[0] == ("County Safeguarding Trust", "Publisher")


def test_titles_that_begin_so_come_first(make_item: MakeItem) -> None:
    make_item("Taxis at night", sorts_at=datetime.fromisoformat("2020-01-01T00:00+00:00"))
    make_item("Trains and taxis")
    assert [each for each, what in words("taxis") if what == "News"] == ["Taxis at night", "Trains and taxis"]


def test_no_title_that_names_a_child_is_suggested(make_item: MakeItem) -> None:
    make_item("Review: Robin Vale", private_names=["Robin Vale"], licence="own")
    for typed in ("robin", "vale", "review", "rob"):
        assert words(typed) == []


def test_nothing_is_suggested_that_readers_do_not_see(make_item: MakeItem, now: datetime) -> None:
    make_item("Taxis waiting", status="waiting", publisher="Quay Council")
    withdraw(make_item("Taxis gone"), reason="No longer right.", now=now)
    assert words("taxis") == []
    assert words("quay") == []


@pytest.mark.parametrize(
    "typed", ["", "s", " ", '"', "*", "\x00\x00", "-x", "😀", "a" * 10_000, "%_", '" OR 1']
)
def test_suggestions_take_anything(kcsie: Item, typed: str) -> None:
    assert suggestions(typed) == ()


def test_suggestions_stay_few_and_ask_as_often_for_many(make_item: MakeItem) -> None:
    asked = []
    for number in range(12):
        make_item(f"Safeguarding taxis, part {number}", publisher=f"Safeguarding Board {number}")
        if number in {0, 11}:
            with CaptureQueriesContext(connection) as found:
                assert len(suggestions("safeg")) <= MOST
            asked.append(len(found))
    assert asked[0] == asked[1]
    assert asked[0] <= 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("safegarding", "safeguarding"),
        ("taxis safegarding", "taxis safeguarding"),
        ("Safegarding -bus", "safeguarding -bus"),
        ("safeguarding", ""),
        ("taxis", ""),
        ("zzyzxq", ""),
    ],
)
def test_search_says_what_may_have_been_meant(make_item: MakeItem, typed: str, meant: str) -> None:
    make_item("Safeguarding in taxis")
    assert search(typed).meant == meant


def test_search_suggests_no_spelling_from_a_private_name(make_item: MakeItem) -> None:
    make_item(
        "Review after a death", text="Corwinna Vale died.", private_names=["Corwinna Vale"], licence="own"
    )
    found = search("Corwinnas death")
    assert found.meant == ""
    assert "Corwinna" not in str([hit.title for hit in found.hits])
