"""How two texts stand to each other, by their words: the same, nearly the same, or one holding the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from almoner.pipeline.relate.marks import words_of

_RUN: Final = 3
"""Words of a run: a word counts as common where a run of that many that holds it stands in both texts."""
SHORTEST: Final = 12
"""Words below which only equal texts are called copies, and nothing is called an excerpt."""
MOST: Final = 0.8
"""Share of a text's words that must stand in the other."""

_TELLING: Final = re.compile(r"\b\d[\w.,:/]*|(?<=[^\s.!?:\n] )[\"“‘'(]?[A-Z][\w’'-]+")
"""Numbers, and words with a capital inside a sentence: what tells two happenings of one kind apart."""


class Standing(StrEnum):
    """How a first text stands to a second."""

    SAME = "same"
    NEAR = "near"
    """All but a few words are the same."""
    HOLDS = "holds"
    """The first has the second in it, and more: a round-up beside an item, a whole text beside an excerpt."""
    HELD = "held"
    """The first stands in the second."""
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two texts stand to each other, and the share of the words of each that stand in the other (0 to 1)."""

    standing: Standing
    of_first: float
    of_second: float


def compare(first: str, second: str) -> Comparison:
    """How `first` stands to `second`. Takes time in proportion to their lengths.

    Two texts that are made from one form, where each has numbers or names of its own in the place of the other's
    (two inspections, two weeks of one series), are apart, however many words they share.
    """
    one, other = words_of(first), words_of(second)
    if one == other:
        share = 1.0 if one else 0.0
        return Comparison(Standing.SAME if one else Standing.APART, share, share)
    of_first, of_second = _shared(one, other), _shared(other, one)
    return Comparison(
        _standing(first, second, len(one), len(other), of_first, of_second), of_first, of_second
    )


def _standing(
    first: str, second: str, length: int, other_length: int, of_first: float, of_second: float
) -> Standing:
    if min(length, other_length) < SHORTEST:
        return Standing.APART
    if of_first >= MOST and of_second >= MOST:
        return Standing.APART if _are_of_one_form(first, second) else Standing.NEAR
    if of_second >= MOST and length > other_length:
        return Standing.HOLDS
    if of_first >= MOST and other_length > length:
        return Standing.HELD
    return Standing.APART


def _shared(words: list[str], other: list[str]) -> float:
    """The share of `words` that stand in runs which `other` has too."""
    if len(words) < _RUN or len(other) < _RUN:
        return 0.0
    runs = set(zip(other, other[1:], other[2:], strict=False))
    covered = bytearray(len(words))
    for start, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if run in runs:
            covered[start] = covered[start + 1] = covered[start + 2] = 1
    return sum(covered) / len(words)


def _are_of_one_form(first: str, second: str) -> bool:
    return _has_own(first, second) and _has_own(second, first)


def _has_own(text: str, other: str) -> bool:
    """Whether a text has a number or name that stands nowhere in the other."""
    known = frozenset(words_of(other))
    return any(not known.issuperset(words_of(found)) for found in _TELLING.findall(text))
