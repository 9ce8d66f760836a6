"""What a subscriber changes by their link: pace, form, quiet times; and how one thing, or all of it, ends."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Final

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.ending import end
from almoner.products.alerts.enums import Ended, Pace, Standing
from almoner.products.alerts.models import Consent, Subscriber, Subscription, Suppression
from almoner.products.alerts.suppression import hashed

NOBODY: Final = 0
"""The primary key of the stand-in for those who are not here."""


def subscriber_of(key: str) -> Subscriber | None:
    """The confirmed subscriber whose key stands in a link; None where there is none, or they left."""
    return Subscriber.objects.filter(key=key, standing=Standing.CONFIRMED).first()


def whoever(key: str) -> Subscriber:
    """As `subscriber_of`; where there is none, a stand-in (`NOBODY`) with whom as much is done and taken back in the
    same transaction, so that how long an answer takes does not tell who is here."""
    return subscriber_of(key) or _nobody()


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
    now: datetime,
) -> None:
    """Change how somebody is written to. `paces` are by the primary keys of their subscriptions; `quiet` are the times
    between which, in London, nothing is sent."""
    with transaction.atomic():
        for row in subscriber.subscriptions.filter(ended_at=None, pk__in=paces):
            if row.pace != paces[row.pk]:
                Subscription.objects.filter(pk=row.pk).update(pace=paces[row.pk])
        begins, ends = quiet or (None, None)
        Subscriber.objects.filter(pk=subscriber.pk).update(
            telling_subjects=telling_subjects, plain_text=plain_text, quiet_from=begins, quiet_to=ends
        )
        # A commit in which nothing changed costs nothing; this one does for a stand-in, too.
        Suppression.objects.create(hashed=secrets.token_hex(32), why=Ended.LEFT, since=now).delete()


@sensitive_variables()
def leave(subscriber: Subscriber, subscriptions: Collection[int], now: datetime, *, how: str) -> None:
    """End these subscriptions (primary keys), or all where none are named. Who follows nothing any longer has left: that
    is written down, and they come back by signing up anew alone. What ended before stays as it ended. All of it is
    done when this returns, and costs the same whoever it is."""
    with transaction.atomic():
        leaver = subscriber
        if subscriptions:
            subscriber.subscriptions.filter(pk__in=subscriptions, ended_at=None).update(
                ended_at=now, ended_why=Ended.LEFT
            )
            if subscriber.subscriptions.filter(ended_at=None).exists():
                leaver = _nobody()
        end(leaver.pk, Ended.LEFT, now)
        consent = Consent.objects.create(subscriber=leaver, at=now, given=False, how=how, words="")
        suppression, _ = Suppression.objects.get_or_create(
            hashed=hashed(leaver.folded), defaults={"why": Ended.LEFT, "since": now}
        )
        if leaver.pk == NOBODY:
            consent.delete()
            suppression.delete()


def _nobody() -> Subscriber:
    return Subscriber(pk=NOBODY, folded=secrets.token_hex(12), standing=Standing.CONFIRMED)
