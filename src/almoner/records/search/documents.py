"""What ranking sees of an item that may be an answer: its stems, unpacked no further than is needed."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from almoner.records.search.entries import Stems
from almoner.records.search.initials import MARK
from almoner.records.search.question import Phrase


class Candidate:
    """An item's stems: those of the title, those of everything else, and all of them with how often they stand there."""

    def __init__(self, entry: Stems, sorts_at: float) -> None:
        """`sorts_at` is the item's date in seconds."""
        self.item_id = entry.item_id
        self.sorts_at = sorts_at
        self._title, summary, text, credit, listed = entry.fields
        categories, mark, initials = listed.partition(MARK)
        self._initials = mark + initials
        rest = " ".join(filter(None, (summary, text, credit, categories.strip())))
        self._rest = f" {rest} "

    @cached_property
    def title(self) -> list[str]:
        """The title's stems in order."""
        return self._title.split()

    @cached_property
    def initials(self) -> frozenset[str]:
        """What the title's words may be cut to, each with its mark."""
        return frozenset(self._initials.split())

    @cached_property
    def stems(self) -> list[str]:
        """All stems in order, the title's first."""
        return self.title + self._rest.split()

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each stem stands in it."""
        return Counter(self.stems)

    @cached_property
    def length(self) -> int:
        """How many stems it has."""
        return len(self.title) + self._rest.count(" ") - 1

    def in_title(self, phrase: Phrase) -> bool:
        """Whether the title has it, or may be cut to it."""
        if phrase[0][0] == MARK:
            return phrase[0] in self.initials
        return follows(phrase, self.title)

    def times(self, phrase: Phrase) -> int:
        """How often it stands anywhere; in the title at most once."""
        return self.in_title(phrase) + self.times_elsewhere(phrase)

    def times_elsewhere(self, phrase: Phrase) -> int:
        """How often it stands outside the title."""
        return self._rest.count(f" {' '.join(phrase)} ") if phrase[0][0] != MARK else 0


def follows(phrase: Phrase, stems: list[str]) -> bool:
    """Whether the stems follow one another somewhere."""
    if len(phrase) == 1:
        return phrase[0] in stems
    return any(
        tuple(stems[at : at + len(phrase)]) == phrase for at, stem in enumerate(stems) if stem == phrase[0]
    )
