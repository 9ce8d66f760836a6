"""How long it is kept who was sent what: so many days after a run was closed; then its numbers stand alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from almoner.products.alerts.enums import RunState
from almoner.products.alerts.models import Delivery, Run
from almoner.products.alerts.runs import counts

CHUNK: Final = 2_000
"""Messages that go in one transaction."""
MOST: Final = 20_000
"""Messages that go at a time: what is to be sent does not wait for more."""


def forget_old(now: datetime) -> int:
    """Remove the messages of runs that were closed `settings.DELIVERIES_KEPT` days ago, and what an issue of a briefing
    said to whom; how many messages went. First the run keeps how many ended how. Broken off, it goes on from there."""
    old = Run.objects.filter(
        state=RunState.CLOSED, closed_at__lte=now - timedelta(days=settings.DELIVERIES_KEPT)
    )
    for run in old.filter(ended_as__isnull=True):
        with transaction.atomic():
            if (
                locked := old.select_for_update().filter(pk=run.pk, ended_as__isnull=True).first()
            ) is not None:
                Run.objects.filter(pk=run.pk).update(ended_as=counts(locked), messages=None)
    removed = 0
    for run in old.exclude(ended_as__isnull=True).filter(Exists(Delivery.objects.filter(run=OuterRef("pk")))):
        while removed < MOST:
            chunk = list(run.deliveries.order_by("pk").values_list("pk", flat=True)[:CHUNK])
            if not chunk:
                break
            removed += Delivery.objects.filter(pk__in=chunk).delete()[0]
    return removed
