"""The abbreviations that a title's words would make, so that "dvla" finds the Driver and Vehicle Licensing Agency.

The first letters of a title's words are kept three at a time, each three as a stem of its own: whichever of the words
that follow one another somebody cuts short, what is typed stands there as stems that follow one another.
"""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "\ue000"
"""Stands before initials in the index, so that no word of a text is taken for them. A private character, which FTS5
takes for a letter; `words.plain` takes it out of texts."""
SHORTEST, LONGEST = 3, 6

_WORDS: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|[^\sA-Za-z]+")
_SMALL: Final = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
_GAP: Final = "…"


def initials_of(title: str) -> list[str]:
    """What the words of a title may be cut to, as stems: with the small words and, where that differs, without them; a
    word in capitals stays whole. "Apply for a DBS check" gives those of "afadbsc" and "adbsc". Nothing reaches across a
    gap, where a name was taken out."""
    whole, short = [""], [""]
    for word in _WORDS.findall(title):
        if not word[0].isalpha():
            if _GAP in word:
                whole.append("")
                short.append("")
            continue
        letters = (word if word.isupper() and word.isascii() else word[0]).lower()
        whole[-1] += letters
        if word.lower() not in _SMALL:
            short[-1] += letters
    found: list[str] = []
    for piece in dict.fromkeys((*whole, *short)):
        if len(piece) >= SHORTEST:
            found += [MARK] * bool(found) + list(threes(piece))
    return found


def threes(letters: str) -> tuple[str, ...]:
    """Initials as the stems that follow one another wherever they stand."""
    return tuple(MARK + letters[at : at + SHORTEST] for at in range(len(letters) - SHORTEST + 1))
