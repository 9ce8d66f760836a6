"""Keeping the index in step with the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from almoner.records.catalogue.queries import published
from almoner.records.catalogue.turns import in_turn
from almoner.records.search import narrowing, vocabulary
from almoner.records.search.entries import Stems
from almoner.records.search.index import current
from almoner.records.search.rows import indexed, stems_of

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
            _put(batch)


def forget(item_ids: Sequence[int]) -> None:
    """Take items out of the index; those that are not in are passed over."""
    with in_turn():
        current().delete(vocabulary.take(item_ids))
        narrowing.delete(item_ids)


def rebuild() -> int:
    """Make the whole index anew from the published items, in one transaction; returns how many there are.

    Searches give the same answers before and after, and on PostgreSQL wait meanwhile; it is for an index that was damaged
    or moved.
    """
    with in_turn():
        ids = list(published().order_by("pk").values_list("pk", flat=True))
        narrowing.clear()
        current().begin()
        for entries in vocabulary.fill(
            _entries(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)
        ):
            current().put(entries)
        current().end()
    return len(ids)


def _put(item_ids: Sequence[int]) -> None:
    entries = _entries(item_ids)
    vocabulary.put(entries)
    current().put(entries)


def _entries(item_ids: Sequence[int]) -> list[Stems]:
    """What is to be kept of the words of those that are published; what they can be narrowed by is put in."""
    found = indexed(item_ids)
    narrowing.put(each.terms for each in found)
    entries = stems_of([each.row for each in found])
    return [entry._replace(sorts_at=each.sorts_at) for entry, each in zip(entries, found, strict=True)]
