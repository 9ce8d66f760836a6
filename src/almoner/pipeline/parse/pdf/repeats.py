"""Running heads, running feet and page numbers: what the edges of many pages have alike.

Numbers count as alike, and so do lines at the very place, in the very size, where most other pages have such a line;
where a line stands is never enough by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.pdf.lines import Piece, Sheet

HEADING: Final = 1.2
"""Times the usual size: from there on a line at a page's edge is rather a heading."""
DEEP: Final = 5
"""Rows at either edge of a page that can be furniture."""
EDGE: Final = 0.25
"""Of the page's height, at either edge."""
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*|\b[ivxl]{1,6}\b", re.IGNORECASE)
_PAGE: Final = re.compile(r"[-–— |]*(?:page|p\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?[-–— |]*\Z", re.IGNORECASE)
_NEAR: Final = 6.0


@dataclass(slots=True)
class _Row:
    pieces: list[Piece]
    key: str
    y: float
    size: float
    sentence: bool = False


def without_repeats(sheets: Sequence[Sheet], fixed: Sequence[set[int]]) -> list[str]:
    """Take the running heads and feet out of the sheets; what they said, each wording once, commonest first.

    `fixed` are, for each sheet, the pieces (by order) that belong to tables and are never furniture.
    """
    large = HEADING * _usual_size(sheets)
    edges = [
        (_edge(sheet, kept, large, -1), _edge(sheet, kept, large, 1))
        for sheet, kept in zip(sheets, fixed, strict=True)
    ]
    taken: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for side in (0, 1):
        rows = [edge[side] for edge in edges]
        alike = _alike(rows)
        slots = Counter(
            (round(row.y / 3), round(row.size * 2))
            for page in rows
            for row in _run(page, alike, Counter(), 0)
        )
        for sheet, page in zip(sheets, rows, strict=True):
            gone: set[int] = set()
            for row in _run(page, alike, slots, len(sheets)):
                gone.update(piece.order for piece in row.pieces)
                taken[row.key] += 1
                printed.setdefault(row.key, " ".join(piece.text for piece in row.pieces))
            if gone:
                sheet.pieces = [piece for piece in sheet.pieces if piece.order not in gone]
    return [printed[key] for key, _ in taken.most_common()]


def _usual_size(sheets: Sequence[Sheet]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            sizes[piece.size] += len(piece.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _edge(sheet: Sheet, fixed: set[int], large: float, side: int) -> list[_Row]:
    """The rows at the top (-1) or bottom (1) of a page, outermost first, as far as they are free. Of what is set
    `large` the numbers count: "Chapter 1" and "Chapter 2" are headings."""
    limit = EDGE * sheet.height
    pieces = [
        piece
        for piece in sheet.pieces
        if not piece.turned and (piece.y < limit if side < 0 else piece.y > sheet.height - limit)
    ]
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: side * -piece.y):
        if rows and abs(rows[-1].y - piece.y) <= 3.0:
            rows[-1].pieces.append(piece)
            continue
        if len(rows) == DEEP:
            break
        rows.append(_Row([piece], "", piece.y, piece.size))
    free: list[_Row] = []
    for row in rows:
        if any(piece.order in fixed for piece in row.pieces):
            break
        row.pieces.sort(key=lambda piece: piece.x0)
        text = " ".join(piece.text for piece in row.pieces)
        # In the order of their letters: on facing pages the parts of a running head change sides.
        abstracted = text if row.size >= large else _NUMBER.sub("#", text)
        row.key = "#" if _PAGE.match(text) else " ".join(sorted(abstracted.lower().split()))
        row.sentence = text.endswith((".", ";", ",")) and "#" not in row.key
        free.append(row)
    return free


def _alike(pages: Sequence[Sequence[_Row]]) -> set[tuple[str, int]]:
    """The wordings, each with its rough height, that several pages have at this edge."""
    found: Counter[tuple[str, int]] = Counter()
    sentences: set[str] = set()
    for page in pages:
        spots = {(row.key, round((row.y + shift) / _NEAR)) for row in page for shift in (0.0, _NEAR / 2)}
        found.update(spots)
        sentences.update(row.key for row in page if row.sentence)
    least = 2 if len(pages) <= 8 else 3
    often = max(least, len(pages) // 8)  # the last line of a paragraph may be the same by chance
    return {spot for spot, times in found.items() if times >= (often if spot[0] in sentences else least)}


def _run(
    page: Sequence[_Row], alike: set[tuple[str, int]], slots: Counter[tuple[int, int]], pages: int
) -> list[_Row]:
    """The furniture of one page's edge: rows from the very edge on, as long as each is furniture."""
    run: list[_Row] = []
    for row in page:
        spots = {(row.key, round((row.y + shift) / _NEAR)) for shift in (0.0, _NEAR / 2)}
        usual = pages >= 5 and slots[round(row.y / 3), round(row.size * 2)] >= 0.4 * pages
        lone_number = row.key == "#" and any(_PAGE.match(piece.text) for piece in row.pieces)
        if not (spots & alike or usual or lone_number):
            break
        run.append(row)
    return run
