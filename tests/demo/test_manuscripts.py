"""The sample guidance: one manuscript an edition, the same paragraphs in each format, every kind of change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from almoner.demo.manuscript import Manuscript, manuscript
from almoner.demo.manuscript_page import as_page
from almoner.demo.manuscript_print import as_print
from almoner.demo.manuscript_word import as_word
from almoner.pipeline.editions.compare import compare
from almoner.pipeline.editions.model import Edition, Fate, Kind
from almoner.pipeline.editions.renumbering import in_sentences
from almoner.pipeline.model import Snapshot
from almoner.pipeline.run import edition

NAMES = ("safe-harbour-2025", "safe-harbour-2026", "safe-harbour-2027-draft")


def read(name: str, file: str, write: Callable[[Manuscript], bytes]) -> Edition:
    return edition(Snapshot(file, write(manuscript(name))))


def words(read_edition: Edition) -> list[str]:
    """Each paragraph; notes without their marks, which a page counts by itself."""
    return [
        one.text[one.body :] if one.address.startswith("note-") else one.text
        for one in read_edition.paragraphs
    ]


@pytest.mark.parametrize("name", NAMES)
def test_sample_guidance_has_the_same_paragraphs_in_every_format(name: str) -> None:
    page = read(name, "a.html", as_page)
    word = read(name, "a.docx", as_word)
    printed = read(name, "a.pdf", as_print)
    assert words(page) == words(word) == words(printed)
    assert [one.address for one in word.paragraphs] == [one.address for one in printed.paragraphs]
    numbered = [one.address for one in page.paragraphs if one.address.isdigit()]
    assert numbered == [str(count) for count in range(1, len(numbered) + 1)]
    assert len(numbered) >= 120
    assert (page.findings, word.findings, printed.findings) == ((), (), ())


@pytest.mark.parametrize("write", [as_page, as_word, as_print])
def test_sample_guidance_is_the_same_file_each_time(write: Callable[[Manuscript], bytes]) -> None:
    assert write(manuscript(NAMES[0])) == write(manuscript(NAMES[0]))


def test_sample_guidance_shows_every_kind_of_change() -> None:
    found = compare(read(NAMES[0], "old.html", as_page), read(NAMES[1], "new.html", as_page))
    kinds = {passage.change.kind for passage in found.changes if passage.change is not None}
    assert kinds == set(Kind)
    fates = {passage.match.fate for passage in found.passages}
    assert fates == set(Fate) - {Fate.REARRANGED}
    swaps = {swap for passage in found.changes if passage.change for swap in passage.change.weight}
    assert {("should", "must"), ("may", "may not"), ("should", "")} <= swaps


def test_sample_guidance_says_what_its_new_paragraph_does_to_the_numbers() -> None:
    found = compare(read(NAMES[0], "old.docx", as_word), read(NAMES[1], "new.pdf", as_print))
    assert in_sentences(found) == (
        "The former paragraph 22 is gone, so paragraphs 23 to 30 are now 22 to 29.",
        "Paragraphs 53 to 56 are now 54 to 57.",
        "Paragraph 57 is now 53.",
        "Paragraph 59 was split, so paragraphs 60 to 65 are now 61 to 66.",
        "There is a new paragraph 94, so paragraphs 94 to 120 are now 95 to 121.",
    )
    renumbered = dict(found.renumbering)
    assert [renumbered[str(count)] for count in range(94, 121)] == [str(count) for count in range(95, 122)]
