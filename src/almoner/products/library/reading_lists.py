"""Reads of reading lists."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from almoner.products.library.models import ReadingList, ReadingListEntry
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item

_SHOWN = Q(entries__item__status=Status.PUBLISHED)


def public_lists() -> QuerySet[ReadingList]:
    """The lists that readers see, by title, each with `shown`, how many of its items they may see."""
    return ReadingList.objects.filter(is_public=True).annotate(shown=Count("entries", filter=_SHOWN))


def entries_of(reading_list: ReadingList) -> list[ReadingListEntry]:
    """The entries of a list whose items readers may see, in order, each with what a card shows."""
    items = (
        Item.objects.select_related("publisher", "comment")
        .prefetch_related("categories", "topics", "audiences", "sightings__document")
        .defer("text", "html")
    )
    shown = reading_list.entries.filter(item__status=Status.PUBLISHED)
    return list(shown.prefetch_related(Prefetch("item", queryset=items)))


def lists_with(item: Item) -> QuerySet[ReadingList]:
    """The lists that readers see on which this item stands."""
    return ReadingList.objects.filter(is_public=True, entries__item=item)
