"""What stands around one entry: whether its links still work, who cites it, and what is about the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max, QuerySet

from almoner.pipeline.model import MentionKind
from almoner.records.catalogue.models import Item, ItemMention
from almoner.records.catalogue.queries import published
from almoner.records.ingest.enums import Health
from almoner.records.ingest.models import LinkedAddress

MOST: Final = 6
"""Items that are named as citing, or as related."""
COMMON: Final = 0.2
"""A thing that over this share of all published items name says nothing about any two of them."""
_TELLING: Final = (MentionKind.GUIDANCE, MentionKind.ACT, MentionKind.PROGRAMME)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around an entry. `own` is its address at the publisher as it was last checked; None where it has
    none. `dead` are the addresses among its links that no longer work. `citing` counts all items that lead to it."""

    own: LinkedAddress | None
    dead: frozenset[str]
    cited_by: tuple[Item, ...]
    citing: int
    related: tuple[Item, ...]


def surroundings(item: Item) -> Surroundings:
    """What stands around an item that readers see; seven queries at most."""
    links = list(item.leads.select_related("address"))
    own = next((link.address for link in links if link.is_own), None)
    citing = _citing(item, own)
    cited_by = tuple(_shown(citing)[:MOST])
    return Surroundings(
        own,
        frozenset(link.address.address for link in links if link.address.health == Health.DEAD),
        cited_by,
        len(cited_by) if len(cited_by) < MOST else citing.count(),
        _related(item, {other.pk for other in cited_by}),
    )


def _citing(item: Item, own: LinkedAddress | None) -> QuerySet[Item]:
    """The items that lead to the page of this one; a copy of it, which has the same address, does not cite it."""
    if own is None:
        return Item.objects.none()
    same = Item.objects.filter(leads__is_own=True, leads__address__page=own.page).values("pk")
    return (
        published()
        .filter(leads__is_own=False, leads__address__page=own.page)
        .exclude(pk__in=same)
        .exclude(pk=item.pk)
        .distinct()
    )


def _related(item: Item, apart: set[int]) -> tuple[Item, ...]:
    """The items that name most of the guidance, Acts and programmes that this one names, newest first among equals."""
    named = list(
        item.mentions.filter(kind__in=[kind.value for kind in _TELLING]).values_list("known", flat=True)
    )
    if not named:
        return ()
    others = ItemMention.objects.filter(known__in=named, item__in=published().values("pk"))
    usual = COMMON * published().count()
    telling = [
        known
        for known, times in others.order_by().values_list("known").annotate(n=Count("item", distinct=True))
        if times <= max(usual, MOST)
    ]
    ranked = (
        others.filter(known__in=telling)
        .exclude(item__in=[item.pk, *apart])
        .order_by()
        .values_list("item")
        .annotate(shared=Count("known", distinct=True), newest=Max("item__sorts_at"))
        .order_by("-shared", "-newest")[:MOST]
    )
    order = [pk for pk, _, _ in ranked]
    found = _shown(Item.objects.all()).in_bulk(order)
    return tuple(found[pk] for pk in order)


def _shown(items: QuerySet[Item]) -> QuerySet[Item]:
    """With all that a card shows."""
    return (
        items.select_related("publisher", "comment")
        .prefetch_related("categories", "topics", "audiences", "sightings__document")
        .defer("text", "html")
    )
