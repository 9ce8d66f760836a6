"""The model of an import: files that an editor brings, and how far they are."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db import models

from almoner.records.catalogue.enums import Licence
from almoner.records.ingest.models import Source


class ImportState(models.TextChoices):
    """How far an import is."""

    LOOKING = "looking", "Being looked at"
    LOOKED = "looked", "Waits for your word"
    TAKING = "taking", "Being taken in"
    STOPPED = "stopped", "Stopped"
    DONE = "done", "Taken in"
    LEFT = "left", "Left"


UNDER_WAY: Final = (ImportState.LOOKING, ImportState.TAKING)
OPEN: Final = (*UNDER_WAY, ImportState.LOOKED, ImportState.STOPPED)
"""States in which its files are still needed."""


class Import(models.Model):
    """Files that an editor brings: whose they are, and what came, or would come, of them.

    They lie aside under `key` (`uploads`), `total` documents, of which the first `done` were looked at or taken in.
    `counts` holds numbers by name (new, changed, again) and findings by code; `problems` a list of {name, stage, why,
    advice}; `shown` the first items that would come, as {title, kind, published}, until it is decided. `undated` is the
    date that entries without one get, as year, month or day. `tries` counts how often the next document was begun: it
    may be what the process died of.
    """

    key = models.CharField(max_length=40, unique=True)
    source_name = models.CharField(max_length=Source._meta.get_field("name").max_length)
    publisher = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=12, choices=Licence, default=Licence.UNKNOWN)
    undated = models.CharField(max_length=10, blank=True)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.LOOKING, db_index=True)
    fault = models.CharField(
        max_length=500, blank=True, help_text="What keeps it, or why it was stopped, where nobody did."
    )
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="When it last came on.")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    shown = models.JSONField(default=list)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.source_name}, {self.made_at:%-d %B %Y}"

    @property
    def is_under_way(self) -> bool:
        """Whether the service is at work on it."""
        return self.state in UNDER_WAY

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.done // self.total if self.total else 100

    def count(self, **numbers: int) -> None:
        """Add to the counts."""
        for name, number in numbers.items():
            self.counts[name] = self.counts.get(name, 0) + number

    def note(self, problem: dict[str, Any]) -> None:
        """Add a problem; of very many the first are kept, the others counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.count(more_problems=1)


MOST_PROBLEMS: Final = 500
