"""The header of a message or part: its fields, unfolded, as they stand (RFC 5322, 2.2; RFC 6532 for 8-bit ones)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.mail.charsets import decoded
from almoner.pipeline.parse.mail.words import with_words

MAX_FIELDS: Final = 1_000
MAX_JUNK: Final = 100
"""Lines of a header that are no field; with more, what follows is the body."""
MAX_VALUE: Final = 100_000
"""Bytes of one field that are looked at. A list of a thousand recipients has 60,000."""

_NAME: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_FOLD: Final = re.compile(rb"(?:\r\n|\r|\n)[ \t]*")
_LINE: Final = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SPACE: Final = re.compile(r"[\s\x00]+")


@dataclass(frozen=True, slots=True)
class Head:
    """A header's fields in order: names in lower case, values as bytes with the folds taken out."""

    fields: tuple[tuple[str, bytes], ...] = ()

    def all(self, name: str) -> tuple[bytes, ...]:
        """Every value of a field, in order."""
        return tuple(value for given, value in self.fields if given == name)

    def raw(self, name: str) -> bytes:
        """A field's value. Where it stands twice, the last one, which the writer added last, unless it is empty."""
        return next((value for value in reversed(self.all(name)) if value), b"")

    def line(self, name: str) -> str:
        """A structured field's value as text: its encoded words are left alone."""
        return decoded(self.raw(name), "").text

    def text(self, name: str) -> str:
        """An unstructured field's value: encoded words are decoded, white space is folded."""
        return _SPACE.sub(" ", with_words(self.line(name))).strip()

    def has(self, name: str) -> bool:
        """Whether the field is there at all."""
        return any(given == name for given, _ in self.fields)


def read_head(content: bytes, start: int, end: int) -> tuple[Head, int]:
    """The header that begins at `start`, and where the body behind it begins.

    An empty line ends it. Lines that are no field are passed over; where the very first line is neither a field nor
    an mbox's "From " line there is no header, and all is body. At most `MAX_FIELDS` fields are kept.
    """
    fields: list[tuple[str, bytes]] = []
    name, first, last = "", start, start
    position = start
    junk = 0
    for begin, stop in _lines(content, start, end):
        line_end = _bare_end(content, begin, stop)
        position = stop
        if line_end == begin:
            break
        if content[begin : begin + 1] in b" \t":
            last = line_end
            continue
        _keep(fields, name, content[first : min(last, first + MAX_VALUE)])
        match = _NAME.match(content, begin, line_end)
        if match is None:
            if not fields and not name and content[begin : begin + 5] not in {b"From ", b">From"}:
                return Head(), start
            name = ""
            junk += 1
            if junk > MAX_JUNK:
                return Head(tuple(fields)), begin
            continue
        name, first, last = match[1].decode("ascii").lower(), match.end(), line_end
    _keep(fields, name, content[first : min(last, first + MAX_VALUE)])
    return Head(tuple(fields)), position


def _keep(fields: list[tuple[str, bytes]], name: str, value: bytes) -> None:
    if name and len(fields) < MAX_FIELDS:
        fields.append((name, _FOLD.sub(b" ", value).strip()))


def _lines(content: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        match = _LINE.match(content, start, end)
        assert match is not None
        yield start, match.end()
        start = match.end()


def _bare_end(content: bytes, begin: int, stop: int) -> int:
    while stop > begin and content[stop - 1] in b"\r\n":
        stop -= 1
    return stop
