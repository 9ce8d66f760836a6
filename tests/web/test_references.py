"""What readers take along: CSV, BibTeX and RIS of the library and of one item."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from almoner.records.catalogue.models import Item

MakeItem = Callable[..., Any]


@pytest.fixture
def guidance(make_item: MakeItem) -> Item:
    """An entry with everything in it."""
    item: Item = make_item(
        "Keeping children safe: 100% of “it” {draft} & more_1",
        kind="guidance",
        summary="What schools must do.",
        publisher="Harbour Trust",
        credit_source="Department for Education",
        published="2025-04-09",
        categories=("Education", "Law"),
        link="https://www.example.org/kcs?a={1}",
        licence="ogl",
    )
    return item


def rows(page: Any) -> list[dict[str, str]]:
    assert page.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(page.content.decode("utf-8-sig"))))


def test_library_is_taken_along_as_csv(client: Client, guidance: Item) -> None:
    page = client.get("/library/references.csv")
    assert page.headers["Content-Disposition"] == 'attachment; filename="library.csv"'
    (row,) = rows(page)
    assert row["title"] == guidance.title
    assert (row["publisher"], row["credited"]) == ("Harbour Trust", "Department for Education")
    assert (row["published"], row["categories"]) == ("2025-04-09", "Education; Law")
    assert row["licence"] == "Open Government Licence v3.0"
    assert row["here"].endswith(f"/items/{guidance.key}/")


def test_only_what_is_chosen_is_taken_along(client: Client, guidance: Item, make_item: MakeItem) -> None:
    make_item("A resource", kind="resource")
    make_item("News is not in the library", kind="news")
    assert [row["title"] for row in rows(client.get("/library/references.csv?kind=resource"))] == [
        "A resource"
    ]
    assert len(rows(client.get("/library/references.csv"))) == 2
    page = client.get("/library/?kind=resource").content.decode()
    assert 'href="/library/references.ris?kind=resource"' in page


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", ' "=1'])
def test_no_cell_is_a_formula(client: Client, make_item: MakeItem, title: str) -> None:
    make_item(title, kind="guidance")
    (row,) = rows(client.get("/library/references.csv"))
    assert row["title"] == f"'{title}"


def test_bibtex_closes_every_brace_and_escapes_what_tex_would_read(client: Client, guidance: Item) -> None:
    said = client.get(f"/items/{guidance.key}/reference.bib").content.decode()
    assert said.startswith(f"@techreport{{almoner-{guidance.key},\n")
    assert r"title = {{Keeping children safe: 100\% of “it” \{draft\} \& more\_1}}" in said
    assert "author = {{Department for Education}}" in said
    assert "year = {2025},\n  month = {4},\n  date = {2025-04-09}" in said
    assert "url = {https://www.example.org/kcs?a=%7B1%7D}" in said
    bare = re.sub(r"\\[{}]", "", said)
    assert bare.count("{") == bare.count("}")


def test_ris_has_a_type_first_and_an_end_last(client: Client, guidance: Item) -> None:
    lines = client.get(f"/items/{guidance.key}/reference.ris").content.decode().split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-3] == "ER  - "
    assert f"TI  - {guidance.title}" in lines
    assert "DA  - 2025/04/09/" in lines
    assert [line for line in lines if line.startswith("KW")] == ["KW  - Education", "KW  - Law"]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)


@pytest.mark.parametrize("form", ["csv", "bib", "ris"])
def test_no_reference_holds_a_private_name(client: Client, make_item: MakeItem, form: str) -> None:
    item = make_item(
        "Review of the death of Robin Vale", kind="guidance", summary="Robin was nine.", published="2025",
        link="https://example.org/robin-vale", private_names=["Robin Vale"], credit_source="Vale family",
    )  # fmt: skip
    for path in (f"/library/references.{form}", f"/items/{item.key}/reference.{form}"):
        said = client.get(path).content.decode().casefold()
        assert "review of the death of" in said
        assert "robin" not in said
        assert "vale" not in said


def test_reference_of_what_readers_do_not_see_is_not_found(client: Client, make_item: MakeItem) -> None:
    waiting = make_item("Waits", status="waiting")
    for key in (waiting.key, "nothing"):
        assert client.get(f"/items/{key}/reference.ris").status_code == 404
    assert client.get(f"/items/{waiting.key}/reference.doc").status_code == 404


def test_export_takes_as_many_queries_for_many_items_as_for_one(
    client: Client, make_item: MakeItem, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in range(3):
        make_item(f"Item {number}", kind="guidance", publisher=f"P {number}", categories=(f"C {number}",))
        with django_assert_max_num_queries(12) as asked:
            client.get("/library/references.csv")
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[2]
