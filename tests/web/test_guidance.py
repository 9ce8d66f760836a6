"""The pages of guidance: works, editions, and what changed between two."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from almoner.demo.works import EVERYONE, RECRUITERS, create_sample_guidance
from almoner.pipeline import run
from almoner.pipeline.fetch.files import given
from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.mentions import look_again
from almoner.records.guidance.editions import add_edition
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, Work
from almoner.records.guidance.works import add_work

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAIR = "/guidance/safe-harbour/2025/to/2026/"
SCHEMA = Path(__file__).parents[2] / "docs" / "redline.schema.json"


READ_ONCE = functools.cache(run.edition)
"""The sample's files are the same for every test here, and two are read in processes of their own: once is enough."""


@pytest.fixture
def sample(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The sample guidance, on a day on which the edition of 2026 is in force."""
    monkeypatch.setattr(run, "edition", READ_ONCE)
    with time_machine.travel(NOW, tick=False):
        yield create_sample_guidance(now=NOW)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", response.content.decode())


def test_works_say_what_is_in_force_and_what_comes(client: Client, sample: Edition) -> None:
    page = text(client, "/guidance/")
    assert "Draft of 2027: draft for consultation · 2026: in force · 2025: superseded" in page


def test_no_works_say_where_to_look_instead(client: Client, db: None) -> None:
    assert "No guidance is kept yet" in text(client, "/guidance/")


def test_work_says_in_a_sentence_what_its_new_paragraph_does(client: Client, sample: Edition) -> None:
    page = text(client, "/guidance/safe-harbour/")
    assert "There is a new paragraph 94, so paragraphs 94 to 120 are now 95 to 121." in page
    assert re.search(r"\d\d changes: \d\d substantive, 4 clarification, ", page)
    assert 'class="state state-in_force">In force from' in page
    assert "by 2026</span>" in page


def test_work_shows_items_about_it_in_its_time_line(client: Client, make_item: Callable[..., Any]) -> None:
    work = add_work("Keeping children safe in education", short_title="KCSIE")
    assert work.known
    item = make_item("KCSIE 2025 is out", kind="consultation", text="For schools.", published="2025-04-03")
    look_again(item)
    page = text(client, f"/guidance/{work.slug}/")
    assert "KCSIE 2025 is out" in page
    assert ">Consultation</p>" in page
    assert f"/threads/{work.known}/" in page


def test_item_leads_to_the_guidance_that_it_names(client: Client, make_item: Callable[..., Any]) -> None:
    work = add_work("Keeping children safe in education", short_title="KCSIE")
    for year in ("2024", "2025"):
        add_edition(
            work, given("a.md", f"1. Act {year}.".encode()), name=year, now=NOW, published=f"{year}-07-01",
            statuses=[(EditionStatus.IN_FORCE, f"{year}-09-01")],
        )  # fmt: skip
    item = make_item("What KCSIE 2024 asks of you", text="For schools.", published="2024-10-03")
    look_again(item)
    with time_machine.travel(NOW, tick=False):
        page = text(client, item.get_absolute_url())
    assert f'<a href="/guidance/{work.slug}/">Keeping children safe in education</a>' in page
    assert f'<a href="/guidance/{work.slug}/2024/to/2025/">what changed in 2025</a>' in page


def test_edition_has_an_address_for_each_paragraph(client: Client, sample: Edition) -> None:
    page = text(client, "/guidance/safe-harbour/2026/")
    assert 'id="at-94"' in page
    assert 'href="#at-94"' in page
    assert 'id="at-19/e"' in page
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_superseded_edition_leads_to_what_changed(client: Client, sample: Edition) -> None:
    page = text(client, "/guidance/safe-harbour/2025/")
    assert "This is not the edition in force." in page
    assert PAIR in page


def test_redline_marks_and_says_what_came_and_went(client: Client, sample: Edition) -> None:
    page = text(client, PAIR)
    assert re.search(
        r"15\. Crew <del><span[^>]+>removed: </span>should ?<span[^>]+> \(end of removed\) </span></del>",
        page,
    )
    assert re.search(r"<ins><span[^>]+>added: </span>must", page)
    assert '<b class="swap">should → must</b>' in page
    assert "22 (gone)" in page
    assert page.index("22 (gone)") < page.index("26 → 25") < page.index("94 (new)")
    assert "59 → 59, 60" in page
    assert "Annex A, paragraph 3 → Annex A, paragraph 1" in page
    assert "annex-b(e)" not in page
    assert "What it means.</b> This is new: agencies" in page
    assert "The Authority no longer asks crew" in page


def test_redline_folds_what_stayed_and_stays_light(client: Client, sample: Edition) -> None:
    page = text(client, PAIR)
    assert "paragraphs unchanged (4 to 8)</summary>" in page
    assert "<details open" not in page
    assert page.count("<") < 6_000
    assert len(page) < 200_000


def test_redline_leads_from_change_to_change(client: Client, sample: Edition) -> None:
    page = text(client, PAIR)
    last = max(int(count) for count in re.findall(r'id="change-(\d+)"', page))
    assert {int(count) for count in re.findall(r'href="#change-(\d+)"', page)} == set(range(1, last + 1))


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("kind=binding", "Crew", "including games"),
        ("kind=clarification", "including games", "15. Crew"),
        ("part=part-3", "even under supervision", "15. Crew"),
        (f"audience={EVERYONE}", "15. Crew", "even under supervision"),
        (f"audience={RECRUITERS}&kind=substantive", "even under supervision", "15. Crew"),
    ],
)
def test_redline_is_narrowed_by_part_kind_and_audience(
    client: Client, sample: Edition, query: str, shown: str, hidden: str
) -> None:
    page = text(client, f"{PAIR}?{query}")
    assert shown in page
    assert hidden not in page
    assert "unchanged" not in page


def test_redline_narrowed_to_nothing_leads_back(client: Client, sample: Edition) -> None:
    assert "No change is like this." in text(client, f"{PAIR}?part=annex-z")


def test_redline_side_by_side_has_each_edition_in_its_column(client: Client, sample: Edition) -> None:
    page = text(client, f"{PAIR}?view=side")
    assert '<p class="side">2025</p><p>15. Crew <del>' in page
    assert '<p class="side">2026</p><p>15. Crew <ins>' in page
    assert "(not there)" in page


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (
            "94",
            'Paragraph 94 of 2025 is now paragraph <a href="/guidance/safe-harbour/2026/#at-95">95</a> of 2026.',
        ),
        ("Paragraph 91(a)", "Paragraph 91/a of 2025 is still paragraph"),
        ("22.", "Paragraph 22 of 2025 is gone from 2026."),
        ("900", "There is no paragraph “900” in 2025."),
        ("<b>", "There is no paragraph “&lt;b&gt;” in 2025."),
    ],
)
def test_redline_says_what_a_paragraph_is_called_now(
    client: Client, sample: Edition, asked: str, answer: str
) -> None:
    page = client.get(PAIR, {"paragraph": asked}).content.decode()
    assert answer in re.sub(r"\s+", " ", page)


def test_comparison_form_leads_to_its_page(client: Client, sample: Edition) -> None:
    asked = {"old": "2025", "new": "draft-of-2027"}
    assert (
        client.get("/guidance/safe-harbour/compare/", asked)
        .headers["Location"]
        .endswith("/2025/to/draft-of-2027/")
    )
    same = client.get("/guidance/safe-harbour/compare/", {"old": "2025", "new": "2025"})
    assert same.headers["Location"] == "/guidance/safe-harbour/2025/"
    assert client.get("/guidance/safe-harbour/compare/", {"old": "2025", "new": "1066"}).status_code == 404


def test_comparison_backwards_says_so(client: Client, sample: Edition) -> None:
    assert "came after" in text(client, "/guidance/safe-harbour/2026/to/2025/")


def test_table_and_csv_hold_every_change(client: Client, sample: Edition) -> None:
    page = text(client, f"{PAIR}table/")
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAIR}changes.csv").content.decode("utf-8-sig"))))
    assert len(rows) == page.count("<tr>") - 1
    row = next(one for one in rows if one["newer paragraph"] == "94")
    assert (row["kind"], row["older paragraph"], row["part"]) == (
        "Substantive",
        "",
        "Part four: concerns about crew",
    )
    assert row["what to do"].startswith("Note for each person")
    assert next(one for one in rows if one["older paragraph"] == "15")["before"].startswith(
        "15. Crew should read"
    )


def test_checklist_has_what_an_audience_must_read(client: Client, sample: Edition) -> None:
    page = text(client, f"{PAIR}checklist/?audience={EVERYONE}")
    assert f"What to read in 2026: {EVERYONE}" in page
    assert "15. Crew" in page
    assert "even under supervision" not in page


def test_redline_goes_along_as_word_pdf_and_json(client: Client, sample: Edition) -> None:
    word = client.get(f"{PAIR}redline.docx")
    assert 'filename="safe-harbour-2025-to-2026.docx"' in word.headers["Content-Disposition"]
    assert b"<w:ins " in zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml")
    assert client.get(f"{PAIR}redline.pdf").content.startswith(b"%PDF-1.7")
    told = json.loads(client.get(f"{PAIR}redline.json").content)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_words_are_shown_only_where_both_licences_allow(client: Client, sample: Edition) -> None:
    Edition.objects.filter(name="2025").update(licence=Licence.UNKNOWN)
    for path in (PAIR, f"{PAIR}?view=side", f"{PAIR}table/", f"{PAIR}checklist/", f"{PAIR}changes.csv", f"{PAIR}redline.json",
                 "/guidance/safe-harbour/2025/"):  # fmt: skip
        page = client.get(path).content.decode()
        assert "agency or another club" not in page, path
        assert "collect mobile telephones" not in page, path
    assert client.get(f"{PAIR}redline.docx").status_code == 404
    assert client.get(f"{PAIR}redline.pdf").status_code == 404
    assert "94 (new)" in text(client, PAIR)
    assert "There is a new paragraph 94" in text(client, "/guidance/safe-harbour/")


def test_days_in_force_are_a_calendar(client: Client, sample: Edition) -> None:
    for path in ("/guidance/days.ics", "/guidance/safe-harbour/days.ics"):
        response = client.get(path)
        assert response.headers["Content-Type"].startswith("text/calendar")
        told = response.content.decode()
        assert "DTSTART;VALUE=DATE:20260901\r\nDTEND;VALUE=DATE:20260902\r\n" in told
        assert "SUMMARY:Safe Harbour 2026: in force\r\n" in told
        assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))


def test_changes_are_a_feed(client: Client, sample: Edition) -> None:
    for path in ("/guidance/changes.atom", "/guidance/safe-harbour/changes.atom"):
        told = client.get(path).content.decode()
        assert "Safe Harbour: what changed from 2025 to 2026" in told
        assert told.count("<entry>") == 2


def test_unknown_works_and_editions_are_not_found(client: Client, sample: Edition) -> None:
    for path in ("/guidance/nothing/", "/guidance/safe-harbour/1066/", "/guidance/safe-harbour/2025/to/1066/",
                 "/guidance/nothing/days.ics", "/guidance/nothing/changes.atom"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_long_editions_do_not_fold_what_stayed_into_the_page(client: Client, db: None) -> None:
    work = add_work("Long harbour rules", slug="long")
    lines = [
        f"{count}. Rope number {count} is checked by officer {count * 7} each week."
        for count in range(1, 500)
    ]
    for name in ("1", "2"):
        content = "\n\n".join(lines).encode()
        add_edition(
            work, given("a.md", content), name=name, now=NOW, published=f"202{name}", licence=Licence.OWN
        )
        lines[250] = lines[250].replace("week", "day")
    page = text(client, "/guidance/long/1/to/2/")
    assert "250 paragraphs unchanged (1 to 250)" in page
    assert len(page) < 60_000


@pytest.mark.parametrize(
    "path", ["/guidance/", "/guidance/safe-harbour/", PAIR, f"{PAIR}table/", "/guidance/changes.atom"]
)
def test_guidance_asks_as_often_for_three_works_as_for_one(
    client: Client, sample: Edition, path: str
) -> None:
    counts = []
    for number in range(3):
        work: Work = add_work(f"Rules of harbour {number}", publisher=f"Harbour {number}")
        for year in (2024, 2025, 2026)[: number + 1]:
            add_edition(
                work,
                given("a.md", f"1. Act {number} {year}.".encode()),
                name=str(year),
                now=NOW,
                published=str(year),
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 14


def test_edition_s_file_is_given_where_its_licence_allows(client: Client, sample: Edition) -> None:
    link = re.search(r'<a href="([^"]+)" download>The file as published \(Word, ', text(client, "/guidance/safe-harbour/2026/"))  # fmt: skip
    assert link
    file = client.get(link[1])
    assert file.content.startswith(b"PK")
    assert file.headers["Content-Disposition"] == 'attachment; filename="safe-harbour-2026.docx"'
    assert "sandbox" in file.headers["Content-Security-Policy"]
    Edition.objects.filter(pk=sample.pk).update(licence=Licence.UNKNOWN)
    assert client.get(link[1]).status_code == 404
    assert "as published" not in text(client, "/guidance/safe-harbour/2026/")
