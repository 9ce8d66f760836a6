"""Each sample page is read as it was meant: beside every page stands what its author intended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from almoner.demo.sources import SOURCES, Page
from almoner.pipeline import run
from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.pipeline.model import Item, Reading

GOLDEN = Path(__file__).parent / "golden"
PAGES = {page.file: page for sample in SOURCES for page in sample.pages}
GOLD = {
    gold["page"]: gold
    for gold in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*.json")))
}

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)

GRAVE = {
    "lanternfold/noticeboard.html": {
        0: {"title_missing"},
        1: {"link_missing"},
        3: {"child_identifiable"},
    },
    "thistlequay/newsfeed.txt": {3: {"weekday_mismatch"}},
}
"""The findings graver than a note that were planted: page, then item, then codes."""

NOTES = {"lanternfold/noticeboard.html": {2: {"address_hidden"}, 4: {"date_relative"}}}
"""Notes that were planted. Others may stand beside them: items without a date have one each."""


def read(page: Page) -> Reading:
    """The page as the pipeline reads it."""
    return run.read(page.snapshot())


def codes(item: Item, *gravities: Gravity) -> set[str]:
    """The codes of an item's findings of these gravities."""
    return {found.code for found in item.findings if FINDINGS[found.code].gravity in gravities}


def as_meant(item: Item, gold: dict[str, Any]) -> dict[str, Any]:
    """The fields of an item that its author wrote down, in the shape of a golden file.

    A title that was not printed, and the text, are compared by how they begin and end.
    """
    title = item.title if item.title_is_printed else item.title[: len(gold["title"])]
    text = item.text
    return {
        "title": title,
        "title_is_printed": item.title_is_printed,
        "kinds": gold["kinds"] if item.kind.value in gold["kinds"] else [item.kind.value],
        "credit": item.credit.source or item.credit.outlet,
        "author": item.credit.author,
        "byline": item.credit.byline,
        "published": item.published.value if item.published else None,
        "added": item.added.value[: len("2026-11-23T09:00")] if item.added else None,
        "categories": list(item.categories),
        "link": item.link,
        "links": [link.href for link in item.links],
        "events": [{"title": event.title, "starts": event.starts} for event in item.events],
        "starts": gold["starts"] if text.startswith(gold["starts"]) else text[:80],
        "ends": gold["ends"] if text.endswith(gold["ends"]) else text[-80:],
    }


def test_every_page_has_its_golden_file() -> None:
    assert set(PAGES) == set(GOLD)


@each_page
def test_page_is_split_into_the_items_that_were_meant(page: Page) -> None:
    titles = [item["title"] for item in GOLD[page.file]["items"]]
    found = [item.title for item in read(page).items]
    assert [title[: len(meant)] for title, meant in zip(found, titles, strict=True)] == titles


@each_page
def test_items_have_the_fields_that_were_meant(page: Page) -> None:
    meant = GOLD[page.file]["items"]
    items = read(page).items
    assert [as_meant(item, gold) for item, gold in zip(items, meant, strict=True)] == meant


@each_page
def test_page_is_known_for_its_publisher_and_briefing(page: Page) -> None:
    gold, reading = GOLD[page.file], read(page)
    assert reading.document.publisher == gold["publisher"]
    briefing = reading.briefing
    assert gold["briefing"] == (
        briefing and {"title": briefing.title, "date": briefing.date, "author": briefing.author}
    )


@each_page
def test_only_planted_faults_are_found(page: Page) -> None:
    found = {
        position: grave
        for position, item in enumerate(read(page).items)
        if (grave := codes(item, Gravity.HOLD, Gravity.CHECK))
    }
    assert found == GRAVE.get(page.file, {})


@pytest.mark.parametrize("file", NOTES)
def test_planted_notes_are_found(file: str) -> None:
    items = read(PAGES[file]).items
    for position, planted in NOTES[file].items():
        assert planted <= codes(items[position], Gravity.NOTE)


def test_invented_child_is_kept_private() -> None:
    items = read(PAGES["lanternfold/noticeboard.html"]).items
    assert "Robin Sample" in items[3].private_names
    assert not any(item.private_names for item in (*items[:3], items[4]))


def test_copies_are_told_across_pages() -> None:
    first, second = (read(PAGES[f"lanternfold/news-{month}"]) for month in ("october.txt", "november.html"))
    related = run.relate([first, second])
    copies = [item.title for reading in related for item in reading.items if item.same_as]
    assert copies == [
        "Sports clubs asked to put their welfare officer's number on the wall",
        "Self-neglect: start with the person, not the clutter",
    ]
