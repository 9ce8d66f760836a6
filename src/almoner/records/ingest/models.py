"""Where items come from: sources, the bytes they gave, the documents in them, and what was seen where."""

from __future__ import annotations

from django.db import models

from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.models import Item, Publisher, new_key
from almoner.records.ingest.enums import Trust


class Source(models.Model):
    """One place of a publisher that we take documents from."""

    name = models.CharField(max_length=200, unique=True)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.PROTECT, related_name="sources"
    )
    address = models.CharField(max_length=1000, blank=True)
    trust = models.CharField(max_length=8, choices=Trust, default=Trust.REVIEW)
    licence = models.CharField(max_length=12, choices=Licence, default=Licence.UNKNOWN)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """The bytes a source gave at a moment; the bytes themselves lie in the store under their SHA-256."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=40)
    captured_at = models.DateTimeField()

    class Meta:
        ordering = ("-captured_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("source", "sha256"), name="snapshot_once_per_source"),)

    def __str__(self) -> str:
        return f"{self.source}, {self.captured_at:%d %B %Y %H:%M}"


class Document(models.Model):
    """A snapshot as it was read. `path` is where it was found: a file's path or an address.

    `findings` are those about the document as a whole: a list of {code, message, place}.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="documents")
    path = models.CharField(max_length=1000)
    title = models.CharField(max_length=500, blank=True)
    briefing_title = models.CharField(max_length=500, blank=True)
    briefing_date = models.DateField(null=True, blank=True)
    briefing_author = models.CharField(max_length=200, blank=True)
    findings = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("snapshot", "path"), name="document_once_per_snapshot"),
        )

    def __str__(self) -> str:
        return self.title or self.path


class Sighting(models.Model):
    """That an item was seen in a document, and where in it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sightings")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="sightings")
    position = models.PositiveIntegerField()
    first_line = models.PositiveIntegerField(null=True, blank=True)
    last_line = models.PositiveIntegerField(null=True, blank=True)
    css = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("document_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("document", "position"), name="sighting_once_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.item} in {self.document}"
