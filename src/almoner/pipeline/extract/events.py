"""Things one can attend: each with its title, when it starts, and how it is held."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.lines import dates, headings
from almoner.pipeline.lines.dates import DateMention
from almoner.pipeline.lines.labels import Sort
from almoner.pipeline.model import Block, BlockKind, Event, Kind

_MODES: Final = (
    (
        "live online",
        re.compile(r"\blive\s+(?:online|via\s+zoom|on\s+zoom)\b|\bvia\s+(?:zoom|teams)\b", re.IGNORECASE),
    ),
    ("on demand", re.compile(r"\bon[\s-]demand\b|\bself[\s-]paced\b", re.IGNORECASE)),
    (
        "online",
        re.compile(r"\bonline\b|\bwebinar\b|\be-?learning\b|\bzoom\b|\bmicrosoft\s+teams\b", re.IGNORECASE),
    ),
    (
        "in person",
        re.compile(
            r"\bin[\s-]person\b|\bface[\s-]to[\s-]face\b|\bon[\s-](?:site|location)\b|\bvenue\b",
            re.IGNORECASE,
        ),
    ),
)
_ROLE_WORDS = re.compile(r"\b(?:next|live|online|course|session|date|dates|training|webinar|starts?|on|at|from|book|booking|here|now|places?|available|available|to)\b", re.IGNORECASE)  # fmt: skip
_HOURS = re.compile(
    r"(?:\b(?:from|to|until)\b|[–—-])?\s*\b\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b\.?|noon\b)", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*\([^()]*\)\s*\Z")


@dataclass(frozen=True, slots=True)
class Announced:
    """The events of an item. `takes_date`: the date beside its title is when it happens, not its publication."""

    events: tuple[Event, ...] = ()
    takes_date: bool = False


_ATTENDED: Final = frozenset({Kind.COURSE, Kind.EVENT})
_NOTHING: Final = Announced()


def read(record: Record, kind: Kind, title: str) -> Announced:
    """The events that a course or event item announces; none for other kinds."""
    if kind not in _ATTENDED:
        return _NOTHING
    whole = " ".join(block.text for block in record.body)
    beside = next(
        (line.published for _, line in record.metadata if line is not None and line.published), None
    )
    if beside is None and record.entry is not None:
        beside = record.entry.published
    if beside is not None and beside.day is not None and _is_its_day(record):
        return Announced((_event(title, beside, f"{title} {whole}"),), takes_date=True)
    return Announced(_listed(record.body, title))


def _is_its_day(record: Record) -> bool:
    """Whether a date beside the title is the day of the event: by its label, or by the section it stands in."""
    labels = {label for _, line in record.metadata if line is not None for label in line.labels}
    if Sort.PUBLISHED in labels or Sort.UPDATED in labels:
        return False
    section = headings.section_of(record.section_name or "")
    return Sort.DATED in labels or section in {Kind.COURSE, Kind.EVENT}


def _listed(blocks: tuple[Block, ...], title: str) -> tuple[Event, ...]:
    found: dict[tuple[str, str | None], Event] = {}
    name: str | None = None
    in_list = False
    for index, block in enumerate(blocks):
        text = block.text
        printed = [
            mention
            for mention in dates.mentions(text)
            if mention.year is not None and mention.day is not None
        ]
        if printed:
            own = _own_title(text, printed[0])
            named = own or name or title
            event = _event(
                named, printed[0], " ".join(other.text for other in blocks[max(0, index - 1) : index + 3])
            )
            known = found.get((named, None))
            if known is not None:
                del found[(named, None)]
            found.setdefault((named, event.starts), event)
            in_list = False
        elif text.endswith(":"):
            in_list = True
        elif (block.kind is BlockKind.LIST_ITEM and in_list and headings.is_heading_like(text)) or (
            in_list and headings.is_heading_like(text)
        ):
            bare = _BRACKET.sub("", text)
            found.setdefault((bare, None), Event(bare, mode=_mode(text)))
            if block.kind is not BlockKind.LIST_ITEM:
                in_list = False
        elif headings.is_heading_like(text) and len(headings.words(text)) >= 2:
            name = _BRACKET.sub("", text)
        elif block.kind is not BlockKind.LIST_ITEM:
            in_list = False
    return tuple(found.values())


def _own_title(text: str, mention: DateMention) -> str | None:
    """The event's name on the date's own line, where more stands there than "next live course" or "book here"."""
    for rest in (text[: mention.start], text[mention.end :]):
        bare = _HOURS.sub("", rest).strip(" -–—|:,•()")
        if len(headings.words(_ROLE_WORDS.sub("", bare))) >= 2:
            return bare
    return None


def _event(title: str, mention: DateMention, around: str) -> Event:
    when = mention.when("")
    ends = None
    if mention.last_day is not None and mention.year is not None:
        last = replace(mention, day=mention.last_day)
        ends = last.day_date.isoformat() if last.day_date is not None else None
    return Event(title, when.value if when is not None else None, ends, _mode(around))


def _mode(text: str) -> str | None:
    modes = [name for name, pattern in _MODES if pattern.search(text)]
    if "live online" in modes and "online" in modes:
        modes.remove("online")
    return ", ".join(modes) or None
