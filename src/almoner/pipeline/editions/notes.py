"""Footnotes of an edition: paragraphs of their own, whose marks are no words of the text that they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from almoner.pipeline.editions.model import Paragraph
from almoner.pipeline.lines.footnotes import FootnoteReader
from almoner.pipeline.model import Block, BlockKind, Footnote

_SPELT: Final = re.compile(r"\s?\[(?:foot)?note \d{1,3}\]|\s*↩\ufe0e?(?=\s|\Z)", re.IGNORECASE)
"""How GOV.UK marks a note, and the arrow that leads back from it."""


def note_paragraphs(notes: Iterable[Footnote]) -> Iterator[Paragraph]:
    """The notes with addresses that no numbered paragraph has: "note-1"."""
    taken: Counter[str] = Counter()
    for note in notes:
        mark = note.mark.lower()
        taken[mark] += 1
        again = f"~{taken[mark]}" if taken[mark] > 1 else ""
        yield Paragraph(
            f"note-{mark}{again}",
            f"{note.mark} {note.text}",
            BlockKind.PARAGRAPH,
            note.place,
            number=note.mark,
            parts=("note", mark),
            body=len(note.mark) + 1,
            links=tuple(link.href for link in note.links),
        )


def without_marks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of a web page, where the marks of notes are words like others, without them."""
    reader = FootnoteReader()
    for block in blocks:
        text, _ = reader.read(_SPELT.sub("", block.text), block.place)
        if text != block.text:
            yield replace(block, text=text)
        else:
            yield block
