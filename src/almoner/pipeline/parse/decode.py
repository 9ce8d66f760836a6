"""Bytes → text, whatever the page says about itself.

The order of trust is: byte order mark, valid UTF-8, what the mark-up declares, Windows-1252 line by line
(WHATWG's reading of Latin-1). UTF-7 is never used. What had to be mended is reported, never silent.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Decision, Document, Place

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
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_MAGIC: Final = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"MZ\x90", b"\xd0\xcf\x11\xe0",
    b"Rar!", b"7z\xbc\xaf", b"SQLite format 3", b"RIFF", b"OggS", b"ID3", b"\x00\x00\x01\x00",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with one kind of line end, and what was done to get it."""

    text: str
    encoding: str
    mended_lines: tuple[int, ...] = ()
    dropped: int = 0

    def report(self, document: Document) -> Document:
        """The document with what decoding found out."""
        decisions = [
            Decision(
                "parse",
                f"encoding {self.encoding}",
                "byte order mark, validity and declaration, in that order",
            )
        ]
        if self.dropped:
            decisions.append(
                Decision("parse", f"{self.dropped} control characters left out", "they print nothing")
            )
        findings = document.findings
        if self.mended_lines:
            first, last = self.mended_lines[0], self.mended_lines[-1]
            findings = (
                *findings,
                finding(
                    "encoding_mended",
                    f"{len(self.mended_lines)} line(s) are not in the encoding of the rest and were read as {self.encoding}.",
                    Place(first, last),
                ),
            )
        return replace(document, findings=findings, decisions=(*decisions, *document.decisions))


def decode(content: bytes) -> Decoded | None:
    """The text in `content`, or None where it is no text at all."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _clean(content[len(bom) :].decode(encoding, errors="replace"), encoding)
    if content.startswith(_MAGIC):
        return None
    head = content[:65536]
    if b"\x00" in head:
        guess = _wide(head)
        if guess is not None:
            return _clean(content.decode(guess, errors="replace"), guess)
    if _is_binary(head):
        return None
    try:
        return _clean(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(content[:4096])
    if declared is not None:
        try:
            return _clean(content.decode(declared), declared)
        except (UnicodeDecodeError, LookupError):
            pass
    return _by_line(content)


def _by_line(content: bytes) -> Decoded:
    """Each line as UTF-8 where it is valid, else as Windows-1252: pages are pasted together from both."""
    lines: list[str] = []
    mended: list[int] = []
    wide = 0
    for number, raw in enumerate(content.split(b"\n"), 1):
        try:
            line = raw.decode("utf-8")
            wide += not raw.isascii()
            lines.append(line)
        except UnicodeDecodeError:
            mended.append(number)
            lines.append(raw.decode("cp1252", errors="replace"))
    decoded = _clean("\n".join(lines), "windows-1252")
    # A page that is Windows-1252 throughout is not mixed: that is its encoding, and nothing to look at.
    return replace(decoded, mended_lines=tuple(mended)) if wide else decoded


def _clean(text: str, encoding: str) -> Decoded:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", " ")
    if _CONTROL.search(text) is None:
        return Decoded(text, encoding)
    clean, dropped = _CONTROL.subn("", text)
    return Decoded(clean, encoding, dropped=dropped)


def _declared(head: bytes) -> str | None:
    match = _DECLARED.search(head)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    if (
        name in {"utf-7", "utf-8"}
        or not hasattr(codecs.lookup(name), "_is_text_encoding")
        or not codecs.lookup(name)._is_text_encoding
    ):
        return None
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every second byte of western text is NUL."""
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _is_binary(head: bytes) -> bool:
    if not head:
        return False
    odd = sum(head.count(bytes([byte])) for byte in (*range(1, 9), *range(14, 27), *range(28, 32), 127))
    return head.count(0) > max(8, len(head) // 50) or odd > max(8, len(head) // 50)
