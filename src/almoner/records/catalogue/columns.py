"""Text that fits where it is to be kept."""

from __future__ import annotations

from typing import Final

from django.db.models import CharField, Model

ELLIPSIS: Final = "…"


def storable(text: str) -> str:
    """Text that every database takes: without NUL, and without halves of surrogate pairs."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def cut(row: type[Model] | Model, column: str, text: str) -> str:
    """Text that fits its column; where something was cut off, it ends in an ellipsis."""
    field = row._meta.get_field(column)
    longest = field.max_length if isinstance(field, CharField) else None
    text = storable(text)
    return text if longest is None or len(text) <= longest else text[: longest - 1] + ELLIPSIS
