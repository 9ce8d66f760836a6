"""Lists of any length as one parameter of a statement."""

from __future__ import annotations

from django.db import connection


def listed(kind: str = "bigint") -> str:
    """What stands behind a column that is to be one of a list, which is handed over as one parameter, in JSON. `kind` is
    the type of its values."""
    if connection.vendor == "postgresql":
        # As an array: of a set of rows it supposes that there are many, and reads the whole table.
        return f"= ANY (ARRAY(SELECT value::{kind} FROM json_array_elements_text(%s::json)))"  # noqa: S608
    return "IN (SELECT value FROM json_each(%s))"
