"""What an editor should look at before trusting an item: a module a group of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from almoner.pipeline.extract.findings import missing, names, quotations, time, titles
from almoner.pipeline.extract.record import Record
from almoner.pipeline.model import Finding, Item

Check = Callable[[Item, Record, str], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (titles.check, time.check, missing.check, quotations.check, names.check)


def attach(item: Item, record: Record, captured: str) -> Item:
    """The item with its findings. `captured` is when the page was captured (ISO 8601, or empty if unknown)."""
    return replace(
        item, findings=tuple(finding for check in CHECKS for finding in check(item, record, captured))
    )
