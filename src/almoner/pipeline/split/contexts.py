"""What stands over a list's records and holds for several of them: headings, months, column names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from almoner.pipeline.model import Block, BlockKind, Place
from almoner.pipeline.page.elements import HEADINGS
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Span
from almoner.pipeline.split.shapes import DATE

_MONTH_LINE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
    r"\W{1,3}(?:19|20)\d\d\b|\A\W*(?:19|20)\d\d\W*\Z",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"\b(?:date|title|name|number|no|num|case|docket|type|description|author|court|judge|status|topic|subject|document|link|download"
    r"|published|issued|filed|decided|posted|category|summary|reference|ref|organisation|source|location|event|time|opinion|caption|citation)\b|#",
    re.IGNORECASE,
)
_LINE_RANK: Final = 7
MAX_LINE: Final = 160
_LOOK_BACK: Final = 4_000


def over(view: PageView, records: Sequence[Span]) -> list[tuple[Block, ...]]:
    """For each record the headings and dated lines that stand over it, outermost first."""
    standing: list[tuple[int, Block]] = []
    found: list[tuple[Block, ...]] = []
    current: tuple[Block, ...] = ()
    position = max(0, records[0][0] - _LOOK_BACK)
    for start, stop in records:
        for rank, block in _lines(view, position, start):
            while standing and standing[-1][0] >= rank:
                standing.pop()
            standing.append((rank, block))
            current = tuple(kept for _, kept in standing)
        found.append(current)
        position = max(position, stop)
    return found


def _lines(view: PageView, start: int, stop: int) -> list[tuple[int, Block]]:
    """Headings, and short lines that are a date or a month, among the nodes from `start` up to `stop`."""
    tags, ends, aside = view.tags, view.ends, view.tree.aside
    found: list[tuple[int, Block]] = []
    node = start
    while node < stop:
        tag = tags[node]
        if node in aside:
            node = ends[node]
            continue
        rank = HEADINGS.get(tag)
        if rank is not None or tag == "caption":
            text = view.text(node)
            if text and ends[node] <= stop:
                found.append((rank or 6, _block(view, node, text, rank or 6)))
            node = ends[node]
            continue
        if not tag:
            text = view.texts[node].strip()
            if 3 < len(text) <= MAX_LINE:
                match = DATE.search(text) or _MONTH_LINE.search(text)
                if match is not None:
                    found.append((_LINE_RANK, _block(view, node, text if len(text) <= 40 else match[0], 6)))
        node += 1
    return found


def _block(view: PageView, node: int, text: str, level: int) -> Block:
    text = " ".join(text.split())
    if len(text) > 40:
        match = DATE.search(text) or _MONTH_LINE.search(text)
        if match is not None:
            text = match[0]
    return Block(BlockKind.HEADING, text, Place(css=view.css(node)), raw=view.text(node), level=level)


def headers(view: PageView, records: Sequence[Span]) -> tuple[dict[int, str], int]:
    """The column names of the table that the records are rows of, by cell from 1, and the row they stand in.

    Empty and -1 for lists that are no table, and tables without a head.
    """
    row = records[0][0]
    if view.tags[row] != "tr":
        return {}, -1
    table = row
    while table > 0 and view.tags[table] != "table":
        table = view.parents[table]
    starts = {start for start, _ in records}
    node = table + 1
    while node <= row:
        if view.tags[node] == "tr":
            cells = [
                cell
                for cell in range(node + 1, view.ends[node])
                if view.tags[cell] in {"td", "th"} and view.parents[cell] == node
            ]
            names = {view.tree.ordinals[cell]: view.text(cell) for cell in cells}
            if len(names) > 1 and all(len(name) <= 40 for name in names.values()):
                known = sum(_COLUMN.search(name) is not None for name in names.values())
                dated = any(DATE.search(name) for name in names.values())
                if not dated and (
                    all(view.tags[cell] == "th" for cell in cells)
                    or known >= 2
                    or (node not in starts and known)
                ):
                    return names, node
        node += 1
    return {}, -1
