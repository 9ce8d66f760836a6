"""The data files hold what their columns say, and nothing stands in them twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy.entries import editions, named, parts, table

FILES = {
    "organisations.csv": ("id", "name", "kind", "nations", "home", "abbreviations", "former_names", "other_names", "evidence"),
    "forces.csv": ("id", "name", "nations", "home", "other_names", "evidence"),
    "works.csv": ("id", "name", "kind", "publisher", "nations", "abbreviations", "other_names", "evidence"),
    "editions.csv": ("work", "edition", "status", "in_force"),
    "programmes.csv": ("id", "name", "nations", "home", "abbreviations", "other_names", "evidence"),
    "areas.csv": ("code", "name", "kind", "nation", "area", "other_names", "ended", "replaced_by"),
    "towns.csv": ("name", "area"),
}  # fmt: skip
LEAST = {
    "organisations.csv": 150, "forces.csv": 48, "works.csv": 80, "programmes.csv": 40, "areas.csv": 390,
}  # fmt: skip
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[EWSNK]\d{8}")


@pytest.mark.parametrize(("file", "columns"), FILES.items())
def test_table_has_its_columns_and_no_stray_space(file: str, columns: tuple[str, ...]) -> None:
    rows = list(table(file))
    assert all(tuple(row) == columns for row in rows)
    assert [cell for row in rows for cell in row.values() if cell != " ".join(cell.split())] == []
    assert len(rows) >= LEAST.get(file, 1)


def test_ids_are_slugs_and_stand_once() -> None:
    ids = [
        row["id"]
        for file in ("organisations.csv", "forces.csv", "works.csv", "programmes.csv")
        for row in table(file)
    ]
    assert [each for each in ids if not SLUG.fullmatch(each)] == []
    assert [each for each, count in Counter(ids).items() if count > 1] == []


def test_area_codes_are_of_the_office_for_national_statistics_and_stand_once() -> None:
    codes = [row["code"] for row in table("areas.csv")]
    assert [code for code in codes if not CODE.fullmatch(code)] == []
    assert len(codes) == len(set(codes))


def test_areas_that_ended_say_when_and_lead_to_areas_that_are_there() -> None:
    rows = {row["code"]: row for row in table("areas.csv")}
    for row in rows.values():
        assert bool(row["replaced_by"]) <= bool(row["ended"]), row
        assert not row["ended"] or date.fromisoformat(row["ended"])
        assert all(code in rows for code in parts(row["replaced_by"])), row
    assert all(not rows[row["area"]]["ended"] for row in table("towns.csv"))


def test_nations_are_letters_in_order() -> None:
    for file, column in (("organisations.csv", "nations"), ("works.csv", "nations"), ("areas.csv", "nation")):
        wrong = [row for row in table(file) if not row[column] or not re.fullmatch("E?W?S?N?", row[column])]
        assert wrong == []


def test_home_pages_are_secure_addresses() -> None:
    rows = [row for file in ("organisations.csv", "forces.csv", "programmes.csv") for row in table(file)]
    assert [row["home"] for row in rows if row["home"] and not row["home"].startswith("https://")] == []


def test_works_are_published_by_organisations_we_know() -> None:
    known = {row["id"] for row in table("organisations.csv")}
    assert {row["publisher"] for row in table("works.csv") if row["publisher"]} <= known


def test_editions_belong_to_works_and_follow_one_another() -> None:
    works = {row["id"] for row in table("works.csv")}
    assert set(editions()) <= works
    for each in editions().values():
        years = [edition.year for edition in each]
        assert years == sorted(set(years))
        assert [
            edition for edition in each if edition.status not in {"in_force", "superseded", "withdrawn"}
        ] == []
        assert sum(edition.status == "in_force" for edition in each) <= 1
        days = [date.fromisoformat(edition.in_force) for edition in each if edition.in_force]
        assert days == sorted(days)


def test_no_certain_name_stands_for_two_things() -> None:
    owners: dict[str, set[tuple[MentionKind, str]]] = {}
    for each in named():
        if not each.needs_evidence and each.entry.kind is not MentionKind.PLACE:
            owners.setdefault(each.printed.casefold(), set()).add((each.entry.kind, each.entry.id))
    # An authority that ended keeps its name beside the one that took it over.
    ended = {row["code"] for row in table("areas.csv") if row["ended"]}
    shared = {name: ids for name, ids in owners.items() if len({id for _, id in ids} - ended) > 1}
    assert shared == {}
