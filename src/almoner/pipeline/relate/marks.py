"""Marks of a text: a few numbers of which two texts share one wherever they share a longer passage.

Winnowing, after Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting" (SIGMOD
2003): of the hashes of all runs of `RUN` words, the smallest in each stretch of `WINDOW` neighbours is kept. Any
passage of `RUN + WINDOW - 1` words that two texts have in common leaves one mark in both, whatever stands around it;
so excerpts and round-ups are found too, which a sketch of the whole text (MinHash) does not see.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from typing import Final

RUN: Final = 4
WINDOW: Final = 24
MOST: Final = 400
"""Marks of one text. The window of a longer text is widened: its marks are a part of those it would else have."""

_WORD: Final = re.compile(r"[^\W_]+")
_HASH: Final = 0x7FFFFFFF
"""A mark fits a signed column of four bytes. Two runs in four thousand million share one by chance, and what shares a
mark is only looked at, not believed."""


def words_of(text: str) -> list[str]:
    """The words of a text in order, without what is only typography (NFKC, case, punctuation)."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def marks(text: str) -> tuple[int, ...]:
    """The marks of a text, ascending, each from 0 to 2³¹ - 1. None where it has no words; one at least where it has."""
    words = words_of(text)
    if not words:
        return ()
    hashes = [
        zlib.crc32(" ".join(words[start : start + RUN]).encode(errors="replace")) & _HASH
        for start in range(max(1, len(words) - RUN + 1))
    ]
    window = WINDOW
    found = _smallest(hashes, window)
    while len(found) > MOST:
        window *= 2
        found = _smallest(hashes, window)
    return tuple(sorted(found))


def _smallest(hashes: list[int], window: int) -> set[int]:
    """The smallest hash of each stretch. The place of the last minimum is remembered: most stretches share it."""
    found: set[int] = set()
    at, least = -1, 0
    for end in range(min(window, len(hashes)) - 1, len(hashes)):
        start = max(0, end - window + 1)
        if at < start:
            at = min(range(start, end + 1), key=lambda place: (hashes[place], -place))
            least = hashes[at]
        elif hashes[end] <= least:
            at, least = end, hashes[end]
        found.add(least)
    return found
