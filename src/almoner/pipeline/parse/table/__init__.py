"""A library as a table (CSV): a row an item, columns found by their names, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.errors import UnknownFormat
from almoner.pipeline.findings import finding
from almoner.pipeline.lines import dates, moments
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import (
    Cut,
    Decision,
    Document,
    Finding,
    Kind,
    Link,
    MediaType,
    Place,
    Stated,
    When,
)
from almoner.pipeline.parse import content, stated
from almoner.pipeline.parse.content import Content
from almoner.pipeline.parse.table.columns import KINDS, Column, columns_of
from almoner.pipeline.parse.table.rows import Row, rows, separator_of

STAGE: Final = "parse"
BY: Final = "the table"
LAYOUT: Final = "table"
MAX_ROWS: Final = 50_000
MAX_NAMED: Final = 20
"""Bad rows that get a finding of their own; the others are counted in one."""
HEADING_WITHIN: Final = 20
"""Rows at the top among which the heading is looked for: exports put a title and a date above it."""
_TIMES: Final = (
    Column.PUBLISHED, Column.UPDATED, Column.ADDED, Column.EFFECTIVE, Column.OPENS, Column.CLOSES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Heading:
    """The row that names the columns: for each column its meaning, or None."""

    row: Row
    columns: tuple[Column | None, ...]


def parse_table(source: str, text: str, order: Order | None = None) -> Document:
    """Read the table in `text`; `order` is that of numeric dates, None works it out from the columns of dates.

    Bad rows are reported with their line and left out; the rest is read. Raises `UnknownFormat` where no row names
    at least a title or an address.
    """
    separator = separator_of(text)
    read = rows(text, separator)
    heading = _heading(read)
    if heading is None:
        if not text.strip():
            return Document(source, MediaType.CSV, ())
        raise UnknownFormat(
            source, STAGE, "is a table without names of columns that are known.",
            advice="Its first row must name the columns; one of them “title” or “link”.",
        )  # fmt: skip
    good: list[Row] = []
    bad: list[tuple[Row, str]] = []
    for row in read:
        problem = row.problem or _problem(row, heading)
        if problem:
            bad.append((row, problem))
        elif any(cell.strip() for cell in row.cells):
            good.append(row)
        if len(good) >= MAX_ROWS:
            break
    findings = list(_reported(bad))
    if len(good) >= MAX_ROWS:
        message = f"The table has more than {MAX_ROWS:,} rows; the first {MAX_ROWS:,} were read."
        findings.append(finding("text_cut", message, good[-1].place))
    day_order = order or _order(good, heading)
    records = tuple(_record(row, heading, day_order) for row in good)
    unused = [
        name.strip()
        for name, column in zip(heading.row.cells, heading.columns, strict=True)
        if column is None and name.strip()
    ]
    decisions = [
        Decision(
            "parse",
            f"a table of {len(records)} rows, separated by {_named(separator)}",
            "its first rows",
            heading.row.place,
        ),
        Decision(
            "parse", "columns: " + ", ".join(column for column in heading.columns if column), "their names"
        ),
    ]
    if unused:
        decisions.append(
            Decision("parse", f"columns not used: {', '.join(unused)[:300]}", "their names say nothing to us")
        )
    return Document(
        source,
        MediaType.CSV,
        tuple(part.block for cut in records for part in cut.parts),
        findings=tuple(findings),
        decisions=tuple(decisions),
        records=records,
    )


def looks_like_table(text: str) -> bool:
    """Whether the first line names at least three columns, one of them the title or the address."""
    first = text.lstrip("\n").split("\n", 1)[0]
    if len(first) > 2_000:
        return False
    row = next(rows(first, separator_of(first)), None)
    found = columns_of(row.cells) if row is not None and not row.problem else None
    return found is not None and sum(column is not None for column in found) >= 3


def _heading(read: Iterator[Row]) -> _Heading | None:
    for _ in range(HEADING_WITHIN):
        row = next(read, None)
        if row is None:
            return None
        found = columns_of(row.cells) if not row.problem else None
        if found is not None:
            return _Heading(row, found)
    return None


def _problem(row: Row, heading: _Heading) -> str:
    """Why a row cannot be trusted: its cells do not stand under the heading's names."""
    width = len(heading.columns)
    further = [cell for cell in row.cells[width:] if cell.strip()]
    if further:
        return f"it has {len(row.cells)} cells where the heading has {width}"
    if not any(cell.strip() for cell in row.cells):
        return ""
    named = {column for column, cell in zip(heading.columns, row.cells, strict=False) if cell.strip()}
    if not named & {Column.TITLE, Column.LINK, Column.TEXT, Column.SUMMARY}:
        return "it has neither title, link nor text"
    return ""


def _reported(bad: list[tuple[Row, str]]) -> Iterator[Finding]:
    for row, problem in bad[:MAX_NAMED]:
        yield finding("row_unread", f"Row {row.number} was not read: {problem}.", row.place)
    if len(bad) > MAX_NAMED:
        left = bad[MAX_NAMED:]
        reasons = ", ".join(
            f"{count} × {why}" for why, count in Counter(why for _, why in left).most_common(3)
        )
        place = Place(left[0][0].first_line, left[-1][0].last_line)
        yield finding("row_unread", f"{len(left):,} further rows were not read: {reasons}.", place)


def _order(good: list[Row], heading: _Heading) -> Order:
    """Which number comes first in the table's dates: one 25/12/2024 decides for all."""
    at = [index for index, column in enumerate(heading.columns) if column in _TIMES]
    return dates.page_order(row.cells[index] for row in good for index in at if index < len(row.cells))


def _named(separator: str) -> str:
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}[separator]


def _record(row: Row, heading: _Heading, order: Order) -> Cut:
    cells: dict[Column, str] = {}
    for column, cell in zip(heading.columns, row.cells, strict=False):
        if column is not None and cell.strip():
            cells.setdefault(column, cell)
    notes = stated.Notes(row.place)
    times = {column: _time(cells, column, order, notes) for column in _TIMES}
    address = cells.get(Column.LINK, "")
    link = stated.address(
        address if "://" in address or not address.startswith("www.") else f"https://{address}", ""
    )
    if address and link is None:
        notes.add("link_missing", f"“{address[:80]}” is no web address.")
    summary = _content(cells.get(Column.SUMMARY, ""), row.place)
    body = notes.content(_content(cells.get(Column.TEXT, ""), row.place))
    kind = cells.get(Column.KIND, "").strip().lower()
    author = stated.name(cells.get(Column.AUTHOR, ""))
    source = stated.name(cells.get(Column.SOURCE, ""))
    says = Stated(
        by=BY,
        title=notes.title(cells.get(Column.TITLE, ""), markup=True),
        stand_in=link,
        link=link,
        id=stated.name(cells.get(Column.ID, "")),
        published=times[Column.PUBLISHED],
        updated=times[Column.UPDATED],
        added=times[Column.ADDED],
        effective=times[Column.EFFECTIVE],
        opens=times[Column.OPENS],
        closes=times[Column.CLOSES],
        source=source,
        author=author,
        credit_as_printed=" · ".join(filter(None, (source, author))) or None,
        categories=stated.names(
            name
            for column, cell in zip(heading.columns, row.cells, strict=False)
            if column is Column.CATEGORY
            for name in _split(cell)
        ),
        summary=summary.text or None,
        kind=KINDS.get(kind) or (KINDS.get(kind.rstrip("s")) if kind else None) or _kind(times),
        licence=stated.name(cells.get(Column.LICENCE, "")),
        html=(body.html or summary.html) or None,
        findings=tuple(notes.findings),
    )
    return stated.record(says, row.place, LAYOUT, body.blocks or summary.blocks, _inside(link, cells))


def _kind(times: dict[Column, When | None]) -> Kind | None:
    """What a row without a kind is: a thing in a library, unless it was published on a day, as news is."""
    return Kind.RESOURCE if times[Column.PUBLISHED] is None else None


def _time(cells: dict[Column, str], column: Column, order: Order, notes: stated.Notes) -> When | None:
    return notes.time(moments.read(cells.get(column, ""), f"{BY}: column {column}", order))


def _content(cell: str, place: Place) -> Content:
    if not cell.strip():
        return Content()
    cell = stated.scrubbed(cell)
    marked_up = "</" in cell or "<br" in cell or "<p>" in cell
    return content.of_markup(cell, "", place) if marked_up else content.of_text(cell, place)


def _split(cell: str) -> Iterator[str]:
    """Several categories in one cell."""
    separator = next((mark for mark in (";", "|", "\n", ",") if mark in cell), None)
    yield from cell.split(separator) if separator else (cell,)


def _inside(link: str | None, cells: dict[Column, str]) -> tuple[Link, ...]:
    """Further addresses in the cell of the address."""
    further = (stated.address(word.strip(",;"), "") for word in cells.get(Column.LINK, "").split()[1:])
    return tuple(Link(found) for found in further if found is not None and found != link)
