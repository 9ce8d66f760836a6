"""Paragraphs and their addresses."""

from __future__ import annotations

import pytest

from almoner.pipeline.editions.paragraphs import edition as of_document
from almoner.pipeline.errors import NoWords
from almoner.pipeline.model import Block, BlockKind, Document, Footnote, MediaType, Place, Snapshot
from almoner.pipeline.parse import parse_whole
from tests.pipeline.editions.builders import edition


def addresses(texts: list[str]) -> list[str]:
    return [one.address for one in edition(texts).paragraphs]


def test_running_numbers_are_addresses_in_all_parts() -> None:
    texts = ["# Part one: First", "1. Act.", "2. Tell.", "# Part two: Next", "3. Keep.", "A note."]
    assert addresses(texts) == ["part-1", "1", "2", "part-2", "3", "3/p1"]


def test_numbers_that_begin_again_are_named_by_their_heading() -> None:
    assert addresses(["# Annex A", "1. Act.", "# Annex B", "1. Tell."]) == [
        "annex-a",
        "annex-a/1",
        "annex-b",
        "annex-b/1",
    ]


def test_letters_stand_below_their_paragraph_and_numerals_below_letters() -> None:
    texts = ["94. The lead:", "(a) keeps", "(i) names;", "(ii) days;", "(b) tells."]
    assert addresses(texts) == ["94", "94/a", "94/a/i", "94/a/ii", "94/b"]


def test_i_after_h_is_a_letter() -> None:
    assert addresses(["1. These:", *(f"({letter}) one" for letter in "abcdefghij")])[-2:] == ["1/i", "1/j"]


def test_no_two_paragraphs_have_one_address() -> None:
    found = addresses(["1. Act.", "1. Act.", "# Records", "# Records", "Text.", "(a) x", "(a) y"])
    assert len(set(found)) == len(found)


def test_a_list_of_contents_is_set_aside() -> None:
    contents = ["First things 3", "Second things 12", "Third things .... 20", "Last things 44"]
    body = [
        "# First things",
        "One.",
        "# Second things",
        "Two.",
        "# Third things",
        "Three.",
        "# Last things",
        "Four.",
    ]
    assert [one.text for one in edition([*contents, *body]).paragraphs] == [
        one.removeprefix("# ") for one in body
    ]


def test_numbers_missing_and_twice_are_findings() -> None:
    texts = [f"{count}. Paragraph {count} says this." for count in (1, 2, 3, 5, 6, 6, 7, 8)]
    messages = [one.message for one in edition(texts).findings if one.code == "numbering_broken"]
    assert messages == [
        "Of the numbered paragraphs, these stand twice: 6.",
        "Of the numbered paragraphs, these are missing: 4.",
    ]


def test_a_document_without_words_is_an_error() -> None:
    with pytest.raises(NoWords, match="scanned"):
        of_document(Document("picture.pdf", MediaType.PDF, ()))


def test_what_a_markdown_file_says_of_itself_is_no_paragraph() -> None:
    content = b'---\ntitle: "Guide"\nupdated: 2026-01-05\n---\n# Guide\n\n1. Act.\n\n---\n\n2. Tell.\n'
    document = parse_whole(Snapshot("guide.md", content, MediaType.TEXT))
    assert [one.text for one in of_document(document).paragraphs] == ["Guide", "1. Act.", "2. Tell."]
    assert document.blocks[0].place == Place(5, 5)


def test_plain_text_keeps_every_word_and_its_lines() -> None:
    content = b"1. Staff tell\nthe lead.\n\n(a) at once;\n(b) in person.\n\nA snake_case word, a * star * and **bold**.\n"
    document = parse_whole(Snapshot("guide.txt", content, MediaType.TEXT))
    assert [(one.text, str(one.place)) for one in document.blocks] == [
        ("1. Staff tell the lead.", "lines 1–2"),
        ("(a) at once;", "line 4"),
        ("(b) in person.", "line 5"),
        ("A snake_case word, a * star * and bold.", "line 7"),
    ]


def test_a_note_has_an_address_of_its_own() -> None:
    place = Place()
    document = Document(
        "a.docx",
        MediaType.WORD,
        (Block(BlockKind.PARAGRAPH, "1. Act.", place), Block(BlockKind.PARAGRAPH, "2. Tell.", place)),
        notes=(Footnote("1", "See the Act.", place), Footnote("1", "See again.", place)),
    )
    assert [one.address for one in of_document(document).paragraphs] == ["1", "2", "note-1", "note-1~2"]


@pytest.mark.parametrize("mark", ["1", "[footnote 1]"])
def test_marks_of_notes_on_a_web_page_are_no_words_of_it(mark: str) -> None:
    page = f"<main><h1>Guide</h1><p>1. Act at once.<sup><a href='#n1'>{mark}</a></sup><p>2. Tell.</main>"
    found = of_document(parse_whole(Snapshot("a.html", page.encode())))
    assert [one.text for one in found.paragraphs] == ["Guide", "1. Act at once.", "2. Tell."]
