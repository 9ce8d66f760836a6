"""A stretch of a page's tree as blocks in reading order."""

from __future__ import annotations

from collections.abc import Container

from almoner.pipeline.model import Block, BlockKind, Link, Place
from almoner.pipeline.page.elements import BLOCKS, HEADINGS, LIST_ENTRIES, LISTS
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.view import PageView

_LAYOUT = frozenset({"table", "h1", "h2", "h3", "h4", "article", "section", "ul", "ol", "form"})
"""Elements whose presence says that a table arranges a page rather than data."""
_LOOK_AHEAD = 5_000


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

    def __init__(self, view: PageView, without: Container[int]) -> None:
        self.view = view
        self.without = without
        self.found: list[tuple[int, Block]] = []
        self.run: list[int] = []
        self.boxes: list[int] = []
        self.depth = 0
        self.entries: list[int] = []
        self.fresh_entry = False
        self.anchor = -1

    def read(self, start: int, stop: int) -> list[tuple[int, Block]]:
        view, tags, ends = self.view, self.view.tags, self.view.ends
        self._enter_ancestors(start)
        floor = len(self.boxes)
        node = start
        last_break = -2
        while node < stop:
            while len(self.boxes) > floor and ends[self.boxes[-1]] <= node:
                self._leave()
            tag = tags[node]
            if node in self.without:
                if tag in BLOCKS:
                    self.flush()
                node = ends[node]
                continue
            if not tag:
                self.run.append(node)
            elif tag in BLOCKS:
                self.flush()
                if tag == "hr":
                    self.found.append((node, Block(BlockKind.RULE, "", Place(css=view.css(node)))))
                elif tag == "tr" and self._holds_data(node):
                    self._row(node)
                    node = ends[node]
                    continue
                else:
                    self._enter(node, tag)
            elif tag == "br":
                if self.run and last_break == len(self.run) and tags[self.run[-1]] == "br":
                    self.flush()
                else:
                    self.run.append(node)
                    last_break = len(self.run)
            else:
                if tag == "a":
                    self.anchor = node
                self.run.append(node)
            node += 1
        self.flush()
        return self.found

    def _enter_ancestors(self, start: int) -> None:
        chain = []
        node = self.view.parents[start] if start else -1
        while node >= 0:
            chain.append(node)
            node = self.view.parents[node]
        for ancestor in reversed(chain):
            tag = self.view.tags[ancestor]
            if tag in BLOCKS:
                self._enter(ancestor, tag)
            elif tag == "a":
                self.anchor = ancestor
        self.fresh_entry = False

    def _enter(self, node: int, tag: str) -> None:
        self.boxes.append(node)
        if tag in LISTS:
            self.depth += 1
        elif tag in LIST_ENTRIES:
            self.entries.append(node)
            self.fresh_entry = True

    def _leave(self) -> None:
        self.flush()
        tag = self.view.tags[self.boxes.pop()]
        if tag in LISTS:
            self.depth -= 1
        elif tag in LIST_ENTRIES:
            self.entries.pop()
            self.fresh_entry = False

    def flush(self) -> None:
        """Close the run gathered so far; one without text makes no block."""
        run, view = self.run, self.view
        if not run:
            return
        self.run = []
        texts, tags = view.texts, view.tags
        raw = "".join("\n" if tags[node] == "br" else texts[node] for node in run)
        text = clean(raw)
        if not text:
            return
        box = self.boxes[-1] if self.boxes else view.parents[run[0]]
        kind, level, wrapper = self._kind(box)
        plain = len(run) == 1
        links: tuple[Link, ...] = ()
        moment = ""
        if not plain:
            links = tuple(link for node in run if tags[node] == "a" for link in view.links(node, node + 1))
            moment = next(
                (view.attributes[node].get("datetime", "") for node in run if tags[node] == "time"), ""
            )
        html = view.inline_html(run)
        if self.anchor >= 0 and self.anchor < run[0] < view.ends[self.anchor]:
            href = view.href(self.anchor)
            if href and not href.startswith("#"):
                links = (Link(href, text), *links)
        self._keep(
            run[0],
            Block(
                kind,
                text,
                Place(css=view.css(box)),
                raw=raw,
                level=level,
                links=links,
                datetime=moment,
                html=f"<{wrapper}>{html}</{wrapper}>",
            ),
        )

    def _keep(self, node: int, block: Block) -> None:
        self.found.append((node, block))

    def _kind(self, box: int) -> tuple[BlockKind, int, str]:
        view = self.view
        for ancestor in reversed(self.boxes[-4:]):
            tag = view.tags[ancestor]
            level = HEADINGS.get(tag)
            if level is not None:
                return BlockKind.HEADING, level, tag
            if tag in LIST_ENTRIES:
                break
        if self.fresh_entry:
            self.fresh_entry = False
            return BlockKind.LIST_ITEM, max(1, self.depth), "li"
        tag = view.tags[box]
        return BlockKind.PARAGRAPH, 0, tag if tag in {"pre", "blockquote"} else "p"

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
        view, ends = self.view, self.view.ends
        cells = []
        node = row + 1
        while node < ends[row]:
            if view.tags[node] in {"td", "th"} and node not in self.without:
                cells.append(node)
            node = ends[node]
        texts = [view.text(cell) for cell in cells]
        if not any(texts):
            return
        html = "".join(
            f"<{view.tags[cell]}>{view.inline_html(list(range(cell + 1, ends[cell])))}</{view.tags[cell]}>"
            for cell in cells
        )
        moment = next(
            (
                view.attributes[node]["datetime"]
                for node in range(row, ends[row])
                if view.tags[node] == "time" and "datetime" in view.attributes[node]
            ),
            "",
        )
        self._keep(
            row,
            Block(
                BlockKind.TABLE_ROW,
                " | ".join(filter(None, texts)),
                Place(css=view.css(row)),
                raw=view.raw(row, ends[row]),
                links=tuple(view.links(row, ends[row])),
                datetime=moment,
                html=f"<tr>{html}</tr>",
            ),
        )
