"""What a page's lines look like among each other: what repeats, what counts upwards, what is parted by gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final

from almoner.pipeline.lines import credit, dates, entries, headings, metadata
from almoner.pipeline.lines.credit import Forms
from almoner.pipeline.lines.entries import Entry
from almoner.pipeline.model import BlockKind
from almoner.pipeline.split.flow.line import Line
from almoner.pipeline.split.flow.spacing import spacing
from almoner.pipeline.split.page import Page

_NUMBER: Final = re.compile(r"\(?(\d{1,3})[.)]\s+")
_MAX_ENTRY: Final = 240
_MAX_REFRAIN: Final = 90
_ONLY_DATED: Final = frozenset({"date"})


def look(page: Page) -> tuple[Line, ...]:
    """The page's lines with all that is to be seen of them."""
    lines = tuple(Line(block, line) for block, line in zip(page.blocks, page.metadata, strict=True))
    for before, after in pairwise(lines):
        before.after, after.before = after, before
    texts = Counter(line.text for line in lines)
    common = Forms(suffix=sum(credit.has_suffix(line.text) for line in lines) >= 2)
    for line in lines:
        line.times = texts[line.text]
        if line.metadata is None or set(line.metadata.labels) == _ONLY_DATED:
            line.entry = _entry(line.text, page.order, common)
    for line in takewhile(lambda line: not line.is_prose, lines):
        line.in_head = True
    _mark_numbers(lines)
    _mark_capitals(lines)
    _mark_refrains(lines)
    _mark_labels(lines)
    _mark_lists(lines)
    _mark_anchors(lines)
    _mark_gaps(lines)
    _mark_last_calls(lines)
    _mark_lead(lines)
    return lines


def _entry(text: str, order: dates.Order, common: Forms) -> Entry | None:
    entry = entries.read(text, order, common) if len(text) <= _MAX_ENTRY else None
    return entry if entry is not None and entry.shape and not headings.names_periodical(entry.title) else None


def _mark_numbers(lines: Sequence[Line]) -> None:
    """Lines numbered upwards from 1 through the page, three or more of them."""
    found: list[Line] = []
    for line in lines:
        number = _NUMBER.match(line.text) if line.is_item else None
        if number and int(number[1]) == len(found) + 1:
            found.append(line)
    for line in found if len(found) >= 3 else []:
        line.numbered = True


def _mark_capitals(lines: Sequence[Line]) -> None:
    found = [line for line in lines if line.text.isupper() and len(line.text) > 4 and line.metadata is None]
    for line in found if 3 <= len(found) < 0.6 * len(lines) else []:
        line.capital = True


def _mark_refrains(lines: Sequence[Line]) -> None:
    """Short lines right below text of which three or more begin with the same two words."""
    begun: dict[str, list[Line]] = {}
    for line in lines[1:]:
        if line.block.gap == 0 and line.block.kind is BlockKind.PARAGRAPH and len(line.text) <= _MAX_REFRAIN:
            opening = " ".join(line.text.split()[:2])
            if not line.stopped and not opening.endswith("."):
                begun.setdefault(opening, []).append(line)
    for found in begun.values():
        for line in found if len(found) >= 3 else []:
            line.refrain = True


def _mark_labels(lines: Sequence[Line]) -> None:
    """Lines with a label of up to four words that the page repeats, or that makes up a group of lines."""
    labels = {line: label for line in lines if (label := _label(line.text))}
    often = Counter(labels.values())
    for line, label in labels.items():
        line.labelled = often[label] >= 2
    for group in _groups(lines):
        inside = [line for line in group if line in labels]
        if len(inside) >= max(3, 0.6 * len(group)) and not any(line.labelled for line in inside):
            for line in group:
                line.labelled = True


def _label(text: str) -> str:
    label = text.split(":", 1)[0] if metadata.is_labelled(text) else ""
    return label if len(label.split()) <= 4 else ""


def _groups(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Lines with no empty line between them."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].block.gap:
            yield lines[start:index]
            start = index


def _mark_lists(lines: Sequence[Line]) -> None:
    """The entries of a page that is one list, and those that stand under months."""
    items = [line for line in lines if line.is_item]
    if len(items) >= 3 and len(items) >= 0.7 * (len(lines) - lines.index(items[0])):
        for line in items:
            line.listed = True
    months = [index for index, line in enumerate(lines) if line.is_month]
    if len(months) < 2:
        return
    for month, end in zip(months, [*months[1:], len(lines)], strict=True):
        for line in _under_month(lines[month + 1 : end]):
            line.listed = True


def _under_month(under: Sequence[Line]) -> Iterator[Line]:
    """The lines that begin an entry: those behind a gap where gaps part groups, and headings where text follows."""
    gaps = sum(line.block.gap > 0 for line in under[1:])
    grouped = gaps >= 0.3 * len(under) and gaps < len(under) - 1
    heads = [line for line in under if line.is_heading_like or line.is_item or line.entry is not None]
    headed = bool(heads) and heads[0] is under[0] and len(heads) < len(under)
    for line in under:
        if (line is under[0] or line.block.gap or not grouped) and (not headed or line in heads):
            yield line


def _mark_anchors(lines: Sequence[Line]) -> None:
    """How far each line is of the sort that a record has once: dated, and of a shape that the page repeats."""
    dated = Counter(line.metadata.labels for line in lines if line.is_dated and line.metadata)
    plain = Counter(line.metadata.labels for line in lines if line.metadata and not line.is_dated)
    most = max(dated.values(), default=1)
    days_head = max(plain.values(), default=0) > sum(dated.values())
    pure = sum(line.entry is not None and line.metadata is None for line in lines)
    for line in lines:
        if line.metadata is None:
            line.anchor = 0.3 if line.labelled else 0.0
        elif line.names_issue or _is_issues_own(line):
            line.anchor = 0.0
        elif line.entry is not None and pure >= 2:
            line.anchor = 0.5  # an entry like the others
        elif line.is_month:
            line.anchor = 1.0
        elif line.is_day and line.after is not None and line.after.is_hours:
            line.anchor = 0.3  # when something is held
        elif line.is_day and days_head:
            line.anchor = 0.3  # a day over several items, which have lines of their own
        elif line.is_dated:
            line.anchor = 1.5 + 1.5 * dated[line.metadata.labels] / most
        else:
            line.anchor = 1.0 if plain[line.metadata.labels] > 1 else 0.3


def _is_issues_own(line: Line) -> bool:
    """Whether a date is the issue's: with its number on the page's first line, below a line that names it with a date,
    or alone below the name that the page opens with."""
    above, heads = line.before, line.after is not None and line.after.heads
    if above is None:
        return heads and line.is_dateline and not line.is_day and not line.is_month
    opens = above.before is None and line.is_day and heads
    return above.names_issue or (opens and above.is_heading_like and headings.names_issue(above.text))


def _mark_gaps(lines: Sequence[Line]) -> None:
    found = spacing(lines)
    for line in lines[1:]:
        line.parted = found.sure if line.block.gap >= found.wide else -found.sure
        line.run_on = found.used if line.block.gap == 0 else 0.0
    if lines:
        lines[0].parted = found.sure


def _mark_last_calls(lines: Sequence[Line]) -> None:
    for line in reversed(lines):
        if not line.is_call:
            return
        line.last_call = True


def _mark_lead(lines: Sequence[Line]) -> None:
    """The lines above a page's last heading of the sort that closes an article ("Links"), where each such heading
    stands once: an issue's lead, and the headings in it are its own."""
    inner = [index for index, line in enumerate(lines) if line.is_inner]
    if inner and all(lines[index].times == 1 for index in inner):
        for line in lines[: inner[-1]]:
            line.in_lead = True
