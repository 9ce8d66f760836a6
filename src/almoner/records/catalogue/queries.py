"""Reads of the catalogue that every face shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from almoner.records.catalogue.enums import Status, VersionState
from almoner.records.catalogue.models import Item, ItemPlan, ItemVersion
from almoner.records.catalogue.moments import UNDATED

IN_TIME: Final = Coalesce(NullIf("sorts_at", Value(UNDATED)), "captured_at", output_field=DateTimeField())
"""To order items by when they happened (`Item.in_time_at`)."""


def published() -> QuerySet[Item]:
    """What readers may see, newest first."""
    return Item.objects.filter(status=Status.PUBLISHED)


def waiting() -> QuerySet[Item]:
    """What an editor has not decided on yet, newest first. What is planned to be published is decided on."""
    planned = ItemPlan.objects.filter(item=OuterRef("pk"), publish_at__isnull=False, fault="")
    return Item.objects.filter(~Exists(planned), status=Status.WAITING)


def planned_later(items: Iterable[int], now: datetime) -> dict[int, str]:
    """Of these items (primary keys) those that are to be published later, with that in words for an editor."""
    plans = ItemPlan.objects.filter(item__in=list(items), publish_at__gt=now)
    return {
        plan.item_id: f"It is planned for {timezone.localtime(plan.publish_at):%-d %B %Y, %H:%M}. Take the plan back first."
        for plan in plans
    }


def written_here() -> QuerySet[Item]:
    """What editors wrote themselves, what was changed last first."""
    return Item.objects.filter(written_here=True).order_by("-changed_at", "-pk")


def changed_items() -> QuerySet[ItemVersion]:
    """The versions that wait for an editor: never more than one an item."""
    return ItemVersion.objects.filter(state=VersionState.WAITING)


def changed_by_publisher() -> Exists:
    """Whether an item has a version that waits for an editor; for filters and annotations."""
    return Exists(ItemVersion.objects.filter(item=OuterRef("pk"), state=VersionState.WAITING))
