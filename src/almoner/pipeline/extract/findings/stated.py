"""What was found wrong in a record while its format was parsed."""

from __future__ import annotations

from collections.abc import Iterator

from almoner.pipeline.extract.record import Record
from almoner.pipeline.model import Finding, Item


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """The findings that the parser noted of this record."""
    if record.cut.stated is not None:
        yield from record.cut.stated.findings
