"""The field's abbreviations, read from `glossary.csv` beside this module: for readers, not for reading by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from almoner.pipeline.taxonomy.entries import table


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Letters, what they stand for, what that is, the nations (letters) in which it is said, and its topic's id."""

    short: str
    stands_for: str
    nations: str
    meaning: str
    topic: str


@cache
def glossary() -> tuple[Abbreviation, ...]:
    """All of them, by letters. Some letters stand for two things."""
    return tuple(
        Abbreviation(row["abbreviation"], row["stands_for"], row["nations"], row["meaning"], row["topic"])
        for row in table("glossary.csv")
    )
