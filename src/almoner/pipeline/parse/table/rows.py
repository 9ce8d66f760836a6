"""The rows of a table in text, whatever separates its cells, each with the lines it stands on.

A quotation mark that is never closed would swallow the rest of the file; here it costs its own row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Place

SEPARATORS: Final = (",", ";", "\t", "|")
MAX_LINES: Final = 200
"""Lines that one row may run over, by line ends inside quotation marks."""
MAX_ROW: Final = 1_000_000
"""Characters of one row."""
MAX_CELLS: Final = 1_000
_SAMPLE: Final = 30
_CLOSING: Final = re.compile(r'(?:[^"]|"")*+"(?!")')


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number (as a spreadsheet counts: 1 is the first, empty ones count) and lines; or what is wrong with it."""

    number: int
    first_line: int
    last_line: int
    cells: tuple[str, ...] = ()
    problem: str = ""

    @property
    def place(self) -> Place:
        """Its lines."""
        return Place(self.first_line, self.last_line)


def separator_of(text: str) -> str:
    """What separates the cells: the mark that gives the first rows the same number of cells, and most of them."""
    sample = text[:100_000]
    if sample[:4].lower() == "sep=":  # Excel's own way of saying it
        return sample[4] if sample[4:5] in SEPARATORS else ","

    def agreement(separator: str) -> tuple[int, int]:
        widths = [
            len(row.cells)
            for row, _ in zip(rows(sample, separator), range(_SAMPLE), strict=False)
            if not row.problem
        ]
        wide = [width for width in widths if width > 1]
        if not wide:
            return 0, 0
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        return wide.count(usual) * min(usual, 20), usual

    return max(SEPARATORS, key=agreement)


def rows(text: str, separator: str) -> Iterator[Row]:
    """The rows of `text` in order; empty lines between them are passed over."""
    lines = text.split("\n")
    number, at = 0, 0
    if lines and lines[0][:4].lower() == "sep=":
        at = 1
    while at < len(lines):
        number += 1
        if not lines[at].strip():
            at += 1
            continue
        end, length, inside = at, len(lines[at]), _ends_inside(lines[at], separator, False)
        while inside and end + 1 < len(lines) and end - at < MAX_LINES and length <= MAX_ROW:
            end += 1
            length += len(lines[end])
            inside = _ends_inside(lines[end], separator, True)
        if length > MAX_ROW and not inside:
            yield Row(number, at + 1, end + 1, problem=f"it has more than {MAX_ROW:,} characters")
        elif inside:
            yield Row(number, at + 1, at + 1, problem="a quotation mark is not closed")
            end = at
        else:
            yield _read(lines[at : end + 1], separator, number, at + 1)
        at = end + 1


def _ends_inside(line: str, separator: str, inside: bool) -> bool:
    """Whether a line ends inside quotation marks. They count only where they open a cell: 5" is five inches."""
    at = 0
    while True:
        if inside:
            closed = _CLOSING.match(line, at)
            if closed is None:
                return True
            at = closed.end()
        elif line[at : at + 50].lstrip(" ").startswith('"'):
            at = line.index('"', at) + 1
            inside = True
            continue
        inside = False
        following = line.find(separator, at)
        if following < 0:
            return False
        at = following + 1


def _read(lines: list[str], separator: str, number: int, first_line: int) -> Row:
    last_line = first_line + len(lines) - 1
    csv.field_size_limit(MAX_ROW + 1)
    try:
        read = list(csv.reader(["\n".join(lines)], delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        return Row(number, first_line, last_line, problem=str(error))
    cells = tuple(cell for row in read for cell in row)
    if len(cells) > MAX_CELLS:
        return Row(number, first_line, last_line, problem=f"it has {len(cells):,} cells")
    return Row(number, first_line, last_line, cells)
