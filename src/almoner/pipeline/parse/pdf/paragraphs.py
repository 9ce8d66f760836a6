"""Lines → paragraphs, and paragraphs that a column's or page's end broke made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Link
from almoner.pipeline.parse.labels import Label, Labelled, labelled
from almoner.pipeline.parse.pdf.columns import Flow
from almoner.pipeline.parse.pdf.lines import Line
from almoner.pipeline.parse.pdf.tags import Tag

_STOPS: Final = re.compile(r"[.!?:;…][\"'”’)\]]*\Z")
_GOES_ON: Final = re.compile(r"[a-z(,&]|\d")
_LOOSE_NUMBER: Final = re.compile(r"\d{1,3}[A-Z]?\Z")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `rows` are the cells of a table's row, where it is one."""

    lines: list[Line]
    label: Labelled | None = None
    cells: tuple[str, ...] = ()
    header: bool = False
    after_gap: bool = True

    @property
    def size(self) -> float:
        """The size of its letters."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether it is all set in bold."""
        return all(line.bold for line in self.lines)

    @property
    def tag(self) -> Tag | None:
        """What the file says that it is."""
        return self.lines[0].tag

    @property
    def texts(self) -> list[str]:
        """Its lines' words."""
        return [line.text for line in self.lines]

    @property
    def letters(self) -> int:
        """How long it is."""
        return sum(len(line.text) for line in self.lines)

    @property
    def pages(self) -> tuple[int, int]:
        """The pages on which it begins and ends."""
        return self.lines[0].page, self.lines[-1].page

    @property
    def links(self) -> tuple[Link, ...]:
        """The links over its words, each once; one that runs over lines has its words together."""
        found: dict[str, list[str]] = {}
        for line in self.lines:
            for piece in line.pieces:
                for link in piece.links:
                    words = found.setdefault(link.href, [])
                    if link.text and link.text not in words:
                        words.append(link.text)
        return tuple(Link(href, " ".join(words)) for href, words in found.items())


@dataclass(slots=True)
class Setting:
    """How a document is set: the size of its running text, and how far its lines stand apart, in sizes."""

    size: float = 10.0
    leading: float = 1.2
    bold: bool = False
    tagged: bool = False
    """Whether the file says what its words belong to, and may be believed."""

    @classmethod
    def of(cls, flows: Iterable[Flow]) -> Setting:
        """What most of the document's letters are set in."""
        sizes: Counter[float] = Counter()
        bold = letters = 0
        gaps: Counter[float] = Counter()
        trust = _Trust()
        for flow in flows:
            before: Line | None = None
            for line in flow.lines:
                length = len(line.text)
                sizes[round(line.size * 2) / 2] += length
                letters += length
                trust.see(before, line)
                bold += length * line.bold
                if before is not None and abs(before.size - line.size) < 0.3 and line.size:
                    gap = (line.y - before.y) / line.size
                    if 0.8 < gap < 3.2:
                        gaps[round(gap * 20) / 20] += min(length, 60)
                before = line
        size = sizes.most_common(1)[0][0] if sizes else 10.0
        leading = gaps.most_common(1)[0][0] if gaps else 1.2
        return cls(size, leading, bool(letters) and bold > 0.6 * letters, trust.is_earned(letters))


@dataclass(slots=True)
class _Trust:
    """How far a document's tags agree with its words: an end in the middle of a sentence does not, nor does an item
    of a list in the middle of a paragraph."""

    letters: int = 0
    ends: int = 0
    wrong_ends: int = 0
    labels: int = 0
    wrong_labels: int = 0

    def see(self, before: Line | None, line: Line) -> None:
        """Take note of a line and the one above it."""
        tag = line.tag
        if tag is None or line.first.cells is not None:
            return
        self.letters += len(line.text)
        if before is None or before.tag is None or before.page != line.page:
            return
        if tag != before.tag:
            self.ends += 1
            self.wrong_ends += (
                line.text[:1].islower() and _STOPS.search(before.text) is None and tag.role == "P"
            )
        if labelled(line.text) is not None:
            self.labels += 1
            self.wrong_labels += tag == before.tag

    def is_earned(self, letters: int) -> bool:
        """Whether most words are tagged, and hardly any tag is wrong."""
        return (
            self.letters > 0.6 * letters
            and self.wrong_ends <= 0.15 * self.ends
            and self.wrong_labels <= 0.3 * self.labels
        )


def paragraphs(flow: Flow, setting: Setting) -> list[Paragraph]:
    """The paragraphs of one flow, in order. Rows of tables are none, and stay as they are."""
    found: list[Paragraph] = []
    for line in flow.lines:
        label = _label(line)
        if line.first.cells is not None or not found or _begins(found[-1], line, label, setting):
            gap = line.y - found[-1].lines[-1].y if found else 99.0
            found.append(Paragraph([line], label, after_gap=gap > 1.25 * setting.leading * line.size))
        else:
            found[-1].lines.append(line)
    return found


def _label(line: Line) -> Labelled | None:
    label = labelled(line.text)
    if label is None and len(line.pieces) > 1 and _LOOSE_NUMBER.match(line.first.text):
        # "94    The governing body …": a number that hangs in the margin.
        return Labelled(Label.NUMBER, line.first.text, " ".join(piece.text for piece in line.pieces[1:]))
    return label


def _begins(held: Paragraph, line: Line, label: Labelled | None, setting: Setting) -> bool:
    """Whether `line` begins a paragraph, after the lines of `held`."""
    before = held.lines[-1]
    if before.first.cells is not None:
        return True
    if setting.tagged and before.tag is not None and line.tag is not None:
        return line.tag != before.tag
    size = max(before.size, line.size)
    gap = line.y - before.y
    larger = abs(before.size - line.size) > 0.08 * size
    if gap > 1.22 * setting.leading * size + 0.5 and (
        gap > 1.9 * size or not larger or gap > 1.6 * setting.leading * size
    ):
        return True
    if gap < -0.5 * size or larger or (before.bold != line.bold and _whole_style(held, line)):
        return True
    stopped = _STOPS.search(before.text) is not None
    if label is not None and _stands_as_label(held, line, label, stopped=stopped):
        return True
    width = line.right - line.left
    first = line.first.text.split(" ", 1)[0]
    letter = 0.5 * size
    room = before.right - before.x1 - letter * (len(first) + 1)
    heads = (
        held.bold or size >= 1.12 * setting.size
    )  # headings are often broken early, to balance their lines
    tight = gap <= 1.35 * size
    if (
        room > (1.5 * size if stopped else 0.3 * width)
        and len(before.text) > 3
        and width > 12 * size
        and not (heads and tight)
    ):
        return True
    text_start = _text_start(held)
    if stopped and line.x0 > text_start + 0.9 * size and line.x0 > before.x0 + 0.9 * size:
        return True
    # Back to the margin after what was set in: the item of a list is over.
    return len(held.lines) > 1 and stopped and line.x0 < before.x0 - 0.9 * size


def _whole_style(held: Paragraph, line: Line) -> bool:
    """Whether a change between bold and plain is that of a heading, and not of a few words."""
    return (held.bold and not _STOPS.search(held.lines[-1].text)) or (
        line.bold and len(line.text) > 2 and all(not other.bold for other in held.lines)
    )


def _text_start(held: Paragraph) -> float:
    first = held.lines[0]
    if held.label is not None and len(first.pieces) > 1:
        return first.pieces[1].x0
    return held.lines[1].x0 if len(held.lines) > 1 else first.x0


def _stands_as_label(held: Paragraph, line: Line, label: Labelled, *, stopped: bool) -> bool:
    if label.kind is Label.BULLET:
        return label.label not in "-*" or len(line.pieces) > 1 or stopped or held.label is not None
    if len(line.pieces) > 1 or stopped or held.lines[-1].text.endswith((",", " and", " or")):
        return True
    hangs = line.x0 < _text_start(held) - 2 and held.label is not None
    return hangs or len(held.lines[-1].text) < 0.6 * len(line.text)


def joined(parts: Sequence[Sequence[Paragraph]]) -> tuple[list[Paragraph], int]:
    """The paragraphs of flows in order, with what a column's or page's end broke made whole, and how many were."""
    found: list[Paragraph] = []
    mended = 0
    for flow in parts:
        for index, paragraph in enumerate(flow):
            if index == 0 and found and _goes_on(found[-1], paragraph):
                found[-1].lines += paragraph.lines
                mended += 1
            else:
                found.append(paragraph)
    return found, mended


def _goes_on(held: Paragraph, paragraph: Paragraph) -> bool:
    before, line = held.lines[-1], paragraph.lines[0]
    if before.first.cells is not None or line.first.cells is not None or paragraph.label is not None:
        return False
    if abs(before.size - line.size) > 0.06 * before.size or held.bold != paragraph.bold:
        return False
    text = before.text
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha():
        return True
    if _STOPS.search(text):
        return False
    full = before.x1 > before.right - 4 * before.size
    if text.endswith(",") or line.text[:1].islower():
        return full or len(text) > 25 or text.endswith(",")
    return (
        full
        and len(held.lines) > 1
        and len(paragraph.lines) > 1
        and bool(_GOES_ON.match(line.text) or len(line.text) > 40)
        and not held.bold
    )
