"""Reads for the feeds."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Q

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.stories import unfolded, with_copies
from almoner.records.ingest.models import Sighting, Source

LENGTH = 50
"""Items in a feed."""


def newest_items(scope: Q) -> list[Item]:
    """The newest published items within a scope, whole, each with its copies. Of copies within the scope there is one."""
    found = with_copies(unfolded(published().filter(scope)))
    return list(found.select_related("publisher", "comment").prefetch_related("categories")[:LENGTH])


def last_change() -> datetime | None:
    """When anything that readers see was last changed, or taken away from them."""
    seen = Item.objects.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
    changed: datetime | None = seen.aggregate(last=Max("changed_at"))["last"]
    return changed


def seen_in(source: Source) -> Q:
    """The scope of a source: the items that were seen in one of its documents."""
    return Q(pk__in=Sighting.objects.filter(document__snapshot__source=source).values("item"))
