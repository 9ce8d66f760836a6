"""The records of a list as cuts: title, link, date, author and category of each, and the rest as its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from almoner.pipeline.model import Block, BlockKind, Cut, Decision, Link, Part, Place, Role
from almoner.pipeline.page.blocks import placed
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Kinds, Span
from almoner.pipeline.split.shapes import DATE, has_date
from almoner.pipeline.split.slots import GENERIC, LABEL, MAX_DATE, POOR_DATE, Layout, learn
from almoner.pipeline.split.units import Unit, units

LAYOUT: Final = "list"
_WHY: Final = "one of the records that repeat on the page"
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
_LETTER = re.compile(r"[^\W\d_]")
_EDGES: Final = " \t\n-–—:•·|,;»›>"
MAX_CATEGORIES: Final = 4
"""More pieces of a record than this that look like categories are its own matter."""
MAX_NAME: Final = 90
_NOT_OWN: Final = ("#", "mailto:", "tel:")


def read(
    view: PageView, records: Sequence[Span], contexts: Sequence[tuple[Block, ...]], headers: dict[int, str]
) -> list[tuple[int, Cut]]:
    """The records as cuts, each with its first node.

    `contexts` are the headings over each record, `headers` a table's column names by cell.
    """
    kinds = Kinds(view)
    pieces = units(view, kinds, records)
    layout = learn(view, pieces, headers)
    aside = sorted(view.tree.aside)
    found: list[tuple[int, Cut]] = []
    before: tuple[str, str] | None = None
    for record, parts, context in zip(records, pieces, contexts, strict=True):
        if not parts:
            continue
        hidden = aside[bisect_left(aside, record[0]) : bisect_left(aside, record[1])]
        cut = _cut(view, record, parts, layout, set(hidden), context)
        titled = next((part.block.text for part in cut.parts if part.role is Role.TITLE), "")
        key = (titled, cut.link) if titled and cut.link else None
        if key is None or key != before:
            found.append((record[0], cut))
        elif len(found[-1][1].parts) < len(cut.parts):
            # A card that is there twice, for wide and for narrow screens, is one: the fuller of the two.
            found[-1] = (record[0], cut)
        before = key
    return found


def _cut(
    view: PageView, record: Span, parts: Sequence[Unit], layout: Layout, used: set[int], context: tuple[Block, ...]
) -> Cut:  # fmt: skip
    """One record. `used` are nodes that are in no part of it: furniture, and then what has been read."""
    made: list[tuple[int, Part]] = []
    title = _title(parts, layout)
    link = ""
    if title is not None:
        used.update(range(title.start, title.stop))
        link = view.href(title.anchor) if title.anchor >= 0 else ""
        made.append((title.start, Part(Role.TITLE, _title_block(view, title, layout))))
    link = link or _own_link(view, record, parts, layout)
    made.extend(_metadata(view, parts, title, layout, used))
    if layout.template:
        for unit in parts:
            if unit.whole and unit.slot in layout.template:
                used.update(range(unit.start, unit.stop))
    said = {title.text} if title is not None else set()
    for position, block in placed(view, *record, without=used):
        # The same words again are the title of its picture, or the line for a narrow screen.
        if block.text not in said:
            made.append((position, Part(Role.BODY, _bare(block))))
            said.add(block.text)
    made.sort(key=lambda pair: pair[0])
    place = Place(css=view.css(record[0]))
    named = title.text[:60] if title is not None else "no title"
    return Cut(
        tuple(part for _, part in made),
        place,
        LAYOUT,
        context,
        link or None,
        (Decision("split", f"item: {named}", _WHY, place),),
    )


def _bare(block: Block) -> Block:
    """The block without the dash or colon that stood between the title and it."""
    text = block.text.lstrip(_EDGES)
    return replace(block, text=text) if text and text != block.text else block


def _title(parts: Sequence[Unit], layout: Layout) -> Unit | None:
    """The piece in the place that fits titles best, among those that can be one."""
    ranks = layout.titles
    best: Unit | None = None
    rank = len(ranks) + 1
    for unit in parts:
        text = unit.text
        other = ranks.get(unit.slot, len(ranks))
        if (
            other < rank
            and unit.slot not in layout.untitled
            and len(text) > 2
            and text[-1] != ":"
            and not GENERIC.fullmatch(text)
            and _LETTER.search(text)
        ):
            best, rank = unit, other
    return best


def _title_block(view: PageView, unit: Unit, layout: Layout) -> Block:
    slot = layout.slots.get(unit.slot)
    text = unit.text.removeprefix(slot.label if slot is not None else "").strip(_EDGES) or unit.text
    href = view.href(unit.anchor) if unit.anchor >= 0 else ""
    return Block(
        BlockKind.HEADING,
        text,
        Place(css=view.css(unit.start)),
        raw=unit.text,
        level=unit.heading or 3,
        links=(Link(href, text),) if href else (),
    )


def _own_link(view: PageView, record: Span, parts: Sequence[Unit], layout: Layout) -> str:
    """Where an untied title's record leads: by the link of which every record has one of its own, documents first."""
    best, worth = "", 0.0
    for unit in parts:
        slot = layout.slots.get(unit.slot)
        href = view.href(unit.anchor) if unit.anchor >= 0 else ""
        if not href or slot is None or href.startswith(_NOT_OWN):
            continue
        value = slot.count * len(slot.hrefs) / max(1, slot.links) - 0.01 * slot.order
        if _DOCUMENT.search(href) or _DOCUMENT_HEADER.search(layout.headers.get(unit.column, "")):
            value *= 1.5
        if value > worth:
            best, worth = href, value
    if best:
        return best
    for node in range(*record):
        if view.tags[node] == "a" and node not in view.tree.aside:
            href = view.href(node)
            if href and not href.startswith(_NOT_OWN):
                return href
    return ""


def _metadata(
    view: PageView, parts: Sequence[Unit], title: Unit | None, layout: Layout, used: set[int]
) -> list[tuple[int, Part]]:
    found: list[tuple[int, Part]] = []
    chosen: Unit | None = None
    worth = 0.0
    categories = 0
    for unit in parts:
        value = layout.dates.get(unit.slot, 0.0)
        if value > worth and len(unit.text) <= MAX_DATE and has_date(unit.text):
            chosen, worth = unit, value
        categories += layout.marked.get(unit.slot) == "category"
    dated = False
    for unit in parts:
        if unit.start in used or (title is not None and unit.start < title.stop and title.start < unit.stop):
            continue
        marked = layout.marked.get(unit.slot, "")
        if unit is chosen:
            found.append((unit.start, Part(Role.METADATA, _date_block(view, unit))))
            dated = True
        elif (
            marked
            and len(unit.text) <= MAX_NAME
            and not (marked == "category" and categories > MAX_CATEGORIES)
            and not has_date(unit.text)
        ):
            found.append((unit.start, Part(Role.METADATA, _named_block(view, unit, marked))))
        else:
            continue
        used.update(range(unit.start, unit.stop))
    if not dated:
        inner = _date_within(view, parts, title)
        if inner is not None:
            found.append(inner)
    return found


def _date_block(view: PageView, unit: Unit) -> Block:
    text = unit.text
    label = LABEL.match(text)
    if label is not None and not POOR_DATE.search(label[0]):
        text = text[label.end() :]
    match = DATE.search(text)
    # More than a weekday or an hour beside the date is about something else.
    if match is not None and _LETTER.search(
        _BESIDE_DATE.sub("", text[: match.start()] + text[match.end() :])
    ):
        text = match[0]
    moment = ""
    if unit.timed:
        times = (node for node in range(unit.start - 1, unit.stop) if view.tags[node] == "time")
        moment = next((view.attributes[node].get("datetime", "") for node in times), "")
    return _published_block(view, unit, text, moment)


def _date_within(view: PageView, parts: Sequence[Unit], title: Unit | None) -> tuple[int, Part] | None:
    """A date that stands in a longer run: in figures at its beginning, or in a line of its own length."""
    for unit in parts:
        if not has_date(unit.text[:400]):
            continue
        match = DATE.search(unit.text[:400])
        if match is None:
            continue
        text = match[0]
        if len(unit.text) < 160 or unit is title or (match.start() < 25 and not _LETTER.search(text)):
            return unit.start, Part(Role.METADATA, _published_block(view, unit, text, ""))
    return None


def _published_block(view: PageView, unit: Unit, text: str, moment: str) -> Block:
    place = Place(css=view.css(unit.start))
    return Block(BlockKind.PARAGRAPH, text, place, raw=unit.text, datetime=moment, marked="published")


def _named_block(view: PageView, unit: Unit, marked: str) -> Block:
    href = view.href(unit.anchor) if unit.anchor >= 0 else ""
    return Block(
        BlockKind.PARAGRAPH,
        unit.text,
        Place(css=view.css(unit.start)),
        raw=unit.text,
        links=(Link(href, unit.text),) if href else (),
        marked=marked,
    )
