"""What is to be sent, and what became of it: an outbox, runs, and a row for each message to one person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from almoner.products.alerts.enums import DeliveryState, RunKind, RunState
from almoner.products.alerts.models.subscribers import Subscriber
from almoner.records.catalogue.models import Item


class Announcement(models.Model):
    """The outbox: that an item was published, written in the transaction that published it. Once an item.

    Each run takes what no run of its kind has taken: not what lies between two times, since what was published by a
    transaction that ends late would lie in none of them.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="announcement")
    at = models.DateTimeField(db_index=True)
    urgent = models.BooleanField(default=False)
    alert = models.ForeignKey("Run", null=True, on_delete=models.SET_NULL, related_name="alerted")
    daily = models.ForeignKey("Run", null=True, on_delete=models.SET_NULL, related_name="told_daily")
    weekly = models.ForeignKey("Run", null=True, on_delete=models.SET_NULL, related_name="told_weekly")

    def __str__(self) -> str:
        return f"{self.item_id}, {self.at:%d %B %Y %H:%M}"


class Run(models.Model):
    """One sending to all whom it concerns. `name` is what makes it unique: `daily 2026-11-23`, `briefing <key>`.

    A run of a briefing carries its messages, by audience; a digest's differ from person to person and are written when
    sent. `filled_to` is the last subscriber (primary key) whose delivery stands: filling goes on from there.
    """

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=8, choices=RunKind)
    state = models.CharField(max_length=7, choices=RunState, default=RunState.FILLING)
    local_date = models.DateField()
    briefing = models.CharField(max_length=24, blank=True, help_text="The key of the briefing.")
    messages = models.JSONField(null=True, blank=True)
    recipients = models.PositiveIntegerField(default=0)
    filled_to = models.BigIntegerField(default=0)
    lease = models.CharField(max_length=24, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.JSONField(
        null=True, blank=True, help_text="How many messages ended how, from when on these are no longer kept."
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is held.")

    class Meta:
        ordering = ("-opened_at", "-pk")

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one person. It is claimed by compare-and-set and carries the same Message-ID at each attempt.

    `entries` lists what it brings and why: `[[item id, [subscription id, …]], …]`; an issue of a briefing is item 0, in
    its edition for an audience. `doubtful` is set where the server may have it though it never said so, and stays
    set where it was then sent again.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    entries = models.JSONField(default=list)
    edition = models.CharField(max_length=40, blank=True)
    doubtful = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease = models.CharField(max_length=24, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=300, blank=True, help_text="What the server said, without the address."
    )

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = (models.UniqueConstraint(fields=("run", "subscriber"), name="delivered_once_a_run"),)
        indexes = (
            models.Index(
                fields=("run", "next_at", "id"),
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_waiting",
            ),
            models.Index(
                fields=("lease_until",), condition=Q(state=DeliveryState.SENDING), name="delivery_in_doubt"
            ),
            models.Index(fields=("run", "state"), name="delivery_counted"),
        )

    def __str__(self) -> str:
        return f"{self.run}: {self.get_state_display()}"


class Installation(models.Model):
    """This installation's own word for itself, and how many messages it began to send. The same stands in a file outside
    the database: where the two do not agree, one of them is a copy, and nothing is sent (`installation`)."""

    key = models.CharField(max_length=24)
    begun = models.BigIntegerField(default=0)
    next_turn = models.DateTimeField(
        null=True, blank=True, help_text="From when on the next message may go, where a pace is set."
    )

    def __str__(self) -> str:
        return self.key
