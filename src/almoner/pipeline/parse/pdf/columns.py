"""The reading order of a page: bands across it, and in each band its columns from left to right.

A band ends where a line runs across what was free between columns; so a heading over two columns parts what stands
above it from what stands below (compare the XY-cut of Nagy and Seth, 1984, here with bands found first).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.pdf.lines import Line, Piece

GUTTER: Final = 7.0
"""Points. Columns stand at least so far apart."""
MIN_ROWS: Final = 3
MAX_COLUMNS: Final = 6
SAME_ROW: Final = 0.35
"""Of the letters' size: base lines no further apart are one row."""

Span = tuple[float, float]


@dataclass(slots=True)
class Flow:
    """Lines that follow one another from top to bottom: a column, a table without rules, or what has neither."""

    lines: list[Line]


@dataclass(slots=True)
class _Row:
    pieces: list[Piece]
    y: float
    size: float


def flows(pieces: Sequence[Piece]) -> list[Flow]:
    """The page's pieces as flows in reading order."""
    if not pieces:
        return []
    found: list[Flow] = []
    loose: list[_Row] = []
    for band, gutters in _bands(_rows(pieces)):
        if gutters:
            columns = _columns(band, gutters)
            if columns is not None:
                found += _flow(loose)
                loose = []
                for column in columns:
                    found += flows(column) if len(column) < len(pieces) else _flow(_rows(column))
                continue
            head, rows, tail = _trimmed(band)
            gutters = _shared(rows)
            if _is_table(rows, gutters):
                found += _flow(loose + head)
                found.append(_table(rows, gutters))
                loose = tail
                continue
        loose += band
    return found + _flow(loose)


def _rows(pieces: Sequence[Piece]) -> list[_Row]:
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x0)):
        row = rows[-1] if rows else None
        if row is not None and abs(piece.y - row.y) <= SAME_ROW * max(piece.size, row.size):
            row.pieces.append(piece)
            row.size = max(row.size, piece.size)
        else:
            rows.append(_Row([piece], piece.y, piece.size))
    for row in rows:
        row.pieces.sort(key=lambda piece: piece.x0)
    return rows


def _bands(rows: list[_Row]) -> list[tuple[list[_Row], list[Span]]]:
    """The rows in bands, each with the gutters that run through all of it; none where it has one column."""
    bands: list[list[_Row]] = []
    band: list[_Row] = []
    free: list[Span] = []
    split = False
    low, high = min(row.pieces[0].x0 for row in rows), max(row.pieces[-1].x1 for row in rows)
    for row in rows:
        own = _free(row, low, high)
        both = _common(free, own) if band else own
        inner = [span for span in both if _parts([*band, row], span)]
        apart = bool(band) and row.y - band[-1].y > 6 * max(row.size, band[-1].size)
        begins = not inner and not apart and _begin_columns(band[-1:], row, own, low, high)
        if band and ((split and not inner) or not both or apart or begins):
            following: list[_Row] = []
            # What stands in one of the columns that begin here belongs to them already.
            while begins and band and (shared := _begin_columns([band[-1], *following], row, own, low, high)):
                own = shared
                following.insert(0, band.pop())
            if band:
                bands.append(band)
            band, free = [*following, row], own
            inner = [span for span in own if _parts(band, span)]
            split = bool(inner)
        else:
            band.append(row)
            free = both
            split = split or bool(inner)
    bands.append(band)
    return [(band, _shared(band)) for band in bands]


def _begin_columns(before: list[_Row], row: _Row, own: list[Span], low: float, high: float) -> list[Span]:
    """What is free between columns, if the rows `before` and `row` stand in several; `own` is what later rows leave
    free. Lines of columns need not share a base line."""
    for other in before[:1]:
        own = _common(own, _free(other, low, high))
    return own if any(_parts([*before, row], span) for span in own) else []


def _free(row: _Row, low: float, high: float) -> list[Span]:
    """What a row leaves free between two edges."""
    spans: list[Span] = []
    at = low
    for piece in row.pieces:
        if piece.x0 - at >= GUTTER:
            spans.append((at, piece.x0))
        at = max(at, piece.x1)
    if high - at >= GUTTER:
        spans.append((at, high))
    return spans


def _common(one: list[Span], other: list[Span]) -> list[Span]:
    found = []
    for low, high in one:
        for left, right in other:
            start, end = max(low, left), min(high, right)
            if end - start >= GUTTER:
                found.append((start, end))
    return found


def _parts(band: Sequence[_Row], span: Span) -> bool:
    """Whether there are words on both sides of a free span."""
    middle = (span[0] + span[1]) / 2
    return any(row.pieces[0].x0 < middle for row in band) and any(row.pieces[-1].x1 > middle for row in band)


def _columns(band: list[_Row], gutters: list[Span]) -> list[list[Piece]] | None:
    """The band's columns, if the gutters part running text; None where they part labels, cells or nothing.

    A gutter that does not part two columns is none, and what stands beside it is one column: asked again with the
    gutters that are left, since columns are judged by their neighbours.
    """
    edges = [(low + high) / 2 for low, high in gutters]
    if len(edges) > 2 * MAX_COLUMNS:
        return None
    while edges:
        columns: list[list[Piece]] = [[] for _ in range(len(edges) + 1)]
        for row in band:
            for piece in row.pieces:
                columns[sum(piece.x0 > edge for edge in edges)].append(piece)
        wrong = [
            edge
            for edge, left, right in zip(edges, columns, columns[1:], strict=False)
            if not _are_columns(left, right)
        ]
        if not wrong:
            return columns if len(columns) <= MAX_COLUMNS else None
        edges = [edge for edge in edges if edge not in wrong[:1]]
    return None


def _are_columns(left: list[Piece], right: list[Piece]) -> bool:
    """Whether two sides of a gutter are columns of text, to be read one after the other."""
    rows = [{round(piece.y) for piece in side} for side in (left, right)]
    apart = max(p.order for p in left) < min(p.order for p in right)
    """Whether they were drawn one after the other."""
    if min(map(len, rows)) < (MIN_ROWS - 1 if apart else MIN_ROWS):
        return False
    widths = [max(p.x1 for p in side) - min(p.x0 for p in side) for side in (left, right)]
    if min(widths) < 0.12 * (max(p.x1 for p in right) - min(p.x0 for p in left)):
        return False
    if min(_median(len(piece.text) for piece in side) for side in (left, right)) < 12:
        return False
    full = min(_fullness(side, width) for side, width in zip((left, right), widths, strict=True))
    if apart:
        return full >= 0.3 or len(rows[0] & rows[1]) < 0.5 * max(map(len, rows))
    return full >= 0.62 and min(map(len, rows)) >= 4


def _median(values: Iterable[float]) -> float:
    """The middle one of some values; the lower of the two that there may be; 0 of none."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2] if ordered else 0.0


def _fullness(side: list[Piece], width: float) -> float:
    """How far the lines of a side fill it, on the whole: running text does, labels do not."""
    return _median((piece.x1 - piece.x0) / (width or 1) for piece in side)


def _trimmed(band: list[_Row]) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """The rows of a band that have one piece before and after all that have several, and those between."""
    several = [n for n, row in enumerate(band) if len(row.pieces) > 1]
    if not several:
        return band, [], []
    return band[: several[0]], band[several[0] : several[-1] + 1], band[several[-1] + 1 :]


def _shared(rows: list[_Row]) -> list[Span]:
    """The gutters that run through all of some rows."""
    if not rows:
        return []
    low, high = min(row.pieces[0].x0 for row in rows), max(row.pieces[-1].x1 for row in rows)
    free = _free(rows[0], low, high)
    for row in rows[1:]:
        free = _common(free, _free(row, low, high))
    return [span for span in free if _parts(rows, span)]


def _is_table(band: list[_Row], gutters: list[Span]) -> bool:
    """Whether the band's rows are those of a table: three or more have cells on both sides of a gutter, and what
    stands first in them is more than a number or a bullet."""
    if not gutters:
        return False
    edges = [(low + high) / 2 for low, high in gutters]
    cells = [_cells(row, edges) for row in band]
    whole = [row for row in cells if sum(bool(cell) for cell in row) >= 2]
    if len(whole) < 3 or len(whole) < 0.6 * len(band):
        return False
    first = [" ".join(piece.text for piece in row[0]) for row in whole if row[0]]
    if len(edges) == 1:
        lead = _median(map(len, first))
        other = _median(len(" ".join(piece.text for piece in row[1])) for row in whole)
        return lead >= 5 and other <= 40
    return bool(first)


def _cells(row: _Row, edges: list[float]) -> list[list[Piece]]:
    cells: list[list[Piece]] = [[] for _ in range(len(edges) + 1)]
    for piece in row.pieces:
        cells[sum((piece.x0 + piece.x1) / 2 > edge for edge in edges)].append(piece)
    return cells


def _table(band: list[_Row], gutters: list[Span]) -> Flow:
    """The band's rows with their cells. A row that lacks the first cell and follows closely goes on from the one
    above: its cells have several lines."""
    edges = [(low + high) / 2 for low, high in gutters]
    flow = _flow(band)[0]
    lines: list[Line] = []
    for row in band:
        cells = _cells(row, edges)
        if lines and not cells[0] and row.y - lines[-1].pieces[-1].y < 1.6 * row.size:
            held = lines[-1].first.cells
            assert held is not None
            for above, below in zip(held, cells, strict=True):
                above += below
            lines[-1].first.text += " " + " ".join(piece.text for piece in row.pieces)
            continue
        lines.append(
            Line(
                [as_row(cells, flow.lines[0].left, flow.lines[0].right)],
                flow.lines[0].left,
                flow.lines[0].right,
            )
        )
    return Flow(lines)


def as_row(cells: list[list[Piece]], left: float, right: float) -> Piece:
    """A row of a table as one piece that reaches from `left` to `right`; its cells' pieces hang on it."""
    held = [piece for cell in cells for piece in cell]
    first = min(held, key=lambda piece: piece.y)
    words = " ".join(piece.text for piece in held)
    bold = sum(piece.bold * len(piece.text) for piece in held) / max(
        1, sum(len(piece.text) for piece in held)
    )
    return Piece(words, left, right, first.y, first.size, bold, first.page, first.order, cells=cells)


def _flow(rows: list[_Row]) -> list[Flow]:
    if not rows:
        return []
    left = min(row.pieces[0].x0 for row in rows)
    right = max(row.pieces[-1].x1 for row in rows)
    return [Flow([Line(row.pieces, left, right) for row in rows])]
