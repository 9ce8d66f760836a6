"""Transfer encodings (RFC 2045, 6.7 and 6.8): quoted-printable and Base64, with the damage that mail brings them."""

from __future__ import annotations

import binascii
import re
import string
from dataclasses import dataclass
from typing import Final

_RUN: Final = re.compile(rb"[^=]+")
_BASE64: Final = string.ascii_letters.encode() + string.digits.encode() + b"+/="
_NOT_BASE64: Final = bytes(byte for byte in range(256) if byte not in _BASE64)
_SOFT: Final = re.compile(rb"=[ \t]+(?=\r?\n|\Z)")
MOST_ODD: Final = 0.1
"""What share of bytes foreign to Base64, or of spaces, makes a text that is none."""


@dataclass(frozen=True, slots=True)
class Body:
    """The decoded bytes. `damaged`: not all of them could be had. `encoded`: they are still as they came, since they
    are not in the encoding that is named."""

    content: bytes
    damaged: bool = False
    encoded: bool = False


def transferred(content: bytes, encoding: str) -> Body:
    """`content` freed of the transfer encoding that its header names. An encoding unknown here leaves it as it is."""
    named = encoding.partition(";")[0].partition("(")[0].strip().strip('"').lower()
    if named == "base64":
        return from_base64(content)
    if named == "quoted-printable":
        return Body(binascii.a2b_qp(_SOFT.sub(b"=", content)))
    return Body(content)


def from_base64(content: bytes) -> Body:
    """Base64 without what is foreign to it. Padding in the middle ends one piece, and the next begins; a letter
    that is left over at the end stands for less than a byte and is dropped. Text that is no Base64 stays as it is."""
    odd = len(content.translate(None, _BASE64 + string.whitespace.encode()))
    if odd > MOST_ODD * len(content) or content.count(b" ") > MOST_ODD * len(content):
        return Body(content, encoded=True)
    damaged = odd > 0
    freed = bytearray()
    for match in _RUN.finditer(content.translate(None, _NOT_BASE64)):
        run = match[0]
        over = len(run) % 4
        if over == 1:
            damaged = True
            run = run[:-1]
        if run:
            freed += binascii.a2b_base64(run + b"=" * (-len(run) % 4))
    return Body(bytes(freed), damaged)


def from_q(content: bytes) -> bytes:
    """The "Q" encoding of header words (RFC 2047, 4.2)."""
    return binascii.a2b_qp(content, header=True)
