"""The index as a table of SQLite's FTS5, which stems, ranks and marks by itself.

A row's `rowid` is its item's primary key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.search.entries import FIELDS, Marked, Row
from almoner.records.search.language import TOKENIZER, expression, marks_of
from almoner.records.search.words import Query

TABLE: Final = "search_entry"
WEIGHTS: Final = (10.0, 4.0, 1.0, 2.0, 3.0)
"""How much a word counts in each field."""

# Table names and columns are constants of this module; everything from outside is a parameter.
_CREATE: Final = f"CREATE VIRTUAL TABLE {TABLE} USING fts5({', '.join(FIELDS)}, tokenize='{TOKENIZER}')"
_PLACES: Final = ", ".join(["%s"] * (len(FIELDS) + 1))
# CROSS JOIN keeps SQLite from going through all items and asking the index about each: for a word that 23,000
# of 30,000 items have, that took half a minute, and this way round 70 ms.
_FROM_MATCHES: Final = (
    f"FROM {TABLE} CROSS JOIN catalogue_item ON catalogue_item.id = {TABLE}.rowid "
    f"WHERE {TABLE} MATCH %s AND catalogue_item.status = '{Status.PUBLISHED.value}'"
)


def create() -> None:
    """Make the table."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)


def drop() -> None:
    """Take the table away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(rows: Sequence[Row]) -> None:
    """Put rows in, each in place of what stood there of its item."""
    delete([row.item_id for row in rows])
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, {', '.join(FIELDS)}) VALUES ({_PLACES})",  # noqa: S608
            [(row.item_id, *row.fields) for row in rows],
        )


def delete(item_ids: Sequence[int]) -> None:
    """Take items out; those that are not in are passed over."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608
            [(item_id,) for item_id in item_ids],
        )


def clear() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


@sensitive_variables()  # error reports show no search words
def count(query: Query, *, every: bool) -> int:
    """How many published items match."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_FROM_MATCHES}", [expression(query, every=every)])
        return int(cursor.fetchone()[0])


@sensitive_variables()
def find(query: Query, *, every: bool, limit: int, offset: int) -> list[int]:
    """Matches by BM25, best first; among equals the newest first."""
    weights = ", ".join(map(str, WEIGHTS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {TABLE}.rowid {_FROM_MATCHES} "
            f"ORDER BY bm25({TABLE}, {weights}), catalogue_item.sorts_at DESC, catalogue_item.id DESC "
            "LIMIT %s OFFSET %s",
            [expression(query, every=every), limit, offset],
        )
        return [int(row[0]) for row in cursor.fetchall()]


@sensitive_variables()
def mark(query: Query, items: Sequence[Item], *, every: bool) -> list[Marked]:
    """Those of the items that match, with marks. Marking is dear, so this is for one page at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {marks_of(TABLE)} FROM {TABLE} "  # noqa: S608
            f"WHERE {TABLE} MATCH %s AND rowid IN ({', '.join(['%s'] * len(items))})",
            [expression(query, every=every), *(item.pk for item in items)],
        )
        return [Marked(*row) for row in cursor.fetchall()]
