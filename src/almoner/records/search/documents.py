"""What ranking sees of an item that may be an answer: its stems as letters, looked at no further than is needed."""

from __future__ import annotations

from collections import Counter

from almoner.records.search.entries import Spelt
from almoner.records.search.letters import FIELD


class Candidate:
    """An item's stems: those of the title, those of everything else, and the title's initials."""

    def __init__(self, spelt: Spelt) -> None:
        self.item_id = spelt.item_id
        self.sorts_at = spelt.sorts_at
        """The item's date in seconds."""
        self.text, _, self.initials = spelt.text.rpartition(FIELD)
        """All stems in order, the title's first."""
        self.title, _, self.rest = self.text.partition(FIELD)
        self.length = len(self.text) - self.text.count(FIELD)
        """How many stems it has."""

    def most_frequent(self, number: int) -> list[tuple[str, int]]:
        """Stems with how often they stand in it: all, or where there are more than so many, the most frequent."""
        counts = Counter(self.text)
        del counts[FIELD]
        return counts.most_common(number) if len(counts) > number else list(counts.items())

    def in_title(self, phrase: str) -> bool:
        """Whether the title has it, or may be cut to it."""
        return phrase in self.title or phrase in self.initials
