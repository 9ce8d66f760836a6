"""What ranking sees of an item that may be an answer: its stems as letters, looked at no further than is needed."""

from __future__ import annotations

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

    def in_title(self, phrase: str) -> bool:
        """Whether the title has it, or may be cut to it."""
        return phrase in self.title or phrase in self.initials
