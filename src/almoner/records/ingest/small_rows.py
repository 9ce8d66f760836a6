"""Rows that are small and many, written without an object and a field's work for each: that is most of what it costs
to keep a list of which little is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model

Value = str | int | None


def write(
    table: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    unique: Sequence[str] = (),
) -> None:
    """Insert rows, one statement for all. Where one has the `unique` columns of a row that is there, its other columns
    take the place of that one's. The values must fit their columns: nothing is looked at here."""
    values = [tuple(row) for row in rows]
    if not values:
        return
    quoted = connection.ops.quote_name
    sql = (
        f"INSERT INTO {quoted(table._meta.db_table)} ({', '.join(map(quoted, columns))}) "  # noqa: S608, names of our own
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    if unique:
        others = ", ".join(
            f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in columns if name not in unique
        )
        sql += f" ON CONFLICT ({', '.join(map(quoted, unique))}) DO UPDATE SET {others}"
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
