"""Where the sentences of a text start and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Final

from almoner.pipeline.lines import vocabulary

# What begins with one set of characters is found without trying each place of a text.
_END: Final = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[.!?…]*[\"”’'»)\]]*(?=\s))")
_END_OR_ITEM: Final = re.compile(rf"{_END.pattern}|\s(?=•)")
_OPENS: Final = re.compile(r"\s*[\"“‘'«(\[]*(?:[^\Wa-z_]|•|$)")
_ABBREVIATIONS: Final = vocabulary.words("""
    mr mrs ms dr prof sir rev hon st sgt insp supt det cllr no nos para paras p pp vs v eg e.g ie i.e
    etc cf approx inc ltd co dept est fig figs vol ed eds jan feb mar apr jun jul aug sep sept oct nov
    dec mon tue tues wed thu thur thurs fri sat sun al ca s ss art reg
    """)
_LAST_WORD: Final = re.compile(r"([A-Za-z][A-Za-z.]{0,9})$")


@cache
def _never_ends() -> frozenset[str]:
    """Abbreviations behind which a sentence hardly ever ends, even where a capital follows."""
    return _ABBREVIATIONS - {"etc", "co", "inc", "ltd", "al", "no", "est"}


class Sentences:
    """The sentences of one text. Positions are half open; white space at the edges belongs to none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        for match in (_END_OR_ITEM if "•" in text else _END).finditer(text):
            if self._ends_here(match):
                self._starts.append(match.end())

    def _ends_here(self, match: re.Match[str]) -> bool:
        if match[0].isspace():
            return True
        if not _OPENS.match(self.text, match.end(), match.end() + 12):
            return False
        if match[0] != ".":
            return True
        word = _LAST_WORD.search(self.text[max(0, match.start() - 10) : match.start()])
        if word is None:
            return True
        return word[1].lower() not in _never_ends() and not (len(word[1]) == 1 and word[1].isupper())

    def __len__(self) -> int:
        return len(self._starts)

    def index_at(self, position: int) -> int:
        """Which sentence (from 0) holds this position."""
        return bisect_right(self._starts, position) - 1

    def span(self, index: int) -> tuple[int, int]:
        """Where the sentence starts and ends."""
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end


@lru_cache(maxsize=2)
def sentences_of(text: str) -> Sentences:
    """The sentences of a text: figures, promises and sums ask for those of the same block one after another."""
    return Sentences(text)
