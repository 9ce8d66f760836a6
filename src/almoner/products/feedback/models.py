"""Notes from readers."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models

from almoner.products.feedback.enums import About, Outcome

LONGEST: Final = 3000
"""Characters of a note."""


class ReaderNote(models.Model):
    """What a reader wrote to the editors, and what came of it. Who wrote it is not known and not asked; `address` is a
    page elsewhere that they name."""

    about = models.CharField(max_length=8, choices=About)
    item = models.ForeignKey(
        "catalogue.Item", null=True, blank=True, on_delete=models.SET_NULL, related_name="reader_notes"
    )
    words = models.TextField(max_length=LONGEST, blank=True)
    address = models.URLField(max_length=1000, blank=True)
    written_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default=Outcome.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-written_at", "-pk")
        indexes = (models.Index(fields=("outcome", "-written_at"), name="reader_note_open"),)

    def __str__(self) -> str:
        return f"{self.get_about_display()}, {self.written_at:%-d %B %Y}"
