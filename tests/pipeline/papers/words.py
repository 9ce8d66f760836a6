"""Sentences of a made-up guidance, to fill pages with: always the same, and no two alike."""

from __future__ import annotations

import random
from typing import Final

_WHO: Final = (
    "The designated lead", "Every governing board", "The host authority", "A trustee", "Each setting", "The headteacher",
    "Staff who transport pupils", "The partnership", "A volunteer co-ordinator", "The licensing officer",
)  # fmt: skip
_DOES: Final = (
    "should keep a written record of", "must agree in advance", "reviews each term", "should tell the lead about",
    "must never promise secrecy over", "should ask for advice on", "keeps under review", "must report without delay",
)  # fmt: skip
_WHAT: Final = (
    "any concern that a child raises", "the arrangements for visitors", "changes in a young person's behaviour",
    "the way in which complaints are heard", "low-level concerns about adults", "the checks made before appointment",
    "what was decided and why", "contact with the multi-agency hub", "journeys that involve a single passenger",
)  # fmt: skip
_WHEN: Final = (
    "before the end of the working day", "at the next meeting of the panel", "whenever circumstances change",
    "and says in plain words what will happen next", "together with the local authority",
    "so that nobody has to ask twice", "even where the evidence is slight", "and dates the entry",
)  # fmt: skip


class Author:
    """Writes sentences; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def sentence(self) -> str:
        """One sentence."""
        parts = [self._random.choice(some) for some in (_WHO, _DOES, _WHAT, _WHEN)]
        return f"{parts[0]} {parts[1]} {parts[2]} {parts[3]}."

    def paragraph(self, sentences: int = 3) -> str:
        """Several sentences."""
        return " ".join(self.sentence() for _ in range(sentences))
