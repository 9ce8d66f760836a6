"""The title, as printed; where none was printed the first sentence stands in."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.model import BlockKind

MAX_STAND_IN: Final = 120
"""A first sentence that stands in for a title is cut at a word before this many characters."""

_PREFIX = re.compile(r"\A(?:question|q|news|update|title|subject|headline)\s*:\s+(?=\S)", re.IGNORECASE)
_SENTENCE = re.compile(r".+?[.!?](?=[\"”’']?(?:\s|\Z))", re.DOTALL)
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(?=\S)")


def read(record: Record) -> tuple[str, bool, str]:
    """The title, whether it was printed, and why."""
    if record.title is not None:
        text = record.title.text
        if record.entry is not None:
            return record.entry.title, True, "its line without the date or credit beside it"
        bare = _PREFIX.sub("", text, count=1)
        if record.title.kind is BlockKind.LIST_ITEM:
            bare = _NUMBER.sub("", bare, count=1)
        return bare, True, "the line that stands over it"
    for block in record.body:
        if any(character.isalpha() for character in block.text):
            return (
                first_sentence(block.text, MAX_STAND_IN),
                False,
                "no title was printed; the first sentence stands in",
            )
    return (
        record.cut.parts[0].block.text[:MAX_STAND_IN] if record.cut.parts else "Untitled",
        False,
        "it has no text",
    )


def first_sentence(text: str, limit: int) -> str:
    """The first sentence of `text`, cut at a word where it is longer than `limit` characters."""
    match = _SENTENCE.match(text[: 4 * limit])
    sentence = match[0] if match and len(match[0]) >= 20 else text[: 4 * limit]
    if len(sentence) <= limit:
        return sentence
    return sentence[:limit].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
