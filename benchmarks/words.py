"""How two texts are compared, whoever gave them: the rules that all scorers here share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import unescape
from typing import Final

_WORD: Final = re.compile(r"\w+")


def bare(text: str | None) -> str:
    """Only the letters and digits of `text`, in lower case, a space between words: punctuation and width are no difference."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", unescape(text or "")).lower()))


def exact(text: str | None) -> str:
    """`text` as printed, but for white space, character references and case."""
    return " ".join(unicodedata.normalize("NFKC", unescape(text or "")).split()).casefold()


def f1(shared: float, called: float, wanted: float) -> float:
    """The harmonic mean of precision and recall; 0 where nothing is shared."""
    return 2 * shared / (called + wanted) if shared else 0.0


def words_f1(one: str, other: str) -> float:
    """F1 over the words of two texts as bags: order is not looked at."""
    ours, theirs = Counter(_WORD.findall(one.lower())), Counter(_WORD.findall(other.lower()))
    return f1((ours & theirs).total(), ours.total(), theirs.total())


def contains(text: str, words: str) -> bool:
    """Whether the bare `words` stand in the bare `text` as whole words."""
    return f" {words} " in f" {text} "
