"""Reads of the newsfeed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import TruncMonth

from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.facets import Choice, Facet, choices, narrow
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.moments import LONDON, UNDATED
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.stories import unfolded, with_company, with_copies
from almoner.records.catalogue.topics import topic_name
from almoner.records.ingest.models import Sighting, Source

FACETS: Final = {
    "kind": Facet("kind", "kind"),
    "topic": Facet("topics__topic", "topics__topic", topic_name),
    "audience": Facet("audiences__audience", "audiences__audience", AUDIENCES.name),
    "category": Facet("categories__slug", "categories__name"),
    "publisher": Facet("publisher__slug", "publisher__name"),
}


NO_MONTH: Final = UNDATED.date()
"""Stands for the month of what has no date, and was there when we first looked."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is published, by how many publishers, and when something was last added or changed."""

    items: int
    publishers: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month, as its first day, and how many items the newsfeed has of it."""

    first: date
    items: int


def newest(chosen: Mapping[str, str], month: date | None = None) -> QuerySet[Item]:
    """Published items that have all the chosen facets, newest first, with what a card shows of them; those of a month
    alone, if its first day is given, or those of `NO_MONTH`."""
    return (
        with_copies(with_company(narrow(_of_month(unfolded(published()), month), FACETS, chosen)))
        .select_related("publisher", "comment")
        .prefetch_related("categories", "topics", "audiences", "sightings__document")
        .defer("text", "html")
    )


def newsfeed_choices(
    chosen: Mapping[str, str], only: Collection[str] = tuple(FACETS), month: date | None = None
) -> dict[str, tuple[Choice, ...]]:
    """What the newsfeed, or a month of it, can be narrowed to, by the facets in `only`."""
    items = _of_month(unfolded(published()), month)
    return choices(items, {name: FACETS[name] for name in only}, chosen)


def months() -> tuple[Month, ...]:
    """The months with something in the newsfeed, the newest first."""
    counted = (
        unfolded(published())
        .exclude(sorts_at=UNDATED)
        .order_by()
        .annotate(month=TruncMonth("sorts_at", tzinfo=LONDON))
        .values("month")
        .annotate(items=Count("pk"))
        .order_by("-month")
    )
    return tuple(Month(row["month"].date(), row["items"]) for row in counted)


def undated() -> int:
    """How many items the newsfeed has of which nobody knows how old they are."""
    return unfolded(published()).filter(sorts_at=UNDATED).count()


def _of_month(items: QuerySet[Item], month: date | None) -> QuerySet[Item]:
    if month is None:
        return items
    if month == NO_MONTH:
        return items.filter(sorts_at=UNDATED)
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    begins, ends = (datetime(day.year, day.month, 1, tzinfo=LONDON) for day in (month, after))
    return items.filter(sorts_at__gte=begins, sorts_at__lt=ends)


def extent() -> Extent:
    """How much there is altogether."""
    row = published().aggregate(
        items=Count("pk"), publishers=Count("publisher", distinct=True), changed_at=Max("changed_at")
    )
    return Extent(**row)


def publishes_from(addresses: Collection[str]) -> bool:
    """Whether something published was seen in a source with one of these addresses."""
    # From the few sources inwards: SQLite would begin with all that is published.
    shown = Sighting.objects.filter(item__status=Status.PUBLISHED, document__snapshot__source=OuterRef("pk"))
    return Source.objects.filter(Exists(shown), address__in=addresses).exists()


def sources() -> QuerySet[Source]:
    """Sources that something published was seen in, by name."""
    shown = Sighting.objects.filter(item__status=Status.PUBLISHED).values("document__snapshot__source")
    return Source.objects.filter(pk__in=shown)
