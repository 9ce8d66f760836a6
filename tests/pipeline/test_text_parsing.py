"""Plain text → blocks with their places; what broke on the way is joined, and what stood there is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.errors import TooLarge
from almoner.pipeline.model import Block, BlockKind, MediaType, Snapshot
from almoner.pipeline.parse import parse, text

LONG = "The council said that it would open a helpline for drivers who are worried about a"


def blocks(words: str) -> tuple[Block, ...]:
    return text.parse_text("x.txt", words).blocks


def lines(block: Block) -> tuple[int | None, int | None]:
    return block.place.first_line, block.place.last_line


def test_line_is_a_block_with_its_place_and_gap() -> None:
    one, two, three = blocks("One line.\nTwo lines.\n\n\nThree lines.\n")
    assert [block.text for block in (one, two, three)] == ["One line.", "Two lines.", "Three lines."]
    assert [lines(block) for block in (one, two, three)] == [(1, 1), (2, 2), (5, 5)]
    assert [block.gap for block in (one, two, three)] == [0, 0, 2]


def test_paragraph_broken_by_a_page_is_joined_and_its_original_kept() -> None:
    (block,) = blocks(f"{LONG}\n\npassenger, and that it would answer.")
    assert block.text == f"{LONG} passenger, and that it would answer."
    assert block.raw == f"{LONG}\n\npassenger, and that it would answer."
    assert lines(block) == (1, 3)


def test_paragraph_is_joined_across_a_page_number() -> None:
    (block, last) = blocks(f"{LONG}\n\n1\n\npassenger, and that it would answer.\n\n2\n\nAnother one.")
    assert block.text == f"{LONG} passenger, and that it would answer."
    assert lines(block) == (1, 5)
    assert last.text == "Another one."


@pytest.mark.parametrize(
    "after",
    [
        "Passenger safety comes first.",
        "• passenger safety",
        "https://example.org/passenger",
        "\n\npassenger safety",
    ],
)
def test_what_begins_anew_is_not_joined(after: str) -> None:
    assert len(blocks(f"{LONG}\n\n{after}")) == 2


def test_finished_sentence_is_not_joined() -> None:
    assert len(blocks(f"{LONG} stranger.\n\npassenger safety is not a matter of luck.")) == 2


def test_text_wrapped_at_a_width_is_unwrapped() -> None:
    sentence = (
        "The board met the drivers in March and heard what worries them most when a child rides alone. "
    )
    words = (sentence * 12).split()
    wrapped: list[str] = [""]
    for word in words:
        if len(wrapped[-1]) + 1 + len(word) > 72:
            wrapped.append("")
        wrapped[-1] = f"{wrapped[-1]} {word}".strip()
    (block,) = blocks("\n".join(wrapped))
    assert block.text == " ".join(words)
    assert lines(block) == (1, len(wrapped))


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    assert len(blocks("\n".join(f"Line number {n}" for n in range(40)))) == 40


@pytest.mark.parametrize(
    ("line", "kind", "level", "words"),
    [
        ("• one thing", BlockKind.LIST_ITEM, 1, "one thing"),
        ("- one thing", BlockKind.LIST_ITEM, 1, "one thing"),
        ("    • deeper", BlockKind.LIST_ITEM, 2, "deeper"),
        ("1. first", BlockKind.LIST_ITEM, 1, "1. first"),
        ("(a) first", BlockKind.LIST_ITEM, 1, "(a) first"),
        ("## A heading ##", BlockKind.HEADING, 2, "A heading"),
        ("-----", BlockKind.RULE, 0, ""),
        ("* * *", BlockKind.RULE, 0, ""),
        ("-5 degrees in the hall", BlockKind.PARAGRAPH, 0, "-5 degrees in the hall"),
        ("#hashtag", BlockKind.PARAGRAPH, 0, "#hashtag"),
        ("2019 was long ago", BlockKind.PARAGRAPH, 0, "2019 was long ago"),
    ],
)
def test_line_has_its_kind(line: str, kind: BlockKind, level: int, words: str) -> None:
    (block,) = blocks(line)
    assert (block.kind, block.level, block.text, block.raw) == (kind, level, words, line)


def test_residue_is_cleaned_and_the_original_kept() -> None:
    (block,) = blocks("All\xa0courses are in <u>Tide.School</u> now\u200b")
    assert block.text == "All courses are in Tide.School now"
    assert block.raw == "All\xa0courses are in <u>Tide.School</u> now\u200b"


def test_footnote_digits_leave_the_text_and_are_kept() -> None:
    (block,) = blocks("It rose on the previous year.1 Then it fell.")
    assert block.text == "It rose on the previous year. Then it fell."
    assert [(mark.mark, mark.word) for mark in block.footnotes] == [("1", "year")]
    assert "year.1" in block.raw


def test_addresses_in_a_line_are_its_links() -> None:
    (block,) = blocks("See https://example.org/a and www.example.com.")
    assert [link.href for link in block.links] == ["https://example.org/a", "https://www.example.com"]


def test_more_lines_than_the_cap_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_LINES", 10)
    assert len(blocks("A line.\n\n\n" * 10)) == 10
    with pytest.raises(TooLarge, match="more than 10 lines"):
        blocks("A line.\n" * 11)


def test_text_is_read_as_text_even_where_it_looks_like_mark_up() -> None:
    document = parse(Snapshot("x.txt", b"<p>Words</p>", MediaType.TEXT))
    assert document.media_type is MediaType.TEXT


def test_page_without_a_known_name_is_known_by_its_mark_up() -> None:
    assert parse(Snapshot("-", b"<!DOCTYPE html><p>Words")).media_type is MediaType.HTML
    assert parse(Snapshot("-", b"Words <p> words")).media_type is MediaType.TEXT


@given(st.text(alphabet=st.sampled_from("aA.1 \n-•#(£’\t\xa0\u200b"), max_size=300))
def test_blocks_stand_in_order_and_keep_every_line(words: str) -> None:
    found = blocks(words)
    printed = words.split("\n")
    position = 0
    for block in found:
        first, last = lines(block)
        assert first is not None
        assert last is not None
        assert position < first <= last <= len(printed)
        assert block.raw.split("\n")[0] == printed[first - 1]
        assert block.raw.split("\n")[-1] == printed[last - 1]
        position = last
