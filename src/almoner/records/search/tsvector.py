"""The index as PostgreSQL's GIN over the letters of items, which finds; what is weighed is the letters themselves.

PostgreSQL is given letters, not text (see `letters`), so it needs no dictionary and no extension of its own. Each letter
is a lexeme of a tsvector that is stored nowhere but in the index. Whether letters follow one another is asked of the
row. There is no row of its own: `vocabulary` keeps the letters, and PostgreSQL keeps its indexes in step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, TypeAlias

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.search.entries import Stems
from almoner.records.search.letters import FIELD
from almoner.records.search.narrowing import TABLE as TERMS
from almoner.records.search.narrowing import condition
from almoner.records.search.question import Concept, Question
from almoner.records.search.vocabulary import ITEMS, STEMS

SCANNED: Final = 5_000
"""The newest items, which are looked at one after another for words that so many items have that those are soon found:
to list all that have them, and then take the newest, would take longer."""
OF_TITLE: Final = 0.1
"""Of the items that have a word, about, those that have it in their titles."""

Value: TypeAlias = str | int
Condition: TypeAlias = tuple[str, list[Value]]
"""A piece of SQL, and its parameters."""

# The cost keeps the planner from working the function out for row after row. A body in SQL would be drawn into the query,
# and the cost with it.
_FUNCTION: Final = """CREATE FUNCTION search_letters(letters text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000
    AS $$ BEGIN RETURN array_to_tsvector(string_to_array(letters, NULL)); END $$"""
_TITLE: Final = f"split_part(letters, E'\\x{ord(FIELD):02x}', 1)"


_INDEXES: Final = {"search_all_letters": "letters", "search_title_letters": _TITLE}
_MEMORY: Final = "256MB"
"""For building the indexes at once: postings that do not fit are merged into it again and again."""


def create() -> None:
    """Make the indexes of the table that the vocabulary has made."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {ITEMS} ALTER letters SET STORAGE EXTERNAL")
        cursor.execute(_FUNCTION)
    end()


def drop() -> None:
    """Take the indexes away, and the table of an earlier form."""
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS search_letters(text) CASCADE")
        cursor.execute("DROP TABLE IF EXISTS search_entry")


def put(entries: Sequence[Stems]) -> None:
    """They are in, as the vocabulary has them."""


def delete(entries: Sequence[Stems]) -> None:
    """They are out, as the vocabulary has them no longer."""


def begin() -> None:
    """Take the indexes away, and all rows at once: what one after the other leaves behind would be as large again."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {', '.join(_INDEXES)}")
        cursor.execute(f"TRUNCATE {ITEMS}, {STEMS}, {TERMS}")


def end() -> None:
    """Make the indexes of all rows at once: a fraction of the time and of the size that row after row would take."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
        for name, letters in _INDEXES.items():
            cursor.execute(
                f"CREATE INDEX {name} ON {ITEMS} USING gin (search_letters({letters})) WITH (fastupdate = off)"
            )


@sensitive_variables()  # error reports show no search words
def having(question: Question) -> Sequence[int]:
    """All matches of any of the words."""
    asked, given = _indexed(question, every=False, in_title=False)
    exact, exactly = _exact(question, every=False, in_title=False, is_indexed=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(array_agg(item_id), '{{}}') FROM {ITEMS} WHERE {asked} AND {exact}",  # noqa: S608
            [*given, *exactly],
        )
        found: list[int] = cursor.fetchone()[0]
        return found


@sensitive_variables()
def newest(question: Question, *, every: bool, in_title: bool, limit: int) -> list[int]:
    """Matches that came last."""
    if every and not all(concept.phrases for concept in question.wanted):
        return []  # no item has a term without a word
    if _share(question, every=every) * (OF_TITLE if in_title else 1) * SCANNED >= limit:
        exact, exactly = _exact(question, every=every, in_title=in_title, is_indexed=False)
        found = _ids(
            f"SELECT item_id FROM (SELECT * FROM {ITEMS} ORDER BY item_id DESC LIMIT %s) AS {ITEMS} "  # noqa: S608
            f"WHERE {exact} ORDER BY item_id DESC LIMIT %s",
            [SCANNED, *exactly, limit],
        )
        if len(found) == limit or question.size.items <= SCANNED:
            return found
    asked, given = _indexed(question, every=every, in_title=in_title)
    exact, exactly = _exact(question, every=every, in_title=in_title, is_indexed=True)
    # Apart, or the planner goes through all items from the newest on and works out the letters of each.
    return _ids(
        f"WITH found AS MATERIALIZED (SELECT item_id FROM {ITEMS} WHERE {asked} AND {exact}) "  # noqa: S608
        "SELECT item_id FROM found ORDER BY item_id DESC LIMIT %s",
        [*given, *exactly, limit],
    )


def _ids(query: str, values: Sequence[Value]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [row[0] for row in cursor.fetchall()]


def _share(question: Question, *, every: bool) -> float:
    """Which part of all items match, about: as if words stood together by chance."""
    items = question.size.items or 1
    shares = [min(1.0, question.having(concept) / items) for concept in question.wanted]
    return math.prod(shares) if every else max(shares)


def _indexed(question: Question, *, every: bool, in_title: bool) -> Condition:
    """What the index is asked, which may bring more than matches: it knows no order."""
    wanted = [
        " | ".join(f"({_all(letters)})" for letters in _ways(concept, question, every=every))
        for concept in question.wanted
    ]
    asked = (" & " if every else " | ").join(f"({each})" for each in wanted if each)
    if every and not all(wanted):
        asked = ""
    return f"search_letters({_TITLE if in_title else 'letters'}) @@ %s::tsquery", [asked]


def _exact(question: Question, *, every: bool, in_title: bool, is_indexed: bool) -> Condition:
    """What of the rows matches, by their letters in order. Where the index was asked before (`is_indexed`), a letter by
    itself is not looked for again."""
    looked_at = _TITLE if in_title else "letters"
    every_way = [_ways(concept, question, every=every) for concept in question.wanted]
    is_sure = [is_indexed and all(len(way) == 1 for way in ways) for ways in every_way]
    wanted: list[str] = []
    values: list[Value] = []
    for ways, sure in zip(every_way, is_sure, strict=True):
        if not (sure if every else all(is_sure)):
            wanted.append(" OR ".join([f"strpos({looked_at}, %s) > 0"] * len(ways)) or "false")
            values += ways
    unwanted = [letters for phrase in question.unwanted if (letters := question.letters(phrase))]
    found = (" AND " if every else " OR ").join(f"({each})" for each in wanted) or "true"
    only, terms = condition(question.narrowed, f"{ITEMS}.item_id")
    return (
        f"({found})" + f" AND strpos({looked_at}, %s) = 0" * len(unwanted) + only,
        [*values, *unwanted, *terms],
    )


def _ways(concept: Concept, question: Question, *, every: bool) -> list[str]:
    ways = [letters for phrase in concept.phrases if (letters := question.letters(phrase))]
    if every and concept.phrases:
        *before, _ = concept.phrases[0]
        start = question.letters(tuple(before))
        if start or not before:
            ways += [start + letter for letter in concept.longer.values()]
    return ways


def _all(letters: str) -> str:
    return " & ".join("'" + letter.replace("'", "''").replace("\\", "\\\\") + "'" for letter in letters)
