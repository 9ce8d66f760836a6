"""The five seed documents with their gold, which stand beside the repository and are no part of it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from almoner.cli.item_json import item_json
from almoner.pipeline.fetch.files import snapshots
from almoner.pipeline.model import Snapshot
from almoner.pipeline.run import read, relate

SHARED = Path(__file__).parents[3] / "shared"
SEEDS, GOLD, RULER = SHARED / "seeds", SHARED / "gold", SHARED / "bench" / "score.py"

pytestmark = pytest.mark.skipif(
    not (SEEDS.is_dir() and GOLD.is_dir() and RULER.is_file()), reason="the seeds and their gold are not here"
)

Items = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ruler() -> ModuleType:
    """The program that compares items with the gold."""
    spec = importlib.util.spec_from_file_location("score", RULER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def items() -> Items:
    """What `almoner read --json` prints of the seeds, by the name of the document."""
    taken = [found for found in snapshots([str(SEEDS)]) if isinstance(found, Snapshot)]
    found = [
        (reading, reading.document.media_type) for reading in relate([read(snapshot) for snapshot in taken])
    ]
    return {
        Path(reading.document.source).name: [item_json(item, media_type) for item in reading.items]
        for reading, media_type in found
    }


def gold() -> list[tuple[str, dict[str, Any]]]:
    if not GOLD.is_dir():
        return []
    return [
        (file.name.replace(".items.json", ".txt"), json.loads(file.read_text()))
        for file in sorted(GOLD.glob("*.items.json"))
    ]


def lines(item: dict[str, Any]) -> tuple[int, int]:
    return item["place"]["first_line"], item["place"]["last_line"]


def numbered(items: Items, number: str) -> list[dict[str, Any]]:
    """The items of the document whose name begins with a number."""
    return next(found for name, found in items.items() if name.startswith(number))


def codes(item: dict[str, Any]) -> set[str]:
    return {found["code"] for found in item["findings"]}


@pytest.mark.parametrize(("name", "expected"), gold())
def test_seed_gives_exactly_the_items_of_the_gold(name: str, expected: dict[str, Any], items: Items) -> None:
    assert [lines(item) for item in items[name]] == [tuple(item["lines"]) for item in expected["items"]]


@pytest.mark.parametrize(("name", "expected"), gold())
def test_seed_gives_every_field_of_the_gold(
    name: str, expected: dict[str, Any], items: Items, ruler: ModuleType
) -> None:
    got = {lines(item): item for item in items[name]}
    for wanted in expected["items"]:
        checks = ruler.seed_checks(name, wanted, got[tuple(wanted["lines"])])
        assert {field for field, right in checks.items() if not right} == set(), wanted["title"]


@pytest.mark.parametrize(("name", "expected"), gold())
def test_page_furniture_is_in_no_item(name: str, expected: dict[str, Any], items: Items) -> None:
    aside = {line for first, last in expected.get("not_items", []) for line in range(first, last + 1)}
    for item in items[name]:
        first, last = lines(item)
        assert not aside & set(range(first, last + 1))


def test_ruler_prints_full_marks(items: Items, ruler: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    ruler.seeds(GOLD, items)
    assert capsys.readouterr().out.splitlines()[-1].startswith("seeds: items F1 1.000, fields 510/510")


def test_weekday_that_was_another_is_the_only_one_found(items: Items) -> None:
    found = [
        f
        for document in items.values()
        for item in document
        for f in item["findings"]
        if f["code"] == "weekday_mismatch"
    ]
    assert len(found) == 1
    assert "Wednesday 3 April 2025" in found[0]["message"]
    assert "Thursday" in found[0]["message"]


def test_second_item_of_001_has_no_title(items: Items) -> None:
    missing = [item for document in items.values() for item in document if "title_missing" in codes(item)]
    assert missing == [numbered(items, "001")[1]]


def test_promised_links_are_missing(items: Items) -> None:
    missing = {
        number: [i for i, item in enumerate(numbered(items, number)) if "link_missing" in codes(item)]
        for number in ("000", "001")
    }
    assert missing == {"000": [1, 2], "001": [0, 2]}


def test_hidden_address_is_found(items: Items) -> None:
    hidden = [item for document in items.values() for item in document if "address_hidden" in codes(item)]
    assert hidden == [numbered(items, "001")[0]]


def test_child_who_died_waits_for_an_editor(items: Items) -> None:
    assert [i for i, item in enumerate(numbered(items, "002")) if "child_identifiable" in codes(item)] == [3]


def test_items_of_000_have_no_date_but_relative_words(items: Items) -> None:
    document = numbered(items, "000")
    assert all("date_missing" in codes(item) for item in document)
    messages = " ".join(
        f["message"] for item in document for f in item["findings"] if f["code"] == "date_relative"
    )
    assert "“this month”" in messages
    assert "“yesterday”" in messages


def test_two_items_stand_in_both_news_pages(items: Items) -> None:
    copies = [item for document in items.values() for item in document if item["same_as"]]
    assert len(copies) == 2
    assert all("copy_of" in codes(item) for item in copies)
    assert all(Path(item["document"]).name.startswith("000") for item in copies)
    assert all(Path(item["same_as"]["document"]).name.startswith("001") for item in copies)
