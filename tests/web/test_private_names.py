"""Names of children and victims stand on an item's own page and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from almoner.records.catalogue.models import Item
from tests.web.documents import make_document

MakeItem = Callable[..., Any]


@pytest.fixture
def named(make_item: MakeItem, now: datetime) -> Item:
    """An item that an editor let be published although it names a child, in the latest briefing."""
    item: Item = make_item(
        "Review of the death of Robin Vale",
        kind="guidance",
        summary="What Robin's school knew, and when the Vales asked for help.",
        text="Robin Vale was nine.",
        html="<p>Robin Vale was nine.</p>",
        link="https://www.example.org/review-of-robin-vale",
        private_names=["Robin Vale"],
        licence="own",
        credit_source="The family of Robin Vale",
        credit_author="Robin Vale",
        publisher="Harbour Trust",
    )
    make_document([item], captured=now, briefing_title="Issue", briefing_date=date(2025, 4, 7))
    return item


@pytest.mark.parametrize(
    "path",
    ["/", "/news/", "/library/", "/briefings/", "/briefings/{briefing}/", "/search/?q=review",
     "/feeds/all.rss", "/feeds/all.atom", "/feeds/all.json"],
)  # fmt: skip
def test_list_and_feed_leave_a_gap_for_each_part_of_a_name(client: Client, named: Item, path: str) -> None:
    briefing = named.sightings.get().document
    page = client.get(path.format(briefing=briefing.key)).content.decode()
    assert "robin" not in page.casefold()
    assert "vale" not in page.casefold()
    if path != "/briefings/":
        assert "of the death of …" in page.replace("<mark>", "").replace("</mark>", "")


def test_own_page_keeps_the_words_but_for_the_page_title(client: Client, named: Item) -> None:
    head, body = client.get(named.get_absolute_url()).content.decode().split("</head>")
    assert "Robin" not in head
    assert "Review of the death of Robin Vale</h1>" in body
    assert "Robin Vale was nine." in body


def test_title_that_is_nothing_but_a_name_becomes_the_kind(client: Client, make_item: MakeItem) -> None:
    item = make_item("Robin Vale", summary="The news.", private_names=["Robin Vale"])
    for page in ("/news/", "/search/?q=news"):
        card = client.get(page).content.decode().partition(f'<a href="/items/{item.key}/">')[2]
        assert card.partition("</a>")[0].strip() == "News", page


def test_credit_is_masked_away_from_the_own_page_and_whole_on_it(client: Client, named: Item) -> None:
    assert "The family of …" in client.get("/news/").content.decode()
    assert "The family of Robin Vale" in client.get(named.get_absolute_url()).content.decode()
    (entry,) = client.get("/feeds/all.json").json()["items"]
    assert entry["authors"] == [{"name": "Harbour Trust"}]


def test_library_does_not_spell_a_name_by_where_it_stands(client: Client, make_item: MakeItem) -> None:
    for title in ("Quentin Vale", "Zara Vale: a review", "Anna Vale"):
        make_item(title, kind="guidance", private_names=[title.partition(":")[0]])
    make_item("Missing children", kind="guidance")
    page = client.get("/library/").content.decode()
    for letter in "QZA":
        assert f"Titles in </span>{letter}<" not in page
        assert "Quentin" not in client.get(f"/library/?letter={letter}").content.decode()
    assert "Titles in </span>M<" in page
    shelf = client.get("/library/?letter=0-9").context["shelves"][0]["cards"]
    assert [card.item.title for card in shelf] == [
        "Anna Vale",
        "Zara Vale: a review",
        "Quentin Vale",
    ]  # newest first
