"""The categories that are printed beside an item."""

from __future__ import annotations

from almoner.pipeline.extract.record import Record


def read(record: Record) -> tuple[str, ...]:
    """The categories as printed, in order, each once."""
    return tuple(
        dict.fromkeys(name for _, line in record.metadata if line is not None for name in line.categories)
    )
