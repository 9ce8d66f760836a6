"""Bytes → text, whatever the page says about itself.

The order of trust is: byte order mark, valid UTF-8, what the mark-up declares, Windows-1252 for the bytes that
are not UTF-8 (WHATWG's reading of Latin-1). UTF-7 is never used. What had to be mended is reported, never silent.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Decision, Document, Finding, Place

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}charset\s*=\s*["']?|<\?xml[^>]{0,100}encoding\s*=\s*["'])([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# The encodings of the web (WHATWG, Encoding, 4.2) in which ASCII is ASCII, as Python calls them. A page cannot
# ask for any other codec: some unescape, unzip or fail in ways of their own.
_ON_THE_WEB: Final = frozenset(
    """
    big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949 euc_jp
    euc_kr gb18030 gb2312 gbk iso2022_jp iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8
    iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman shift_jis
    """.split()  # noqa: SIM905
)
_READ_AS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"}  # fmt: skip
_PRINTS_NOTHING = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LOST = re.compile("\ufffd")
_RARE: Final = "".join(map(chr, (*range(9), 0x0B, *range(14, 32), 0x7F, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF)))
"""Most texts have none of these: to look for each by itself is faster than any pattern."""
_RARE_BYTES: Final = bytes(code for code in map(ord, _RARE) if code < 0x80)
_RARE_WIDE: Final = "".join(character for character in _RARE if ord(character) >= 0x80)
_ODD: Final = bytes((*range(1, 9), *range(14, 27), *range(28, 32), 127))
_MAGIC: Final = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF", b"MZ\x90", b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf", b"\x00\x00\x01\x00",
)  # fmt: skip
_MAGIC_WORDS: Final = (b"GIF8", b"Rar!", b"SQLite format 3", b"RIFF", b"OggS", b"ID3")
"""A text may begin with these too; only with NUL bytes behind them are they what they say."""
_MARKED_UP = re.compile(
    rb"\s*(?:<\?xml\b|<rss\b|<feed\b|<rdf:RDF\b|<opml\b|<!doctype\s+html\b|<html\b)", re.IGNORECASE
)
"""What begins so is text, however many control characters got into it."""
_NAMED: Final = 20
"""Lines that are named one by one when something had to be mended in them."""
_HIGH = re.compile(rb"[\x80-\xff]+")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """The bytes at which UTF-8 failed, and those beyond ASCII right behind them, as Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)
    run = _HIGH.match(error.object, error.start)
    end = run.end() if run is not None else error.end
    return error.object[error.start : end].decode("cp1252", errors="replace"), end


codecs.register_error("almoner.windows-1252", _as_windows_1252)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in which the same had to be done: the numbers of the first few, of the last, and how many there are."""

    first: tuple[int, ...] = ()
    last: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with one kind of line end, and what was done to get it."""

    text: str
    encoding: str
    mended: Lines = Lines()
    """Lines that were not in the encoding of the rest."""
    lost: Lines = Lines()
    """Lines with characters that could not be read, here or before the text reached us."""
    left_out: Lines = Lines()
    """Lines with NUL or other control characters, which are left out."""

    def report(self, document: Document) -> Document:
        """The document with what decoding found out."""
        found = (
            *_findings(
                self.mended, f"This is not in the encoding of the rest; it was read as {self.encoding}."
            ),
            *_findings(self.lost, "A character was lost on the way and stands as \ufffd."),
            *_findings(self.left_out, "NUL or other control characters were left out."),
        )
        decision = Decision(
            "parse", f"encoding {self.encoding}", "byte order mark, validity and declaration, in that order"
        )
        return replace(
            document,
            findings=(*document.findings, *found),
            decisions=(decision, *document.decisions),
        )


def _findings(lines: Lines, what: str) -> list[Finding]:
    found = [finding("encoding_mended", what, Place(number, number)) for number in lines.first]
    if lines.count > len(lines.first):
        more = f"{what} The same in {lines.count - len(lines.first)} more lines."
        found.append(finding("encoding_mended", more, Place(lines.first[-1] + 1, lines.last)))
    return found


def decode(content: bytes) -> Decoded | None:
    """The text in `content`, or None where it is no text at all."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            content = content[len(bom) :]
            if encoding != "utf-8":
                return _clean(content.decode(encoding, errors="replace"), encoding)
            break
    if content.startswith(_MAGIC):
        return None
    head = content[:65536]
    if b"\x00" in head:
        if content.startswith(_MAGIC_WORDS):
            return None
        guess = _wide(head)
        if guess is not None:
            return _clean(content.decode(guess, errors="replace"), guess)
    if _is_binary(head) and not _MARKED_UP.match(head):
        return None
    try:
        text = content.decode("utf-8")
        return _one_end(text, "utf-8") if _has_nothing_rare(content, text) else _clean(text, "utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(content[:4096])
    if declared is not None:
        try:
            return _clean(content.decode(declared), declared)
        except UnicodeDecodeError:
            pass
    return _mixed(content)


def _mixed(content: bytes) -> Decoded:
    """UTF-8 where it is valid, else Windows-1252: pages are pasted together from both."""
    text = io.StringIO()
    first: list[int] = []
    last = count = wide = 0
    one_end = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for number, raw in enumerate(io.BytesIO(one_end), 1):
        try:
            text.write(raw.decode("utf-8"))
            wide += not raw.isascii()
        except UnicodeDecodeError:
            text.write(raw.decode("utf-8", errors="almoner.windows-1252"))
            last = number
            count += 1
            if len(first) < _NAMED:
                first.append(number)
    decoded = _clean(text.getvalue(), "windows-1252")
    # A page that is Windows-1252 throughout is not mixed: that is its encoding, and nothing to look at.
    return replace(decoded, mended=Lines(tuple(first), last, count)) if wide else decoded


def _has_nothing_rare(content: bytes, text: str) -> bool:
    """Whether nothing in UTF-8 is to be taken out or reported: so it is with most, and told in one pass."""
    return len(content.translate(None, _RARE_BYTES)) == len(content) and (
        text.isascii() or not any(character in text for character in _RARE_WIDE)
    )


def _one_end(text: str, encoding: str) -> Decoded:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding)


def _clean(text: str, encoding: str) -> Decoded:
    text = _one_end(text, encoding).text
    if not any(character in text for character in _RARE):
        return Decoded(text, encoding)
    text = text.replace("\x0b", " ")
    lost, left_out = _lines_with(_LOST, text), _lines_with(_CONTROL, text)
    if _PRINTS_NOTHING.search(text) is not None:
        text = _PRINTS_NOTHING.sub("", text)
    return Decoded(text, encoding, lost=lost, left_out=left_out)


def _lines_with(pattern: re.Pattern[str], text: str) -> Lines:
    first: list[int] = []
    last = count = 0
    number = 1
    position = 0
    while (match := pattern.search(text, position)) is not None:
        number += text.count("\n", position, match.start())
        last = number
        count += 1
        if len(first) < _NAMED:
            first.append(number)
        end = text.find("\n", match.end())
        if end < 0:
            break
        number += 1
        position = end + 1
    return Lines(tuple(first), last, count)


def _declared(head: bytes) -> str | None:
    match = _DECLARED.search(head)
    return encoding_named(match[1].decode("ascii")) if match is not None else None


def encoding_named(label: str) -> str | None:
    """Python's name for the encoding of the web that is called `label`; None where there is none."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _ON_THE_WEB else None


def _wide(head: bytes) -> str | None:
    """UTF-16 and UTF-32 without a byte order mark: of western text, every second byte or three in four are NUL."""
    for encoding, filled in (("utf-32-le", 0), ("utf-32-be", 3)):
        if all(head[at::4].count(0) > 0.9 * len(head[at::4]) for at in range(4) if at != filled):
            return encoding if head[filled::4].count(0) < 0.1 * len(head) else None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _is_binary(head: bytes) -> bool:
    if not head:
        return False
    odd = len(head) - len(head.translate(None, _ODD))
    return head.count(0) > max(8, len(head) // 50) or odd > max(8, len(head) // 50)
