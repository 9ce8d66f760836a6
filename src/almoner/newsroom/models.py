"""What the newsroom keeps beside the records: corrections whole, so that they can be put back, and drafts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from almoner.records.catalogue.models import Item


class Correction(models.Model):
    """What an editor corrected: the fields that differ, by name, whole, before and after. The history says the same in
    short; from here it is put back."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="corrections")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.item}, corrected {self.at:%d %B %Y %H:%M}"


class Draft(models.Model):
    """What an editor typed into an item's form and has not saved, as the browser sent it: name → values."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    typed = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "by"), name="one_draft_an_editor"),)

    def __str__(self) -> str:
        return f"{self.item}, typed by {self.by}"
