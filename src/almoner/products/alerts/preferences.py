"""What a subscriber changes by their link: pace, form, quiet times; and how one thing, or all of it, ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time

from django.db import transaction

from almoner.products.alerts.ending import end
from almoner.products.alerts.enums import Ended, Pace, Standing
from almoner.products.alerts.models import Consent, Subscriber, Subscription, Suppression
from almoner.products.alerts.suppression import hashed


def subscriber_of(key: str) -> Subscriber | None:
    """The confirmed subscriber whose key stands in a link; None where there is none, or they left."""
    return Subscriber.objects.filter(key=key, standing=Standing.CONFIRMED).first()


def followed(subscriber: Subscriber) -> list[Subscription]:
    """What somebody follows, in the order in which it began."""
    return list(subscriber.subscriptions.filter(ended_at=None).order_by("pk"))


def change(
    subscriber: Subscriber,
    *,
    paces: Mapping[int, Pace],
    telling_subjects: bool,
    plain_text: bool,
    quiet: tuple[time, time] | None,
) -> None:
    """Change how somebody is written to. `paces` are by the primary keys of their subscriptions; `quiet` are the times
    between which, in London, nothing is sent."""
    with transaction.atomic():
        for row in subscriber.subscriptions.filter(ended_at=None, pk__in=paces):
            if row.pace != paces[row.pk]:
                Subscription.objects.filter(pk=row.pk).update(pace=paces[row.pk])
        subscriber.telling_subjects, subscriber.plain_text = telling_subjects, plain_text
        subscriber.quiet_from, subscriber.quiet_to = quiet or (None, None)
        subscriber.save(update_fields=["telling_subjects", "plain_text", "quiet_from", "quiet_to"])


def leave(subscriber: Subscriber, subscriptions: Collection[int], now: datetime, *, how: str) -> None:
    """End these subscriptions (primary keys), or all where none are named. Who follows nothing any longer has left: that
    is written down, and they come back by signing up anew alone. What ended before stays as it ended."""
    with transaction.atomic():
        if subscriptions:
            subscriber.subscriptions.filter(pk__in=subscriptions, ended_at=None).update(
                ended_at=now, ended_why=Ended.LEFT
            )
        if subscriptions and subscriber.subscriptions.filter(ended_at=None).exists():
            return
        if subscriber.standing != Standing.CONFIRMED:
            return
        end(subscriber.pk, Ended.LEFT, now)
        Consent.objects.create(subscriber=subscriber, at=now, given=False, how=how, words="")
        Suppression.objects.get_or_create(
            hashed=hashed(subscriber.folded), defaults={"why": Ended.LEFT, "since": now}
        )
