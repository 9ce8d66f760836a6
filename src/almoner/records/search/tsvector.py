"""The index as a table of PostgreSQL, searched by GIN and ranked by how rare and how prominent words are.

PostgreSQL is given stems and their places, not text (see `language`), so it needs no dictionary and no extension of
its own. It keeps the text of no item: what is shown of a match is made from the item.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.search.entries import Marked, Row
from almoner.records.search.language import expression, marked_rows, places, stems
from almoner.records.search.rows import row_of
from almoner.records.search.words import Query

TABLE: Final = "search_entry"
LABELS: Final = ("A", "B", "C", "C", "D")
"""Of title, summary, credit, categories and text, in the order in which they are put together."""
WEIGHTS: Final = "{0.1, 0.25, 0.4, 1.0}"
"""How much a word counts under the labels D, C, B and A."""

# Limits of PostgreSQL's type (its manual, 12.11).
FURTHEST: Final = 16_383
LONGEST_STEM: Final = 255
LARGEST: Final = 1_000_000
"""Bytes of stems and places as they are written out; what is stored is no longer."""

_FROM_MATCHES: Final = (
    f"FROM {TABLE} JOIN catalogue_item ON catalogue_item.id = {TABLE}.item_id "
    f"WHERE {TABLE}.stems @@ %s::tsquery AND catalogue_item.status = '{Status.PUBLISHED.value}'"
)


def create() -> None:
    """Make the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (item_id bigint PRIMARY KEY, stems tsvector NOT NULL)")
        cursor.execute(f"CREATE INDEX {TABLE}_stems ON {TABLE} USING gin (stems)")


def drop() -> None:
    """Take the table away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(rows: Sequence[Row]) -> None:
    """Put rows in, each in place of what stood there of its item."""
    texts = [text for row in rows for text in (row.title, row.summary, row.credit, row.categories, row.text)]
    listed = [_within_bounds(each) for each in places(texts, furthest=FURTHEST, longest=LONGEST_STEM)]
    vector = " || ".join(f"setweight(%s::tsvector, '{label}')" for label in LABELS)
    width = len(LABELS)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (item_id, stems) VALUES (%s, {vector}) "  # noqa: S608
            "ON CONFLICT (item_id) DO UPDATE SET stems = excluded.stems",
            [
                (row.item_id, *listed[number * width : (number + 1) * width])
                for number, row in enumerate(rows)
            ],
        )


def delete(item_ids: Sequence[int]) -> None:
    """Take items out; those that are not in are passed over."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE item_id = ANY(%s)", [list(item_ids)])  # noqa: S608


def clear() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


@sensitive_variables()  # error reports show no search words
def count(query: Query, *, every: bool) -> int:
    """How many published items match."""
    asked = _Asked(query, every=every)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_FROM_MATCHES}", [asked.whole])
        return int(cursor.fetchone()[0])


@sensitive_variables()
def find(query: Query, *, every: bool, limit: int, offset: int) -> list[int]:
    """Matches, best first; among equals the newest first. `ts_rank` weighs how often a word stands where, and each
    word counts by how rare it is (inverse document frequency, Spärck Jones 1972)."""
    asked = _Asked(query, every=every)
    rank = f"ts_rank('{WEIGHTS}', {TABLE}.stems, %s::tsquery, 1)"
    score = " + ".join([f"%s::float8 * {rank}"] * len(asked.terms))
    rarities = _rarities(asked.terms)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {TABLE}.item_id {_FROM_MATCHES} "
            f"ORDER BY {score} DESC, catalogue_item.sorts_at DESC, catalogue_item.id DESC LIMIT %s OFFSET %s",
            [
                asked.whole,
                *(value for pair in zip(rarities, asked.terms, strict=True) for value in pair),
                limit,
                offset,
            ],
        )
        return [int(row[0]) for row in cursor.fetchall()]


@sensitive_variables()
def mark(query: Query, items: Sequence[Item], *, every: bool) -> list[Marked]:
    """The items, with marks where they match."""
    return marked_rows([row_of(item) for item in items], expression(query, every=every))


@sensitive_variables()
def _rarities(terms: Sequence[str]) -> list[float]:
    """How much each term counts. Of how many items, is taken from the highest key: counting them takes too long."""
    if len(terms) == 1:
        return [1.0]
    having = f"(SELECT count(*) FROM {TABLE} WHERE stems @@ %s::tsquery)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT max(item_id) FROM {TABLE}), {', '.join([having] * len(terms))}",  # noqa: S608
            list(terms),
        )
        highest, *frequencies = cursor.fetchone()
    return [math.log(1 + (highest or 0) / max(frequency, 1)) for frequency in frequencies]


class _Asked:
    """A query in PostgreSQL's language: `whole`, which says what matches (empty: nothing), and `terms`, which are
    ranked by. They are what `language.expression` says in FTS5's."""

    @sensitive_variables()
    def __init__(self, query: Query, *, every: bool) -> None:
        found = stems([term.text for term in (*query.wanted, *query.unwanted)])
        wanted = [_phrase(words) for words in found[: len(query.wanted)]]
        unwanted = [_phrase(words) for words in found[len(query.wanted) :] if words]
        alternatives = [
            # The word itself counts beside its longer forms, so that "car" puts cars above care.
            (phrase, f"{phrase}:*") if every and term.is_prefix else (phrase,)
            for term, phrase in zip(query.wanted, wanted, strict=True)
            if phrase
        ]
        self.terms = [term for each in alternatives for term in each]
        self.whole = (" & " if every else " | ").join(f"({' | '.join(each)})" for each in alternatives)
        if every and not all(wanted):
            self.whole = ""  # no item has a term without a word
        if self.whole and unwanted:
            self.whole = f"({self.whole}) & !({' | '.join(unwanted)})"


def _phrase(words: Sequence[str]) -> str:
    """Words that follow one another."""
    return " <-> ".join(_quoted(word) for word in words)


def _quoted(stem: str) -> str:
    return "'" + stem[:LONGEST_STEM].replace("\\", "\\\\").replace("'", "''") + "'"


def _within_bounds(listed: str) -> str:
    """Stems and places, as many as a tsvector holds: where there are more, those that come first in the text."""
    if len(listed.encode()) <= LARGEST:
        return listed
    kept, room = [], LARGEST
    for each in sorted(listed.split(" "), key=lambda each: int(each.rpartition(":")[2].split(",")[0])):
        room -= len(each.encode()) + 1
        if room < 0:
            break
        kept.append(each)
    return " ".join(kept)
