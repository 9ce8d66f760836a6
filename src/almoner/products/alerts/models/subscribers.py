"""People who asked to be written to, what they follow, and the proof that they asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from almoner.products.alerts.enums import Ended, Follows, Pace, Standing
from almoner.products.alerts.models.searches import saved_key


class Subscriber(models.Model):
    """An address that asked to be written to. As little is kept of a person as a message needs.

    `key` stands for them in signed links. `address` is kept as typed for sending; `folded` is what two spellings of
    one address share, and unique.
    """

    key = models.CharField(max_length=24, unique=True, default=saved_key, editable=False)
    address = models.EmailField()
    folded = models.CharField(max_length=254, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="subscribers"
    )
    standing = models.CharField(max_length=9, choices=Standing)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=11, choices=Ended, blank=True)
    telling_subjects = models.BooleanField(
        default=False, help_text="The subject may say what a message is about."
    )
    plain_text = models.BooleanField(default=False, help_text="Messages without formatting.")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("standing", "asked_at"), name="subscriber_standing"),)

    def __str__(self) -> str:
        return f"Subscriber {self.pk}"


class Consent(models.Model):
    """That somebody agreed, or took it back: when, how, and the words they agreed to. Kept as long as they are."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    at = models.DateTimeField()
    given = models.BooleanField(help_text="Given, or taken back.")
    how = models.CharField(max_length=40, help_text="The form, link, import or editor it came by.")
    words = models.TextField(help_text="What was agreed to, as it was shown.")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{'Given' if self.given else 'Taken back'}, {self.at:%d %B %Y}"


class Subscription(models.Model):
    """One thing that a subscriber follows.

    `about` is the key of it: a topic's, audience's or area's code, a publisher's, work's, saved search's or briefing's
    key; empty for everything.
    """

    key = models.CharField(max_length=24, unique=True, default=saved_key, editable=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    follows = models.CharField(max_length=10, choices=Follows)
    about = models.CharField(max_length=80, blank=True)
    pace = models.CharField(max_length=7, choices=Pace, default=Pace.WEEKLY)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=11, choices=Ended, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("subscriber", "follows", "about"), condition=Q(ended_at=None), name="followed_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("follows", "about", "subscriber"),
                condition=Q(ended_at=None),
                name="subscription_follower",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_follows_display()}: {self.about}"


class Suppression(models.Model):
    """An address that is never to be written to again: a keyed hash of it, so that it outlives the address itself."""

    hashed = models.CharField(max_length=64, unique=True)
    why = models.CharField(max_length=11, choices=Ended)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_why_display()}, {self.since:%d %B %Y}"


class Erasure(models.Model):
    """That everything about an address was erased, as a keyed hash, so that it is erased again from a restored backup.

    The same stands in a file beside the database (`erasure`): a restored database does not know of it.
    """

    hashed = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("hashed", "at"), name="erased_once"),)

    def __str__(self) -> str:
        return f"Erased, {self.at:%d %B %Y}"
