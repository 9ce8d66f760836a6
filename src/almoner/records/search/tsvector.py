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

from almoner.records.search.entries import Stems
from almoner.records.search.narrowing import TABLE as TERMS
from almoner.records.search.narrowing import condition
from almoner.records.search.question import Concept, Phrase, Question

TABLE: Final = "search_entry"
ORDER: Final = (0, 1, 3, 4, 2)
"""The fields in the order in which they are put together: the text comes last, as it may be cut."""
LABELS: Final = ("A", "B", "C", "C", "D")
"""Of the fields in this order."""
WEIGHTS: Final = "{0.1, 0.25, 0.4, 1.0}"
"""How much a word counts under the labels D, C, B and A."""

# Limits of PostgreSQL's type (its manual, 12.11).
FURTHEST: Final = 16_383
LONGEST_STEM: Final = 255
LARGEST: Final = 1_000_000
"""Bytes of stems and places as they are written out; what is stored is no longer."""


def create() -> None:
    """Make the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (item_id bigint PRIMARY KEY, stems tsvector NOT NULL)")
        cursor.execute(f"CREATE INDEX {TABLE}_stems ON {TABLE} USING gin (stems)")


def drop() -> None:
    """Take the table away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(entries: Sequence[Stems]) -> None:
    """Put items in that are not in."""
    vector = " || ".join(f"setweight(%s::tsvector, '{label}')" for label in LABELS)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (item_id, stems) VALUES (%s, {vector})",  # noqa: S608
            [(entry.item_id, *(_listed(entry.fields[number]) for number in ORDER)) for entry in entries],
        )


def delete(entries: Sequence[Stems]) -> None:
    """Take items out that are in."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE item_id = ANY(%s)",  # noqa: S608
            [[entry.item_id for entry in entries]],
        )


def clear() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


@sensitive_variables()  # error reports show no search words
def count(question: Question, *, every: bool) -> int:
    """How many items match."""
    with connection.cursor() as cursor:
        only, terms = condition(question.narrowed, f"{TABLE}.item_id")
        cursor.execute(
            f"SELECT count(*) FROM {TABLE} WHERE stems @@ %s::tsquery{only}",  # noqa: S608
            [expression(question, every=every), *terms],
        )
        return int(cursor.fetchone()[0])


@sensitive_variables()
def best(question: Question, *, every: bool, limit: int) -> list[int]:
    """Matches that are best by how often and how prominently each word stands there (`ts_rank`), each word counting by
    how rare it is (inverse document frequency, Spärck Jones 1972)."""
    ranked = [concept for concept in question.wanted if concept.phrases]
    if not ranked:
        return []
    highest = max(question.frequencies.values(), default=1)
    rarities = [
        math.log(1 + highest / max(1, min(question.frequencies.get(stem, 0) for stem in concept.phrases[0])))
        for concept in ranked
    ]
    score = " + ".join([f"%s::float8 * ts_rank('{WEIGHTS}', stems, %s::tsquery, 1)"] * len(ranked))
    terms = [" | ".join(f"({_phrase(each)})" for each in concept.phrases) for concept in ranked]
    only, narrowing = condition(question.narrowed, f"{TABLE}.item_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT item_id FROM {TABLE} WHERE stems @@ %s::tsquery{only} "  # noqa: S608
            f"ORDER BY {score} DESC, item_id DESC LIMIT %s",
            [
                expression(question, every=every),
                *narrowing,
                *(value for pair in zip(rarities, terms, strict=True) for value in pair),
                limit,
            ],
        )
        return [int(row[0]) for row in cursor.fetchall()]


@sensitive_variables()
def newest(question: Question, *, every: bool, in_title: bool, limit: int) -> list[int]:
    """Matches that came last."""
    asked = expression(question, every=every, label="A" if in_title else "")
    only, terms = condition(question.narrowed, f"{TABLE}.item_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT item_id FROM {TABLE} WHERE stems @@ %s::tsquery{only} "  # noqa: S608
            "ORDER BY item_id DESC LIMIT %s",
            [asked, *terms, limit],
        )
        return [int(row[0]) for row in cursor.fetchall()]


@sensitive_variables()
def terms(question: Question, *, every: bool, limit: int) -> list[str]:
    """What the newest matches can be narrowed by."""
    only, wanted = condition(question.narrowed, f"{TABLE}.item_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT terms.terms FROM {TABLE} JOIN {TERMS} AS terms ON terms.item_id = {TABLE}.item_id "  # noqa: S608
            f"WHERE stems @@ %s::tsquery{only} ORDER BY {TABLE}.item_id DESC LIMIT %s",
            [expression(question, every=every), *wanted, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def expression(question: Question, *, every: bool, label: str = "") -> str:
    """A question in PostgreSQL's language, over stems; with a label, of the field that has it. Empty: nothing matches."""
    if every and not all(concept.phrases for concept in question.wanted):
        return ""  # no item has a term without a word
    wanted = [_any(concept, every=every, label=label) for concept in question.wanted if concept.phrases]
    asked = (" & " if every else " | ").join(f"({each})" for each in wanted)
    unwanted = " | ".join(f"({_phrase(each)})" for each in question.unwanted)
    return f"({asked}) & !({unwanted})" if asked and unwanted else asked


def _any(concept: Concept, *, every: bool, label: str) -> str:
    phrases = [_phrase(each, label) for each in concept.phrases]
    if every and concept.is_prefix:
        phrases.append(
            f"{_phrase(concept.phrases[0][:-1], label)} <-> " if len(concept.phrases[0]) > 1 else ""
        )
        phrases[-1] += f"{_quoted(concept.phrases[0][-1])}:*{label}"
    return " | ".join(f"({each})" for each in phrases)


def _phrase(stems: Phrase, label: str = "") -> str:
    """Stems that follow one another."""
    return " <-> ".join(_quoted(stem) + (f":{label}" if label else "") for stem in stems)


def _quoted(stem: str) -> str:
    return "'" + stem[:LONGEST_STEM].replace("\\", "\\\\").replace("'", "''") + "'"


def _listed(field: str) -> str:
    """A field's stems with the numbers of their places, as a tsvector is written, as many as one holds: where there are
    more, those that come first in the text."""
    places: dict[str, list[str]] = {}
    for place, stem in enumerate(field.split(), 1):
        places.setdefault(_quoted(stem), []).append(str(min(place, FURTHEST)))
    kept, room = [], LARGEST
    for stem, numbers in places.items():
        each = f"{stem}:{','.join(numbers)}"
        room -= len(each.encode()) + 1
        if room < 0:
            break
        kept.append(each)
    return " ".join(kept)
