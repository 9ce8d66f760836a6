"""What the newsroom keeps beside the records: corrections whole, so that they can be put back, proposals, and drafts."""

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


class Proposal(models.Model):
    """What somebody would change in an item that readers see: the fields that would differ, by name, before and after,
    as values and as the words that are shown."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Waits for somebody else"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="proposals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    was = models.JSONField()
    now = models.JSONField()
    words = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.item}, proposed {self.at:%d %B %Y %H:%M}"


class Draft(models.Model):
    """What an editor typed into an item's form and has not saved, as the browser sent it: name → values. `key` is that of
    the form: in two windows, one editor types two."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, default="before")
    at = models.DateTimeField()
    typed = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=("item", "by", "key"), name="one_draft_a_form"),)

    def __str__(self) -> str:
        return f"{self.item}, typed by {self.by}"
