"""What the index keeps as rows of its own; that of items lies in tables without models."""

from __future__ import annotations

from django.db import models


class OwnText(models.Model):
    """Something that readers see, that we wrote and that is no item: a page of the office, an issue of a briefing of
    ours. `name` says which, `what` is for readers. The lowest `rank` stands first."""

    name = models.CharField(max_length=40, unique=True)
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    what = models.CharField(max_length=300)
    address = models.CharField(max_length=200)
    shown_at = models.DateTimeField()
    stems = models.TextField(help_text="The stems of its words, with spaces around.")

    def __str__(self) -> str:
        return self.title
