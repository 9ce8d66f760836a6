"""Bad editions get a clear answer, and the good ones stay: what a person may bring along by mistake."""

from __future__ import annotations

import resource
from collections.abc import Callable
from datetime import datetime

import pytest

from almoner.pipeline.errors import NoWords, TooLarge
from almoner.pipeline.fetch.files import given
from almoner.records.guidance import editions
from almoner.records.guidance.comparisons import compare
from almoner.records.guidance.editions import add_edition
from almoner.records.guidance.models import Edition, Paragraph, Work
from almoner.records.guidance.queries import paragraphs
from tests.pipeline import golden
from tests.pipeline.papers import broken
from tests.records.guidance.conftest import OLDER

Add = Callable[..., Edition]


@pytest.fixture
def take(work: Work, now: datetime) -> Add:
    """Add an edition from one of the golden papers."""

    def make(path: str, name: str) -> Edition:
        content = (golden.FOLDER / path).read_bytes()
        return add_edition(work, given(path, content), name=name, now=now).edition

    return make


def codes(found: list[dict[str, str]]) -> list[str]:
    return [each["code"] for each in found]


def test_scanned_paper_is_refused_and_says_what_to_do(work: Work, now: datetime) -> None:
    with pytest.raises(NoWords) as fault:
        add_edition(work, given("scan.pdf", broken.scan()), name="2023", now=now)
    assert fault.value.source == "scan.pdf"
    assert "text" in fault.value.advice
    assert not Edition.objects.exists()


def test_file_over_the_limit_is_refused(work: Work, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "MAX_BYTES", 10)
    with pytest.raises(TooLarge, match=r"large\.md: guidance: is larger than"):
        add_edition(work, given("large.md", b"Eleven bytes and more."), name="2023", now=now)


def test_draft_with_tracked_changes_is_read_as_if_they_were_accepted(take: Add) -> None:
    draft = take("docx/tracked-changes.docx", "2024 draft")
    assert "changes_tracked" in codes(draft.findings)
    assert draft.paragraph_count > 0


def test_table_across_pages_is_read_row_by_row(take: Add) -> None:
    rows = [row for row in paragraphs(take("pdf/table-over-pages.pdf", "2024")) if row.kind == "table_row"]
    assert len(rows) == len({row.text for row in rows}) > 3


def test_missing_and_doubled_numbers_are_said_and_have_addresses_of_their_own(add: Add) -> None:
    numbers = [1, 2, 3, 5, 6, 6, 7, 8]
    text = "\n\n".join(f"{number}. Rule {place} of the boathouse." for place, number in enumerate(numbers))
    edition = add("2023", text)
    assert codes(edition.findings) == ["numbering_broken", "numbering_broken"]
    assert [row.address for row in paragraphs(edition)][4:6] == ["6", "6~2"]


def test_right_to_left_text_is_kept_to_the_letter(add: Add, now: datetime) -> None:
    before = "1. يجب على كل موظف قراءة هذا الدليل.\n\n2. تحفظ القائمة في المكتب."
    old, new = add("2023", before), add("2024", before.replace("المكتب", "القارب"))
    assert [row.text for row in paragraphs(old)] == before.split("\n\n")
    (change,) = compare(old, new, now=now).redline["changes"]
    assert [op for op, _ in change["words"]].count("del") == 1


def test_characters_that_no_database_keeps_do_no_harm(add: Add) -> None:
    edition = add("2023", OLDER.replace("boathouse", "boat\x00house"))
    assert "\x00" not in "".join(row.text for row in paragraphs(edition))


def test_edition_of_five_thousand_paragraphs_is_kept_and_compared_in_bounds(add: Add, now: datetime) -> None:
    words = "The lead officer should write down what was said, by whom and when, and keep it for {} years."
    text = [f"{number}. {words.format(number)}" for number in range(1, 5001)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    old = add("2023", "\n\n".join(text), published="2023-01-01")
    text[2500] = text[2500].replace("should", "must")
    new = add("2024", "\n\n".join(text), published="2024-01-01")
    made = compare(old, new, now=now)
    assert (Paragraph.objects.filter(edition=new).count(), made.changes, made.binding) == (5000, 1, 1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000  # KiB
