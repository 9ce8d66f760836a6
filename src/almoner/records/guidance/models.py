"""Works, their editions, the paragraphs of each, what changed between two, and what editors say of that."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.models import Item, Publisher
from almoner.records.guidance.enums import BLOCK_CHOICES, Decision, EditionStatus, Nation


class Work(models.Model):
    """A guidance document through all its editions.

    `known` is the taxonomy's id of it, under which items mention it. `nations` are letters in the order EWSN;
    `abbreviations`, `audiences` and `topics` are lists of words, topics by their ids. `looked_to` is the newest mention
    that was looked at for announcements of its editions.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    short_title = models.CharField(max_length=80, blank=True, help_text="As people say it: KCSIE.")
    abbreviations = models.JSONField(default=list, blank=True)
    welsh_title = models.CharField(max_length=300, blank=True)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.PROTECT, related_name="works"
    )
    address = models.URLField("address at the publisher", max_length=1000, blank=True)
    nations = models.CharField("applies in", max_length=4, blank=True)
    audiences = models.JSONField(default=list, blank=True)
    topics = models.JSONField(default=list, blank=True)
    known = models.CharField("known to items as", max_length=80, blank=True, db_index=True)
    looked_to = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("title",)
        constraints = (
            models.UniqueConstraint(fields=("known",), condition=~models.Q(known=""), name="work_known_once"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What it is called where there is little room."""
        return self.short_title or self.title

    @property
    def nation_names(self) -> list[str]:
        """Where it applies, in words."""
        return [Nation(letter).label for letter in self.nations]


class Edition(models.Model):
    """One dated version of a work, as its paragraphs and the bytes that they were read from (in the store of snapshots,
    under their SHA-256).

    `name` tells it from the others ("2025"), `year` is the one it is cited by. `published` is ISO 8601 cut to its
    precision. `sorts_on` orders the editions of a work: the day it was published, else that of its first status.
    `digest` is that of its text, `findings` what reading found, `reader` the version that read it. What it is on a day
    stands in `statuses`: see `standing`.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="editions")
    name = models.CharField(max_length=60, help_text="What tells it from the others: 2025.")
    slug = models.SlugField(max_length=60)
    year = models.CharField("cited by the year", max_length=4, blank=True)
    title = models.CharField(max_length=500, blank=True, help_text="As printed in it.")
    published = models.CharField(max_length=32, blank=True)
    sorts_on = models.DateField(editable=False)
    address = models.URLField("address at the publisher", max_length=1000, blank=True)
    licence = models.CharField(max_length=12, choices=Licence, default=Licence.UNKNOWN)
    item = models.ForeignKey(
        Item,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="editions",
        help_text="The item that announced it.",
    )

    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    size = models.PositiveBigIntegerField(editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    reader = models.CharField(max_length=20, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    paragraph_count = models.PositiveIntegerField(default=0, editable=False)
    findings = models.JSONField(default=list, blank=True, editable=False)
    added_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("-sorts_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("work", "slug"), name="edition_slug_once_a_work"),
            models.UniqueConstraint(fields=("work", "sha256"), name="edition_file_once_a_work"),
        )

    def __str__(self) -> str:
        return f"{self.work.name} {self.name}"

    @property
    def shows_full_text(self) -> bool:
        """Whether its licence lets readers see its own words."""
        return Licence(self.licence).allows_full_text


class StatusRow(models.Model):
    """That an edition has a status from a day on. `since` is ISO 8601 cut to its precision, `begins` its first day. A row
    is never changed: one that was wrong is taken back and stays."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=12, choices=EditionStatus)
    since = models.CharField(max_length=10)
    begins = models.DateField(db_index=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("begins", "pk")

    def __str__(self) -> str:
        return f"{self.get_status_display()} from {self.since}"


class Paragraph(models.Model):
    """A part of an edition: see `pipeline.editions.model.Paragraph`, whose fields these are. `audiences` are those whom
    an editor said it is for."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    address = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=BLOCK_CHOICES)
    level = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=80, blank=True)
    parts = models.JSONField(default=list, blank=True)
    body = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    links = models.JSONField(default=list, blank=True)
    place = models.CharField(max_length=300, blank=True)
    audiences = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "position"), name="paragraph_position_once"),
            models.UniqueConstraint(fields=("edition", "address"), name="paragraph_address_once"),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def words(self) -> str:
        """Its text without its number."""
        return self.text[self.body :]


class Comparison(models.Model):
    """What changed between two editions: `redline` is as `docs/redline.schema.json` says. `kinds` counts its changes by
    kind, and `binding` those in which words that bind came or went. It holds as long as `engine` and both digests do."""

    old = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="compared_with_newer")
    new = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="compared_with_older")
    engine = models.CharField(max_length=64)
    old_digest = models.CharField(max_length=64)
    new_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    alike = models.FloatField()
    changes = models.PositiveIntegerField()
    kinds = models.JSONField(default=dict)
    binding = models.PositiveIntegerField()
    redline = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("old", "new"), name="comparison_once"),)

    def __str__(self) -> str:
        return f"{self.new.work.name}: {self.old.name} and {self.new.name}"


class Note(models.Model):
    """What an editor says of a change: what it means, and what to do. It belongs to a paragraph of the newer edition, or
    to one that it no longer has (`is_gone`; the address is then that in the older one), so that it outlives each
    comparison."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="notes")
    address = models.CharField(max_length=200)
    is_gone = models.BooleanField(default=False)
    meaning = models.TextField("what it means", blank=True)
    to_do = models.TextField("what to do", blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "address", "is_gone"), name="note_once_a_paragraph"),
        )

    def __str__(self) -> str:
        return f"{self.edition}, {self.address}"


class Proposal(models.Model):
    """An item that seems to announce an edition of a work. `status` and `since` are what its words say of it, and `why`
    quotes them; an editor attaches it to an edition or dismisses it."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="proposals")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="proposed_editions")
    year = models.CharField(max_length=4, blank=True)
    status = models.CharField(max_length=12, choices=EditionStatus, blank=True)
    since = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=500)
    decision = models.CharField(max_length=9, choices=Decision, default=Decision.WAITING, db_index=True)
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.SET_NULL, related_name="announcements"
    )
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("work", "item"), name="proposal_once_an_item"),)

    def __str__(self) -> str:
        return f"{self.work.name} {self.year}: {self.item}"
