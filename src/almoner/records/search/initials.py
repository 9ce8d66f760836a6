"""The abbreviations that a title's words would make, so that "dvla" finds the Driver and Vehicle Licensing Agency."""

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


def initials_of(title: str) -> list[str]:
    """What consecutive words of a title may be cut to, small letters, each once, with `MARK` before it. Small words
    count or do not, and a word in capitals stays whole: "Apply for a DBS check" gives "adbsc" and "dbsc" among
    others."""
    found: dict[str, None] = {}
    words = [word for word in _WORDS.findall(title) if word[0].isalpha() or "…" in word]
    for start, first in enumerate(words):
        for counts_small in (False, True):
            if first.lower() in _SMALL and not counts_small:
                continue
            letters = ""
            for number, word in enumerate(words[start : start + 8]):
                if not word[0].isalpha():
                    break  # a name was taken out here: nothing reaches across it
                if word.lower() in _SMALL and not counts_small:
                    continue
                letters += (word if word.isupper() and len(word) > 1 else word[0]).lower()
                if len(letters) > LONGEST:
                    break
                if number and len(letters) >= SHORTEST:
                    found[MARK + letters] = None
    return list(found)
