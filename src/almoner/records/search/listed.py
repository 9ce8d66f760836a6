"""Lists of any length as one parameter of a statement."""

from __future__ import annotations

from django.db import connection


def listed(kind: str = "bigint") -> str:
    """What stands behind IN for a list that is handed over as one parameter, in JSON. `kind` is the type of its values."""
    if connection.vendor == "postgresql":
        return f"(SELECT value::{kind} FROM json_array_elements_text(%s::json))"  # noqa: S608
    return "(SELECT value FROM json_each(%s))"
