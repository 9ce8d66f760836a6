"""Reads of the catalogue that every face shares."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from almoner.records.catalogue.enums import Status, VersionState
from almoner.records.catalogue.models import Item, ItemVersion


def published() -> QuerySet[Item]:
    """What readers may see, newest first."""
    return Item.objects.filter(status=Status.PUBLISHED)


def waiting() -> QuerySet[Item]:
    """What an editor has not decided on yet, newest first."""
    return Item.objects.filter(status=Status.WAITING)


def written_here() -> QuerySet[Item]:
    """What editors wrote themselves, what was changed last first."""
    return Item.objects.filter(written_here=True).order_by("-changed_at", "-pk")


def changed_items() -> QuerySet[ItemVersion]:
    """The versions that wait for an editor: never more than one an item."""
    return ItemVersion.objects.filter(state=VersionState.WAITING)


def changed_by_publisher() -> Exists:
    """Whether an item has a version that waits for an editor; for filters and annotations."""
    return Exists(ItemVersion.objects.filter(item=OuterRef("pk"), state=VersionState.WAITING))
