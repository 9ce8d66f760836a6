"""Connections to machines by their IP addresses.

httpcore's own would ask the resolver again for each: an address needs none, and what was checked is what is dialled.
And they never block: a socket with a time limit is told it anew, waited for, and only then asked, and at each of these
a thread gives way to the others; of many checks at a time, that is a good part of the cost.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import httpcore2

_T = TypeVar("_T")


class Sockets(httpcore2.NetworkBackend):
    """Connects to the machine of an IP address; a name is refused."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002, any of ours will do
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to `host`, an IP address, within `timeout` seconds. `ConnectTimeout` or `ConnectError`."""
        made: socket.socket | None = None
        try:
            family, _ = packed(host)
            made = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
            for option in (*(socket_options or ()), (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)):
                made.setsockopt(*option)
            _connect(made, (host, port), timeout)
        except OSError as error:
            if made is not None:
                made.close()
            raise _not_connected(error) from error
        return _Stream(made)


def packed(machine: str) -> tuple[int, bytes]:
    """An IP address as its family and its bytes; `OSError` for anything else, an IPv6 address with a zone included."""
    family = socket.AF_INET6 if ":" in machine else socket.AF_INET
    return family, socket.inet_pton(family, machine)


def _connect(made: socket.socket, place: tuple[str, int], timeout: float | None) -> None:
    try:
        made.connect(place)
    except BlockingIOError:
        _wait(made, select.POLLOUT, _end(timeout))
        if fault := made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(fault, os.strerror(fault)) from None


def _end(timeout: float | None) -> float:
    return float("inf") if timeout is None else time.monotonic() + timeout


def _wait(what: socket.socket, event: int, end: float) -> None:
    """Until it is ready for `event`; `TimeoutError` at the moment `end`."""
    left = end - time.monotonic()
    if left <= 0 or not _is_ready(what, event, None if left == float("inf") else left * 1000):
        raise TimeoutError("timed out")


def _is_ready(what: socket.socket, event: int, milliseconds: float | None) -> bool:
    looking = select.poll()
    looking.register(what, event)
    return bool(looking.poll(milliseconds))


def _not_connected(error: OSError) -> Exception:
    kind = httpcore2.ConnectTimeout if isinstance(error, TimeoutError) else httpcore2.ConnectError
    return kind(error)


class _Stream(httpcore2.NetworkStream):
    """A connection, open or protected."""

    def __init__(self, made: socket.socket) -> None:
        self._socket = made

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        end = _end(timeout)
        try:
            if not isinstance(self._socket, ssl.SSLSocket):  # which may hold what it has read already
                _wait(self._socket, select.POLLIN, end)
            return self._at_last(partial(self._socket.recv, max_bytes), select.POLLIN, end)
        except TimeoutError as error:
            raise httpcore2.ReadTimeout(error) from error
        except OSError as error:
            raise httpcore2.ReadError(error) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        end, left = _end(timeout), memoryview(buffer)
        try:
            while left:
                left = left[self._at_last(partial(self._socket.send, left), select.POLLOUT, end) :]
        except TimeoutError as error:
            raise httpcore2.WriteTimeout(error) from error
        except OSError as error:
            raise httpcore2.WriteError(error) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            protected = ssl_context.wrap_socket(
                self._socket, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._socket = protected
            self._at_last(protected.do_handshake, select.POLLIN, _end(timeout))
        except OSError as error:
            self.close()
            raise _not_connected(error) from error
        return self

    def get_extra_info(self, info: str) -> Any:
        """`is_readable`: whether there is something to read, or it has ended. All else is not known: None."""
        if info != "is_readable":
            return None
        return self._socket.fileno() < 0 or _is_ready(self._socket, select.POLLIN, 0)

    def _at_last(self, act: Callable[[], _T], event: int, end: float) -> _T:
        """What `act` gives, once it can; the socket is waited for in between, for `event` where it does not say."""
        while True:
            try:
                return act()
            except ssl.SSLWantReadError:
                _wait(self._socket, select.POLLIN, end)
            except ssl.SSLWantWriteError:
                _wait(self._socket, select.POLLOUT, end)
            except BlockingIOError:
                _wait(self._socket, event, end)
