"""A PDF writer of the smallest kind (ISO 32000-1): text in two standard fonts, lines, links, bookmarks."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

WIDE, HIGH = 595.0, 842.0
_WIDTHS: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
"""Of Helvetica's letters from the space to the tilde, in thousandths of their size."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    units = sum(_WIDTHS[ord(letter) - 32] if 32 <= ord(letter) < 127 else 500 for letter in text)
    return units * size / 1000 * (1.06 if bold else 1.0)


@dataclass
class Page:
    """A page; measures are points from its top left corner."""

    drawn: list[str] = field(default_factory=list)
    links: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    rotation: int = 0
    box: tuple[float, float] = (WIDE, HIGH)

    def text(
        self, x: float, y: float, words: str, size: float = 11, *, bold: bool = False, rise: float = 0
    ) -> float:
        """Write a line; where it ends."""
        encoded = (
            words.encode("cp1252", "replace")
            .replace(b"\\", b"\\\\")
            .replace(b"(", b"\\(")
            .replace(b")", b"\\)")
        )
        font = "F2" if bold else "F1"
        self.drawn.append(
            f"BT /{font} {size:g} Tf {rise:g} Ts 1 0 0 1 {x:g} {self.box[1] - y:.10g} Tm ({encoded.decode('latin-1')}) Tj ET"
        )
        return x + width(words, size, bold=bold)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a ruling line."""
        self.drawn.append(f"0.5 w {x0:g} {self.box[1] - y0:g} m {x1:g} {self.box[1] - y1:g} l S")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Draw the lines of a table."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])

    def link(self, x0: float, y0: float, x1: float, y1: float, href: str) -> None:
        """Lay a link over a box."""
        self.links.append((x0, self.box[1] - y1, x1, self.box[1] - y0, href))


@dataclass
class Paper:
    """A file: its pages, what it says of itself, its bookmarks (title, depth, page from 0)."""

    pages: list[Page] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    bookmarks: list[tuple[str, int, int]] = field(default_factory=list)
    language: str = "en-GB"

    def page(self, *, rotation: int = 0, box: tuple[float, float] = (WIDE, HIGH)) -> Page:
        """Begin a page."""
        page = Page(rotation=rotation, box=box)
        self.pages.append(page)
        return page

    def content(self) -> bytes:
        """The file."""
        objects = [b"", b""]  # the catalogue and the pages, filled in at the end
        fonts = []
        for name in ("Helvetica", "Helvetica-Bold"):
            objects.append(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode())
            fonts.append(len(objects))
        kids = [self._page(objects, fonts, page) for page in self.pages]
        outline = self._outline(objects, kids)
        info = "".join(f"/{key} {_string(value)}" for key, value in self.about.items())
        objects.append(f"<<{info}>>".encode("latin-1"))
        references = " ".join(f"{kid} 0 R" for kid in kids)
        objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{references}]>>".encode()
        more = f"/Outlines {outline} 0 R" if outline else ""
        objects[0] = f"<</Type/Catalog/Pages 2 0 R/Lang({self.language}){more}>>".encode()
        return _file(objects, info=len(objects))

    def _page(self, objects: list[bytes], fonts: list[int], page: Page) -> int:
        stream = zlib.compress("\n".join(page.drawn).encode("latin-1"), 9)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        annotations = []
        for x0, y0, x1, y1, href in page.links:
            objects.append(
                f"<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[{x0:g} {y0:g} {x1:g} {y1:g}]/A<</S/URI/URI({href})>>>>".encode()
            )
            annotations.append(f"{len(objects)} 0 R")
        wide, high = page.box
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.10g} {high:.10g}]/Rotate {page.rotation}/Contents {content} 0 R"
            f"/Resources<</Font<</F1 {fonts[0]} 0 R/F2 {fonts[1]} 0 R>>>>/Annots[{' '.join(annotations)}]>>".encode()
        )
        return len(objects)

    def _outline(self, objects: list[bytes], kids: list[int]) -> int:
        if not self.bookmarks:
            return 0
        objects.append(b"")
        root = len(objects)
        numbers = {n: root + 1 + n for n in range(len(self.bookmarks))}
        parents, above = [], [root]
        for n, (_, depth, _page) in enumerate(self.bookmarks):
            above = [*above[:depth], numbers[n]]
            parents.append(above[depth - 1])
        for n, (title, _, page) in enumerate(self.bookmarks):
            beside = [m for m in range(len(parents)) if parents[m] == parents[n]]
            under = [m for m in range(len(parents)) if parents[m] == numbers[n]]
            entry = f"/Title {_string(title)}/Parent {parents[n]} 0 R/Dest[{kids[page]} 0 R/Fit]"
            after = [m for m in beside if m > n]
            entry += f"/Next {numbers[after[0]]} 0 R" if after else ""
            entry += (
                f"/First {numbers[under[0]]} 0 R/Last {numbers[under[-1]]} 0 R/Count {len(under)}"
                if under
                else ""
            )
            objects.append(f"<<{entry}>>".encode("latin-1"))
        top = [m for m in range(len(parents)) if parents[m] == root]
        objects[root - 1] = (
            f"<</Type/Outlines/First {numbers[top[0]]} 0 R/Last {numbers[top[-1]]} 0 R/Count {len(top)}>>".encode()
        )
        return root


def _string(text: str) -> str:
    return "<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex() + ">"


def _file(objects: Sequence[bytes], info: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        info,
        start,
    )
    return bytes(out)


def wrapped(words: str, room: float, size: float, *, bold: bool = False) -> Iterator[str]:
    """A text in lines that fit into `room`. A word may be parted at its hyphen, and at a soft one."""
    line = ""
    waiting = list(reversed(words.split()))
    while waiting:
        word = waiting.pop()
        longer = f"{line} {word}".strip()
        if width(longer.replace("\xad", ""), size, bold=bold) <= room:
            line = longer
            continue
        head, parted, tail = word.partition("\xad" if "\xad" in word else "-")
        if parted and width(f"{line} {head}-", size, bold=bold) <= room:
            yield f"{line} {head}-".replace("\xad", "").strip()
            waiting.append(tail)
            line = ""
            continue
        if line:
            yield line.replace("\xad", "")
        line = word
    if line:
        yield line.replace("\xad", "")


class Column:
    """Fills frames one after another: (page, left, top, right, bottom)."""

    def __init__(self, frames: Iterator[tuple[Page, float, float, float, float]]) -> None:
        self.frames = frames
        self.page, self.left, self.y, self.right, self.bottom = next(frames)

    def next_frame(self) -> None:
        """Go on in the next frame."""
        self.page, self.left, self.y, self.right, self.bottom = next(self.frames)

    def write(
        self, words: str, size: float = 11, *, bold: bool = False, indent: float = 0, label: str = "", after: float = 6,
        keep: int = 1, leading: float = 1.25,
    ) -> tuple[Page, float, float, float]:  # fmt: skip
        """Write a paragraph; where its last line ended: page, from, to, base line."""
        lines = list(wrapped(words, self.right - self.left - indent, size, bold=bold))
        if self.y + keep * size * leading > self.bottom:
            self.next_frame()
        end = self.left
        for n, line in enumerate(lines):
            if self.y + size * leading > self.bottom:
                self.next_frame()
            self.y += size * leading
            if n == 0 and label:
                self.page.text(self.left + max(0.0, indent - 24), self.y, label, size, bold=bold)
            end = self.page.text(self.left + indent, self.y, line, size, bold=bold)
        self.y += after
        return self.page, self.left + indent, end, self.y - after
