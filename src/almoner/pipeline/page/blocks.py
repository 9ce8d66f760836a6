"""A stretch of a page's tree as blocks in reading order."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from almoner.pipeline.model import Block, BlockKind, Link, Place
from almoner.pipeline.page.elements import BLOCKS, HEADINGS, LIST_ENTRIES, LISTS
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.view import PageView

_LAYOUT = frozenset({"table", "h1", "h2", "h3", "h4", "article", "section", "ul", "ol", "form"})
"""Elements whose presence says that a table arranges a page rather than data."""
_CELLS = frozenset({"td", "th"})
_LOOK_AHEAD = 5_000
_LOOK_ABOVE = 8
"""Elements above a stretch that are asked for list and heading; further up nothing changes its blocks."""


def blocks(view: PageView, start: int, stop: int, without: Container[int] = frozenset()) -> tuple[Block, ...]:
    """The blocks of the nodes from `start` up to `stop`, subtrees in `without` left out."""
    return tuple(block for _, block in placed(view, start, stop, without))


def placed(
    view: PageView, start: int, stop: int, without: Container[int] = frozenset()
) -> list[tuple[int, Block]]:
    """The same, each block with its first node."""
    return _Reader(view, without).read(start, stop)


class _Reader:
    """Gathers inline runs between block boundaries; the state of one reading."""

    __slots__ = ("anchor", "boxes", "depth", "found", "fresh_entry", "run", "view", "without")

    def __init__(self, view: PageView, without: Container[int]) -> None:
        self.view = view
        self.without = without
        self.found: list[tuple[int, Block]] = []
        self.run: list[int] = []
        self.boxes: list[int] = []
        self.depth = 0
        self.fresh_entry = False
        self.anchor = -1

    def read(self, start: int, stop: int) -> list[tuple[int, Block]]:
        view, tags, ends, without = self.view, self.view.tags, self.view.ends, self.without
        boxes, run = self.boxes, self.run
        if start >= stop:
            return self.found
        self._enter_ancestors(start)
        floor = len(boxes)
        node = start
        last_break = -2
        while node < stop:
            while len(boxes) > floor and ends[boxes[-1]] <= node:
                self._leave()
            tag = tags[node]
            if node in without:
                if tag in BLOCKS:
                    self._flush()
                node = ends[node]
                continue
            if not tag:
                # Space behind a line break shows nothing: two breaks in a row part paragraphs with or without it.
                if not (run and tags[run[-1]] == "br" and view.texts[node].isspace()):
                    run.append(node)
            elif tag in BLOCKS:
                if run:
                    self._flush()
                if tag == "hr":
                    self.found.append((node, Block(BlockKind.RULE, "", Place(css=view.css(node)))))
                elif tag == "tr" and self._holds_data(node):
                    self._row(node)
                    node = ends[node]
                    continue
                else:
                    self._enter(node, tag)
            elif tag == "br":
                if run and last_break == len(run) and tags[run[-1]] == "br":
                    self._flush()
                else:
                    run.append(node)
                    last_break = len(run)
            else:
                if tag == "a":
                    self.anchor = node
                run.append(node)
            node += 1
        self._flush()
        return self.found

    def _enter_ancestors(self, start: int) -> None:
        view = self.view
        parent = view.parents[start] if start else -1
        above = view.above.get(parent)
        if above is None:
            chain: list[int] = []
            node = parent
            while node >= 0 and len(chain) < _LOOK_ABOVE:
                chain.append(node)
                node = view.parents[node]
            for ancestor in reversed(chain):
                tag = view.tags[ancestor]
                if tag in BLOCKS:
                    self._enter(ancestor, tag)
                elif tag == "a":
                    self.anchor = ancestor
            view.above[parent] = (tuple(self.boxes), self.depth, self.anchor)
        else:
            boxes, self.depth, self.anchor = above
            self.boxes.extend(boxes)
        self.fresh_entry = False

    def _enter(self, node: int, tag: str) -> None:
        self.boxes.append(node)
        if tag in LIST_ENTRIES:
            self.fresh_entry = True
        elif tag in LISTS:
            self.depth += 1

    def _leave(self) -> None:
        if self.run:
            self._flush()
        tag = self.view.tags[self.boxes.pop()]
        if tag in LIST_ENTRIES:
            self.fresh_entry = False
        elif tag in LISTS:
            self.depth -= 1

    def _flush(self) -> None:
        """Close the run gathered so far; one without text makes no block."""
        run, view = self.run, self.view
        if not run:
            return
        first = run[0]
        box = self.boxes[-1] if self.boxes else view.parents[first]
        linked = 0 <= self.anchor < first < view.ends[self.anchor]
        key = (first, run[-1], len(run), box, linked)
        kept = view.memory.blocks
        if key in kept:
            block = kept[key]
            run.clear()
            if block is not None:
                kind, level = self._kind()
                if block.kind is not kind or block.level != level:
                    block = kept[key] = replace(block, kind=kind, level=level)
        else:
            block = kept[key] = self._block(box, linked)
        if block is not None:
            self.found.append((first, block))

    def _block(self, box: int, linked: bool) -> Block | None:
        """The run as a block; None where it shows nothing."""
        run, view = self.run, self.view
        texts, tags = view.texts, view.tags
        first = run[0]
        links: list[Link] = []
        moment = ""
        if len(run) == 1:
            raw = texts[first]
        else:
            pieces = []
            for node in run:
                tag = tags[node]
                if not tag:
                    pieces.append(texts[node])
                elif tag == "br":
                    pieces.append("\n")
                elif tag == "a":
                    link = view.link(node)
                    if link is not None:
                        links.append(link)
                elif tag == "time" and not moment:
                    moment = view.attributes[node].get("datetime", "")
            raw = "".join(pieces)
        run.clear()
        text = clean(raw)
        if not text:
            return None
        if linked:
            href = view.href(self.anchor)
            if href and href[0] != "#":
                links.insert(0, Link(href, text))
        kind, level = self._kind()
        return Block(kind, text, Place(css=view.css(box)), raw, level, 0, tuple(links), (), moment)

    def _kind(self) -> tuple[BlockKind, int]:
        tags = self.view.tags
        for ancestor in self.boxes[:-5:-1]:
            tag = tags[ancestor]
            if tag in HEADINGS:
                return BlockKind.HEADING, HEADINGS[tag]
            if tag in LIST_ENTRIES:
                break
        if self.fresh_entry:
            self.fresh_entry = False
            return BlockKind.LIST_ITEM, self.depth or 1
        return BlockKind.PARAGRAPH, 0

    def _holds_data(self, row: int) -> bool:
        view = self.view
        table = view.parents[row]
        while table > 0 and view.tags[table] in {"tbody", "thead", "tfoot"}:
            table = view.parents[table]
        if view.attributes[table].get("role") in {"presentation", "none"}:
            return False
        inside = view.tags[row + 1 : min(view.ends[row], row + _LOOK_AHEAD)]
        return _LAYOUT.isdisjoint(inside) and inside.count("td") + inside.count("th") > 1

    def _row(self, row: int) -> None:
        """A row as one block, its cells' words apart by bars."""
        view, tags, ends, without = self.view, self.view.tags, self.view.ends, self.without
        cells: list[str] = []
        links: list[Link] = []
        pieces: list[str] = []
        moment = ""
        node, stop = row + 1, ends[row]
        while node < stop:
            tag = tags[node]
            if node in without:
                node = ends[node]
                continue
            if not tag:
                pieces.append(view.texts[node])
            elif tag in _CELLS and view.parents[node] == row:
                if pieces:
                    cells.append(clean("".join(pieces)))
                    pieces = []
            elif tag == "a":
                link = view.link(node)
                if link is not None:
                    links.append(link)
            elif tag in BLOCKS or tag == "br":
                pieces.append(" ")
            elif tag == "time" and not moment:
                moment = view.attributes[node].get("datetime", "")
            node += 1
        if pieces:
            cells.append(clean("".join(pieces)))
        text = " | ".join(cell for cell in cells if cell)
        if text:
            place = Place(css=view.css(row))
            self.found.append(
                (row, Block(BlockKind.TABLE_ROW, text, place, text, 0, 0, tuple(links), (), moment))
            )
