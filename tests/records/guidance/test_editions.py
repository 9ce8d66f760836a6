"""Editions are read from files, kept with their paragraphs, and are what their dated statuses say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from almoner.pipeline.errors import NotText, NoWords, PipelineError
from almoner.pipeline.fetch.files import given
from almoner.records.guidance.audiences import tell_audiences
from almoner.records.guidance.editions import add_edition, read_again, set_status, take_back
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, Paragraph, Work
from almoner.records.guidance.queries import edition_before, editions, paragraphs
from almoner.records.guidance.standing import in_force, standings
from almoner.records.ingest.verification import unnamed, verify
from almoner.records.store import snapshot_folder
from tests.records.guidance.conftest import NEWER, OLDER


def label(edition: Edition, day: str) -> str:
    all_of_work = list(editions().filter(work=edition.work))
    return standings(all_of_work, date.fromisoformat(day))[edition.pk].label


def test_edition_is_kept_with_its_paragraphs_in_order(older: Edition) -> None:
    rows = list(paragraphs(older))
    assert [row.address for row in rows][-2:] == ["part-2", "4"]
    third = rows[4]
    assert (third.number, third.words[:6], third.heading) == ("3.", "A club", "part-1")
    assert older.paragraph_count == len(rows) == 7


def test_bytes_of_an_edition_are_kept_and_are_not_tidied_away(older: Edition) -> None:
    assert snapshot_folder().get(older.sha256) == OLDER.encode()
    assert [file.sha256 for file in unnamed()] == []


def test_damage_to_the_file_of_an_edition_is_found(older: Edition) -> None:
    assert list(verify()) == []
    file: Any = snapshot_folder().file(older.sha256)
    snapshot_folder().remove(file)
    (fault,) = verify()
    assert (fault.of, fault.missing) == (older, True)


def test_same_file_twice_is_the_edition_that_is_there(older: Edition, now: datetime) -> None:
    again = add_edition(older.work, given("copy.md", OLDER.encode()), name="2023 again", now=now)
    assert (again.edition.pk, again.is_new, Edition.objects.count()) == (older.pk, False, 1)


def test_name_that_is_taken_is_refused(older: Edition, now: datetime) -> None:
    with pytest.raises(ValidationError, match=r"There is an edition “2023”, read from 2023\.md"):
        add_edition(older.work, given("other.md", NEWER.encode()), name="2023", now=now)
    assert Paragraph.objects.count() == older.paragraph_count


@pytest.mark.parametrize(
    ("content", "error"), [(b"", NoWords), (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NotText)]
)
def test_file_without_words_is_refused_by_name_and_stage(
    content: bytes, error: type[PipelineError], work: Work, now: datetime
) -> None:
    with pytest.raises(error) as fault:
        add_edition(work, given("scan.bin", content), name="2023", now=now)
    assert fault.value.source == "scan.bin"
    assert fault.value.stage
    assert fault.value.advice
    assert not Edition.objects.exists()


def test_time_that_is_none_is_refused(older: Edition, now: datetime) -> None:
    with pytest.raises(ValidationError, match="since"):
        set_status(older, EditionStatus.WITHDRAWN, "next year", now=now)


@pytest.mark.parametrize(
    ("day", "older_is", "newer_is"),
    [
        ("2023-08-31", "Status not known", "Status not known"),
        ("2023-09-01", "In force", "Status not known"),
        ("2024-09-01", "In force", "Status not known"),
        ("2024-09-02", "Superseded", "In force"),
    ],
)
def test_status_is_worked_out_for_the_day(
    day: str, older_is: str, newer_is: str, older: Edition, newer: Edition
) -> None:
    assert (label(older, day), label(newer, day)) == (older_is, newer_is)


def test_statuses_follow_one_another_with_their_precision(
    older: Edition, newer: Edition, now: datetime
) -> None:
    set_status(newer, EditionStatus.INFORMATION, "2024-05", now=now)
    assert label(newer, "2024-06-01") == "For information"
    told = standings(editions().filter(work=newer.work), date(2024, 6, 1))[newer.pk]
    assert (told.since, str(told.next)) == ("2024-05", "In force from 2024-09-02")


def test_draft_is_superseded_once_a_later_edition_is_in_force(
    older: Edition, newer: Edition, add: Callable[..., Edition], now: datetime
) -> None:
    draft = add("2024 draft", NEWER + "\n5. A draft paragraph.\n", published="2024-01-15")
    set_status(draft, EditionStatus.DRAFT, "2024-01-15", now=now)
    assert [label(draft, day) for day in ("2024-02-01", "2024-10-01")] == [
        "Draft for consultation",
        "Superseded",
    ]
    assert label(older, "2024-02-01") == "In force"


def test_status_that_was_taken_back_counts_no_longer_and_stays(newer: Edition, now: datetime) -> None:
    row = set_status(newer, EditionStatus.WITHDRAWN, "2024-12-01", now=now)
    assert label(newer, "2025-01-01") == "Withdrawn"
    take_back(row, now=now)
    assert label(newer, "2025-01-01") == "In force"
    assert newer.statuses.filter(taken_back_at=now).count() == 1


def test_edition_in_force_and_the_one_before(older: Edition, newer: Edition) -> None:
    known = list(editions().filter(work=newer.work))
    assert in_force(known, date(2024, 1, 1)) == older
    assert in_force(known, date(2025, 1, 1)) == newer
    assert in_force(known, date(2020, 1, 1)) is None
    assert (edition_before(newer), edition_before(older)) == (older, None)


def test_audiences_of_a_part_outlive_reading_again(older: Edition) -> None:
    assert tell_audiences(older, "part-1", ["all staff"]) == 4
    assert read_again(older) is False
    told = [row.address for row in paragraphs(older) if row.audiences == ["all staff"]]
    assert told == ["part-1", "1", "2", "3"]
    with pytest.raises(ValidationError, match="no heading"):
        tell_audiences(older, "94", ["all staff"])


def test_reading_again_when_the_bytes_are_gone_changes_nothing(older: Edition) -> None:
    file: Any = snapshot_folder().file(older.sha256)
    snapshot_folder().remove(file)
    with pytest.raises(PipelineError):
        read_again(older)
    assert paragraphs(older).count() == 7


def test_audiences_are_carried_to_the_next_edition_where_the_heading_still_stands(
    older: Edition, now: datetime
) -> None:
    tell_audiences(older, "part-1", ["all staff"])
    tell_audiences(older, "part-2", ["leads"])
    text = OLDER.replace("Part two", "Part two: quite another matter than before, about boats")
    text = text.replace("4. The", "5. The").replace("3. A club", "3. A new paragraph.\n\n4. A club")
    following = add_edition(older.work, given("next.md", text.encode()), name="2024", now=now).edition
    told = {row.address: row.audiences for row in paragraphs(following)}
    assert told["part-1"] == told["1"] == told["3"] == told["4"] == ["all staff"]
    assert told["part-2"] == []
