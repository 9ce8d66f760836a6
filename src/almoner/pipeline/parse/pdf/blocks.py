"""Paragraphs → blocks: headings, lists with their depth, rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from almoner.pipeline.lines.addresses import links_in
from almoner.pipeline.lines.clean import clean
from almoner.pipeline.model import Block, BlockKind, FootnoteMark, Link, Place
from almoner.pipeline.parse.labels import Label
from almoner.pipeline.parse.pdf.lines import Piece
from almoner.pipeline.parse.pdf.paragraphs import Paragraph
from almoner.pipeline.parse.pdf.wording import Wording

DEEPER: Final = 4.0
"""Points by which the item of a deeper list is set in."""


def fill_cells(found: Sequence[Paragraph], wording: Wording) -> None:
    """Give each row of a table the words of its cells."""
    for paragraph in found:
        cells = paragraph.lines[0].first.cells
        if cells is not None:
            paragraph.cells = tuple(wording.joined(_lines(cell)) for cell in cells)


def _lines(cell: Sequence[Piece]) -> list[str]:
    lines: list[list[Piece]] = []
    for piece in sorted(cell, key=lambda piece: piece.y):
        if lines and abs(lines[-1][0].y - piece.y) <= 0.4 * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [" ".join(piece.text for piece in sorted(line, key=lambda piece: piece.x0)) for line in lines]


def blocks(
    found: Sequence[Paragraph],
    texts: Sequence[str],
    levels: Mapping[int, int],
    title: range,
    title_text: str | None,
    *,
    tagged: bool,
) -> list[Block]:
    """The paragraphs as blocks. A title over several paragraphs is one; the head of a table that goes on over
    pages is given once."""
    made: list[Block] = []
    depth = _Depth()
    counted = _counted_lists(found, texts)
    heads: list[tuple[str, ...]] = []
    for index, (paragraph, raw) in enumerate(zip(found, texts, strict=True)):
        place = _place(paragraph)
        gap = int(paragraph.after_gap)
        if paragraph.cells:
            depth.clear()
            row = tuple(map(clean, paragraph.cells))
            if not made or made[-1].kind is not BlockKind.TABLE_ROW:
                heads = [row]
            elif row == heads[0] and made[-1].place.page != place.page:
                continue
            text = " | ".join(cell for cell in row if cell)
            made.append(
                Block(BlockKind.TABLE_ROW, text, place, raw, links=_links(paragraph, text), cells=row)
            )
            continue
        if index in title and index != title.start:
            continue
        if index in title and title_text:
            raw = title_text
        level = levels.get(index, 0)
        text = clean(raw)
        if not text:
            continue
        kind = BlockKind.PARAGRAPH
        if level:
            kind = BlockKind.HEADING
            depth.clear()
        elif paragraph.label is not None and (paragraph.label.kind is not Label.NUMBER or index in counted):
            kind = BlockKind.LIST_ITEM
            line = paragraph.lines[0]
            level = depth.of(line.x0 - line.left, line.page)
            if paragraph.label.kind is Label.BULLET:
                text = text[len(paragraph.label.label) :].lstrip() or text
        elif tagged and paragraph.label is None and paragraph.tag is not None and paragraph.tag.role == "LI":
            kind, level = BlockKind.LIST_ITEM, max(1, paragraph.tag.depth)
        elif paragraph.label is not None:
            depth.clear()
        made.append(
            Block(kind, text, place, raw, level, gap, _links(paragraph, text), _marks(paragraph, place))
        )
    return made


class _Depth:
    """How deep the items of a list stand in it, by how far they are set in."""

    def __init__(self) -> None:
        self._edges: list[float] = []

    def clear(self) -> None:
        self._edges = []

    def of(self, edge: float, _page: int) -> int:
        while self._edges and self._edges[-1] > edge + DEEPER:
            self._edges.pop()
        if not self._edges or edge > self._edges[-1] + DEEPER:
            self._edges.append(edge)
        return len(self._edges)


def _counted_lists(found: Sequence[Paragraph], texts: Sequence[str]) -> set[int]:
    """The paragraphs that are items of a list which counts from 1 under a line that leads to it ("… must:")."""
    items: set[int] = set()
    inside = False
    for before, index in pairwise(range(len(found))):
        label = found[index].label
        if label is None or label.kind is not Label.NUMBER or "." in label.label.strip("()."):
            inside = inside and label is not None
            continue
        if texts[before].endswith(":") and label.label.strip("().") == "1":
            inside = True
        if inside:
            items.add(index)
    return items


def _place(paragraph: Paragraph) -> Place:
    first, last = paragraph.pages
    return Place(page=first, last_page=max(first, last))


def _links(paragraph: Paragraph, text: str) -> tuple[Link, ...]:
    drawn = paragraph.links
    cells = paragraph.lines[0].first.cells
    if cells is not None:
        drawn = tuple(dict.fromkeys(link for cell in cells for piece in cell for link in piece.links))
    known = {link.href.rstrip("/") for link in drawn}
    return (*drawn, *(link for link in links_in(text) if link.href.rstrip("/") not in known))


def _marks(paragraph: Paragraph, place: Place) -> tuple[FootnoteMark, ...]:
    return tuple(
        FootnoteMark(mark, word, place)
        for line in paragraph.lines
        for piece in line.pieces
        for mark, word in piece.marks
    )
