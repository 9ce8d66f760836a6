"""What each piece of a list's records is: title, link, date, author, category, and the rest as text.

Records of one list print the same things in the same places. So the places (slots) are judged over all records
together, by what stands in them, and only then is each record read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from almoner.pipeline.model import Block, BlockKind, Cut, Decision, Link, Part, Place, Role
from almoner.pipeline.page.blocks import placed
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Kinds, Span
from almoner.pipeline.split.shapes import DATE
from almoner.pipeline.split.units import Unit, units

LAYOUT = "list"

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
_GENERIC = re.compile(
    r"(?:(?:read|learn|view|see|show|find\s+out|discover|load)\s+(?:more|all|full|details|the\s+full)\b.{0,40}|more(?:\s+info(?:rmation)?|\s+details)?"
    r"|(?:download|view|open|get|watch|listen|play|video|audio|pdf|docx?|html?|link|details?|here|click\s+here|continue(?:\s+reading)?|apply(?:\s+now)?"
    r"|book(?:\s+now)?|register|share|print|new|updated|featured|live|free)(?:\s+(?:pdf|file|here|now|document|report|article|video))?)\W*",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(
    r"(?<![a-z])(?:date|time|published|posted|pubdate|datetime|timestamp|issued|created)(?![a-z])",
    re.IGNORECASE,
)
_DATE_GOOD = re.compile(
    r"\b(?:publi\w+|posted|filed|file|issu\w+|releas\w+|decided|decision|date|dated|entered)\b", re.IGNORECASE
)
_DATE_POOR = re.compile(
    r"\b(?:argu\w+|updat\w+|modif\w+|revis\w+|hear(?:ing|d)|event|clos\w+|expir\w+|due|deadline|effective|review\w*|ends?|until|correct\w*|amend\w*)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:[A-Za-z][A-Za-z /()-]{1,28}):\s*")
_AUTHOR_NAME = re.compile(
    r"(?<![a-z])(?:author|byline|by-line|writer|contributor)(?![a-z])|itemprop-author", re.IGNORECASE
)
_CATEGORY_NAME = re.compile(
    r"(?<![a-z])(?:categor(?:y|ies)|topics?|kicker|eyebrow|section-?name|content-?type)(?![a-z])",
    re.IGNORECASE,
)
_BESIDE_DATE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?|\b[ap]m\b"
    r"|\b(?:at|on|gmt|bst|utc|published|posted|filed|decided|released|issued|date)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|mp3|mp4)\b|download|/media/|/attachments?/|/document",
    re.IGNORECASE,
)
_DOCUMENT_HEADER = re.compile(
    r"\b(?:document|download|opinion|order|report|decision|file|pdf|full\s+text|publication)\b", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]")
TEMPLATE_SHARE: Final = 0.5
MAX_CATEGORIES: Final = 4
_EDGES: Final = " \t\n-–—:•·|,;»›>"
_BY = re.compile(r"by\s+(?=[A-Z])", re.IGNORECASE)


@dataclass(slots=True)
class _Slot:
    """What stands in one place over all records."""

    order: int
    count: int = 0
    length: int = 0
    letters: int = 0
    solid: int = 0
    dates: int = 0
    links: int = 0
    linked: float = 0.0
    mixed: int = 0
    """How often it is a run of several parts."""
    label: str = ""
    """What stands before its value each time: "Date Filed:"."""
    generic: int = 0
    labels: int = 0
    sample: Unit | None = None
    texts: set[str] = field(default_factory=set)
    hrefs: set[str] = field(default_factory=set)


def read(
    view: PageView, records: Sequence[Span], contexts: Sequence[tuple[Block, ...]], headers: dict[int, str]
) -> list[tuple[int, Cut]]:
    """The records as cuts, each with its first node. `headers` are a table's column names by cell; `contexts` the headings over each record."""
    kinds = Kinds(view)
    pieces = [units(view, kinds, record) for record in records]
    slots = _slots(view, pieces)
    count = len(records)
    titles = sorted(slots, key=lambda slot: -_title_worth(slots[slot], count, headers))
    rank = {slot: position for position, slot in enumerate(titles)}
    dates = {slot: _date_worth(stat, count, headers) for slot, stat in slots.items()}
    template = {slot for slot, stat in slots.items() if _is_template(stat, count)}
    found: list[tuple[int, Cut]] = []
    before: tuple[str, str | None] | None = None
    for record, parts, context in zip(records, pieces, contexts, strict=True):
        if not parts:
            continue
        cut = _cut(view, record, parts, rank, dates, slots, template, headers, context)
        titled = cut.blocks(Role.TITLE)
        key = (titled[0].text, cut.link) if titled and cut.link else None
        if key is None or key != before:
            found.append((record[0], cut))
        elif len(found[-1][1].parts) < len(cut.parts):
            # A card that is there twice, for wide and for narrow screens, is one: the fuller of the two.
            found[-1] = (record[0], cut)
        before = key
    return found


def _slots(view: PageView, pieces: Sequence[Sequence[Unit]]) -> dict[str, _Slot]:
    slots: dict[str, _Slot] = {}
    for parts in pieces:
        for order, unit in enumerate(parts):
            stat = slots.get(unit.slot)
            if stat is None:
                stat = slots[unit.slot] = _Slot(order, sample=unit)
            stat.count += 1
            text = unit.text
            stat.length += len(text)
            stat.letters += len(_LETTERS.findall(text[:200]))
            stat.solid += len(text[:200]) - text.count(" ", 0, 200)
            stat.dates += len(text) <= 60 and DATE.search(text) is not None
            stat.generic += _GENERIC.fullmatch(text) is not None
            stat.labels += text.endswith(":")
            stat.texts.add(text)
            stat.mixed += unit.whole and order + 1 < len(parts) and parts[order + 1].start < unit.stop
            if unit.anchor >= 0:
                stat.links += 1
                stat.linked += unit.linked
                stat.hrefs.add(view.attributes[unit.anchor].get("href", ""))
    for stat in slots.values():
        stat.label = _common_label(stat)
    return slots


def _is_template(stat: _Slot, records: int) -> bool:
    """Whether the same few words stand there in record after record: buttons, badges, "Read more"."""
    unit = stat.sample
    return (
        unit is not None
        and stat.count >= max(4, TEMPLATE_SHARE * records)
        and len(stat.texts) <= 0.2 * stat.count
        and stat.length <= 40 * stat.count
        and not stat.labels
    )


def _common_label(stat: _Slot) -> str:
    """The label that every value in a place begins with, or ""."""
    if stat.count < 2 or stat.sample is None:
        return ""
    label = _LABEL.match(stat.sample.text)
    if label is None or not all(text.startswith(label[0]) for text in stat.texts):
        return ""
    return label[0]


def _title_worth(stat: _Slot, records: int, headers: dict[int, str]) -> float:
    """How well a place fits titles: there in each record, different in each, of a title's length, in words."""
    unit = stat.sample
    assert unit is not None
    mean = stat.length / stat.count
    # A heading is a title even where few records have theirs in this very place.
    spread = stat.count / records
    worth = (spread**0.4 if unit.heading else spread) * (len(stat.texts) / stat.count) ** 0.7
    worth *= (
        0.1
        if mean < 4
        else 0.4
        if mean < 8
        else 0.75
        if mean < 15
        else 1.0
        if mean <= 140
        else 0.5
        if mean <= 250
        else 0.15
    )
    worth *= (stat.letters / max(1, stat.solid)) ** 2
    worth *= 1 - 0.9 * (stat.dates / stat.count) * (1.0 if mean < 30 else 0.2)
    worth *= 1 - 0.95 * stat.generic / stat.count
    worth *= 1 - 0.7 * stat.labels / stat.count
    bonus = 1.0
    if unit.heading:
        bonus += 1.0
    elif unit.strong:
        bonus += 0.25
    if stat.links:
        bonus += 0.4 * stat.linked / stat.count
    if _TITLE_NAME.search(unit.named):
        bonus += 0.6
    if _AUTHOR_NAME.search(unit.named) or _CATEGORY_NAME.search(unit.named):
        bonus -= 0.5
    header = f"{headers.get(unit.column, '')} {stat.label}"
    if len(header) > 1:
        bonus += (
            0.8
            if _TITLE_HEADER.search(header)
            else -0.4
            if _NUMBER_HEADER.search(header)
            else 0.2
            if _TEXT_HEADER.search(header)
            else 0.0
        )
    if not unit.whole:
        bonus -= 0.05
    elif stat.mixed:
        bonus -= 0.15 * stat.mixed / stat.count
    return float(worth * bonus * (1 - 0.02 * min(stat.order, 15)))


def _date_worth(stat: _Slot, records: int, headers: dict[int, str]) -> float:
    """How well a place fits the date of publication."""
    if not stat.dates:
        return 0.0
    unit = stat.sample
    assert unit is not None
    worth = stat.dates / records + 0.3 * stat.dates / stat.count
    said = f"{headers.get(unit.column, '')} {unit.text if len(unit.text) < 60 else ''}"
    if unit.timed or _DATE_NAME.search(unit.named):
        worth += 0.3
    if _DATE_GOOD.search(said):
        worth += 0.3
    if _DATE_POOR.search(said) or _DATE_POOR.search(unit.named.replace("-", " ")):
        worth -= 0.6
    mean = stat.length / stat.count
    return worth - 0.01 * stat.order - (0.1 if mean > 30 else 0.0)


def _cut(
    view: PageView, record: Span, parts: Sequence[Unit], rank: dict[str, int], dates: dict[str, float],
    slots: dict[str, _Slot], template: set[str], headers: dict[int, str], context: tuple[Block, ...],
) -> Cut:  # fmt: skip
    title = min(
        (unit for unit in parts if _can_be_title(unit)), key=lambda unit: rank[unit.slot], default=None
    )
    used: set[int] = set(view.tree.aside)
    made: list[tuple[int, Part]] = []
    link = None
    if title is not None:
        used.update(range(title.start, title.stop))
        anchor = title.anchor
        link = view.href(anchor) if anchor >= 0 else None
        made.append((title.start, Part(Role.TITLE, _title_block(view, title, slots[title.slot].label))))
    link = link or _own_link(view, record, parts, slots, headers)
    made.extend(_metadata(view, parts, title, dates, used))
    for unit in parts:
        if unit.whole and unit.slot in template:
            used.update(range(unit.start, unit.stop))
    made.extend((position, Part(Role.BODY, block)) for position, block in _body(view, record, used))
    made.sort(key=lambda pair: pair[0])
    place = Place(css=view.css(record[0]))
    named = title.text[:60] if title is not None else "no title"
    return Cut(
        tuple(part for _, part in made),
        place,
        LAYOUT,
        context,
        link or None,
        (Decision("split", f"item: {named}", "one of the records that repeat on the page", place),),
    )


def _can_be_title(unit: Unit) -> bool:
    text = unit.text
    return (
        len(text) > 2
        and not text.endswith(":")
        and not _GENERIC.fullmatch(text)
        and _LETTERS.search(text) is not None
    )


def _title_block(view: PageView, unit: Unit, label: str) -> Block:
    text = unit.text.removeprefix(label).strip(_EDGES) or unit.text
    href = view.href(unit.anchor) if unit.anchor >= 0 else ""
    level = unit.heading or 3
    return Block(
        BlockKind.HEADING,
        text,
        Place(css=view.css(unit.start)),
        raw=unit.text,
        level=level,
        links=(Link(href, text),) if href else (),
        html=f"<h{level}>{view.inline_html(list(range(unit.start, unit.stop)))}</h{level}>",
    )


def _own_link(
    view: PageView, record: Span, parts: Sequence[Unit], slots: dict[str, _Slot], headers: dict[int, str]
) -> str | None:
    """Where an unlinked title's record leads: by the link that every record has one of its own of, documents first."""
    best, worth = "", 0.0
    for unit in parts:
        href = view.href(unit.anchor) if unit.anchor >= 0 else ""
        if not href or href.startswith(("#", "mailto:", "tel:")):
            continue
        stat = slots[unit.slot]
        value = stat.count * len(stat.hrefs) / max(1, stat.links) - 0.01 * stat.order
        if _DOCUMENT.search(href) or _DOCUMENT_HEADER.search(headers.get(unit.column, "")):
            value *= 1.5
        if value > worth:
            best, worth = href, value
    if best:
        return best
    for node in range(*record):
        if view.tags[node] == "a" and node not in view.tree.aside:
            href = view.href(node)
            if href and not href.startswith(("#", "mailto:", "tel:")):
                return href
    return None


def _metadata(
    view: PageView, parts: Sequence[Unit], title: Unit | None, dates: dict[str, float], used: set[int]
) -> list[tuple[int, Part]]:
    found: list[tuple[int, Part]] = []
    dated = [
        unit for unit in parts if dates[unit.slot] > 0 and len(unit.text) <= 60 and DATE.search(unit.text)
    ]
    chosen = max(dated, key=lambda unit: dates[unit.slot], default=None)
    categories = {
        unit.slot
        for unit in parts
        if len(unit.text) <= 60 and _CATEGORY_NAME.search(unit.named) and not DATE.search(unit.text)
    }
    if len(categories) > MAX_CATEGORIES:
        categories.clear()  # so many are the record's own matter
    for unit in parts:
        if unit.start in used or (title is not None and unit.start < title.stop and title.start < unit.stop):
            continue
        if unit is chosen:
            found.append((unit.start, Part(Role.METADATA, _date_block(view, unit))))
        elif len(unit.text) <= 90 and _AUTHOR_NAME.search(unit.named) and not DATE.search(unit.text):
            found.append((unit.start, Part(Role.METADATA, _plain_block(view, unit, "author"))))
        elif unit.slot in categories:
            found.append((unit.start, Part(Role.METADATA, _plain_block(view, unit, "category"))))
        else:
            continue
        used.update(range(unit.start, unit.stop))
    if chosen is None or not any(part.block.marked == "published" for _, part in found):
        inner = _date_within(view, parts, title)
        if inner is not None:
            found.append(inner)
    return found


def _date_block(view: PageView, unit: Unit) -> Block:
    text = unit.text
    label = _LABEL.match(text)
    if label is not None and not _DATE_POOR.search(label[0]):
        text = text[label.end() :]
    match = DATE.search(text)
    # More than a weekday or an hour beside the date is about something else.
    if match is not None and _LETTERS.search(
        _BESIDE_DATE.sub("", text[: match.start()] + text[match.end() :])
    ):
        text = match[0]
    moment = next(
        (
            view.attributes[node].get("datetime", "")
            for node in range(unit.start - 1, unit.stop)
            if view.tags[node] == "time"
        ),
        "",
    )
    return _metadata_block(view, unit, text, moment)


def _date_within(view: PageView, parts: Sequence[Unit], title: Unit | None) -> tuple[int, Part] | None:
    """A date that stands in a longer run: in figures at its beginning, or in a line of its own length."""
    for unit in parts:
        match = DATE.search(unit.text[:400])
        if match is None:
            continue
        text = match[0]
        if len(unit.text) < 160 or unit is title or (match.start() < 25 and not _LETTERS.search(text)):
            return unit.start, Part(Role.METADATA, _metadata_block(view, unit, text, ""))
    return None


def _metadata_block(view: PageView, unit: Unit, text: str, moment: str) -> Block:
    return Block(
        BlockKind.PARAGRAPH,
        text,
        Place(css=view.css(unit.start)),
        raw=unit.text,
        datetime=moment,
        html=f"<p>{escape(text)}</p>",
        marked="published",
    )


def _plain_block(view: PageView, unit: Unit, marked: str) -> Block:
    text = unit.text
    return Block(
        BlockKind.PARAGRAPH,
        text,
        Place(css=view.css(unit.start)),
        raw=text,
        links=(Link(view.href(unit.anchor), text),) if unit.anchor >= 0 and view.href(unit.anchor) else (),
        html=f"<p>{view.inline_html(list(range(unit.start, unit.stop)))}</p>",
        marked=marked,
    )


def _body(view: PageView, record: Span, used: set[int]) -> list[tuple[int, Block]]:
    return placed(view, *record, without=used)
