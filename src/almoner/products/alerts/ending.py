"""How being written to ends: with a reason, at once, and so that it stays ended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.enums import Ended, Standing
from almoner.products.alerts.models import Subscriber, Subscription, Suppression
from almoner.products.alerts.suppression import FOR_GOOD, hashed


@sensitive_variables()
def end(subscriber: int, why: Ended, now: datetime) -> None:
    """Write no more to a subscriber (primary key). Who was ended before stays as they are."""
    with transaction.atomic():
        found = (
            Subscriber.objects.select_for_update()
            .filter(pk=subscriber)
            .exclude(standing=Standing.ENDED)
            .first()
        )
        if found is None:
            return
        Subscriber.objects.filter(pk=found.pk).update(standing=Standing.ENDED, ended_at=now, ended_why=why)
        Subscription.objects.filter(subscriber=found, ended_at=None).update(ended_at=now, ended_why=why)
        if why in FOR_GOOD:
            Suppression.objects.get_or_create(
                hashed=hashed(found.folded), defaults={"why": why, "since": now}
            )
