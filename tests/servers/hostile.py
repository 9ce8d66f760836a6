"""Pages of servers that mean us harm, or are broken beyond their own knowledge."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator

from tests.servers.web import Page, Request, answer

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drip(request: Request) -> Iterator[bytes]:
    """A byte now and then, for ever: each one comes in time, the page never does."""
    yield OK + b"Content-Length: 1000000\r\n\r\n"
    while True:
        time.sleep(0.02)
        yield b"x"


def drip_of_headers(request: Request) -> Iterator[bytes]:
    """The same, before there is a page at all."""
    yield OK
    while True:
        time.sleep(0.02)
        yield b"X"


def silence(request: Request) -> Iterator[bytes]:
    """Takes the request and says nothing."""
    time.sleep(5)
    yield b""


def endless(request: Request) -> Iterator[bytes]:
    """A page without an end, as fast as it goes."""
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"x" * 65_536 + b"\r\n"


def endless_to_close(request: Request) -> Iterator[bytes]:
    """The same without chunks: it lasts until the connection ends."""
    yield OK + b"Connection: close\r\n\r\n"
    while True:
        yield b"x" * 65_536


def zeros(mebibytes: int, wbits: int) -> bytes:
    """Zeros, packed by zlib as `wbits` says."""
    packer = zlib.compressobj(9, wbits=wbits)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(mebibytes)) + packer.flush()


def bomb(mebibytes: int, encoding: str = "gzip") -> Page:
    """A small packet that unpacks to `mebibytes` of zeros."""
    wbits = {"gzip": 31, "deflate": 15, "raw": -15}[encoding]
    named = "deflate" if encoding == "raw" else encoding
    return answer(zeros(mebibytes, wbits), Content_Encoding=named, Content_Type="text/html")


def bomb_of_members(mebibytes: int) -> Page:
    """One member of a MiB after another, each harmless."""
    return answer(gzip.compress(bytes(1 << 20), 9) * mebibytes, Content_Encoding="gzip")


def bomb_in_a_bomb(mebibytes: int) -> Page:
    """Packed twice."""
    return answer(gzip.compress(zeros(mebibytes, 31), 9), Content_Encoding="gzip, gzip")
