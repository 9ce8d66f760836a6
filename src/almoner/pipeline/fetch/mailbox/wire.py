"""The standard library's IMAP client over a connection of ours: guarded, within a deadline, and bounded in bytes.

`imaplib` reads what a server announces, however much that is, and waits for each read anew. Here every byte comes
through `Dialler`, so that the machine is the one that was checked, and no wait outlasts the deadline.
"""

from __future__ import annotations

import imaplib
import ssl
from contextlib import suppress
from typing import Final

import httpcore2

from almoner.pipeline.fetch.dial import Dialler

LONGEST_LINE: Final = 4 * 1024 * 1024
"""Bytes of one line: the numbers of half a million messages."""
MOST_LINES: Final = 8 * 1024 * 1024
"""Bytes in lines in one conversation, beside the messages themselves."""


class TooMuch(Exception):
    """The server announces or sends more than we take."""


class Wire(imaplib.IMAP4):
    """A conversation with a server. `largest` is the longest message in bytes that is taken.

    Raises what `httpcore2` and `imaplib` raise, `AddressRefused` where the host is none we may dial, and `TooMuch`.
    """

    def __init__(self, host: str, port: int, dialler: Dialler, tls: ssl.SSLContext, largest: int) -> None:
        self._dialler = dialler
        self._tls = tls
        self._largest = largest
        self._buffer = bytearray()
        self._lines = 0
        super().__init__(host, port)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:  # noqa: ARG002, the deadline holds
        """Dial, and speak TLS from the first byte."""
        self.host, self.port = host, port
        stream = self._dialler.connect_tcp(host, port)
        try:
            self._stream = stream.start_tls(self._tls, server_hostname=host)
        except BaseException:
            stream.close()
            raise

    def read(self, size: int) -> bytes:
        """`size` bytes, which the server has announced."""
        if size > self._largest:
            raise TooMuch(f"the server announces {size:,} bytes at once")
        self._fill(size)
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def readline(self) -> bytes:
        """A line with its end; what there is of it where the connection ends."""
        begin = 0
        while (end := self._buffer.find(b"\n", begin)) < 0:
            begin = len(self._buffer)
            if begin > LONGEST_LINE:
                raise TooMuch("the server sends a line without end")
            if not self._fill(begin + 1):
                break
        line = bytes(self._buffer[: end + 1] if end >= 0 else self._buffer)
        del self._buffer[: len(line)]
        self._lines += len(line) + 100  # each costs time of its own
        if self._lines > MOST_LINES:
            raise TooMuch("the server goes on without end")
        return line

    def _fill(self, size: int) -> bool:
        """Wait until that much is there; False where the connection ends before."""
        while len(self._buffer) < size:
            piece = self._stream.read(65_536)
            if not piece:
                return False
            self._buffer += piece
        return True

    def send(self, data: bytes) -> None:  # type: ignore[override]
        """Send."""
        self._stream.write(data)

    def shutdown(self) -> None:
        """Hang up."""
        with suppress(httpcore2.NetworkError, OSError):
            self._stream.close()
