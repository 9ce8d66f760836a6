"""What an editor should look at before trusting an item: a module a group of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from almoner.pipeline.extract.findings import (
    editions,
    limits,
    missing,
    names,
    organisations,
    quotations,
    stated,
    sums,
    time,
    titles,
)
from almoner.pipeline.extract.record import Record
from almoner.pipeline.model import Finding, Item, Place

Check = Callable[[Item, Record, str], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    stated.check, titles.check, time.check, missing.check, quotations.check, names.check,
    sums.check, organisations.check, editions.check, limits.check,
)  # fmt: skip


def attach(item: Item, record: Record, captured: str) -> Item:
    """The item with its findings. `captured` is when the page was captured (ISO 8601, or empty if unknown)."""
    found = [finding for check in CHECKS for finding in check(item, record, captured)]
    found += [note for note in record.document.findings if _overlap(note.place, item.place)]
    return replace(item, findings=tuple(found)) if found else item


def _overlap(place: Place, other: Place) -> bool:
    """Whether two places in a text have a line in common; what was found in the document is found in its items."""
    if place.first_line is None or other.first_line is None:
        return False
    return place.first_line <= (other.last_line or 0) and other.first_line <= (place.last_line or 0)
