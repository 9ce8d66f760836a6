"""Mailbox files: many messages in one (RFC 4155; "From " lines in messages quoted as mboxrd does, with ">")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

MAX_MESSAGES: Final = 20_000

_OPENS: Final = re.compile(rb"(?:\A|(?<=\n))From ([^\r\n]*)\r?\n(?=[!-9;-~]{1,100}[ \t]*:)")
_CLOCK: Final = re.compile(rb"\b\d{1,2}:\d\d\b")
_YEAR: Final = re.compile(rb"\b(?:19|20)\d\d\b")
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


def is_mbox(content: bytes) -> bool:
    """Whether `content` begins as a mailbox file does."""
    match = _OPENS.match(content)
    return match is not None and _opens(match)


def messages(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Each message of a mailbox file, unquoted, and the line of the file on which it begins, from 1."""
    line = 1
    position = 0
    found = (match.span() for match in _OPENS.finditer(content) if _opens(match))
    opened = list(itertools.islice(found, MAX_MESSAGES))
    for number, (start, begin) in enumerate(opened):
        end = opened[number + 1][0] if number + 1 < len(opened) else len(content)
        line += content.count(b"\n", position, start)
        position = start
        yield _QUOTED.sub(rb"\1", content[begin:end]), line + 1


def _opens(match: re.Match[bytes]) -> bool:
    """ "From alice@example.org Mon Mar  3 09:14:00 2025": a line of a text that begins so has no time and year."""
    line = match[1][:300]
    return _CLOCK.search(line) is not None and _YEAR.search(line) is not None


def is_message(content: bytes) -> bool:
    """Whether `content`, of which nothing is known, is a message: a header with fields that only mail has."""
    head = content[:16_384].lstrip(b"\r\n")
    named = set()
    for line in head.split(b"\n"):
        if not line.strip():
            break
        if line[:1] in {b" ", b"\t"}:
            continue
        name, colon, _ = line.partition(b":")
        if not colon or not re.fullmatch(rb"[!-9;-~]{1,100}", name.rstrip()):
            return False
        named.add(name.strip().lower())
    certain = {
        b"received",
        b"message-id",
        b"mime-version",
        b"return-path",
        b"delivered-to",
        b"dkim-signature",
    }
    return bool(named & certain) and len(named & {b"from", b"to", b"date", b"subject", *certain}) >= 3
