"""Fields that a document leaves open, from what is known of its source."""

from __future__ import annotations

from dataclasses import replace

from almoner.pipeline.extract.record import Record
from almoner.pipeline.model import Credit, Decision, Item, Kind

_WHY = "it leaves that open, and this is known of its source"


def credit(record: Record, found: Credit, why: str) -> tuple[Credit, str]:
    """The credit with the source's own where the item names neither a source nor an outlet."""
    known = record.document.defaults
    if found.source or found.outlet or not (known.source or known.outlet):
        return found, why
    return replace(found, source=known.source, outlet=known.outlet), _WHY


def kind(record: Record, found: Kind, why: str, *, open_: bool) -> tuple[Kind, str]:
    """The source's usual kind where nothing in the item says what it is (`open_`)."""
    known = record.document.defaults.kind
    return (known, _WHY) if open_ and known is not None else (found, why)


def complete(item: Item, record: Record) -> Item:
    """The item with the licence that holds for its source, where it states none."""
    licence = record.document.defaults.licence
    if item.licence is not None or licence is None:
        return item
    made = Decision("extract", f"licence: {licence}", _WHY)
    return replace(item, licence=licence, decisions=(*item.decisions, made))
