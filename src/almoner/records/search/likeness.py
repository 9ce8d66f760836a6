"""What items are about, as vectors of their stems by how often these stand there and how rare they are, and how alike
items are by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from almoner.records.search import vocabulary
from almoner.records.search.documents import Candidate
from almoner.records.search.letters import FIELD, PAIRED
from almoner.records.search.rarity import rarity
from almoner.records.search.vocabulary import Size, telling

MOST_STEMS: Final = 150
"""Of an item, those that stand there most often, by which it is compared with others."""
MOST_KEPT: Final = 50_000
"""Stems of which it is kept between questions how rare they are."""

Matrix: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[np.int64]

_BITS: Final = 32


@dataclass(frozen=True, slots=True)
class Vectors:
    """A row an item, a column a stem, by its letter; each row of length 1, or of none where an item has nothing that
    tells."""

    letters: Sequence[str]
    weights: Matrix

    def likeness(self) -> Matrix:
        """The cosine of each item with each other one, and 0 with itself."""
        found: Matrix = self.weights @ self.weights.T
        np.fill_diagonal(found, 0.0)
        return found


class Told:
    """How rare the stems of items are, asked of the vocabulary once.

    Kept for the questions that follow, until the index changes here, or in another process has another size: most of the
    time it is the same few thousand stems that are asked about.
    """

    def __init__(self, size: Size) -> None:
        self.size = size
        self.stems: dict[str, str] = {}
        self.asked = 0
        # By letter. Memory that is never touched costs nothing.
        self._rarities: Matrix = np.zeros(PAIRED)
        self._is_asked = np.zeros(PAIRED, dtype=bool)

    def rarity(self, letter: str) -> float:
        """How rare a stem is of which a vector told."""
        return float(self._rarities[ord(letter)])

    def vectors(self, items: Sequence[Candidate]) -> Vectors:
        """What the items are about."""
        rows, codes, times = _counted([each.text.replace(FIELD, "") for each in items])
        letters, columns = np.unique(codes, return_inverse=True)
        self._ask(letters)
        weights = np.zeros((len(items), len(letters)))
        weights[rows, columns] = (1 + np.log(times)) * self._rarities[codes]
        lengths = np.sqrt((weights * weights).sum(axis=1, keepdims=True))
        return Vectors(list(map(chr, letters)), weights / np.where(lengths, lengths, 1.0))

    def _ask(self, letters: Numbers) -> None:
        new = letters[~self._is_asked[letters]]
        if not len(new):
            return
        for letter, (stem, number) in telling(map(chr, new)).items():
            self.stems[letter] = stem  # first: another thread may take what has a rarity for known
            self._rarities[ord(letter)] = rarity(number, self.size)
        self._is_asked[new] = True
        self.asked += len(new)


def _counted(texts: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
    """For each text and each letter of it: the text's number, the letter, and how often it stands there. All letters, or
    where there are more than `MOST_STEMS`, the most frequent, of equals those with the lower numbers. Stems that are
    written as two are passed over: they are the latest of a million."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    of_text = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    both, times = np.unique((of_text << _BITS | codes)[codes < PAIRED], return_counts=True)
    of_text, codes = both >> _BITS, both & ((1 << _BITS) - 1)
    distinct = np.bincount(of_text, minlength=len(texts))
    if distinct.max(initial=0) <= MOST_STEMS:
        return of_text, codes, times
    order = np.lexsort((codes, -times, of_text))
    place = np.arange(len(order)) - np.repeat(np.cumsum(distinct) - distinct, distinct)
    most = order[place < MOST_STEMS]
    return of_text[most], codes[most], times[most]


_kept: dict[tuple[Size, int], Told] = {}
"""The one that was used last, by the index's size and how often it was changed here."""


def told_of(size: Size) -> Told:
    """What is known of an index of this size, as it is now."""
    state = (size, vocabulary.changes())
    told = _kept.get(state)
    if told is None or told.asked > MOST_KEPT:
        told = Told(size)
        _kept.clear()
        _kept[state] = told
    return told
