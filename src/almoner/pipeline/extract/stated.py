"""Fields that a structured format states outright. They go before what could be read from the text; each function
gives None where nothing is stated, and the field's own module reads on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from almoner.pipeline.extract import summary as reading_summary
from almoner.pipeline.extract.record import Record
from almoner.pipeline.extract.times import Times
from almoner.pipeline.model import Credit, Decision, Item, Kind, Stated, Status, When


def title(record: Record) -> tuple[str, bool, str] | None:
    """The title, whether it was printed, and why. Without a title and text of its own, the address stands in."""
    says = record.cut.stated
    if says is None:
        return None
    if says.title is not None:
        return says.title, True, f"{says.by} states it"
    over = says.status in {Status.GONE, Status.REDIRECTED}  # its text tells why it went, not what it was
    if not over and any(character.isalpha() for block in record.body for character in block.text):
        return None
    return says.stand_in or says.id or "Untitled", False, f"{says.by} states neither title nor text"


def times(record: Record) -> Times | None:
    """When it was published, updated and added: a record's text is not searched for dates."""
    says = record.cut.stated
    return Times(says.published, says.updated, says.added) if says is not None else None


def credit(record: Record) -> tuple[Credit, str] | None:
    """Who it came from, and who says so."""
    says = record.cut.stated
    if says is None:
        return None
    printed = says.credit_as_printed or says.source or says.outlet or says.author
    found = Credit(says.source, says.outlet, says.author, None, printed)
    return found, f"{says.by} states it" if found != Credit() else f"{says.by} names nobody"


def kind(record: Record) -> tuple[Kind, str] | None:
    """Its kind, where the format has one for it."""
    says = record.cut.stated
    return (says.kind, f"{says.by} gives its type") if says is not None and says.kind is not None else None


def categories(record: Record) -> tuple[str, ...] | None:
    """Its categories, as stated."""
    return record.cut.stated.categories if record.cut.stated is not None else None


def summary(record: Record) -> str | None:
    """Its summary, cut to the length that every item's has."""
    says = record.cut.stated
    return reading_summary.shorten(says.summary) if says is not None and says.summary else None


def html(record: Record) -> str | None:
    """Its text as mark-up, made safe when it was parsed."""
    return record.cut.stated.html if record.cut.stated is not None else None


def complete(item: Item, says: Stated | None) -> Item:
    """The item with the fields that only a structured format states, and a decision for each."""
    if says is None:
        return item
    return replace(
        item,
        id=says.id,
        effective=says.effective,
        opens=says.opens,
        closes=says.closes,
        events=says.events or item.events,
        times=says.times,
        status=says.status,
        moved_to=says.moved_to,
        changes=says.changes,
        attachments=says.attachments,
        licence=says.licence,
        applies_to=says.applies_to,
        decisions=(*item.decisions, *_decisions(says)),
    )


def _decisions(says: Stated) -> Iterator[Decision]:
    why = f"{says.by} states it"
    named: list[tuple[str, When | None]] = [
        ("effective", says.effective),
        ("opens", says.opens),
        ("closes", says.closes),
        *((one.name, one.when) for one in says.times),
    ]
    for name, when in named:
        if when is not None:
            yield Decision("extract", f"{name}: {when.value}", f"“{when.as_printed}”, {when.how}")
    if says.status is not None:
        to = f", to {says.moved_to}" if says.moved_to else ""
        yield Decision("extract", f"status: {says.status}{to}", why)
    for count, noun in ((len(says.changes), "change note"), (len(says.attachments), "attachment")):
        if count:
            yield Decision("extract", f"{count} {noun}{'' if count == 1 else 's'}", why)
