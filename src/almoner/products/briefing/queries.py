"""Reads of briefings."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.ingest.models import Document

_SHOWN = Q(sightings__item__status=Status.PUBLISHED)


def briefings() -> QuerySet[Document]:
    """Documents that are issues of a briefing and have something published in them, newest first.

    Each carries `shown`, how many of its items readers may see.
    """
    return (
        Document.objects.exclude(briefing_title="")
        .select_related("snapshot__source__publisher")
        .annotate(shown=Count("sightings__item", filter=_SHOWN, distinct=True))
        .filter(shown__gt=0)
        .order_by("-briefing_date", "-pk")
    )


def blocks(briefing: Document) -> list[Item]:
    """The published items of a briefing in the order they stand in it, whole."""
    items = (
        published().select_related("publisher").prefetch_related("categories", "events").defer("fingerprint")
    )
    sightings = briefing.sightings.filter(item__status=Status.PUBLISHED).prefetch_related(
        Prefetch("item", queryset=items)
    )
    return [sighting.item for sighting in sightings.order_by("position")]
