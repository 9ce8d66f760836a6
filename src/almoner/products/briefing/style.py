"""Hints on an issue's style: what a careful sub-editor would ask, decided from its content alone.

Sentence lengths follow GOV.UK's style guide (25 words), words of links WCAG 2.4.4 (they say where they lead).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from almoner.lib.written import Block, Form
from almoner.pipeline.taxonomy.glossary import glossary
from almoner.products.briefing.content import Content, Told

LONGEST_SENTENCE: Final = 30
"""Words of a sentence; GOV.UK asks for 25, and what quotes the law needs a little more."""
LONGEST_PARAGRAPH: Final = 120
"""Words of a paragraph."""
_VAGUE: Final = frozenset({"here", "click here", "this", "link", "read more", "more", "this link", "website"})
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'(])")
_CAPITALS: Final = re.compile(r"\b(?=[A-Z]*[A-Z]{2})[A-Z][A-Za-z]*[A-Z]\b")
_SPELT: Final = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])s?\)")
_EVERYDAY: Final = frozenset(
    {"UK", "PDF", "BBC", "NHS", "TV", "CD", "ID", "OK", "AM", "PM", "USA", "EU", "II", "III"}
)


@dataclass(frozen=True, slots=True)
class Hint:
    """What to look at, in words, and at which entry (its primary key; None for the issue itself)."""

    entry: int | None
    words: str


def hints(content: Content, names: Collection[str] = ()) -> list[Hint]:
    """Everything worth another look. `names` are those of children and victims in the items of the issue."""
    found = [Hint(None, words) for words in _whole(content)]
    spelt = {
        short for told in content.entries for block in told.blocks for short in _SPELT.findall(block.words)
    }
    known = {one.short for one in glossary()} | spelt | _EVERYDAY
    for told in content.entries:
        said = dict.fromkeys((*_of_title(told), *_of_words(told, known), *_of_names(told, names)))
        found += [Hint(told.pk, words) for words in said]
    found += [Hint(None, words) for block in (*content.opening, *content.closing) for words in _links(block)]
    return found


def _whole(content: Content) -> Iterator[str]:
    if not content.parts:
        yield "Nothing stands in it yet."
    if content.minutes > 15:
        yield f"It takes {content.minutes} minutes to read. Most people give it ten."
    if content.parts and not any(part.kind == "lead" for part in content.parts):
        yield "No entry leads it."


def _of_title(told: Told) -> Iterator[str]:
    if len(told.title) > 110:
        yield "The title is over 110 letters long."
    if told.title.isupper() and len(told.title) > 8:
        yield "The title is in capitals, which some screen readers spell out."
    if not told.title and not told.blocks:
        yield "It has neither a title nor words."
    elif not told.blocks and not told.dates:
        yield "It has a title and no words."


def _of_words(told: Told, known: Collection[str]) -> Iterator[str]:
    for block in told.blocks:
        yield from _links(block)
        if block.form is Form.PARAGRAPH and len(block.words.split()) > LONGEST_PARAGRAPH:
            yield f"A paragraph of over {LONGEST_PARAGRAPH} words: “{_begins(block.words)}”"
        if block.form is not Form.HEADING:
            for sentence in _SENTENCE.split(block.words):
                if (count := len(sentence.split())) > LONGEST_SENTENCE:
                    yield f"A sentence of {count} words: “{_begins(sentence)}”"
        for short in _CAPITALS.findall(block.words):
            if short not in known and short.rstrip("s") not in known and not block.words.isupper():
                yield f"Say what {short} stands for."


def _of_names(told: Told, names: Collection[str]) -> Iterator[str]:
    words = " ".join((told.title, *(block.words for block in told.blocks))).casefold()
    if any(name.casefold() in words for name in names):
        yield "It names a child or a victim. Take the name out."


def _links(block: Block) -> Iterator[str]:
    for piece in block.pieces:
        if not piece.href:
            continue
        words = piece.words.strip().casefold().rstrip(".")
        if not words:
            yield f"A link has no words: {piece.href}"
        elif words in _VAGUE:
            yield f"The words of a link do not say where it leads: “{piece.words}”"
        elif words.startswith(("http://", "https://")):
            yield f"Put words in place of the address: {piece.href[:60]}"


def _begins(words: str) -> str:
    return f"{' '.join(words.split()[:8])} …"
