"""Keeping the index in step with the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.search import fts5
from almoner.records.search.names import without_names
from almoner.records.search.words import plain

BATCH: Final = 200
"""Items that are read into memory at once while the index is built."""


def index(item_ids: Iterable[int]) -> None:
    """Bring what the index holds of these items up to date: of those that are published, how they read now;
    of the others nothing."""
    ids = sorted(set(item_ids))
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            fts5.delete(batch)
            _put(published().filter(pk__in=batch))


def forget(item_ids: Sequence[int]) -> None:
    """Take items out of the index."""
    fts5.delete(item_ids)


def rebuild() -> int:
    """Make the whole index anew from the published items, in one transaction; returns how many there are.

    Searches give the same answers before and after; it is for an index that was damaged or moved.
    """
    with transaction.atomic():
        fts5.clear()
        ids = list(published().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            _put(published().filter(pk__in=ids[start : start + BATCH]))
    return len(ids)


def _put(items: QuerySet[Item]) -> None:
    rows = items.order_by("pk").select_related("publisher").prefetch_related("categories")
    fts5.put([_row(item) for item in rows])


def _row(item: Item) -> fts5.Row:
    credit = (
        item.publisher.name if item.publisher else "",
        item.credit_source,
        item.credit_outlet,
        item.credit_author,
        item.credit_byline,
    )
    categories = [category.name for category in item.categories.all()]
    fields = (item.title, item.summary, item.text, _list(credit), _list(categories))
    return fts5.Row(item.pk, *without_names([plain(field) for field in fields], item.private_names))


def _list(names: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(name for name in names if name))
