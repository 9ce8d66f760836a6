"""Publishers, items and what belongs to an item."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from html import unescape
from typing import Final

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.html import strip_tags

from almoner.pipeline.model import Kind
from almoner.records.catalogue.enums import (
    KIND_CHOICES,
    MENTION_CHOICES,
    PRECISION_CHOICES,
    Due,
    GivenBy,
    Licence,
    Status,
    Told,
    VersionState,
    finding_choices,
)
from almoner.records.catalogue.moments import UNDATED

WHY_LENGTH: Final = 500
"""Characters of what is said on why an item has a topic or an audience."""
_PARTED: Final = re.compile(r"</(?:p|li|h\d|t[hdr]|blockquote)>|<br ?/?>")
KEY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_key() -> str:
    """A public key: ten letters and digits that cannot be guessed, misread or traced to a title."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(10))


def words_of_markup(html: str) -> str:
    """The words of mark-up that was made here from what an editor wrote, in one line."""
    return " ".join(unescape(strip_tags(_PARTED.sub(" ", html))).split())


class Publisher(models.Model):
    """An organisation that publishes."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A category as publishers print it."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One record that a publisher put out, as read from its documents and corrected by editors.

    Times are ISO 8601 text cut to their precision, with the words as printed beside them. `sorts_at` is the
    moment that lists sort by: published, else added, else `undated_at` where that is set, else captured.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    kind = models.CharField(max_length=16, choices=KIND_CHOICES, default=Kind.NEWS.value, db_index=True)
    title = models.CharField(max_length=500)
    title_is_printed = models.BooleanField(default=True)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    written_here = models.BooleanField(
        default=False, editable=False, help_text="Whether it is our own: `text` and `html` follow `written`."
    )
    written = models.TextField(
        blank=True, help_text="What an editor wrote, as Markdown; empty where gathered."
    )
    link = models.URLField("address at the publisher", max_length=1000, blank=True)
    links = models.JSONField(default=list, blank=True)
    licence = models.CharField(max_length=12, choices=Licence, default=Licence.UNKNOWN)
    section = models.CharField(max_length=200, blank=True)
    change_notes = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="What its publisher says it changed, newest first: note, when (cut to its precision), title and link "
        "of the section.",
    )

    published = models.CharField(max_length=32, blank=True)
    published_precision = models.CharField(max_length=8, choices=PRECISION_CHOICES, blank=True)
    published_as_printed = models.CharField(max_length=120, blank=True)
    updated = models.CharField(max_length=32, blank=True)
    updated_precision = models.CharField(max_length=8, choices=PRECISION_CHOICES, blank=True)
    updated_as_printed = models.CharField(max_length=120, blank=True)
    added = models.CharField(max_length=32, blank=True)
    added_precision = models.CharField(max_length=8, choices=PRECISION_CHOICES, blank=True)
    added_as_printed = models.CharField(max_length=120, blank=True)
    captured_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="When what readers see of it last changed.")
    sorts_at = models.DateTimeField()
    undated_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Where it stands without a date of its own: on the day of the briefing it stood in, or behind all "
        "others, if it was there when we first looked. Empty: when it was captured, since it appeared then.",
    )

    credit_source = models.CharField("source", max_length=300, blank=True)
    credit_outlet = models.CharField("outlet", max_length=300, blank=True)
    credit_author = models.CharField("author", max_length=300, blank=True)
    credit_byline = models.CharField("posted by", max_length=300, blank=True)
    credit_as_printed = models.CharField(max_length=500, blank=True)

    categories = models.ManyToManyField(Category, blank=True, related_name="items")
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    private_names = models.JSONField(
        default=list,
        blank=True,
        help_text="Names of children and victims in the text. Never indexed, suggested or put in an address.",
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    withdrawn_told = models.CharField(max_length=8, choices=Told, blank=True, default=Told.NOTHING)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    corrected = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Fields that an editor corrected: what the publisher changes there later is not taken over.",
    )

    class Meta:
        ordering = ("-sorts_at", "-pk")
        permissions = (
            ("publish_item", "Can approve and withdraw items"),
            ("decide_item", "Can decide about names of children and victims"),
        )
        indexes = (
            models.Index(fields=("status", "-sorts_at"), name="item_status_newest"),
            models.Index(
                fields=("-sorts_at", "title"), name="item_newest_titles"
            ),  # titles are searched in it alone
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The item's page. It holds no word of the title: titles can name a child."""
        return reverse("web:item", args=[self.key])

    @property
    def is_undated(self) -> bool:
        """Whether nobody knows how old it is."""
        return self.sorts_at == UNDATED

    @property
    def in_time_at(self) -> datetime:
        """When it happened, as far as anybody knows: of what nobody knows how old it is, when it was captured."""
        return self.captured_at if self.is_undated else self.sorts_at

    @property
    def shows_full_text(self) -> bool:
        """Whether its licence lets readers see the source's own words."""
        return Licence(self.licence).allows_full_text


class ItemVersion(models.Model):
    """A change that a publisher made to an item. `was` and `now` hold the fields that differ, by name: what stood
    there, and what the publisher put in its place. What an editor corrected is in neither: it stays as it is."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.WAITING)
    captured_at = models.DateTimeField(help_text="When the new words were captured.")
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-captured_at", "-pk")

    def __str__(self) -> str:
        return f"{self.item}, as of {self.captured_at:%d %B %Y %H:%M}"


class ItemCorrection(models.Model):
    """That an editor corrected an item after it was published, and in which fields (`services.SHOWN`): readers are told
    so, with the day. What stood there before is not kept here: it may be what should never have been shown."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="shown_corrections")
    at = models.DateTimeField()
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.item}, corrected {self.at:%-d %B %Y}"


class ItemEvent(models.Model):
    """Something one can attend that an item announces. Times are ISO 8601 text cut to what was printed."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="events")
    title = models.CharField(max_length=300)
    starts = models.CharField(max_length=32, blank=True)
    ends = models.CharField(max_length=32, blank=True)
    mode = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class ItemMention(models.Model):
    """A known thing that an item names, once for each edition of it: see `pipeline.model.Mention`.

    `known` is the taxonomy's own name for it, or the ONS code of an area; `name` is what it was called when the item
    was read. `edition` is empty where the item names none.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="mentions")
    kind = models.CharField(max_length=16, choices=MENTION_CHOICES)
    known = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    edition = models.CharField(max_length=8, blank=True)
    as_printed = models.CharField(max_length=300)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("item", "kind", "known", "edition"), name="item_mentions_once"),
        )
        indexes = (models.Index(fields=("kind", "known", "item"), name="item_mention_known"),)

    def __str__(self) -> str:
        return f"{self.name} {self.edition}".strip()


class ItemDue(models.Model):
    """Something that falls due on a day that an item names: a consultation that closes, guidance that comes into force,
    what a body said it would do. `day` is the last day that the words allow; `words` say what it is."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="dues")
    what = models.CharField(max_length=8, choices=Due)
    day = models.DateField(db_index=True)
    words = models.CharField(max_length=500)

    class Meta:
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.day:%-d %B %Y}: {self.words}"


class ItemTopic(models.Model):
    """A topic of an item, by its id in the taxonomy, and those above it, so that a broader topic finds it as well.

    `why` quotes the words it was given for, in words for an editor; it is empty where an editor gave it.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="topics")
    topic = models.SlugField(max_length=80, db_index=False)
    given_by = models.CharField(max_length=8, choices=GivenBy)
    why = models.CharField(max_length=WHY_LENGTH, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("item", "topic"), name="item_topics_once"),)
        indexes = (models.Index(fields=("topic", "item"), name="item_topic_known"),)

    def __str__(self) -> str:
        return self.topic


class ItemAudience(models.Model):
    """An audience that an item concerns, by its id in the taxonomy, and the sectors it is part of.

    `why` quotes the words it was given for, in words for an editor; it is empty where an editor gave it.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="audiences")
    audience = models.SlugField(max_length=80, db_index=False)
    given_by = models.CharField(max_length=8, choices=GivenBy)
    why = models.CharField(max_length=WHY_LENGTH, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("item", "audience"), name="item_audiences_once"),)
        indexes = (models.Index(fields=("audience", "item"), name="item_audience_known"),)

    def __str__(self) -> str:
        return self.audience


class TopicLesson(models.Model):
    """That an editor decided on an item's topics, and whether the topics were learnt from it since."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="topic_lesson")
    learnt = models.BooleanField(default=False, db_index=True)

    def __str__(self) -> str:
        return f"Lesson of {self.item}"


class LearntTopic(models.Model):
    """What was learnt of a topic (`pipeline.extract.topic_lessons.Learnt`)."""

    topic = models.SlugField(max_length=80, unique=True)
    signs = models.JSONField(default=dict)
    suggests_from = models.FloatField()
    gives_from = models.FloatField(null=True)
    called = models.PositiveIntegerField()
    right = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.topic


class Comment(models.Model):
    """What we say about an item, beside what its source said: as written (Markdown), as mark-up, and by whom."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="comment")
    written = models.TextField()
    html = models.TextField()
    author = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Comment on {self.item}"

    @property
    def words(self) -> str:
        """What it says, without mark-up."""
        return words_of_markup(self.html)


class ItemPlan(models.Model):
    """When an item is to be published, and when withdrawn and why. What was done is taken out of it; `fault` says why
    it could not be, and an editor must look."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="plan")
    publish_at = models.DateTimeField(null=True, blank=True, db_index=True)
    withdraw_at = models.DateTimeField(null=True, blank=True, db_index=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("publish_at", "withdraw_at", "pk")

    def __str__(self) -> str:
        return f"Plan of {self.item}"


class ItemFinding(models.Model):
    """Something an editor should look at, and what became of it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=40, choices=finding_choices, db_index=True)
    message = models.CharField(max_length=500)
    place = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.message}"
