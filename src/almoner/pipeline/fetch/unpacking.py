"""A file that may be made of gzip members, read as if it were plain, without ever holding much of it. Where a member
is damaged, reading goes on at the next one that can be found."""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, Final

_MAGIC: Final = b"\x1f\x8b\x08"
_PACKED: Final = 16 * 1024
_STEP: Final = 256 * 1024
_REMEMBERED: Final = 2 * 1024 * 1024
"""Bytes of a member, as packed, in which the next one is looked for if it turns out to be torn."""


class Torn(Exception):
    """A member could not be unpacked to its end. What had been read of it is gone; reading may go on behind it."""


class Unpacked:
    """The bytes of a stream, gzip or plain, behind a window that grows as far as it is asked to.

    Any method that reads on raises `Torn`, and `OSError` as the stream does.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._window = bytearray()
        self._parts = _parts(stream)

    def fill(self, size: int) -> bool:
        """Read on until the window holds `size` bytes; False where the stream ends before that."""
        while len(self._window) < size:
            part = next(self._parts, b"")
            if part is None:
                self._window.clear()
                raise Torn
            if not part:
                return False
            self._window += part
        return True

    def starts_with(self, word: bytes) -> bool:
        """Whether these bytes come next."""
        self.fill(len(word))
        return self._window.startswith(word)

    def find(self, word: bytes, most: int) -> int:
        """Where `word` stands within the next `most` bytes; -1 if it does not."""
        start = 0
        while (found := self._window.find(word, start, most)) < 0:
            start = max(0, len(self._window) - len(word))
            if len(self._window) >= most or not self.fill(len(self._window) + 1):
                return -1
        return found

    def peek(self, size: int) -> bytes:
        """The first bytes of the window; they stay."""
        return bytes(self._window[:size])

    def take(self, size: int) -> bytes:
        """The first bytes of the window."""
        taken = self.peek(size)
        del self._window[:size]
        return taken

    def has_at(self, place: int, word: bytes) -> bool:
        """Whether these bytes stand at `place` of the window."""
        return self._window.startswith(word, place)

    def skip(self, letters: bytes) -> None:
        """Pass over any of these bytes."""
        while self.fill(1) and self._window[0] in letters:
            del self._window[: len(self._window) - len(self._window.lstrip(letters))]

    def drop(self, size: int) -> None:
        """Pass over this many bytes, however many they are."""
        while size and self.fill(1):
            step = min(size, len(self._window))
            del self._window[:step]
            size -= step

    def drop_to(self, pattern: re.Pattern[bytes]) -> None:
        """Pass over everything before the next match, of its first group; everything, if there is none."""
        while True:
            if found := pattern.search(self._window):
                del self._window[: found.start(1)]
                return
            del self._window[: max(0, len(self._window) - 64)]
            if not self.fill(len(self._window) + 1):
                self._window.clear()
                return


def _parts(stream: BinaryIO) -> Iterator[bytes | None]:
    """The stream in parts, unpacked if it is packed; None where something was passed over."""
    data = stream.read(_PACKED)
    if not data.startswith(_MAGIC[:2]):
        while data:
            yield data
            data = stream.read(_STEP)
        return
    ahead: deque[bytes] = deque((data,))
    unpacker, data, member = zlib.decompressobj(31), b"", bytearray()
    while True:
        if not data:
            data = ahead.popleft() if ahead else stream.read(_PACKED)
            if len(member) > _REMEMBERED:
                member.clear()
            member += data
        if not (data or member):
            return
        try:
            # At the end of the stream there may still be something inside.
            part = unpacker.decompress(data, _STEP) if data else unpacker.flush()
            if not data and not unpacker.eof:
                raise zlib.error("cut off")
        except zlib.error:
            yield None
            if not _find_member(member, ahead, stream):
                return
            unpacker, data = zlib.decompressobj(31), b""
            continue
        if part:
            yield part
        data = unpacker.unconsumed_tail
        if unpacker.eof:
            data = unpacker.unused_data.lstrip(b"\0")  # padding behind a member
            unpacker, member = zlib.decompressobj(31), bytearray(data)


def _find_member(member: bytearray, ahead: deque[bytes], stream: BinaryIO) -> bool:
    """Look for the next member behind the beginning of a torn one, which may have swallowed it; what follows from
    there is put back to be read. False if there is none."""
    start = 1
    while (place := member.find(_MAGIC, start)) < 0:
        more = ahead.popleft() if ahead else stream.read(_PACKED)
        if not more:
            return False
        start = 0
        del member[:-2]
        member += more
    ahead.extendleft(bytes(member[at : at + _PACKED]) for at in reversed(range(place, len(member), _PACKED)))
    member.clear()
    return True
