"""What the index knows of words and items beside the database's own index: each stem with its number and how many items
have it, and the stems of each item in order, as letters. Two plain tables, the same on every database.

Rarity, spelling and ranking are worked out from them, so they do not depend on the database. What is taken out of the
index is taken out of the counts, and a stem that no item has any longer is gone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final, NamedTuple

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.search.entries import Spelt, Stems
from almoner.records.search.initials import MARK
from almoner.records.search.letters import FIELD, letter, numbers
from almoner.records.search.listed import listed

STEMS: Final = "search_stem"
ITEMS: Final = "search_item_stems"
ALL: Final = ""
"""The row that counts all items, and all stems in them. Whoever writes begins with it, so that two writers meet there
and nowhere else."""
_UPPERMOST: Final = chr(0x10FFFF)
_AT_ONCE: Final = 10_000
"""Stems that are written in one statement."""


_changes = count()
_changed: list[int] = [next(_changes)]


class Size(NamedTuple):
    """How many items are in the index, and how many stems they have on average."""

    items: int
    mean_length: float


class Known(NamedTuple):
    """A stem of the vocabulary: its letter, and how many items have it."""

    letter: str
    items: int


def create() -> None:
    """Make the tables."""
    # Compared byte by byte, as SQLite does by itself.
    text = 'text COLLATE "C"' if connection.vendor == "postgresql" else "text"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {ITEMS} (item_id {_key()}, sorts_at bigint NOT NULL, letters {text} NOT NULL)"
        )
        cursor.execute(
            f"CREATE TABLE {STEMS} (number {_key()}, stem {text} NOT NULL UNIQUE, "
            "items bigint NOT NULL, times bigint NOT NULL)"
        )


def drop() -> None:
    """Take the tables away."""
    with connection.cursor() as cursor:
        for table in (ITEMS, STEMS):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def clear() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        for table in (ITEMS, STEMS):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def put(entries: Sequence[Stems]) -> None:
    """Put items in that are not in."""
    _write(entries, _counted_in(entries))


def fill(batches: Iterable[Sequence[Stems]]) -> Iterator[Sequence[Stems]]:
    """Make it anew of all items: each batch is put in and given on. What is counted is kept in memory and written once,
    so that no row is written twice."""
    clear()
    spelt: dict[str, str] = {}
    items: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for entries in batches:
        having, standing = _counts(entries)
        new = _in_order(having.keys() - spelt.keys() - {ALL}, standing)
        spelt.update((stem, letter(number)) for number, stem in enumerate(new, len(spelt) + 1))
        items.update(having)
        times.update(standing)
        _write(entries, spelt)
        yield entries
    rows: list[list[int | str]] = [[0, ALL, items[ALL], times[ALL]]]
    rows += [[number, stem, items[stem], times[stem]] for number, stem in enumerate(spelt, 1)]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            _add(cursor, rows[start : start + _AT_ONCE])


def _write(entries: Sequence[Stems], spelt: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {ITEMS} (item_id, sorts_at, letters) VALUES (%s, %s, %s)",  # noqa: S608
            [
                (
                    entry.item_id,
                    entry.sorts_at,
                    FIELD.join("".join(map(spelt.__getitem__, field.split())) for field in entry.fields),
                )
                for entry in entries
            ],
        )


def take(item_ids: Sequence[int]) -> list[Stems]:
    """Take items out and return what was put in of those that were in."""
    kept_of_them = list(kept(item_ids))
    if not kept_of_them:
        return []
    stems = _stems({number for each in kept_of_them for number in numbers(each.text)})
    taken = [
        Stems(
            each.item_id,
            tuple(" ".join(map(stems.__getitem__, numbers(field))) for field in each.text.split(FIELD)),
        )
        for each in kept_of_them
    ]
    items, times = _counts(taken)
    with connection.cursor() as cursor:
        _add(cursor, [[0, ALL, -items.pop(ALL), -times.pop(ALL)]])
        _add(cursor, [[number, stem, -items[stem], -times[stem]] for number, stem in stems.items()])
        cursor.execute(
            f"DELETE FROM {STEMS} WHERE items <= 0 AND stem {listed('text')}",  # noqa: S608
            [json.dumps([ALL, *items])],
        )
        cursor.execute(
            f"DELETE FROM {ITEMS} WHERE item_id {listed()}",  # noqa: S608
            [json.dumps([entry.item_id for entry in taken])],
        )
    return taken


def kept(item_ids: Iterable[int]) -> Iterator[Spelt]:
    """What is kept of items, in any order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT item_id, letters, sorts_at FROM {ITEMS} WHERE item_id {listed()}",  # noqa: S608
            [json.dumps(list(item_ids))],
        )
        yield from map(Spelt._make, cursor.fetchall())


@sensitive_variables()
def known(stems: Iterable[str]) -> dict[str, Known]:
    """Those of the stems that items have."""
    return known_and_size(stems)[0]


@sensitive_variables()
def known_and_size(stems: Iterable[str]) -> tuple[dict[str, Known], Size]:
    """Those of the stems that items have, and how large the index is, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT stem, number, items, times FROM {STEMS} WHERE stem {listed('text')}",  # noqa: S608
            [json.dumps([ALL, *(stem.replace("\x00", "") for stem in stems)])],
        )
        found = {stem: (number, items, times) for stem, number, items, times in cursor.fetchall()}
    _, items, times = found.pop(ALL, (0, 0, 0))
    return {stem: Known(letter(number), having) for stem, (number, having, _) in found.items()}, Size(
        items, times / max(items, 1)
    )


@sensitive_variables()
def beginning(start: str, limit: int) -> dict[str, str]:
    """The stems that begin so and go on, with their letters, those that most items have first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT stem, number FROM {STEMS} WHERE stem > %s AND stem < %s ORDER BY items DESC, stem LIMIT %s",  # noqa: S608
            [start, start + _UPPERMOST, limit],
        )
        return {stem: letter(number) for stem, number in cursor.fetchall()}


def telling(letters: Iterable[str]) -> dict[str, tuple[str, int]]:
    """The stems of letters and how many items have each; those of one or two characters, which tell nothing of what an
    item is about, are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, stem, items FROM {STEMS} WHERE number {listed()} AND length(stem) > 2",  # noqa: S608
            [json.dumps(list(numbers("".join(letters))))],
        )
        return {letter(number): (stem, items) for number, stem, items in cursor.fetchall()}


def size() -> Size:
    """How large the index is."""
    return known_and_size(())[1]


def changes() -> int:
    """How often it was written to in this process, whether that was kept or taken back."""
    return _changed[0]


def _counted_in(entries: Sequence[Stems]) -> Mapping[str, str]:
    """Count entries in; the letter of each of their stems. New ones have the next numbers, frequent ones the first."""
    items, times = _counts(entries)
    with connection.cursor() as cursor:
        _add(cursor, [[0, ALL, items.pop(ALL), times.pop(ALL)]])
        cursor.execute(
            f"SELECT stem, number FROM {STEMS} WHERE stem {listed('text')}",  # noqa: S608
            [json.dumps(list(items))],
        )
        found = dict(cursor.fetchall())
        cursor.execute(f"SELECT max(number) FROM {STEMS}")  # noqa: S608
        new = _in_order(items.keys() - found.keys(), times)
        found.update((stem, number) for number, stem in enumerate(new, cursor.fetchone()[0] + 1))
        _add(cursor, [[found[stem], stem, items[stem], times[stem]] for stem in sorted(items)])
    return {stem: letter(number) for stem, number in found.items()}


def _in_order(stems: Iterable[str], times: Mapping[str, int]) -> list[str]:
    """New stems as they are numbered, frequent ones first."""
    return sorted(stems, key=lambda stem: (-times[stem], stem))


def _add(cursor: Any, rows: list[list[int | str]]) -> None:
    _changed[0] = next(_changes)
    # Without WHERE, SQLite reads ON CONFLICT as the condition of a join.
    cursor.execute(
        f"INSERT INTO {STEMS} (number, stem, items, times) SELECT number, stem, items, times FROM "  # noqa: S608
        f"{_given('number bigint', 'stem text', 'items bigint', 'times bigint')} AS given WHERE true "
        f"ON CONFLICT (stem) DO UPDATE "
        f"SET items = {STEMS}.items + excluded.items, times = {STEMS}.times + excluded.times",
        [json.dumps(rows)],
    )


def _counts(entries: Sequence[Stems]) -> tuple[Counter[str], Counter[str]]:
    """How many of the entries have each stem, and how often it stands in them; under `ALL`, how many there are, and how
    many stems stand in them beside initials."""
    items: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for entry in entries:
        counted = Counter(" ".join(entry.fields).split())
        items.update(counted.keys())
        times.update(counted)
    items[ALL] = len(entries)
    times[ALL] = sum(number for stem, number in times.items() if stem[0] != MARK)
    return items, times


def _stems(wanted: Iterable[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, stem FROM {STEMS} WHERE number {listed()}",  # noqa: S608
            [json.dumps(list(wanted))],
        )
        return dict(cursor.fetchall())


def _key() -> str:
    return "bigint PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY"


def _given(*columns: str) -> str:
    """Rows that are handed over as one parameter, a list of lists."""
    names = [column.split()[0] for column in columns]
    if connection.vendor == "postgresql":
        values = [
            f"(e->>{at})::{column.split()[1]} AS {column.split()[0]}" for at, column in enumerate(columns)
        ]
        return f"(SELECT {', '.join(values)} FROM json_array_elements(%s::json) e)"  # noqa: S608
    values = [f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate(names)]
    return f"(SELECT {', '.join(values)} FROM json_each(%s))"  # noqa: S608
