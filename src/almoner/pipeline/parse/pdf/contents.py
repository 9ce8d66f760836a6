"""Lists of contents: titles with the numbers of their pages, which go up. They repeat what stands below, so they are
furniture; but what they list as titles are titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.pdf.lines import Piece, Sheet

MIN_LED: Final = 3
"""Entries with dots that lead to the number; without dots they need a heading that says what they are."""
MIN_BARE: Final = 4
FIRST_PAGES: Final = 12
_LED: Final = re.compile(
    r"(?P<title>\S.*?)\s*(?:(?:\.\s?){4,}|…{2,}|_{4,}|(?:·\s?){4,})\s*(?P<page>\d{1,4}|[ivxl]{1,6})\Z"
)
_NUMBER: Final = re.compile(r"\d{1,4}|[ivxl]{1,6}\Z")
_HEADING: Final = re.compile(
    r"(?:table of )?contents?(?: page)?|cynnwys|in this (?:issue|document|guidance)|list of (?:contents|figures|tables)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Row:
    pieces: list[Piece]
    text: str
    title: str = ""
    page: int = 0
    led: bool = False


def without_contents(sheets: Sequence[Sheet], fixed: Sequence[set[int]]) -> tuple[list[int], list[str]]:
    """Take the lists of contents out of the sheets: the pages on which they stood, and the titles they listed."""
    pages: list[int] = []
    titles: list[str] = []
    goes_on = False
    for sheet, kept in zip(sheets[:FIRST_PAGES], fixed, strict=False):
        rows = _rows(sheet)
        heading = next((n for n, row in enumerate(rows) if _HEADING.fullmatch(row.text.strip(" :"))), None)
        run = _longest(rows, headed=heading is not None or goes_on)
        goes_on = False
        if not run:
            continue
        first, last = run[0], run[-1]
        if heading is not None and heading < first:
            first = heading
        gone = {piece.order for row in rows[first : last + 1] for piece in row.pieces}
        if gone & kept and not any(rows[n].led for n in run):
            continue
        sheet.pieces = [piece for piece in sheet.pieces if piece.order not in gone]
        pages.append(sheet.page)
        titles += [rows[n].title for n in run]
        goes_on = last >= len(rows) - 3
    return pages, titles


def _rows(sheet: Sheet) -> list[_Row]:
    rows: list[_Row] = []
    for piece in sorted((piece for piece in sheet.pieces if not piece.turned), key=lambda piece: piece.y):
        if rows and abs(rows[-1].pieces[0].y - piece.y) <= 3.0:
            rows[-1].pieces.append(piece)
        else:
            rows.append(_Row([piece], ""))
    for row in rows:
        row.pieces.sort(key=lambda piece: piece.x0)
        row.text = " ".join(piece.text for piece in row.pieces)
        led = _LED.match(row.text)
        last = row.pieces[-1]
        if led is not None:
            row.title, row.page, row.led = led["title"], _value(led["page"]), True
        elif (
            len(row.pieces) > 1
            and _NUMBER.fullmatch(last.text)
            and last.x0 > row.pieces[-2].x1 + 1.5 * last.size
        ):
            row.title = " ".join(piece.text for piece in row.pieces[:-1])
            row.page = _value(last.text)
    return rows


def _value(number: str) -> int:
    """A page's number; those in Roman figures come before all others."""
    return int(number) if number.isdigit() else 0


def _longest(rows: Sequence[_Row], *, headed: bool) -> list[int]:
    """The rows that make up a list of contents: their numbers never go down, and little stands between them."""
    best: list[int] = []
    run: list[int] = []
    for index, row in enumerate(rows):
        if not row.title or not (row.led or headed):
            continue
        if run and (index - run[-1] > 4 or row.page < rows[run[-1]].page):
            run = []
        run.append(index)
        if len(run) > len(best):
            best = list(run)
    led = sum(rows[index].led for index in best)
    return best if led >= MIN_LED or (headed and len(best) >= MIN_BARE) else []
