"""Tables by their ruling lines: where lines cross, cells are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.pdf.lines import Piece, Sheet

NEAR: Final = 3.0
"""Points within which two lines meet."""
MAX_RULES: Final = 6_000
MIN_CELL: Final = 6.0


@dataclass(slots=True)
class Table:
    """A table: its box, and its rows from the top, each with its cells' pieces from the left."""

    box: tuple[float, float, float, float]
    rows: list[list[list[Piece]]]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0


def ruled_tables(sheet: Sheet) -> list[Table]:
    """The tables of a page that lines rule, from the top. Boxes around text, and lines under it, are none."""
    if not 4 <= len(sheet.rules) <= MAX_RULES:
        return []
    across = _merged([(y0, x0, x1) for x0, y0, x1, y1 in sheet.rules if y1 - y0 <= NEAR < x1 - x0])
    down = _merged([(x0, y0, y1) for x0, y0, x1, y1 in sheet.rules if x1 - x0 <= NEAR < y1 - y0])
    tables = [
        table
        for group in _groups(across, down)
        if (table := _table(sheet, *group)) is not None and _holds_cells(table)
    ]
    return sorted(tables, key=lambda table: table.box[1])


def _merged(segments: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Segments (place, from, to) with those on one line that touch made one."""
    found: list[tuple[float, float, float]] = []
    for at, low, high in sorted(segments):
        for index in range(len(found) - 1, max(-1, len(found) - 40), -1):
            other, start, end = found[index]
            if at - other <= NEAR and low <= end + NEAR and high >= start - NEAR:
                found[index] = (other, min(low, start), max(high, end))
                break
        else:
            found.append((at, low, high))
    return found


def _groups(
    across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]
) -> list[tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]]:
    """The lines that hang together, each crossing another."""
    if len(across) * len(down) > 400_000:
        return []
    count = len(across)
    leader = list(range(count + len(down)))

    def root(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for n, (y, x0, x1) in enumerate(across):
        for m, (x, y0, y1) in enumerate(down):
            if x0 - NEAR <= x <= x1 + NEAR and y0 - NEAR <= y <= y1 + NEAR:
                leader[root(n)] = root(count + m)
    groups: dict[int, tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]] = {}
    for n, line in enumerate(across):
        groups.setdefault(root(n), ([], []))[0].append(line)
    for m, line in enumerate(down):
        groups.setdefault(root(count + m), ([], []))[1].append(line)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _table(
    sheet: Sheet, across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]
) -> Table | None:
    ys, xs = _places(across), _places(down)
    if len(ys) < 3 or len(xs) < 3:
        return None
    box = (xs[0], ys[0], xs[-1], ys[-1])
    rows: list[list[list[Piece]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for piece in sheet.pieces:
        y = piece.y - 0.3 * piece.size
        if piece.turned or not (
            box[1] <= y <= box[3] and box[0] - NEAR <= (piece.x0 + piece.x1) / 2 <= box[2]
        ):
            continue
        row = sum(y > line for line in ys[1:-1])
        rows[row][_column(piece, ys[row : row + 2], xs, down)].append(piece)
    return Table(box, [row for row in rows if any(row)])


def _column(
    piece: Piece, between: list[float], xs: list[float], down: list[tuple[float, float, float]]
) -> int:
    """The cell of its row that a piece stands in; of cells that no line parts, the first."""
    middle = (between[0] + between[1]) / 2
    column = 0
    for index, x in enumerate(xs[1:-1], start=1):
        drawn = any(abs(at - x) <= NEAR and low <= middle <= high for at, low, high in down)
        if drawn and (piece.x0 + 1.5 >= x or piece.x0 + piece.x1 > 2 * x):
            column = index
    return column


def _places(lines: list[tuple[float, float, float]]) -> list[float]:
    found: list[float] = []
    for at in sorted(line[0] for line in lines):
        if not found or at - found[-1] >= MIN_CELL:
            found.append(at)
    return found


def _holds_cells(table: Table) -> bool:
    """Whether two rows or more have words in two cells or more: else it is a box, or a form's frame."""
    full = sum(sum(bool(cell) for cell in row) >= 2 for row in table.rows)
    return full >= 2 and table.columns >= 2


def within(tables: Sequence[Table]) -> set[int]:
    """The pieces (by order) that stand in the tables."""
    return {piece.order for table in tables for row in table.rows for cell in row for piece in cell}
