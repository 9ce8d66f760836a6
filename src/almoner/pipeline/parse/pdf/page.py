"""One page's words with their places, gathered into pieces of lines."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pypdfium2_raw as pdfium

from almoner.pipeline.model import Link
from almoner.pipeline.page import addresses
from almoner.pipeline.parse.pdf.lines import Piece, Sheet
from almoner.pipeline.parse.pdf.tags import Tag, tags

MAX_LETTERS: Final = 200_000
"""Of one page; a dense one has 10,000."""
MAX_OBJECTS: Final = 20_000
"""Drawn things that are looked at for ruling lines; a page with more is a map or a plan."""
MAX_LINKS: Final = 2_000
THIN: Final = 3.0
"""Points. A drawn box no wider is a line."""
WIDE: Final = 1.25
"""A gap of so many times the letters' size parts what stands beside each other."""
_WORD: Final = re.compile(r"[^\s\x00\x02\ufffe]*[\x02\ufffe]|[^\s\x00\x02\ufffe]+")
"""A word; pdfium runs on over a line's end where a hyphen stands there, and marks it."""
_MARK: Final = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})[\])]?\Z")
_TAIL: Final = re.compile(r"[\d*†‡§]\Z")
_HEAD: Final = re.compile(r"[\d*†‡§]")
_BOLD: Final = re.compile(r"bold|black|heavy|semib|demi|extrab", re.IGNORECASE)
_UNKNOWN: Final = re.compile("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufff0-\ufffd]")
_HYPHENS: Final = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}

Turn = Callable[[float, float], tuple[float, float]]


class _Style:
    """How the words of one text object are set."""

    __slots__ = ("bold", "quarter", "size", "tag")

    def __init__(self, size: float, bold: bool, quarter: int, tag: Tag | None = None) -> None:
        self.size = size
        self.bold = bold
        self.quarter = quarter
        self.tag = tag


def read_page(document: Any, page: Any, number: int) -> Sheet:
    """The pieces, links and ruling lines of a loaded page. A page that holds no text has no pieces."""
    left, bottom, right, top = _box(page)
    rotation = pdfium.FPDFPage_GetRotation(page) % 4
    turn, width, height = _turning(rotation, left, bottom, right, top)
    sheet = Sheet(number, width, height, [])
    text_page = pdfium.FPDFText_LoadPage(page)
    if text_page:
        try:
            tagged = tags(page)
            quarters = _Reader(sheet, text_page, turn, rotation, tagged).read()
            most = max(quarters, key=lambda quarter: quarters[quarter], default=0)
            if most:
                # A page that lies on its side: read it as somebody would who turns his head.
                rotation = (rotation + most) % 4
                turn, width, height = _turning(rotation, left, bottom, right, top)
                sheet = Sheet(number, width, height, [])
                _Reader(sheet, text_page, turn, rotation, tagged).read()
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    _look_at_drawing(sheet, page, turn)
    _attach_links(sheet, document, page, turn)
    return sheet


def _box(page: Any) -> tuple[float, float, float, float]:
    """The part of the page that is shown: left, bottom, right, top."""
    box = pdfium.FS_RECTF()
    if (
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        and box.right > box.left
        and box.top > box.bottom
    ):
        return box.left, box.bottom, box.right, box.top
    return 0.0, 0.0, 612.0, 792.0


def _turning(
    rotation: int, left: float, bottom: float, right: float, top: float
) -> tuple[Turn, float, float]:
    """From the file's measures to those of the page as it is shown, from its top left corner."""
    wide, high = right - left, top - bottom
    if rotation == 1:
        return (lambda x, y: (y - bottom, x - left)), high, wide
    if rotation == 2:
        return (lambda x, y: (right - x, y - bottom)), wide, high
    if rotation == 3:
        return (lambda x, y: (top - y, right - x)), high, wide
    return (lambda x, y: (x - left, top - y)), wide, high


class _Reader:
    """Goes through one page's words in the order in which they are drawn.

    Each question to pdfium costs a microsecond, and a report has 200,000 words: words of one text object stand on
    one line in one style, so that of most only the left edge is asked for.
    """

    def __init__(
        self, sheet: Sheet, text_page: Any, turn: Turn, rotation: int, tagged: dict[int, Tag]
    ) -> None:
        self.sheet = sheet
        self.tagged = tagged
        self.page = text_page
        self.turn = turn
        self.rotation = rotation
        self.styles: dict[int, _Style] = {}
        self.fonts: dict[int, bool] = {}
        self.seen: set[tuple[str, int, int]] = set()
        self.box = pdfium.FS_RECTF()
        self.x = ctypes.c_double()
        self.y = ctypes.c_double()
        self.boxed = ctypes.byref(self.box)
        self.at = (ctypes.byref(self.x), ctypes.byref(self.y))
        self.current: Piece | None = None
        self.letters = self.heavy = 0
        """Of the current piece; and how many of them are bold."""
        self.sizes: dict[float, int] = {}
        """How many letters of the current piece have which size."""
        self.x_wide = 0.0
        """How wide the last word is that was measured."""

    def read(self) -> dict[int, int]:
        """Fill the sheet with its pieces; how many letters run in which direction, in quarters of a turn."""
        ask, page, turn, box, boxed = (
            pdfium.FPDFText_GetTextObject,
            self.page,
            self.turn,
            self.box,
            self.boxed,
        )
        loose, address = pdfium.FPDFText_GetLooseCharBox, ctypes.addressof
        quarters: dict[int, int] = {}
        text = self._text()
        self.sheet.letters = len(text)
        held = 0
        """The text object of the words before."""
        style = _PLAIN
        left = measured = 0.0
        """Where the last word begins; and, from there, how far one word at most may be from the next."""
        last = -1
        """The letter with which the current piece ends, while its right edge has not been asked for."""
        for found in _WORD.finditer(text):
            start, stop = found.span()
            word = found[0].translate(_HYPHENS)
            drawn = ask(page, start)
            key = address(drawn.contents) if drawn else 0
            if key == held and key and last >= 0 and self.current is not None and not style.quarter:
                loose(page, start, boxed)
                x = turn(box.left, box.bottom)[0]
                if -style.size < x - left <= measured and not _TAIL.search(word):
                    self.current.text += f" {word}"
                    self._count(word, style)
                    quarters[0] += len(word)
                    left, measured, last = x, (0.45 * len(word) + 1.0) * style.size, stop - 1
                    continue
            if last >= 0:
                self._close(last)
            held, style = key, self._style(drawn)
            quarters[style.quarter] = quarters.get(style.quarter, 0) + len(word)
            last = stop - 1 if self._place(word, start, stop, style) else -1
            if self.current is not None:
                left, measured = self.current.x1 - self.x_wide, (0.45 * len(word) + 1.0) * style.size
        if last >= 0:
            self._close(last)
        return quarters

    def _close(self, last: int) -> None:
        """Ask where the current piece ends."""
        pdfium.FPDFText_GetLooseCharBox(self.page, last, self.boxed)
        ends = self.turn(self.box.left, self.box.bottom)[0], self.turn(self.box.right, self.box.top)[0]
        if self.current is not None:
            self.current.x1 = max(self.current.x1, *ends)
            self.current.bold = self.heavy / max(1, self.letters)
            self.current.size = max(self.sizes, key=lambda size: self.sizes[size])

    def _count(self, word: str, style: _Style) -> None:
        length = len(word)
        self.letters += length
        self.heavy += length if style.bold else 0
        self.sizes[style.size] = self.sizes.get(style.size, 0) + length

    def _place(self, word: str, start: int, stop: int, style: _Style) -> bool:
        """Put a word behind the current piece, or begin one; whether words of its object may simply follow it."""
        lead = mark = ""
        if stop - start > 1 and (_TAIL.search(word) or _HEAD.match(word)):
            lead, word, mark, start, style = self._parted(word, start, stop, style)
        x0, x1, y = self._extent(start, start + len(word) - 1)
        self.x_wide = x1 - x0
        sheet = self.sheet
        if x1 < -1 or x0 > sheet.width + 1 or y < -1 or y > sheet.height + style.size:
            self.current = None
            return False  # outside of what the page shows
        spot = (word, round(x0 / 2), round(y / 2))
        if spot in self.seen:
            self.current = None
            return False  # drawn twice to look bold, or for a shadow
        self.seen.add(spot)
        turned = style.quarter != 0
        current = self.current
        if current is not None and turned == current.turned and not lead:
            size = max(style.size, current.size)
            gap = x0 - current.x1
            small = style.size <= 0.8 * current.size
            near = abs(y - current.y) <= (0.6 if small else 0.3) * size
            if near and not turned and -0.4 * size <= gap <= WIDE * size:
                if small and y < current.y - 0.1 * size and _MARK.match(word) and gap < 0.4 * size:
                    current.marks.append((word.strip("[]()"), current.text.rsplit(" ", 1)[-1]))
                    current.x1 = max(current.x1, x1)
                    return False
                self._add(current, word, style, y)
                current.x1 = max(current.x1, x1)
                if mark:
                    current.marks.append((mark, word))
                return not mark
            if turned and abs(x0 - current.x0) < 2 * style.size and abs(y - current.y) < 40 * style.size:
                current.text += " " + word
                return False
        self.current = Piece(
            word, x0, x1, y, style.size, float(style.bold), sheet.page, len(sheet.pieces), turned, lead
        )
        self.current.tag = style.tag
        self._begin(word, style)
        if mark:
            self.current.marks.append((mark, word))
        sheet.pieces.append(self.current)
        return not mark

    def _add(self, current: Piece, word: str, style: _Style, y: float) -> None:
        """Lengthen a piece by a word. One that is only a raised mark so far becomes the mark that leads it."""
        raised = current.size <= 0.8 * style.size and current.y < y - 0.1 * style.size
        if raised and _MARK.match(current.text):
            current.lead, current.text = current.text.strip("[]()"), word
            current.y, current.tag = y, style.tag
            self._begin(word, style)
        else:
            current.text += " " + word
            self._count(word, style)
        current.bold = self.heavy / max(1, self.letters)
        current.size = max(self.sizes, key=lambda size: self.sizes[size])

    def _begin(self, word: str, style: _Style) -> None:
        self.letters = self.heavy = 0
        self.sizes = {}
        self._count(word, style)

    def _text(self) -> str:
        """All letters of the page, one for each index that pdfium counts by."""
        count = max(0, pdfium.FPDFText_CountChars(self.page))
        if count > MAX_LETTERS:
            count, self.sheet.cut = MAX_LETTERS, True
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.page, 0, count, buffer)
        text = bytes(buffer).decode("utf-16-le", "replace")[:count]
        if written != count + 1 or len(text) != count or "\ufffd" in text:
            # Letters beyond the basic plane, or left out: the count by letters is another than by units.
            ask, page = pdfium.FPDFText_GetUnicode, self.page
            text = "".join(_letter(ask(page, index)) for index in range(count))
        self.sheet.unknown = self._unknown(text)
        return text

    def _unknown(self, text: str) -> int:
        """How many letters have no meaning: in the private area, or with no entry in the font's own table."""
        odd = len(_UNKNOWN.findall(text))
        step = max(1, len(text) // 200)
        ask, page = pdfium.FPDFText_HasUnicodeMapError, self.page
        sample = range(0, len(text), step)
        failed = sum(ask(page, index) == 1 for index in sample)
        return max(odd, int(failed) * step)

    def _extent(self, first: int, last: int) -> tuple[float, float, float]:
        """From where to where a word reaches, and its base line."""
        loose, page, box, boxed = pdfium.FPDFText_GetLooseCharBox, self.page, self.box, self.boxed
        loose(page, first, boxed)
        x0, _ = self.turn(box.left, box.bottom)
        x1, _ = self.turn(box.right, box.top)
        if last > first:
            loose(page, last, boxed)
            x2, _ = self.turn(box.left, box.bottom)
            x3, _ = self.turn(box.right, box.top)
            x0, x1 = min(x0, x1, x2, x3), max(x0, x1, x2, x3)
        elif x1 < x0:
            x0, x1 = x1, x0
        pdfium.FPDFText_GetCharOrigin(page, first, *self.at)
        return x0, x1, self.turn(self.x.value, self.y.value)[1]

    def _style_at(self, index: int) -> _Style:
        return self._style(pdfium.FPDFText_GetTextObject(self.page, index))

    def _style(self, drawn: Any) -> _Style:
        if not drawn:
            return _PLAIN
        key = ctypes.addressof(drawn.contents)
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._measured(drawn)
        return style

    def _measured(self, drawn: Any) -> _Style:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(drawn, ctypes.byref(size))
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
        points = abs(size.value) * math.hypot(matrix.c, matrix.d)
        angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        if not 0.5 < points < 2_000:
            points = 10.0
        font = pdfium.FPDFTextObj_GetFont(drawn)
        bold = False
        if font:
            key = ctypes.addressof(font.contents)
            known = self.fonts.get(key)
            bold = self.fonts[key] = _is_bold(font) if known is None else known
        # Pages turned by the reader, and text turned in the file, may make up for each other.
        tag = self.tagged.get(pdfium.FPDFPageObj_GetMarkedContentID(drawn)) if self.tagged else None
        return _Style(points, bold, (round(angle) - self.rotation) % 4, tag)

    def _parted(self, word: str, start: int, stop: int, style: _Style) -> tuple[str, str, str, int, _Style]:
        """A word with a small raised mark stuck to its end or beginning: mark in front, word, mark behind."""
        last = self._style_at(stop - 1)
        if last is style:
            return "", word, "", start, style
        if last.size <= 0.8 * style.size or self._raised(start, stop - 1):
            cut = stop - 1
            while cut > start + 1 and self._style_at(cut - 1) is last:
                cut -= 1
            if last.size <= 0.85 * style.size and _MARK.match(word[cut - start :]):
                return "", word[: cut - start], word[cut - start :].strip("[]()"), start, style
        if style.size <= 0.8 * last.size:
            cut = start + 1
            while cut < stop - 1 and self._style_at(cut) is style:
                cut += 1
            if _MARK.match(word[: cut - start]):
                return word[: cut - start].strip("[]()"), word[cut - start :], "", cut, last
        return "", word, "", start, style

    def _raised(self, first: int, last: int) -> bool:
        pdfium.FPDFText_GetCharOrigin(self.page, first, *self.at)
        base = self.turn(self.x.value, self.y.value)[1]
        pdfium.FPDFText_GetCharOrigin(self.page, last, *self.at)
        return self.turn(self.x.value, self.y.value)[1] < base - 1.0


_PLAIN: Final = _Style(10.0, False, 0)


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "


def _is_bold(font: Any) -> bool:
    if pdfium.FPDFFont_GetWeight(font) >= 600:
        return True
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    if not 1 < size < 1_000:
        return False
    name = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, name, size)
    return _BOLD.search(name.value.decode("latin-1")) is not None


def _look_at_drawing(sheet: Sheet, page: Any, turn: Turn) -> None:
    """Ruling lines, the edges of drawn boxes, and how many pictures there are."""
    count = pdfium.FPDFPage_CountObjects(page)
    edges = [ctypes.c_float() for _ in range(4)]
    passed = [ctypes.byref(edge) for edge in edges]
    for drawn in _drawn(page, min(count, MAX_OBJECTS)):
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            sheet.pictures += 1
        if kind != pdfium.FPDF_PAGEOBJ_PATH or not pdfium.FPDFPageObj_GetBounds(drawn, *passed):
            continue
        x0, y0 = turn(edges[0].value, edges[1].value)
        x1, y1 = turn(edges[2].value, edges[3].value)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if x1 - x0 <= THIN or y1 - y0 <= THIN:
            if x1 - x0 > 4 or y1 - y0 > 4:
                sheet.rules.append((x0, y0, x1, y1))
        elif pdfium.FPDFPath_CountSegments(drawn) in {4, 5} and x1 - x0 < 0.98 * sheet.width:
            sheet.rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _drawn(page: Any, count: int) -> Iterator[Any]:
    """The page's objects; those that stand in a form too, one level deep."""
    for index in range(count):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_FORM:
            for inner in range(min(pdfium.FPDFFormObj_CountObjects(drawn), 1_000)):
                nested = pdfium.FPDFFormObj_GetObject(drawn, inner)
                if nested and pdfium.FPDFPageObj_GetType(nested) == pdfium.FPDF_PAGEOBJ_IMAGE:
                    yield nested
        elif drawn:
            yield drawn


def _attach_links(sheet: Sheet, document: Any, page: Any, turn: Turn) -> None:
    """Give each web address that lies over words to the pieces of those words."""
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(MAX_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
            return
        href = _address(document, link)
        box = pdfium.FS_RECTF()
        if not href or not pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
            continue
        x0, y0 = turn(box.left, box.bottom)
        x1, y1 = turn(box.right, box.top)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        for piece in sheet.pieces:
            if y0 - 1 <= piece.y - 0.25 * piece.size <= y1 + 1 and piece.x0 < x1 and piece.x1 > x0:
                piece.links.append(Link(href, _under(piece, x0, x1)))


def _under(piece: Piece, x0: float, x1: float) -> str:
    """The words of a piece from `x0` to `x1`, as if its letters were of one width."""
    wide = (piece.x1 - piece.x0) / max(1, len(piece.text))
    if wide <= 0:
        return piece.text
    first = max(0, round((x0 - piece.x0) / wide))
    last = min(len(piece.text), round((x1 - piece.x0) / wide))
    starts = [0, *(found.end() for found in re.finditer(r"\s", piece.text))]
    ends = [*(found.start() for found in re.finditer(r"\s", piece.text)), len(piece.text)]
    start = min(starts, key=lambda at: abs(at - first))
    end = min(ends, key=lambda at: abs(at - last))
    return piece.text[start:end].strip(" .,;:()") if end > start else piece.text[first:last].strip()


def _address(document: Any, link: Any) -> str:
    """The web address that an annotation leads to; "" where it leads elsewhere."""
    action = pdfium.FPDFLink_GetAction(link)
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if not 1 < size < addresses.MAX_LENGTH:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return addresses.absolute(buffer.value.decode("utf-8", "replace").strip(), "")
