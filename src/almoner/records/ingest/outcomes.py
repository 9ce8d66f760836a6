"""What came of an import."""

from __future__ import annotations

from dataclasses import dataclass

from almoner.pipeline.errors import PipelineError
from almoner.records.ingest.models import Document


class Flood(PipelineError):
    """Far more new items at once than a source has ever had. Nothing of them is recorded until somebody has
    looked: it may be another site under the old address, or every id changed."""

    def __init__(self, source: str, stage: str, new: int, most: int) -> None:
        super().__init__(
            source,
            stage,
            f"has {new:,} new items at once; up to {most:,} are taken in without asking.",
            advice="Look whether it is still the right source, then let them in, or pause it.",
        )


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

    Of the items `added` now, some are `waiting` and some `published`; `changed` are known ones in which the
    publisher changed something; `seen_again` were there before as they are, or stand twice in this document. `findings` counts those that were noted now. All are 0 but `seen_again`
    where the very document had been imported before.
    """

    document: Document
    added: int = 0
    changed: int = 0
    seen_again: int = 0
    waiting: int = 0
    published: int = 0
    findings: int = 0
    problems: tuple[Problem, ...] = ()
