"""The paragraphs and tables of a Word file, in order, as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.lines.addresses import links_in
from almoner.pipeline.lines.clean import clean
from almoner.pipeline.model import Block, BlockKind, FootnoteMark, Link, Place
from almoner.pipeline.parse.labels import Label, labelled
from almoner.pipeline.parse.nodes import Node
from almoner.pipeline.parse.word.numbering import Numbering, to_roman
from almoner.pipeline.parse.word.runs import Reader, Words
from almoner.pipeline.parse.word.styles import Style, attribute, child, is_on, value

MAX_HEADING: Final = 220
LARGE: Final = 28
"""Half points from which on the first words of a file without styles are its title."""
MAX_SPAN: Final = 60


@dataclass(slots=True)
class _Held:
    """A paragraph or a table's row, before it is known which of the file's headings is its title."""

    block: Block
    style: Style
    bold: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """The blocks of a file, and its title."""

    blocks: tuple[Block, ...]
    title: str | None


class Body:
    """Takes the paragraphs and tables of a file one after another."""

    def __init__(
        self, styles: dict[str, Style], numbering: Numbering, reader: Reader, *, laid_out: bool
    ) -> None:
        """`laid_out`: the file remembers where its pages ended when it was last shown."""
        self._styles, self._numbering, self._reader = styles, numbering, reader
        self._laid_out = laid_out
        self._found: list[_Held] = []
        self._joins: list[Words] = []
        self._counted = 0
        """The number of the last item of a list that counts from 1 under a line that leads to it; 0 outside of one."""
        self.page = 1
        self.count = 0
        self.contents = 0
        self.notes: list[tuple[str, str, str, Place]] = []
        """Notes that the text refers to: kind, identifier, mark, place."""
        self._marks = {"footnote": 0, "endnote": 0}

    def take(self, node: Node) -> None:
        """A further paragraph or table."""
        if node.name == "tbl":
            self._table(node)
        else:
            self._paragraph(node)

    def finish(self) -> None:
        """The file ends: what waited for the next paragraph stands alone."""
        if self._joins:
            self._add(self._joins, Style(), "", Place(paragraph=self.count, last_paragraph=self.count))

    def _paragraph(self, node: Node) -> None:
        self.count += 1
        place = Place(paragraph=self.count, last_paragraph=self.count, page=self.page)
        words = self._reader.read(node)
        properties = child(node, "ppr")
        if child(node, "ppr", "rpr", "del") is not None and child(node, "ppr", "rpr", "ins") is None:
            # Its end is deleted: what follows goes on in it.
            self._reader.changes.dropped += 1
            self._joins.append(words)
            self._turn(words)
            return
        style = (
            self._styles.get(value(properties, "pstyle") if properties is not None else "")
            or self._styles[""]
        )
        identifier = value(properties, "pstyle") if properties is not None else ""
        if style.is_contents:
            self.contents += 1
            self._turn(words)
            return
        outline = value(properties, "outlinelvl") if properties is not None else ""
        if outline.isdigit() and int(outline) < 9 and not style.is_title:
            style = replace(style, level=int(outline) + 1)
        label, depth = self._label(properties, style, identifier, [*self._joins, words])
        self._add([*self._joins, words], style, label, place, depth)
        self._joins = []
        self._turn(words)
        for box in words.boxes:
            self._paragraph(box)

    def _label(
        self, properties: Node | None, style: Style, identifier: str, words: list[Words]
    ) -> tuple[str | None, int]:
        """What Word prints before a paragraph ("" for a bullet, None for nothing), and how deep it stands in its list."""
        number, depth = style.number, style.depth
        own = child(properties, "numpr") if properties is not None else None
        if own is not None:
            number = value(own, "numid") or number
            said = value(own, "ilvl")
            depth = int(said) if said.isdigit() else depth
        elif number:
            depth = self._numbering.depth_of_style(number, identifier) or depth
        if not number or number == "0" or not any(one.text.strip() for one in words):
            return None, 0
        return self._numbering.label(number, depth), depth

    def _turn(self, words: Words) -> None:
        self.page += words.breaks if self._laid_out else words.page_ends

    def _add(self, words: list[Words], style: Style, label: str | None, place: Place, depth: int = 0) -> None:
        raw = "".join(one.text for one in words)
        text = clean(raw)
        if not text:
            return
        typed = labelled(text) if label is None else None
        kind, level = BlockKind.PARAGRAPH, 0
        if style.level or style.is_title:
            kind, level = BlockKind.HEADING, style.level or 1
        elif label == "" or (typed is not None and typed.kind is Label.BULLET):
            kind, level = BlockKind.LIST_ITEM, depth + 1
            text = typed.text if typed is not None else text
        elif self._is_part(label, typed is not None and typed.kind is Label.LETTER, text):
            kind, level = BlockKind.LIST_ITEM, depth + 1
        if label:
            text = f"{label} {text}"
        links = tuple(dict.fromkeys(link for one in words for link in one.links))
        known = {link.href.rstrip("/") for link in links}
        links += tuple(link for link in links_in(text) if link.href.rstrip("/") not in known)
        marks = tuple(self._mark(*note, place) for one in words for note in one.notes)
        letters = sum(one.letters for one in words)
        bold = style.bold or (letters > 0 and sum(one.bold for one in words) >= 0.95 * letters)
        block = Block(kind, text, place, raw, level, 1, links, marks)
        self._found.append(_Held(block, style, bold, max(one.size for one in words) or style.size))

    def _is_part(self, label: str | None, typed_letter: bool, text: str) -> bool:
        """Whether it is a part of what stands above: lettered, or counted from 1 below a line that leads to it."""
        if typed_letter:
            return True
        if not label:
            return False
        printed = labelled(f"{label} {text}")
        if printed is not None and printed.kind is Label.LETTER:
            return True
        counted = int(bare) if (bare := label.strip("().")).isdigit() else 0
        leads = bool(self._found) and self._found[-1].block.text.endswith(":")
        goes_on = self._counted > 0 and counted == self._counted + 1
        self._counted = counted if goes_on or (leads and counted == 1) else 0
        return self._counted > 0

    def _mark(self, kind: str, identifier: str, word: str, place: Place) -> FootnoteMark:
        self._marks[kind] += 1
        count = self._marks[kind]
        mark = str(count) if kind == "footnote" else to_roman(count)
        self.notes.append((kind, identifier, mark, place))
        return FootnoteMark(mark, word, place)

    def _table(self, node: Node) -> None:
        rows = [row for row in _inside(node, "tr") if child(row, "trpr", "del") is None]
        self._reader.changes.dropped += sum(
            child(row, "trpr", "del") is not None for row in _inside(node, "tr")
        )
        for row in rows:
            cells = list(_inside(row, "tc"))
            if len(cells) < 2 or any(_is_layout(cell) for cell in cells):
                for cell in cells:
                    for inner in cell.children:
                        if inner.name in {"p", "tbl"}:
                            self.take(inner)
                continue
            self._row(cells)

    def _row(self, cells: list[Node]) -> None:
        self.count += 1
        place = Place(paragraph=self.count, last_paragraph=self.count, page=self.page)
        texts: list[str] = []
        links: list[Link] = []
        marks: list[FootnoteMark] = []
        for cell in cells:
            words = [self._reader.read(paragraph) for paragraph in _paragraphs(cell)]
            merged = child(cell, "tcpr", "vmerge")
            goes_on = merged is not None and attribute(merged, "val") != "restart"
            texts.append("" if goes_on else clean(" ".join(one.text for one in words)))
            links += [link for one in words for link in one.links]
            marks += [self._mark(*note, place) for one in words for note in one.notes]
            span = value(cell, "tcpr", "gridspan")
            texts += [""] * (min(int(span), MAX_SPAN) - 1 if span.isdigit() else 0)
            for one in words:
                self._turn(one)
        text = " | ".join(filter(None, texts))
        if text:
            block = Block(
                BlockKind.TABLE_ROW, text, place, text, 0, 0, tuple(links), tuple(marks), cells=tuple(texts)
            )
            self._found.append(_Held(block, Style()))

    def blocks(self, stated: str) -> Made:
        """All blocks, and the title: the printed one, else the one that the file states (`stated`, "" for none)."""
        held = self._found
        if not any(one.block.kind is BlockKind.HEADING for one in held):
            self._find_unstyled()
        titled = [one for one in held if one.style.is_title]
        tops = [one for one in held if one.block.kind is BlockKind.HEADING and one.block.level == 1]
        if titled:
            title: str | None = " ".join(one.block.text for one in titled[:2])
            deeper = 1
        elif len(tops) == 1 and held.index(tops[0]) < 10:
            title, deeper = tops[0].block.text, 0
        else:
            title, deeper = stated or (tops[0].block.text if tops else None), 0
        made = []
        for one in held:
            block = one.block
            if block.kind is BlockKind.HEADING:
                level = 1 if one.style.is_title else min(6, block.level + deeper)
                block = replace(block, level=level)
            made.append(block)
        return Made(tuple(made), title)

    def _find_unstyled(self) -> None:
        """Headings of a file that has no styles for them: lines in bold, and large type at the beginning."""
        plain = [one for one in self._found if one.block.kind is BlockKind.PARAGRAPH]
        if not plain or sum(one.bold for one in plain) > 0.5 * len(plain):
            return
        first = True
        for one in plain:
            text = one.block.text
            heads = one.bold and len(text) <= MAX_HEADING and not text.endswith((".", ",", ";", ":"))
            if heads or (first and one.size >= LARGE and len(text) <= MAX_HEADING):
                one.block = replace(one.block, kind=BlockKind.HEADING, level=1 if first else 2)
            first = False


def _inside(node: Node, name: str) -> Iterator[Node]:
    """The rows of a table or cells of a row, also those that stand in controls or tracked changes."""
    for one in node.children:
        if one.name == name:
            yield one
        elif one.name in {"sdt", "sdtcontent", "ins", "moveto", "customxml"}:
            yield from _inside(one, name)


def _paragraphs(node: Node) -> Iterator[Node]:
    """The paragraphs of a cell, those of tables in it too."""
    for one in node.children:
        if one.name == "p":
            yield one
        elif one.name not in {"tcpr", "del", "movefrom"}:
            yield from _paragraphs(one)


def _is_layout(cell: Node) -> bool:
    """Whether a cell arranges a page rather than data: many paragraphs, or headings in it."""
    paragraphs = [one for one in cell.children if one.name == "p"]
    return len(paragraphs) > 12 or any(
        is_on(child(one, "ppr"), "keepnext") and value(one, "ppr", "pstyle").lower().startswith("heading")
        for one in paragraphs
    )
