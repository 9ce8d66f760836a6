"""A comparison is made once, and again when what it stands on has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
from django.core.exceptions import ValidationError

from almoner.records.guidance import comparisons
from almoner.records.guidance.comparisons import compare
from almoner.records.guidance.models import Comparison, Edition, Note
from almoner.records.guidance.notes import write_note
from tests.records.guidance.conftest import NEWER

SCHEMA = Path(__file__).parents[3] / "docs" / "redline.schema.json"


def test_comparison_says_what_changed_and_follows_the_schema(
    older: Edition, newer: Edition, now: datetime
) -> None:
    made = compare(older, newer, now=now)
    jsonschema.validate(made.redline, json.loads(SCHEMA.read_text()))
    told = [(change["old"], change["new"], change["before"]) for change in made.redline["changes"]]
    assert told == [(["1"], ["1"], 2), ([], ["2"], 3), (["2"], ["3"], 4), (["3"], [], 5)]
    assert made.redline["changes"][0]["weight"] == [["should", "must"]]
    assert (made.changes, sum(made.kinds.values()), made.binding) == (4, 4, 2)


def test_comparison_is_made_once(
    older: Edition, newer: Edition, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = compare(older, newer, now=now)
    monkeypatch.setattr(comparisons, "in_full", None)
    assert compare(older, newer, now=now).pk == made.pk


@pytest.mark.parametrize("changed", ["engine", "text"])
def test_comparison_is_made_anew_when_the_engine_or_a_text_changed(
    changed: str, older: Edition, newer: Edition, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = compare(older, newer, now=now)
    if changed == "engine":
        monkeypatch.setattr(comparisons, "engine", lambda: "another one")
    else:
        newer.paragraphs.filter(address="2").delete()
        newer.digest = "another text"
        newer.save()
    again = compare(older, newer, now=now)
    assert again.pk == made.pk
    assert (again.engine, again.new_digest) != (made.engine, made.new_digest)
    assert Comparison.objects.count() == 1


def test_note_outlives_comparing_again(older: Edition, newer: Edition, now: datetime) -> None:
    compare(older, newer, now=now)
    write_note(newer, "1", meaning="It binds now.", to_do="Keep the list.", now=now)
    write_note(newer, "3", meaning="Parents no longer help.", to_do="", now=now, is_gone=True)
    Comparison.objects.all().delete()
    compare(older, newer, now=now)
    assert set(Note.objects.values_list("address", "is_gone", "meaning")) == {
        ("1", False, "It binds now."),
        ("3", True, "Parents no longer help."),
    }
    assert write_note(newer, "1", meaning=" ", to_do="", now=now) is None
    assert not Note.objects.filter(address="1").exists()
    with pytest.raises(ValidationError, match="no paragraph “94”"):
        write_note(newer, "94", meaning="?", to_do="", now=now)


def test_edition_and_itself_are_refused(older: Edition, now: datetime) -> None:
    with pytest.raises(ValidationError, match="one edition"):
        compare(older, older, now=now)


def test_reversed_order_is_compared_and_said(older: Edition, newer: Edition, now: datetime) -> None:
    made = compare(newer, older, now=now)
    (found,) = made.redline["findings"]
    assert (found["code"], found["message"][:23]) == ("editions_reversed", "HSC 2024 came after HSC")


def test_two_different_documents_are_compared_and_said_to_hardly_match(
    older: Edition, add: Callable[..., Edition], now: datetime
) -> None:
    other = add("2025", "# Baking\n\n1. Weigh the flour.\n\n2. Warm the oven well.\n", published="2025-01-01")
    assert [found["code"] for found in compare(older, other, now=now).redline["findings"]] == [
        "editions_unlike"
    ]


def test_same_text_in_another_file_has_no_changes(
    older: Edition, add: Callable[..., Edition], now: datetime
) -> None:
    same = add("2024", NEWER), add("2024 reprint", NEWER + "\n")
    assert compare(*same, now=now).changes == 0
