"""What the index knows of words and items beside the database's own index: how many items have a stem, and the stems of
each item in order, packed. Two plain tables, the same on every database.

Rarity, spelling and ranking are worked out from them, so they do not depend on the database. What is taken out of the
index is taken out of the counts, and a stem that no item has any longer is gone.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.search.entries import Stems
from almoner.records.search.initials import MARK

STEMS: Final = "search_stem"
ITEMS: Final = "search_item_stems"
ALL: Final = ""
"""The row that counts all items, and all stems in them. It sorts first, so that two writers meet there and nowhere
else."""
LONGEST: Final = 100
"""Characters of a stem that is counted. What is longer is an address or a blob."""


class Size(NamedTuple):
    """How many items are in the index, and how many stems they have on average."""

    items: int
    mean_length: float


def create() -> None:
    """Make the tables."""
    blob = "bytea" if connection.vendor == "postgresql" else "blob"
    # Compared byte by byte, as SQLite does by itself.
    text = 'text COLLATE "C"' if connection.vendor == "postgresql" else "text"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {ITEMS} (item_id bigint PRIMARY KEY, packed {blob} NOT NULL)")
        cursor.execute(
            f"CREATE TABLE {STEMS} (stem {text} PRIMARY KEY, items bigint NOT NULL, times bigint NOT NULL)"
            + ("" if connection.vendor == "postgresql" else " WITHOUT ROWID")
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
    _count(entries, 1)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {ITEMS} (item_id, packed) VALUES (%s, %s)",  # noqa: S608
            [(entry.item_id, zlib.compress("\n".join(entry.fields).encode(), 6)) for entry in entries],
        )


def take(item_ids: Sequence[int]) -> list[Stems]:
    """Take items out and return what was kept of those that were in."""
    taken = list(kept(item_ids))
    if taken:
        _count(taken, -1)
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {ITEMS} WHERE item_id IN {_listed()}",  # noqa: S608
                [json.dumps([entry.item_id for entry in taken])],
            )
    return taken


def kept(item_ids: Iterable[int]) -> Iterator[Stems]:
    """What is kept of items, in any order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT item_id, packed FROM {ITEMS} WHERE item_id IN {_listed()}",  # noqa: S608
            [json.dumps(list(item_ids))],
        )
        for item_id, packed in cursor.fetchall():
            yield Stems(item_id, tuple(zlib.decompress(packed).decode().split("\n")))


@sensitive_variables()
def frequencies(stems: Iterable[str]) -> dict[str, int]:
    """How many items have each stem; those that none has are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT stem, items FROM {STEMS} WHERE stem IN {_listed('text')}",  # noqa: S608
            [json.dumps([stem.replace("\x00", "") for stem in stems])],
        )
        return dict(cursor.fetchall())


def size() -> Size:
    """How large the index is."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT items, times FROM {STEMS} WHERE stem = %s", [ALL])  # noqa: S608
        items, times = cursor.fetchone() or (0, 0)
    return Size(items, times / max(items, 1))


def _listed(kind: str = "bigint") -> str:
    """A list that is handed over as one parameter: lists of any length make one statement."""
    if connection.vendor == "postgresql":
        return f"(SELECT value::{kind} FROM json_array_elements_text(%s::json))"  # noqa: S608
    return "(SELECT value FROM json_each(%s))"


def _count(entries: Sequence[Stems], sign: int) -> None:
    items: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for entry in entries:
        counted = Counter(
            stem[:LONGEST] for field in entry.fields for stem in field.split(" ") if stem and stem[0] != MARK
        )
        items.update(counted.keys())
        times.update(counted)
        items[ALL] += 1
        times[ALL] += counted.total()
    rows = [[stem, sign * items[stem], sign * times[stem]] for stem in sorted(items)]
    if connection.vendor == "postgresql":
        given = "SELECT e->>0, (e->>1)::bigint, (e->>2)::bigint FROM json_array_elements(%s::json) e"
    else:
        # Without WHERE, SQLite reads ON CONFLICT as the condition of a join.
        given = (
            "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') "
            "FROM json_each(%s) WHERE true"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {STEMS} (stem, items, times) {given} ON CONFLICT (stem) DO UPDATE "
            f"SET items = {STEMS}.items + excluded.items, times = {STEMS}.times + excluded.times",
            [json.dumps(rows)],
        )
        if sign < 0:
            cursor.execute(
                f"DELETE FROM {STEMS} WHERE items <= 0 AND stem IN {_listed('text')}",  # noqa: S608
                [json.dumps(list(items))],
            )
