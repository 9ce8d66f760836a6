"""Dates that are wrong, open, missing or only relative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import DateMention
from almoner.pipeline.model import Block, Finding, Item, Kind, Role, When

EARLIEST: Final = 1990
"""Nothing that is gathered was published before the web."""

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|(?:this|last|next)\s+(?:week|weekend|month|year|term|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+(?:last|this|next)\s+year"
    r"|earlier\s+(?:today|this\s+(?:week|month|year))|(?:last|this)\s+(?:january|february|march|april|june|july|august|september|october|november|december)"
    r"|in\s+the\s+(?:past|last|coming|next)\s+(?:few\s+)?(?:days|weeks|months)|recently|(?:\d+|two|three|four|five|six)\s+(?:days|weeks|months)\s+ago)\b",
    re.IGNORECASE,
)
_DATED_KINDS: Final = frozenset({Kind.NEWS, Kind.GUIDANCE, Kind.CONSULTATION, Kind.STATISTICS, Kind.RESOURCE})
_REPORTING_KINDS: Final = _DATED_KINDS - {Kind.RESOURCE}
"""Kinds that tell of something that happened; in advice, "today" is any day."""
_VAGUE: Final = frozenset({"recently"})


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`weekday_mismatch`, `date_conflict`, `date_implausible`, `date_ambiguous`, `date_missing`, `date_relative`."""
    printed = [
        (block, mention)
        for blocks in (record.cut.blocks(Role.METADATA, Role.TITLE), record.body)
        for block in blocks
        for mention in dates.mentions(block.text, record.order)
    ]
    if printed:
        yield from _weekdays(item, printed)
        yield from _impossible(printed)
        yield from _ambiguous(printed)
    yield from _conflicts(item, record)
    yield from _implausible(item, captured)
    dated = item.published or item.updated or item.added
    if dated is None and item.kind in _DATED_KINDS and not (item.briefing and item.briefing.date):
        yield finding("date_missing", "No date of publication is printed for this item.", item.place)
    if item.published is None and item.updated is None and item.kind in _REPORTING_KINDS:
        yield from _relative(record)


def _weekdays(item: Item, printed: list[tuple[Block, DateMention]]) -> Iterator[Finding]:
    for block, mention in printed:
        if mention.weekday is None:
            continue
        right = mention.weekday_printed_wrong()
        if right is None and mention.year is None and item.published is not None and mention.day is not None:
            right = _wrong_in_any_year(mention, int(item.published.value[:4]))
        if right is not None:
            printed_day = _WEEKDAYS[mention.weekday]
            yield finding(
                "weekday_mismatch", f"“{mention.as_printed}” was a {right}, not a {printed_day}.", block.place
            )


def _wrong_in_any_year(mention: DateMention, year: int) -> str | None:
    """The right weekday in the item's year, where the printed one fits neither that year nor its neighbours."""
    names: list[str] = []
    for near in (year, year - 1, year + 1):
        try:
            weekday = date(near, mention.month, mention.day or 1).weekday()
        except ValueError:
            continue
        if weekday == mention.weekday:
            return None
        names.append(_WEEKDAYS[weekday])
    return names[0] if names else None


def _impossible(printed: list[tuple[Block, DateMention]]) -> Iterator[Finding]:
    for block, mention in printed:
        if not mention.exists:
            yield finding("date_implausible", f"There is no such day as “{mention.as_printed}”.", block.place)


def _ambiguous(printed: list[tuple[Block, DateMention]]) -> Iterator[Finding]:
    for block, mention in printed:
        if mention.doubt and mention.exists:
            when = mention.when("")
            read = f"; read as {when.value}" if when is not None else ""
            yield finding("date_ambiguous", f"“{mention.as_printed}”: {mention.doubt}{read}.", block.place)


def _conflicts(item: Item, record: Record) -> Iterator[Finding]:
    stated = _days_published(record)
    if len(stated) > 1:
        words = " and ".join(f"“{mention.as_printed}”" for _, mention in stated.values())
        yield finding(
            "date_conflict",
            f"Two dates of publication are printed: {words}.",
            next(iter(stated.values()))[0].place,
        )
    head = record.document.metadata.get("article:published_time") or record.document.metadata.get(
        "datepublished"
    )
    if (
        record.is_only_item
        and head
        and item.published is not None
        and len(item.published.value) >= 10
        and stated
    ):
        mention = dates.first(head)
        if mention is not None and mention.day_date is not None:
            apart = abs((mention.day_date - date.fromisoformat(item.published.value[:10])).days)
            if apart > 1:
                message = f"The page shows “{item.published.as_printed}”, and its head says {mention.day_date.isoformat()}."
                yield finding("date_conflict", message, item.place)
    if item.published is not None and item.updated is not None and _before(item.updated, item.published):
        message = f"It was updated (“{item.updated.as_printed}”) before it was published (“{item.published.as_printed}”)."
        yield finding("date_conflict", message, item.place)


def _days_published(record: Record) -> dict[str, tuple[Block, DateMention]]:
    """The days of publication that are printed. Beside "Posted 26 March 2019", a date without a label
    ("The Courier, 25 March 2019") is that of the original."""
    lines = [(block, line) for block, line in record.metadata if line is not None and line.published]
    labelled = [(block, line) for block, line in lines if "published" in line.labels]
    days: dict[str, tuple[Block, DateMention]] = {}
    for block, line in labelled or lines:
        if line.published is not None and line.published.day_date is not None:
            days.setdefault(line.published.day_date.isoformat(), (block, line.published))
    return days


def _before(earlier: When, later: When) -> bool:
    return dates.span_of(earlier.value)[1] < dates.span_of(later.value)[0]


def _implausible(item: Item, captured: str) -> Iterator[Finding]:
    for name, when in (("published", item.published), ("updated", item.updated), ("added", item.added)):
        if when is None:
            continue
        if captured and dates.span_of(when.value)[0].isoformat() > captured[:10]:
            yield finding(
                "date_implausible",
                f"The date {name}, “{when.as_printed}”, lay in the future when the page was captured.",
                item.place,
            )
        elif int(when.value[:4]) < EARLIEST:
            yield finding(
                "date_implausible", f"The date {name}, “{when.as_printed}”, is before {EARLIEST}.", item.place
            )


def _relative(record: Record) -> Iterator[Finding]:
    words: dict[str, Block] = {}
    for block, line in record.metadata:
        if line is not None and line.relative:
            words.setdefault(line.relative.lower(), block)
    for block in record.told:
        for match in _RELATIVE.finditer(block.text[:20_000]):
            if match[0].lower() not in _VAGUE and not _is_name(block.text, match):
                words.setdefault(match[0].lower(), block)
    if words:
        named = ", ".join(f"“{word}”" for word in list(words)[:4])
        yield finding(
            "date_relative",
            f"{named}: relative to a day that is not printed.",
            next(iter(words.values())).place,
        )


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word is capitalised within a sentence, as a programme's or a paper's name is ("Radio 4’s Today")."""
    before = text[: match.start()].rstrip("“‘\"'( ")
    return match[0].istitle() and " " not in match[0] and before[-1:].isalnum()
