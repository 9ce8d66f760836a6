"""The index as SQLite's FTS5 holds it. All of FTS5's own language stands here and nowhere else.

A row's `rowid` is its item's primary key. The tokenizer folds case and diacritics and takes words back to
their stems, so that "Safeguarded" finds "safeguarding" and "Climbie" finds "Climbié".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.catalogue.enums import Status
from almoner.records.search.words import Query, Term

TABLE: Final = "search_entry"
FIELDS: Final = ("title", "summary", "text", "credit", "categories")
WEIGHTS: Final = (10.0, 4.0, 1.0, 2.0, 3.0)
"""How much a word counts in each field."""
TOKENIZER: Final = "porter unicode61 remove_diacritics 2"
START, END = "\x02", "\x03"
"""Marks around a match. `words.plain` keeps control characters out of the index, so no text holds them."""
SNIPPET_WORDS: Final = 30

# Table names and columns are constants of this module; everything from outside is a parameter.
_CREATE: Final = f"CREATE VIRTUAL TABLE {TABLE} USING fts5({', '.join(FIELDS)}, tokenize='{TOKENIZER}')"
_PLACES: Final = ", ".join(["%s"] * (len(FIELDS) + 1))
# CROSS JOIN keeps SQLite from going through all items and asking the index about each: for a word that 23,000
# of 30,000 items have, that took half a minute, and this way round 70 ms.
_FROM_MATCHES: Final = (
    f"FROM {TABLE} CROSS JOIN catalogue_item ON catalogue_item.id = {TABLE}.rowid "
    f"WHERE {TABLE} MATCH %s AND catalogue_item.status = '{Status.PUBLISHED.value}'"
)


@dataclass(frozen=True, slots=True)
class Row:
    """What the index holds of an item."""

    item_id: int
    title: str
    summary: str
    text: str
    credit: str
    categories: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A match: its title, and what stands around the words in summary and text, with marks."""

    item_id: int
    title: str
    summary: str
    text: str


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
            [(row.item_id, row.title, row.summary, row.text, row.credit, row.categories) for row in rows],
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
def count(expression: str) -> int:
    """How many published items match."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_FROM_MATCHES}", [expression])
        return int(cursor.fetchone()[0])


@sensitive_variables()
def find(expression: str, limit: int, offset: int) -> list[Marked]:
    """Matches, best first; among equals the newest first."""
    weights = ", ".join(map(str, WEIGHTS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {TABLE}.rowid {_FROM_MATCHES} "
            f"ORDER BY bm25({TABLE}, {weights}), catalogue_item.sorts_at DESC, catalogue_item.id DESC "
            "LIMIT %s OFFSET %s",
            [expression, limit, offset],
        )
        best = [int(row[0]) for row in cursor.fetchall()]
        # Marking is dear and would be done for every match while sorting: so only for this page.
        cursor.execute(
            f"SELECT rowid, highlight({TABLE}, 0, %s, %s), "  # noqa: S608
            f"snippet({TABLE}, 1, %s, %s, '…', {SNIPPET_WORDS}), "
            f"snippet({TABLE}, 2, %s, %s, '…', {SNIPPET_WORDS}) "
            f"FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid IN ({', '.join(['%s'] * len(best))})",
            [*[START, END] * 3, expression, *best],
        )
        marked = {row[0]: Marked(*row) for row in cursor.fetchall()}
    return [marked[item_id] for item_id in best]


def all_of(query: Query) -> str:
    """The expression for items that have every wanted term and no unwanted one."""
    return _without(query, " AND ".join(_term(term) for term in query.wanted))


def any_of(query: Query) -> str:
    """The expression for items that have at least one wanted term, whole, and no unwanted one. Beginnings of
    words do not count here: on Cranfield's questions they cost 1.4 points of average precision."""
    return _without(query, " OR ".join(quote(term.text) for term in query.wanted))


def _without(query: Query, wanted: str) -> str:
    unwanted = " OR ".join(quote(term.text) for term in query.unwanted)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    text = quote(term.text)
    # The word itself counts beside its longer forms, so that "car" puts cars above care.
    return f"({text} OR {text}*)" if term.is_prefix else text


def quote(text: str) -> str:
    """Text as a string of FTS5's language, in which nothing but a quotation mark means anything."""
    return '"' + text.replace('"', '""') + '"'


def mark(fields: Sequence[str], phrases: Iterable[str], prefixes: Iterable[str]) -> list[str]:
    """The fields with marks around the phrases and the words that begin with a prefix, found by the very
    rules by which a search would find them. Works on a table in memory, so that nothing of it is kept."""
    expression = " OR ".join([*map(quote, phrases), *(f"{quote(prefix)}*" for prefix in prefixes)])
    columns = [f"field_{number}" for number in range(len(fields))]
    marks = ", ".join(f"highlight(page, {number}, ?, ?)" for number in range(len(fields)))
    places = ", ".join("?" * len(fields))
    with closing(sqlite3.connect(":memory:")) as scratch:
        scratch.execute(f"CREATE VIRTUAL TABLE page USING fts5({', '.join(columns)}, tokenize='{TOKENIZER}')")
        scratch.execute(f"INSERT INTO page VALUES ({places})", list(fields))  # noqa: S608
        marked = scratch.execute(
            f"SELECT {marks} FROM page WHERE page MATCH ?",  # noqa: S608
            [*[START, END] * len(fields), expression],
        ).fetchone()
    return list(marked or fields)
