"""What came of an import."""

from __future__ import annotations

from dataclasses import dataclass

from almoner.records.ingest.models import Document


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be kept: from which document, in which stage, where in it, and why."""

    source: str
    stage: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.stage}: {self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """A document and what is known of its items.

    Of the items `added` now, some are `waiting` and some `published`; `seen_again` were there before, or
    stand twice in this document. `findings` counts those that were noted now. All are 0 but `seen_again`
    where the very document had been imported before.
    """

    document: Document
    added: int = 0
    seen_again: int = 0
    waiting: int = 0
    published: int = 0
    findings: int = 0
    problems: tuple[Problem, ...] = ()
