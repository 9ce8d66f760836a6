"""Near copies, excerpts and round-ups among texts that come one after another.

Marks find the few texts worth a look, the words decide. Marks that very many texts have (a press office's closing
paragraph) are passed over where others are to be had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.relate.comparison import Comparison, Standing, compare
from almoner.pipeline.relate.marks import marks

MOST_OF_A_MARK: Final = 60
"""Texts that share a mark from which it says too little."""
MOST_COMPARED: Final = 24
"""Texts that are compared by their words, those with most common marks first."""


@dataclass(frozen=True, slots=True)
class Near:
    """A known text (its number), and how the new one stands to it."""

    number: int
    comparison: Comparison


def worth_a_look(holders: Mapping[int, Sequence[int]]) -> list[int]:
    """Of the texts that hold marks of a new one, those to compare, by the number of common marks."""
    shared = Counter(
        number for numbers in holders.values() if len(numbers) <= MOST_OF_A_MARK for number in numbers
    )
    return [number for number, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))][
        :MOST_COMPARED
    ]


@dataclass(slots=True)
class Copies:
    """Texts in memory, each compared with those before it."""

    _texts: list[str] = field(default_factory=list)
    _by_mark: dict[int, list[int]] = field(default_factory=dict)

    def add(self, text: str) -> tuple[Near, ...]:
        """How a text stands to the earlier ones that share a passage with it; numbers count from 0 in order."""
        own = marks(text)
        found = []
        for number in worth_a_look({mark: self._by_mark.get(mark, ()) for mark in own}):
            comparison = compare(text, self._texts[number])
            if comparison.standing is not Standing.APART:
                found.append(Near(number, comparison))
        for mark in own:
            holders = self._by_mark.setdefault(mark, [])
            if len(holders) <= MOST_OF_A_MARK:
                holders.append(len(self._texts))
        self._texts.append(text)
        return tuple(found)
