"""One request and its answer over HTTP/1.1 (RFC 9112), on connections that are kept for a while.

h11 speaks the protocol, our dialler makes the connections. A pool for many requests at
once to one host, as the libraries above these have it, is more than we need and several times as costly: a host
gets one request at a time from us. Nearly every answer is that nothing has changed, a head and no body (304; RFC 9110,
15.4.5): one pattern reads it where it is plain, and h11 whatever else comes.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Final, TypeVar

import h11
import httpcore2

from almoner.pipeline.fetch.addresses import WebAddress
from almoner.pipeline.fetch.decoding import Damaged

KEPT: Final = 32
"""Connections that are kept open behind their answers, the newest of each origin."""
KEPT_FOR: Final = 15.0
"""Seconds for which they are."""
_LONGEST_HEAD: Final = 100 * 1024
"""Bytes of status line and headers."""
_PIECE: Final = 64 * 1024
_UNCHANGED: Final = re.compile(
    rb"HTTP/1\.1 304(?: [\t -~\x80-\xff]*)?\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*\r\n)*)\r\n"
)

_ASKED: Final = h11.Request(method="GET", target="/", headers=[("Host", "host.example")])
"""A request such as ours, as far as the reading of its answer depends on it."""

Fields = Sequence[tuple[bytes, bytes]]
_T = TypeVar("_T")
Reader = Callable[[int, Fields, Iterator[bytes]], _T]
"""What is made of an answer: its status, its headers, its body as it comes."""


class Connections:
    """Asks servers; may be called from many threads. `tls` is made when first wanted if it is None. Close it."""

    def __init__(self, dialler: httpcore2.NetworkBackend, tls: ssl.SSLContext | None) -> None:
        self._dialler = dialler
        self._tls = tls
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Line] | None = OrderedDict()

    def ask(self, place: WebAddress, origin: str, fields: Fields, read: Reader[_T]) -> _T:
        """GET `place`, whose origin is `origin`, with these header fields; what `read` makes of the answer. It must
        take the body to its end or raise. `Damaged` for an answer that is none, httpcore's network errors and
        timeouts for the rest."""
        line = self._take(origin)
        if line is not None:
            with suppress(_Ended):  # the server had let go of it: a GET may be asked again (RFC 9112, 9.3.1)
                return self._over(line, origin, place.target, fields, read)
        return self._over(_Line(self._connect(place)), origin, place.target, fields, read)

    def close(self) -> None:
        """End all connections."""
        with self._lock:
            lines, self._kept = self._kept or OrderedDict(), None
        for line in lines.values():
            line.close()

    def _over(self, line: _Line, origin: str, target: str, fields: Fields, read: Reader[_T]) -> _T:
        try:
            status, headers = line.ask(target, fields)
            came = read(status, headers, line.body())
        except h11.ProtocolError as error:
            line.close()
            raise Damaged(str(error)) from error
        except BaseException:
            line.close()
            raise
        self._give_back(origin, line)
        return came

    def _take(self, origin: str) -> _Line | None:
        with self._lock:
            line = self._kept.pop(origin, None) if self._kept else None
        if line is None or line.is_fresh():
            return line
        line.close()
        return None

    def _give_back(self, origin: str, line: _Line) -> None:
        over = [line]
        if line.rest():
            with self._lock:
                if self._kept is not None:
                    over = [older] if (older := self._kept.pop(origin, None)) else []
                    self._kept[origin] = line
                    while len(self._kept) > KEPT:
                        over.append(self._kept.popitem(last=False)[1])
        for each in over:
            each.close()

    def _connect(self, place: WebAddress) -> httpcore2.NetworkStream:
        stream = self._dialler.connect_tcp(place.host, place.port)
        if place.scheme == "http":
            return stream
        try:
            return stream.start_tls(self._context(), server_hostname=place.host)
        except BaseException:
            stream.close()
            raise

    def _context(self) -> ssl.SSLContext:
        """One for all: to read this machine's authorities takes longer than all the rest of a request."""
        with self._lock:
            if self._tls is None:
                self._tls = httpcore2.default_ssl_context()
                self._tls.set_alpn_protocols(["http/1.1"])
            return self._tls


def _request(target: str, fields: Fields) -> bytes:
    """A GET as it is sent. `ValueError` for a field that would be more than one."""
    head = [
        b"GET %b HTTP/1.1\r\n" % target.encode("ascii"),
        *(b"%b: %b\r\n" % field for field in fields),
        b"\r\n",
    ]
    sent = b"".join(head)
    if sent.count(b"\r") != len(head) or sent.count(b"\n") != len(head) or b"\0" in sent:
        raise ValueError("a field of the request has the end of a line in it")
    return sent


class _Ended(Damaged):
    """The server ended a connection that it had kept, before it said a word."""


class _Line:
    """A connection."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream
        self._http: h11.Connection | None = None
        self._may_stay = False
        self._is_used = False
        self._until = 0.0

    def ask(self, target: str, fields: Fields) -> tuple[int, Fields]:
        """Send a request; the head of the answer, those that only announce one passed over."""
        with suppress(httpcore2.WriteError):  # some servers answer and leave before we have said all
            self._stream.write(_request(target, fields))
        data = self._hear(False)
        unchanged = _UNCHANGED.fullmatch(data)
        if unchanged is not None:
            return 304, self._unchanged(unchanged[1])
        self._http = http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        http.send(_ASKED)
        http.send(h11.EndOfMessage())
        http.receive_data(data)
        while True:
            event = http.next_event()
            if isinstance(event, h11.Response):
                return event.status_code, event.headers.raw_items()
            if event is h11.NEED_DATA:
                http.receive_data(self._hear(True))
            elif isinstance(event, h11.InformationalResponse) and event.status_code == 101:
                raise Damaged("status 101")

    def _unchanged(self, head: bytes) -> Fields:
        self._http = None
        pairs = [
            (name, value.strip()) for name, _, value in (row.partition(b":") for row in head.splitlines())
        ]
        self._may_stay = not any(
            name.lower() == b"connection" and b"close" in value.lower() for name, value in pairs
        )
        return pairs

    def _hear(self, heard: bool) -> bytes:
        """Read on, up to the head of an answer; `heard` is whether anything of it came before."""
        try:
            data = self._stream.read(_PIECE)
        except httpcore2.ReadError:
            if heard or not self._is_used:
                raise
            data = b""
        if not data and not heard:
            raise (_Ended if self._is_used else Damaged)("the server gave no answer")
        return data

    def body(self) -> Iterator[bytes]:
        """The body, as it comes."""
        http = self._http
        while http is not None:
            event = http.next_event()
            if event is h11.NEED_DATA:
                http.receive_data(self._stream.read(_PIECE))
            elif isinstance(event, h11.Data):
                yield bytes(event.data)
            else:
                return

    def rest(self) -> bool:
        """Make ready for another request; whether there can be one. What came behind the answer is no answer to it."""
        http = self._http
        if http is not None:
            is_done = http.our_state is h11.DONE and http.their_state is h11.DONE
            self._may_stay = is_done and not http.trailing_data[0]
        self._is_used = True
        self._until = time.monotonic() + KEPT_FOR
        return self._may_stay

    def is_fresh(self) -> bool:
        """Whether another request may be sent: what has something to read before we asked was ended over there."""
        return time.monotonic() < self._until and not self._stream.get_extra_info("is_readable")

    def close(self) -> None:
        """End it."""
        self._stream.close()
