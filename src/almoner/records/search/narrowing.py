"""Narrowing a search by what an item is beside its words: kind, topic, audience, publisher, year and place, and counting what
each choice would leave.

They stand as short terms in one row an item (`kind:guidance topic:online-safety year:2024`), so that a condition and a
count read one narrow table, the same on every database, and not the items themselves.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from django.db import connection

from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy.entries import named
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.facets import Choice
from almoner.records.catalogue.models import Publisher
from almoner.records.catalogue.topics import topic_name
from almoner.records.search.listed import listed

TABLE: Final = "search_terms"
NAMES: Final = ("kind", "topic", "audience", "publisher", "year", "place")
"""What a search can be narrowed by."""
MOST: Final = 40
"""Values of one name that a search offers."""

_YEARS: Final = re.compile(r"(?P<first>\d{4})?(?P<to>-?)(?P<last>\d{4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What an item must have beside the words: all these terms, and a year within these, both included. `among` are the
    primary keys of the items that are looked at; None for all."""

    terms: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    among: tuple[int, ...] | None = None


class Terms(NamedTuple):
    """A row of the table: an item's primary key, its year, and its terms, each with a space on either side."""

    item_id: int
    year: int | None
    terms: str


EVERYTHING: Final = Narrowed()
"""Nothing is chosen."""


def create() -> None:
    """Make the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {TABLE} (item_id bigint PRIMARY KEY, year smallint, terms text NOT NULL)"
        )


def drop() -> None:
    """Take the table away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(items: Iterable[Terms]) -> None:
    """Put items in that are not in."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (item_id, year, terms) VALUES (%s, %s, %s)",  # noqa: S608
            list(items),
        )


def delete(item_ids: Iterable[int]) -> None:
    """Take items out; those that are not in are passed over."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE item_id = %s", [(pk,) for pk in item_ids])  # noqa: S608


def clear() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def number() -> int:
    """How many items are in."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")  # noqa: S608
        return int(cursor.fetchone()[0])


def counted(item_ids: Iterable[int]) -> Counter[str]:
    """How many of the items have each term."""
    together = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {together}(terms, '') FROM {TABLE} WHERE item_id {listed()}",  # noqa: S608
            [json.dumps(list(item_ids))],
        )
        return Counter((cursor.fetchone()[0] or "").split())


def condition(narrowed: Narrowed, key: str) -> tuple[str, list[str | int]]:
    """What to add to a WHERE clause, and its parameters, so that only items that have this are left. `key` is the
    column that has the item's primary key."""
    among = (
        ""
        if narrowed.among is None
        else f" AND {key} IN ({', '.join(['%s'] * len(narrowed.among)) or 'NULL'})"
    )
    keys: list[str | int] = [*(narrowed.among or ())]
    if not narrowed.terms and narrowed.years is None:
        return among, keys
    within = "strpos" if connection.vendor == "postgresql" else "instr"
    wanted = [f"{within}({TABLE}.terms, %s) > 0"] * len(narrowed.terms)
    values: list[str | int] = [f" {term} " for term in narrowed.terms]
    if narrowed.years:
        wanted.append(f"{TABLE}.year BETWEEN %s AND %s")
        values += narrowed.years
    every = " AND ".join(wanted)
    return (
        f"{among} AND EXISTS (SELECT 1 FROM {TABLE} WHERE {TABLE}.item_id = {key} AND {every})",  # noqa: S608
        [*keys, *values],
    )


def narrowed(chosen: Mapping[str, str]) -> Narrowed:
    """What the choices mean, each a value of one of `NAMES`; a year may be a span ("2020-2024", "2020-", "-2024").
    Another name raises `KeyError`; a value that makes no sense is one that no item has."""
    terms, years = [], None
    for name, value in chosen.items():
        if name not in NAMES:
            raise KeyError(name)
        if name == "year" and (span := _span(value)):
            years = span
        else:
            terms.append(_term(name, value))
    return Narrowed(tuple(terms), years)


def choices(counts: Mapping[str, Counter[str]], chosen: Mapping[str, str]) -> dict[str, tuple[Choice, ...]]:
    """For each name the values that items have, by what is counted for it: those that most have first, years the newest
    first, no more than `MOST`. What is chosen is among them in any case. One query, for the publishers' names."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, terms in counts.items():
        start = f"{name}:"
        values = [(term[len(start) :], items) for term, items in terms.items() if term.startswith(start)]
        values.sort(
            key=lambda each: (each[0], 0) if name == "year" else (-each[1], each[0]), reverse=name == "year"
        )
        kept = values[:MOST]
        if name in chosen and chosen[name] not in dict(kept):
            kept.append((chosen[name], _items_with(name, chosen[name], values)))
        found[name] = kept
    slugs = [value for value, _ in found.get("publisher", ())]
    publishers = _publishers(slugs) if slugs else {}
    return {
        name: tuple(Choice(value, _name(name, value, publishers), items) for value, items in values)
        for name, values in found.items()
    }


def _publishers(slugs: Sequence[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        table = Publisher._meta.db_table
        cursor.execute(f"SELECT slug, name FROM {table} WHERE slug {listed('text')}", [json.dumps(slugs)])  # noqa: S608
        return dict(cursor.fetchall())


def _items_with(name: str, value: str, values: Iterable[tuple[str, int]]) -> int:
    first, last = (name == "year" and _span(value)) or (0, -1)
    return sum(n for each, n in values if each == value or (name == "year" and first <= int(each) <= last))


def terms_of(
    item: Any, publisher: str, topics: Iterable[str], audiences: Iterable[str], places: Iterable[str]
) -> Terms:
    """What an item (`pk`, `kind`, `published`, `added`) can be narrowed by: its publisher's slug ("" for none), its
    topics, its audiences, and the places that it names."""
    year = (item.published or item.added)[:4]
    is_year = year.isdecimal()
    terms = [
        _term("kind", item.kind),
        *([_term("publisher", publisher)] if publisher else []),
        *([_term("year", year)] if is_year else []),
        *(_term("topic", topic) for topic in topics),
        *(_term("audience", audience) for audience in audiences),
        *(_term("place", place) for place in dict.fromkeys(places)),
    ]
    return Terms(item.pk, int(year) if is_year else None, f" {' '.join(terms)} ")


def _term(name: str, value: str) -> str:
    # Whoever sends a form may put a space in, with which a term would reach over the next one.
    return f"{name}:{'?'.join(value.replace(chr(0), '').split())}"


def _span(value: str) -> tuple[int, int] | None:
    read = _YEARS.fullmatch(value)
    if read is None or not (read["first"] or read["last"]) or (read["last"] and not read["to"]):
        return None
    first = int(read["first"] or 0)
    return first, int(read["last"] or (9999 if read["to"] else first))


def _name(name: str, value: str, publishers: Mapping[str, str]) -> str:
    if name == "topic":
        return topic_name(value)
    if name == "audience":
        return AUDIENCES.name(value)
    if name == "place":
        return _places().get(value, value)
    if name == "year" and "-" in value:
        first, _, last = value.partition("-")
        return f"{first} to {last}" if first and last else f"since {first}" if first else f"until {last}"
    return publishers.get(value, value)


@cache
def _places() -> dict[str, str]:
    return {each.entry.id: each.entry.name for each in named() if each.entry.kind is MentionKind.PLACE}
