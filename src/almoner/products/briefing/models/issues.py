"""An issue of a briefing, its sections, and the entries of each."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.urls import reverse

from almoner.products.briefing.enums import EntryKind, IssueState, SectionKind
from almoner.products.briefing.models.briefings import Briefing
from almoner.products.briefing.models.questions import Question
from almoner.records.catalogue.models import Item, new_key
from almoner.records.guidance.models import Comparison


class Issue(models.Model):
    """One issue. `since` and `until` are the moments between which it looks for what is new. `publish_at` is when a
    scheduled one comes out, `problem` why that failed. `words` stand before the first section."""

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="issues")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(max_length=200)
    on = models.DateField("date")
    since = models.DateTimeField()
    until = models.DateTimeField()
    words = models.TextField("opening words", blank=True)
    sign_off = models.TextField(blank=True)
    telling = models.CharField(
        "telling subject",
        max_length=150,
        blank=True,
        help_text="For readers who asked for subjects that tell.",
    )
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.DRAFT, db_index=True)
    changed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-on", "-number")
        constraints = (models.UniqueConstraint(fields=("briefing", "number"), name="issue_number_once"),)

    def __str__(self) -> str:
        return f"{self.briefing.name} {self.number}"

    def get_absolute_url(self) -> str:
        """Its page, for ever."""
        return reverse("web:issue", args=[self.briefing.key, self.number])


class Section(models.Model):
    """A section of an issue. One without entries is not shown."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=14, choices=SectionKind)
    heading = models.CharField(max_length=120)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("issue", "kind"), name="section_once_an_issue"),)

    def __str__(self) -> str:
        return self.heading


class Entry(models.Model):
    """One entry. `about` is what it tells of ("item:…", "changes:3-4"), so that nothing is told twice; "" for an editor's
    note. `title`, `words` and `link` are ours, where they are empty the item's stand. `why` says why it was proposed.
    `audiences` are the codes of those who get it, all where there are none. One that was removed stays, so that it is not
    proposed again; `touched` is one that an editor has changed."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="entries")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EntryKind)
    about = models.CharField(max_length=80, blank=True)
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="told_in")
    comparison = models.ForeignKey(
        Comparison, null=True, blank=True, on_delete=models.SET_NULL, related_name="told_in"
    )
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="told_in"
    )
    title = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    link = models.CharField(max_length=1000, blank=True)
    day = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)
    audiences = models.JSONField(default=list, blank=True)
    touched = models.BooleanField(default=False)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        verbose_name_plural = "entries"
        constraints = (
            models.UniqueConstraint(
                fields=("issue", "about"), condition=~models.Q(about=""), name="entry_once_an_issue"
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.item or self.about)

    @property
    def stamp(self) -> str:
        """What an editor sees of it, as a digest: it differs once somebody else has changed it."""
        seen = "\x00".join((self.title, self.words, self.link, *self.audiences))
        return sha256(seen.encode()).hexdigest()[:16]
