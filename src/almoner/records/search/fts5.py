"""The index as a table of SQLite's FTS5, which finds; it is given stems and keeps no text.

A row's `rowid` is its item's primary key.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.search.entries import FIELDS, Stems
from almoner.records.search.language import quoted
from almoner.records.search.narrowing import condition
from almoner.records.search.question import Concept, Phrase, Question

TABLE: Final = "search_entry"
COLUMNS: Final = (*FIELDS, "initials")

# Table names and columns are constants of this module; everything from outside is a parameter. Stems are kept as they
# are: they were taken already. Without content a row is taken out by naming what is in it, on every SQLite.
_CREATE: Final = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5({', '.join(COLUMNS)}, content='', "
    "tokenize='unicode61 remove_diacritics 0')"
)
_COLUMNS: Final = ", ".join(COLUMNS)
_PLACES: Final = ", ".join(["%s"] * (len(COLUMNS) + 1))


def create() -> None:
    """Make the table."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)


def drop() -> None:
    """Take the table away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(entries: Sequence[Stems]) -> None:
    """Put items in that are not in."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, {_COLUMNS}) VALUES ({_PLACES})",  # noqa: S608
            [(entry.item_id, *entry.fields) for entry in entries],
        )


def delete(entries: Sequence[Stems]) -> None:
    """Take items out that are in, as they are in."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} ({TABLE}, rowid, {_COLUMNS}) VALUES ('delete', {_PLACES})",  # noqa: S608
            [(entry.item_id, *entry.fields) for entry in entries],
        )


def begin() -> None:
    """Take everything out, to be filled anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")  # noqa: S608


def end() -> None:
    """Everything is in: what was written piece by piece is put together."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608


@sensitive_variables()  # error reports show no search words
def having(question: Question) -> Sequence[int]:
    """All matches of any of the words."""
    only, terms = condition(question.narrowed, f"{TABLE}.rowid")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT json_group_array(rowid) FROM {TABLE} WHERE {TABLE} MATCH %s{only}",  # noqa: S608
            [expression(question, every=False), *terms],
        )
        found: list[int] = json.loads(cursor.fetchone()[0])
        return found


@sensitive_variables()
def newest(question: Question, *, every: bool, in_title: bool, limit: int) -> list[int]:
    """Matches that came last. FTS5 goes through its lists from the end and stops as soon as there are enough."""
    asked = expression(question, every=every)
    if in_title:
        asked = f"{{title}} : ({asked})"
    only, terms = condition(question.narrowed, f"{TABLE}.rowid")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s{only} ORDER BY rowid DESC LIMIT %s",  # noqa: S608
            [asked, *terms, limit],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def expression(question: Question, *, every: bool) -> str:
    """A question in FTS5's language, over stems."""
    concepts: Sequence[Concept] = question.wanted
    if every:  # the rarest first: what it does not have is not looked for in the others
        concepts = sorted(concepts, key=question.having)
    wanted = [_any(concept, every=every) for concept in concepts if every or concept.phrases]
    asked = (" AND " if every else " OR ").join(f"({each})" for each in wanted) or '""'
    unwanted = " OR ".join(map(_phrase, question.unwanted))
    return f"({asked}) NOT ({unwanted})" if unwanted else asked


def _any(concept: Concept, *, every: bool) -> str:
    phrases = [_phrase(each) for each in concept.phrases] or ['""']
    if every and concept.phrases:
        # Each by its name: for a beginning, FTS5 would put all their lists together before it gives the first match.
        *before, _ = concept.phrases[0]
        phrases += [_phrase((*before, stem)) for stem in concept.longer]
    return " OR ".join(phrases)


def _phrase(stems: Phrase) -> str:
    return quoted(" ".join(stems))
