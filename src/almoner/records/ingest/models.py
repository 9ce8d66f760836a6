"""Where items come from: sources, the bytes they gave, the documents in them, and what was seen where."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.base import ModelState

from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.models import Item, Publisher, new_key
from almoner.records.ingest.enums import (
    AdapterName,
    Dkim,
    Ending,
    Health,
    LetterState,
    State,
    Trigger,
    Trust,
)


def host_of(address: str) -> str:
    """The host that an address leads to, in lower case; "" where it leads to none."""
    try:
        return (urlsplit(address).hostname or "")[:255]
    except ValueError:
        return ""


class Source(models.Model):
    """One place of a publisher that we take documents from, how it is watched, and how it is doing.

    Intervals are seconds. `next_check_at` is empty where nothing is due by itself (files, a pause). A lease
    (`lease`, `lease_until`) is held by whoever is checking it; one that has run out may be taken by another.
    `etag` and `last_modified` are opaque words of the server. `moved_to` was named as its new address for good
    in the last `moved_times` checks, since `moved_since`. `topics`, `audiences` are lists of words, `senders` of lines.
    """

    name = models.CharField(max_length=200, unique=True)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.PROTECT, related_name="sources"
    )
    address = models.CharField(max_length=1000, blank=True)
    host = models.CharField(max_length=255, blank=True, editable=False)
    trust = models.CharField(max_length=8, choices=Trust, default=Trust.REVIEW)
    licence = models.CharField(max_length=12, choices=Licence, default=Licence.UNKNOWN)
    adapter = models.CharField(max_length=12, choices=AdapterName, default=AdapterName.FILES)
    rule = models.TextField(
        blank=True, help_text="How to read its pages, where the general way is not enough."
    )
    topics = models.JSONField(default=list, blank=True)
    audiences = models.JSONField(default=list, blank=True)
    region = models.CharField(max_length=80, blank=True)
    senders = models.JSONField(
        default=list,
        blank=True,
        help_text="Of a newsletter: who may send it. Messages from others wait for an editor, unread.",
    )
    receiver = models.CharField(
        "receiving host",
        max_length=255,
        blank=True,
        help_text="Of a mailbox: the host whose word about signatures is taken, as its Authentication-Results name it "
        "(authserv-id). Empty: nobody's.",
    )
    keep_months = models.PositiveSmallIntegerField(
        "months to keep",
        null=True,
        blank=True,
        validators=(MinValueValidator(1),),
        help_text="Copies older than this are removed, and with them what was never published. Empty: for ever.",
    )
    tried_at = models.DateTimeField(
        null=True, blank=True, help_text="When its address was first seen to work."
    )

    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    state_reason = models.CharField(max_length=300, blank=True)
    interval = models.PositiveIntegerField(
        default=3600, help_text="Seconds between two checks, as things stand."
    )
    interval_asked = models.PositiveIntegerField(
        default=0, help_text="Seconds that the source itself asks for."
    )
    next_check_at = models.DateTimeField(null=True, blank=True)
    lets_in = models.BooleanField(
        default=False, help_text="Whether the next check takes in new items however many there are."
    )
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    checked_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="Checks that failed since the last good one.")
    last_error = models.CharField(max_length=500, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    moved_to = models.CharField(max_length=1000, blank=True)
    moved_times = models.PositiveIntegerField(default=0)
    moved_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=("state", "next_check_at"), name="source_due"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the host that the address leads to."""
        self.host = host_of(self.address)
        fields = kwargs.get("update_fields")
        if fields is not None and "address" in fields:
            kwargs["update_fields"] = {*fields, "host"}
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_: Any) -> Self:
        """A row as an object, as Django makes it, but without a look at every field and without signals, which nobody
        asks for: sources are read by the thousand to be checked."""
        source = cls.__new__(cls)
        source._state = ModelState()
        source._state.adding = False
        source._state.db = db
        source.__dict__.update(zip(field_names, values, strict=True))
        return source


class RuleVersion(models.Model):
    """A rule that was kept for a source: its TOML ("" for none), when, and by whom; the newest is the one in use.
    One that came otherwise than by an editor is noted when it is replaced, without a name."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="rule_versions")
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"The rule of {self.source}, {self.saved_at:%d %B %Y %H:%M}"


class Run(models.Model):
    """One check of a source: when, why, what came of it. `problems` is a list of plain sentences."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    trigger = models.CharField(max_length=8, choices=Trigger, default=Trigger.SCHEDULE)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=Ending, default=Ending.RUNNING)
    requests = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes that were received.")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    seen_again = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = (models.Index(fields=("source", "-started_at"), name="run_newest_of_source"),)

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%d %B %Y %H:%M}"


class Host(models.Model):
    """How a server is doing, for all sources on it: failures in a row, and until when it is left alone."""

    name = models.CharField(max_length=255, unique=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class ItemKey(models.Model):
    """A name under which a source knows an item: its id, its address, its words. `digest` is made of
    the kind of name and the name (`identity.digest`). So an item stays the same when one of them changes. Where `item` is empty, the
    item was removed under the retention rule, and must not come back as new."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="item_keys")
    digest = models.CharField(max_length=32)
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="keys")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "digest"), name="item_key_once_per_source"),)

    def __str__(self) -> str:
        return f"{self.source}: {self.digest[:12]}"


class PageMark(models.Model):
    """That a page which a list names was read, or passed by as part of an archive. `digest` is made of its address, as
    that of an item's own address is; `mark` is what the list said of its state then, "" if nothing."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="page_marks")
    digest = models.CharField(max_length=32)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "digest"), name="page_mark_once_per_source"),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.digest[:12]} {self.mark}"


class EntryDigest(models.Model):
    """By what a source's entry is known again without being read: the digest of its bytes, and of all that its reading
    depends on, as they were when the item was last read from it (`pipeline.parse.feed.known`)."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="entry_digests")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="entry_digests")
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "item"), name="entry_digest_once_per_item"),)
        indexes = (models.Index(fields=("source", "digest"), name="entry_digest"),)

    def __str__(self) -> str:
        return f"{self.source}: {self.digest[:12]}"


class Snapshot(models.Model):
    """The bytes a source gave at a moment; the bytes themselves lie in the store under their SHA-256, until
    `removed_at`, when they were removed under the source's rule. The row stays, so that they do not come back."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=40)
    captured_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-captured_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("source", "sha256"), name="snapshot_once_per_source"),)
        indexes = (models.Index(fields=("sha256",), name="snapshot_sha256"),)

    def __str__(self) -> str:
        return f"{self.source}, {self.captured_at:%d %B %Y %H:%M}"


class Letter(models.Model):
    """A message that came to a source: what it says of itself, what became of its signatures, and whether it was let
    in. `place` is where it was found; `wait` is why it waits, or waited, for an editor. `signatures` is a list of
    {domain, result, why}, `results` what hosts on its way wrote of it (Authentication-Results)."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.CASCADE, related_name="letter")
    state = models.CharField(max_length=9, choices=LetterState)
    wait = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=1000)
    message_id = models.CharField(max_length=500, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    sent = models.CharField(max_length=40, blank=True)
    dkim = models.CharField(max_length=9, choices=Dkim)
    signatures = models.JSONField(default=list, blank=True)
    results = models.JSONField(default=list, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("state",), name="letter_state"),
            models.Index(fields=("message_id",), name="letter_message_id"),
        )

    def __str__(self) -> str:
        return self.subject or "No subject"


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

    document = models.ForeignKey(
        Document,
        on_delete=models.CASCADE,
        related_name="sightings",
        db_index=False,  # the index below begins with it
    )
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
        indexes = (
            models.Index(fields=("document", "item"), name="sighting_items"),
        )  # a source's items are found in it alone

    def __str__(self) -> str:
        return f"{self.item} in {self.document}"


class LinkedAddress(models.Model):
    """A web address that items lead to, and whether it still works.

    `digest` is made of the address as it is spelt, `page` of the page it leads to (`identity.page_digest`). It has been
    failing since `failing_since`, `failures` times in a row. `next_check_at` is empty for what is never checked; a
    lease is held by whoever checks it now. `moved_to` is where it says that it has moved to for good.
    """

    digest = models.CharField(max_length=32, unique=True)
    address = models.CharField(max_length=1000)
    page = models.CharField(max_length=32, db_index=True)
    host = models.CharField(max_length=255, blank=True)
    health = models.CharField(max_length=8, choices=Health, default=Health.UNKNOWN, db_index=True)
    reason = models.CharField(max_length=300, blank=True)
    moved_to = models.CharField(max_length=1000, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    next_check_at = models.DateTimeField(null=True, blank=True, db_index=True)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.address


class ItemLink(models.Model):
    """That an item leads to an address; `is_own` where that is the item's own address at its publisher."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="leads")
    address = models.ForeignKey(LinkedAddress, on_delete=models.CASCADE, related_name="items")
    is_own = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "address"), name="item_link_once"),)

    def __str__(self) -> str:
        return f"{self.item}: {self.address}"
