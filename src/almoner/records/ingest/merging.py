"""One item of two that are the same: where the one was seen, the other was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError

from almoner.records.catalogue import services
from almoner.records.catalogue.addresses import lead_on
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest.models import Sighting

REASON = "The same as another item, which has its sightings now."


def merge(item: Item, into: Item, *, now: datetime) -> list[int]:
    """Move the sightings of an item that waits to another one, and withdraw it; returns the primary keys of those that
    were moved. Its address, which readers know if it was published once, leads to the other one. The item keeps the names that its source knows it by, so that it does not come back as new.

    `ValidationError` unless it waits, and the other one is another and not withdrawn.
    """
    with in_turn():
        item.refresh_from_db()
        into.refresh_from_db()
        if item.pk == into.pk or into.status == Status.WITHDRAWN:
            raise ValidationError("An item is merged into another one that is not withdrawn.")
        if item.status != Status.WAITING:
            raise ValidationError(
                "Only an item that waits is merged: readers may know the address of this one."
            )
        moved = list(Sighting.objects.filter(item=item).values_list("pk", flat=True))
        Sighting.objects.filter(pk__in=moved).update(item=into)
        services.withdraw(item, reason=REASON, now=now)
        lead_on(item, into)
    return moved


def part(item: Item, sightings: Sequence[int], *, now: datetime) -> None:
    """Undo `merge`: the sightings are the item's again, and it waits."""
    with in_turn():
        Sighting.objects.filter(pk__in=sightings).update(item=item)
        services.restore(item, now=now)
