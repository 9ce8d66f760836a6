"""The body of an answer, unpacked as it comes and never beyond a cap: a small packet can hold gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

ACCEPTED: Final = "gzip, deflate"
"""What we ask for. Two codings that the standard library unpacks step by step are enough for text."""
_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_RAW: Final = -zlib.MAX_WBITS
_STEP: Final = 1 << 20


class TooMuch(Exception):
    """More bytes than the cap."""


class Damaged(Exception):
    """What came cannot be unpacked, or ends before its end. The words say which."""


def body(chunks: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The bytes of `chunks`, unpacked as `encoding` (a Content-Encoding header) says.

    `TooMuch` as soon as more than `most` bytes have come or have been unpacked; `Damaged` for codings that we did
    not ask for, for more than one on top of another, and for a stream that is broken or cut off.
    """
    if not encoding:
        return b"".join(_capped(chunks, most))
    codings = [
        name
        for name in (part.strip().lower() for part in encoding.split(","))
        if name not in ("", "identity")
    ]
    if not codings:
        return b"".join(_capped(chunks, most))
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise Damaged(f"it is packed in a way we did not ask for ({encoding[:60]})")
    return b"".join(_capped(_unpacked(_capped(chunks, most)), most))


def _capped(chunks: Iterable[bytes], most: int) -> Iterable[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise TooMuch
        yield chunk


def _unpacked(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Members of gzip one after another, zlib, or bare deflate, which some servers send by that name."""
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    started = ended = False
    for chunk in chunks:
        data = chunk
        while data:
            if ended:
                if not data.strip(b"\0"):  # padding behind the last member
                    break
                unpacker, ended = zlib.decompressobj(_GZIP_OR_ZLIB), False
            try:
                out = unpacker.decompress(data, _STEP)
            except zlib.error as error:
                if started:
                    raise Damaged("it cannot be unpacked") from error
                unpacker, started = zlib.decompressobj(_RAW), True
                continue
            started = True
            if out:
                yield out
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            ended = unpacker.eof
    if started and not ended:
        # The last packet can be used up with output still waiting inside.
        yield unpacker.flush(_STEP)
        ended = unpacker.eof
    if started and not ended:
        raise Damaged("it ends in the middle")
