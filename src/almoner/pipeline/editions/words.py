"""A paragraph's words, as two editions are compared by them: letters and digits count, type does not.

A number with the parts that follow it in brackets is one word, "12(2)(a)", since that is what a reader takes it
for: whoever makes "section 12(2)" into "section 12" has changed the reference and not taken a "2" away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_REFERENCE: Final = r"\d+[a-z]{0,3}(?:\s?\([^\W_]{1,5}\))+"
_WORD: Final = re.compile(rf"{_REFERENCE}|\w+(?:['’.,]\w+)*", re.IGNORECASE)
_LOOSE: Final = re.compile(r"\s(?=\()|(?<=\d),(?=\d{3})")
"""What a reference or a number may be printed with or without."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A text with its words: `keys` to compare by, `starts` where each begins in `text` (in characters)."""

    text: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]

    def slice(self, first: int, end: int) -> str:
        """The text from word `first` to before word `end`, with what stands between them and after: slices that
        follow one another are the whole text."""
        return self.text[
            self._at(first) if first else 0 : len(self.text) if end == len(self.keys) else self._at(end)
        ]

    def _at(self, index: int) -> int:
        if index == 0:
            return 0
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def before(self, index: int) -> str:
        """What stands between word `index` and the one before it."""
        return self.text[self.starts[index - 1] + len(self.keys[index - 1]) : self.starts[index]]


def keys(text: str) -> tuple[str, ...]:
    """The words of a text, to compare by: without capitals, of references and numbers without spaces and commas."""
    return _compared(text, _WORD.findall(text))


def worded(text: str) -> Worded:
    """The text with its words and where they begin."""
    found = list(_WORD.finditer(text))
    words = _compared(text, [match.group() for match in found])
    return Worded(text, words, tuple(match.start() for match in found))


def _compared(text: str, words: list[str]) -> tuple[str, ...]:
    folded = list(map(str.casefold, words))
    if "’" in text:
        folded = [word.replace("’", "'") for word in folded]
    if "(" in text or "," in text:
        folded = [_LOOSE.sub("", word) if word[0].isdigit() else word for word in folded]
    return tuple(folded)
