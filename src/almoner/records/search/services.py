"""Keeping the index in step with the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import QuerySet

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.turns import in_turn
from almoner.records.search import narrowing, vocabulary
from almoner.records.search.entries import Stems
from almoner.records.search.index import current
from almoner.records.search.rows import row_of, stems_of

BATCH: Final = 500
"""Items that are read into memory at once while the index is built."""


def index(item_ids: Iterable[int]) -> None:
    """Bring what the index holds of these items up to date: of those that are published, how they read now;
    of the others nothing."""
    ids = sorted(set(item_ids))
    with in_turn():
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            forget(batch)
            _put(published().filter(pk__in=batch))


def forget(item_ids: Sequence[int]) -> None:
    """Take items out of the index; those that are not in are passed over."""
    with in_turn():
        current().delete(vocabulary.take(item_ids))
        narrowing.delete(item_ids)


def rebuild() -> int:
    """Make the whole index anew from the published items, in one transaction; returns how many there are.

    Searches give the same answers before and after; it is for an index that was damaged or moved.
    """
    with in_turn():
        current().clear()
        vocabulary.clear()
        narrowing.clear()
        ids = list(published().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            _put(published().filter(pk__in=ids[start : start + BATCH]))
    return len(ids)


def _put(items: QuerySet[Item]) -> None:
    found = items.order_by("pk").select_related("publisher")
    found = found.prefetch_related("categories", "topics", "audiences", "mentions")
    _keep(stems_of([row_of(item) for item in found]))
    narrowing.put(found)


def _keep(entries: Sequence[Stems]) -> None:
    vocabulary.put(entries)
    current().put(entries)
