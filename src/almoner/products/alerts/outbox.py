"""The outbox: what was published and is to be told, written in the transaction that publishes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from almoner.products.alerts.enums import DeliveryState, RunKind
from almoner.products.alerts.models import Announcement, Delivery
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item

NEWS: Final = timedelta(days=45)
"""What its publisher dated earlier than this is no news when it comes in: an archive that is read in concerns nobody's
morning."""
WITHDRAWN: Final = "What it was about was withdrawn."


def announce(items: Iterable[Item], now: datetime) -> None:
    """Note that these items were published for the first time. Those that were announced before are not again."""
    Announcement.objects.bulk_create(
        [Announcement(item=item, at=now) for item in items if now - item.sorts_at < NEWS],
        ignore_conflicts=True,
    )


def mark_urgent(item: Item, now: datetime) -> bool:
    """Let an item be told at once to those who want that; whether it was not so marked before.

    `ValidationError` if it is not published, or was told in an alert already.
    """
    with transaction.atomic():
        if not Item.objects.filter(pk=item.pk, status=Status.PUBLISHED).exists():
            raise ValidationError("Only what is published can be urgent. Publish it first.")
        Announcement.objects.bulk_create([Announcement(item=item, at=now)], ignore_conflicts=True)
        # From here on, not from when it was published, the minutes count until somebody must have it.
        waiting = Announcement.objects.filter(item=item, urgent=False, alert=None)
        return bool(waiting.update(urgent=True, at=now))


def take_back(items: Iterable[Item], now: datetime) -> None:
    """These items were withdrawn: alerts about them that wait go to nobody. Digests lose them when each is sent, where
    everything is looked at again."""
    keys = [item.pk for item in items]
    Announcement.objects.filter(item__in=keys, alert=None).update(urgent=False)
    Delivery.objects.filter(
        run__kind=RunKind.URGENT, run__alerted__item__in=keys, state=DeliveryState.WAITING
    ).update(state=DeliveryState.SUPPRESSED, settled_at=now, answer=WITHDRAWN)
