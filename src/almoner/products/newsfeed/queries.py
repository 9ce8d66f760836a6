"""Reads of the newsfeed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, QuerySet

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.facets import Choice, Facet, choices, narrow
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.stories import unfolded, with_company, with_copies
from almoner.records.catalogue.topics import topic_name
from almoner.records.ingest.models import Sighting, Source

FACETS: Final = {
    "kind": Facet("kind", "kind"),
    "topic": Facet("topics__topic", "topics__topic", topic_name),
    "category": Facet("categories__slug", "categories__name"),
    "publisher": Facet("publisher__slug", "publisher__name"),
}


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is published, by how many publishers, and when something was last added or changed."""

    items: int
    publishers: int
    changed_at: datetime | None


def newest(chosen: Mapping[str, str]) -> QuerySet[Item]:
    """Published items that have all the chosen facets, newest first, with what a card shows of them."""
    return (
        with_copies(with_company(narrow(unfolded(published()), FACETS, chosen)))
        .select_related("publisher")
        .prefetch_related("categories", "topics", "sightings__document")
        .defer("text", "html")
    )


def newsfeed_choices(
    chosen: Mapping[str, str], only: Collection[str] = tuple(FACETS)
) -> dict[str, tuple[Choice, ...]]:
    """What the newsfeed can be narrowed to, by the facets in `only`."""
    return choices(unfolded(published()), {name: FACETS[name] for name in only}, chosen)


def extent() -> Extent:
    """How much there is altogether."""
    row = published().aggregate(
        items=Count("pk"), publishers=Count("publisher", distinct=True), changed_at=Max("changed_at")
    )
    return Extent(**row)


def publishes_from(addresses: Collection[str]) -> bool:
    """Whether something published was seen in a source with one of these addresses."""
    return Sighting.objects.filter(
        item__status=Status.PUBLISHED, document__snapshot__source__address__in=addresses
    ).exists()


def sources() -> QuerySet[Source]:
    """Sources that something published was seen in, by name."""
    shown = Sighting.objects.filter(item__status=Status.PUBLISHED).values("document__snapshot__source")
    return Source.objects.filter(pk__in=shown)
