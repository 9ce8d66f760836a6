"""A long export, an archive of a feed or a box of messages in parts, each of which reads like the whole.

An export of a site of many years is too large to be read, and kept, at one go: it would be lost as a whole, and nobody
would see how far it is. Each part has what stood before the first record and behind the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from mmap import mmap
from typing import Final

RECORDS: Final = 100
"""Records in a part."""
BYTES: Final = 2 * 1024 * 1024
"""Bytes of a part after which no further record comes into it."""
MARKED_UP: Final = frozenset({".xml", ".rss", ".atom", ".rdf"})
BOXES: Final = frozenset({".mbox"})
ENDINGS: Final = MARKED_UP | BOXES
"""Of files that can be taken apart."""

_MARK: Final = re.compile(rb"<!\[CDATA\[|<!--|<(/?)(?:item|entry)(?=[\s>])")
_CLOSED_BY: Final = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}
_LETTER: Final = re.compile(rb"^From [^\r\n]*\d\d:\d\d[^\r\n]*\r?$", re.MULTILINE)
_ENDS: Final = re.compile(rb">")

Span = tuple[int, int]
"""Where a record begins and ends, in bytes."""


def parts(content: bytes | mmap, ending: str) -> Iterator[bytes]:
    """The parts of a file by the `ending` of its name, in order; none where it has no more than `RECORDS` records, is
    of a kind that is not taken apart, or cannot be: then it is read as it is."""
    spans = _records(content, ending)
    if len(spans) <= RECORDS:
        return
    head, tail = content[: spans[0][0]], content[spans[-1][1] :]
    first = 0
    while first < len(spans):
        last = first + 1
        while last < len(spans) and last - first < RECORDS and spans[last][1] - spans[first][0] <= BYTES:
            last += 1
        behind = spans[last][0] if last < len(spans) else spans[-1][1]
        yield head + content[spans[first][0] : behind] + tail
        first = last


def _records(content: bytes | mmap, ending: str) -> list[Span]:
    if ending in BOXES:
        starts = [found.start() for found in _LETTER.finditer(content)]
        return list(zip(starts, [*starts[1:], len(content)], strict=True)) if starts[:1] == [0] else []
    if ending not in MARKED_UP or b"\0" in content[:1024]:  # UTF-16
        return []
    return _elements(content)


def _elements(content: bytes | mmap) -> list[Span]:
    """The entries of a feed; none where they stand within each other or one is not closed."""
    spans: list[Span] = []
    start, at = -1, 0
    while (mark := _MARK.search(content, at)) is not None:
        at = mark.end()
        if closed_by := _CLOSED_BY.get(mark[0]):
            closed = content.find(closed_by, at)
            if closed < 0:
                return []
            at = closed + len(closed_by)
        elif (start >= 0) != bool(mark[1]):
            return []
        elif mark[1]:
            end = _ENDS.search(content, at)
            if end is None:
                return []
            spans.append((start, end.end()))
            start = -1
        else:
            start = mark.start()
    return spans if start < 0 else []
