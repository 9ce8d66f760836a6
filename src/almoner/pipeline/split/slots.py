"""What stands in the same place of every record of a list, and what that place is therefore for.

Records of one list print the same things in the same places. So the places (slots) are judged over many
records together, by what stands in them, before any record is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.shapes import has_date
from almoner.pipeline.split.units import Unit

GENERIC = re.compile(
    r"(?:(?:read|learn|view|see|show|find\s+out|discover|load)\s+(?:more|all|full|details|the\s+full)\b.{0,40}|more(?:\s+info(?:rmation)?|\s+details)?"
    r"|(?:download|view|open|get|watch|listen|play|video|audio|pdf|docx?|html?|link|details?|here|click\s+here|continue(?:\s+reading)?|apply(?:\s+now)?"
    r"|book(?:\s+now)?|register|share|print|new|updated|featured|live|free)(?:\s+(?:pdf|file|here|now|document|report|article|video))?)\W*",
    re.IGNORECASE,
)
"""Words on links and buttons that name nothing."""
LABEL = re.compile(r"(?:[A-Za-z][A-Za-z /()-]{1,28}):\s*")
POOR_DATE = re.compile(
    r"\b(?:argu\w+|updat\w+|modif\w+|revis\w+|hear(?:ing|d)|event|clos\w+|expir\w+|due|deadline|effective|review\w*|ends?|until"
    r"|correct\w*|amend\w*)\b",
    re.IGNORECASE,
)
"""Words beside dates that are not of publication."""
MAX_DATE: Final = 60
"""A date's own piece of a record is no longer than this."""

_TITLE_NAME = re.compile(
    r"(?<![a-z])(?:title|headline|heading|subject)(?![a-z])|itemprop-(?:headline|name)|case-?(?:title|name)",
    re.IGNORECASE,
)
_TITLE_HEADER = re.compile(
    r"\b(?:title|name|subject|headline|caption|document|publication|parties|style|event|course|resource|report"
    r"|case(?!\s*(?:no\b|num|#|type|id|info|detail)))",
    re.IGNORECASE,
)
_TEXT_HEADER = re.compile(r"\b(?:description|topics?|issues?|item|summary|details?|notes?)\b", re.IGNORECASE)
_NUMBER_HEADER = re.compile(
    r"\b(?:no|number|num|id|ref(?:erence)?|docket|citation|county|court|judge|author|type|size)\b|#",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(
    r"(?<![a-z])(?:date|time|published|posted|pubdate|datetime|timestamp|issued|created)(?![a-z])",
    re.IGNORECASE,
)
_DATE_GOOD = re.compile(
    r"\b(?:publi\w+|posted|filed|file|issu\w+|releas\w+|decided|decision|entered)\b", re.IGNORECASE
)
_DATE_PLAIN = re.compile(r"\bdated?\b", re.IGNORECASE)
_AUTHOR_NAME = re.compile(
    r"(?<![a-z])(?:author|byline|by-line|writer|contributor)(?![a-z])|itemprop-author", re.IGNORECASE
)
_CATEGORY_NAME = re.compile(
    r"(?<![a-z])(?:categor(?:y|ies)|topics?|kicker|eyebrow|section-?name|content-?type)(?![a-z])",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"[a-zà-ÿ]{3}[.!?][\"”’')]*\s+[\"“‘(]?[A-ZÀ-Þ].*[.!?…][\"”’')]*\Z", re.DOTALL)
"""Two sentences or more, the last one closed."""
_TEMPLATE_SHARE: Final = 0.5
_LENGTHS: Final = ((4, 0.1), (8, 0.4), (15, 0.75), (140, 1.0), (250, 0.5))
_SAMPLE: Final = 60


@dataclass(slots=True)
class Slot:
    """What stands in one place over the records looked at."""

    order: int
    sample: Unit
    count: int = 0
    length: int = 0
    letters: int = 0
    solid: int = 0
    dates: int = 0
    links: int = 0
    linked: float = 0.0
    mixed: int = 0
    """How often it is a run of several parts."""
    generic: int = 0
    labels: int = 0
    running: int = 0
    """How often it is running text of some sentences."""
    label: str = ""
    """What stands before its value each time: "Date Filed:"."""
    texts: set[str] = field(default_factory=set)
    hrefs: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the places of a list's records are for.

    `titles` ranks them as titles, best 0; `dates` says how well they fit the date of publication; `marked` is
    "author" or "category"; `template` are those where every record says the same; `headers` are a table's
    column names by cell. `untitled` are those where no title stands, in records that print none.
    """

    slots: dict[str, Slot]
    titles: dict[str, int]
    dates: dict[str, float]
    marked: dict[str, str]
    template: frozenset[str]
    headers: dict[int, str]
    untitled: frozenset[str]


def learn(view: PageView, pieces: Sequence[Sequence[Unit]], headers: dict[int, str]) -> Layout:
    """The layout that the records share, from a few dozen of them."""
    sampled = pieces[:: max(1, len(pieces) // _SAMPLE)]
    count = len(sampled)
    slots = _gathered(view, sampled)
    untitled = _untitled(slots)
    titles = sorted(
        (slot for slot in slots if slot not in untitled),
        key=lambda slot: -_title_worth(slots[slot], count, headers),
    )
    marked = {}
    for slot, stat in slots.items():
        named = stat.sample.named
        if named and stat.length <= 90 * stat.count:
            if _AUTHOR_NAME.search(named):
                marked[slot] = "author"
            elif _CATEGORY_NAME.search(named):
                marked[slot] = "category"
    return Layout(
        slots,
        {slot: position for position, slot in enumerate(titles)},
        {slot: worth for slot, stat in slots.items() if (worth := _date_worth(stat, count, headers)) > 0},
        marked,
        frozenset(slot for slot, stat in slots.items() if _is_template(stat, count)),
        headers,
        untitled,
    )


def _gathered(view: PageView, pieces: Sequence[Sequence[Unit]]) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    for parts in pieces:
        last = len(parts) - 1
        for order, unit in enumerate(parts):
            stat = slots.get(unit.slot)
            if stat is None:
                stat = slots[unit.slot] = Slot(order, unit)
            text = unit.text
            stat.count += 1
            stat.length += len(text)
            stat.letters += sum(map(str.isalpha, text[:200]))
            stat.solid += len(text[:200]) - text.count(" ", 0, 200)
            stat.dates += len(text) <= MAX_DATE and has_date(text)
            stat.generic += GENERIC.fullmatch(text) is not None
            stat.labels += text.endswith(":")
            stat.running += _RUNNING.search(text) is not None
            stat.texts.add(text)
            stat.mixed += unit.whole and order < last and parts[order + 1].start < unit.stop
            if unit.anchor >= 0:
                stat.links += 1
                stat.linked += unit.linked
                stat.hrefs.add(view.attributes[unit.anchor].get("href", ""))
    for stat in slots.values():
        stat.label = _common_label(stat)
    return slots


def _is_template(stat: Slot, records: int) -> bool:
    """Whether the same few words stand there in record after record: buttons, badges, "Read more"."""
    return (
        stat.count >= max(4, _TEMPLATE_SHARE * records)
        and len(stat.texts) <= max(1, 0.08 * stat.count)
        and stat.length <= 40 * stat.count
        and not stat.labels
    )


def _untitled(slots: dict[str, Slot]) -> frozenset[str]:
    """The places of running text, and beside it those of a bare date: records of these alone have no title."""
    running, dates = set(), set()
    for slot, stat in slots.items():
        unit = stat.sample
        if stat.dates == stat.count and stat.length < 30 * stat.count:
            dates.add(slot)
            continue
        marked = unit.heading or unit.strong or stat.links or _TITLE_NAME.search(unit.named)
        if not marked and stat.running > 0.5 * stat.count:
            running.add(slot)
    return frozenset(running | dates if running else ())


def _common_label(stat: Slot) -> str:
    """The label that every value in a place begins with, or ""."""
    if stat.count < 2:
        return ""
    label = LABEL.match(stat.sample.text)
    if label is None or not all(text.startswith(label[0]) for text in stat.texts):
        return ""
    return label[0]


def _title_worth(stat: Slot, records: int, headers: dict[int, str]) -> float:
    """How well a place fits titles: there in each record, different in each, of a title's length, in words."""
    unit = stat.sample
    mean = stat.length / stat.count
    # A heading is a title even where few records have theirs in this very place.
    spread = stat.count / records
    worth = float(spread**0.4 if unit.heading else spread) * float((len(stat.texts) / stat.count) ** 0.7)
    worth *= next((fit for length, fit in _LENGTHS if mean <= length), 0.15)
    worth *= (stat.letters / max(1, stat.solid)) ** 2
    worth *= 1 - 0.9 * (stat.dates / stat.count) * (1.0 if mean < 30 else 0.2)
    worth *= 1 - 0.95 * stat.generic / stat.count
    worth *= 1 - 0.7 * stat.labels / stat.count
    bonus = 1.0 + (1.0 if unit.heading else 0.25 if unit.strong else 0.0) + 0.4 * stat.linked / stat.count
    if _TITLE_NAME.search(unit.named):
        bonus += 0.6
    if _AUTHOR_NAME.search(unit.named) or _CATEGORY_NAME.search(unit.named):
        bonus -= 0.5
    bonus += _header_bonus(f"{headers.get(unit.column, '')} {stat.label}")
    bonus -= 0.15 * stat.mixed / stat.count if unit.whole else 0.05
    return worth * bonus * (1 - 0.02 * min(stat.order, 15))


def _header_bonus(header: str) -> float:
    if len(header) < 2:
        return 0.0
    if _TITLE_HEADER.search(header):
        return 0.8
    if _NUMBER_HEADER.search(header):
        return -0.4
    return 0.2 if _TEXT_HEADER.search(header) else 0.0


def _date_worth(stat: Slot, records: int, headers: dict[int, str]) -> float:
    """How well a place fits the date of publication."""
    if not stat.dates:
        return 0.0
    unit = stat.sample
    worth = stat.dates / records + 0.3 * stat.dates / stat.count
    said = f"{headers.get(unit.column, '')} {unit.text if len(unit.text) < MAX_DATE else ''}"
    if unit.timed or _DATE_NAME.search(unit.named):
        worth += 0.3
    if _DATE_GOOD.search(said):
        worth += 0.3
    elif _DATE_PLAIN.search(said):
        worth += 0.2
    if POOR_DATE.search(said) or POOR_DATE.search(unit.named.replace("-", " ")):
        worth -= 0.6
    return worth - 0.01 * stat.order - (0.1 if stat.length > 30 * stat.count else 0.0)
