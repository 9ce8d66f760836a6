"""In which order the queue is worked through: by the gravest open finding of an item, then newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from almoner.newsroom.queue import open_findings, without_findings
from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import waiting

GRAVITIES: Final = tuple(Gravity)
READY: Final = len(GRAVITIES)
"""The rank of items without an open finding: after all others."""
_CODES: Final = tuple(
    frozenset(code for code, kind in FINDINGS.items() if kind.gravity is gravity) for gravity in GRAVITIES
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in the queue, or stood when an editor opened it."""

    rank: int
    sorts_at: datetime
    pk: int


def place_of(item: Item) -> Place:
    """The place of an item, by its open findings as they are now."""
    codes = {found.code for found in item.findings.all() if found.settled_at is None}
    rank = next((rank for rank, graver in enumerate(_CODES) if codes & graver), READY)
    return Place(rank, item.sorts_at, item.pk)


def of_rank(rank: int) -> QuerySet[Item]:
    """The items that wait whose gravest finding has this rank."""
    if rank == READY:
        return without_findings(waiting())
    found = waiting().filter(pk__in=_with(_CODES[rank]))
    for graver in _CODES[:rank]:
        found = found.exclude(pk__in=_with(graver))
    return found


def after(place: Place | None) -> Item | None:
    """The item that comes after a place, or the first of all; None at the end."""
    for rank in range(place.rank if place else 0, READY + 1):
        items = of_rank(rank)
        if place and rank == place.rank:
            items = items.filter(Q(sorts_at__lt=place.sorts_at) | Q(sorts_at=place.sorts_at, pk__lt=place.pk))
        if found := items.order_by("-sorts_at", "-pk").first():
            return found
    return None


def before(place: Place) -> Item | None:
    """The item that comes before a place; None at the beginning."""
    for rank in range(place.rank, -1, -1):
        items = of_rank(rank)
        if rank == place.rank:
            items = items.filter(Q(sorts_at__gt=place.sorts_at) | Q(sorts_at=place.sorts_at, pk__gt=place.pk))
        if found := items.order_by("sorts_at", "pk").first():
            return found
    return None


def _with(codes: frozenset[str]) -> QuerySet[Item]:
    return open_findings().filter(code__in=codes).values("item")  # type: ignore[return-value]
