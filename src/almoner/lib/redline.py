"""Two texts side by side as one: what was taken out, what was put in, what stayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

MOST_WORDS: Final = 1_500
"""Of a longer passage the whole is shown before and after: comparing its words takes the square of their number."""
MOST_LINES: Final = 2_000
_WORDS: Final = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them."""

    fate: Fate
    words: str


def redline(was: str, now: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order: without those put in they are `was`, without those taken out `now`.

    Lines are compared first, then the words of lines that differ (Ratcliff and Obershelp, as in `difflib`).
    """
    before, after = was.splitlines(keepends=True), now.splitlines(keepends=True)
    if max(len(before), len(after)) > MOST_LINES:
        return tuple(_replaced(was, now))
    found: list[Piece] = []
    for same, old, new in _matched(before, after):
        found += [Piece(Fate.KEPT, "".join(old))] if same else _by_words("".join(old), "".join(new))
    return tuple(_joined(found))


def _by_words(was: str, now: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(was), _WORDS.findall(now)
    if max(len(before), len(after)) > MOST_WORDS:
        yield from _replaced(was, now)
        return
    for same, old, new in _matched(before, after):
        if same:
            yield Piece(Fate.KEPT, "".join(old))
        else:
            yield from _replaced("".join(old), "".join(new))


def _matched(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield tag == "equal", before[a:b], after[c:d]


def _replaced(was: str, now: str) -> Iterator[Piece]:
    if was:
        yield Piece(Fate.OUT, was)
    if now:
        yield Piece(Fate.IN, now)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same with spaces between two changes counted to them: single words in turn are hard to read."""
    out = put = ""
    for place, piece in enumerate(pieces):
        lone_space = piece.fate is Fate.KEPT and piece.words == " " and 0 < place < len(pieces) - 1
        if piece.fate is Fate.KEPT and not (lone_space and (out or put)):
            yield from _replaced(out, put)
            out = put = ""
            yield piece
            continue
        out += piece.words if piece.fate is not Fate.IN else ""
        put += piece.words if piece.fate is not Fate.OUT else ""
    yield from _replaced(out, put)
