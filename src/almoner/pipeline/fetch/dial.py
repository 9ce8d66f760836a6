"""Connections that lead where they were checked to lead, and end in time.

`Dialler` resolves a name, checks every machine it names, and dials one of those very addresses: nothing can
change between the check and the connection (DNS rebinding). A `Budget` ends at one moment for a whole exchange, the
drip of a slow server included; each read and write waits no longer than what is left.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, Final

import httpcore2

from almoner.pipeline.errors import AddressRefused
from almoner.pipeline.fetch.addresses import ADVICE, STAGE, why_not_public
from almoner.pipeline.fetch.sockets import Sockets, packed

CONNECT_SECONDS: Final = 10.0

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port to the IP addresses of its machines; `OSError` where there are none."""

_until: ContextVar[float] = ContextVar("_until")


class Budget:
    """Seconds for several exchanges that belong together: a request and where it is sent on to. Each stands in a
    `with`: what is sent and received there must be done before they are spent, else `httpcore2.ReadTimeout`. What passes
    between them, as a pause for the host's sake, does not count."""

    def __init__(self, seconds: float) -> None:
        self._ends = 0.0
        self._left = seconds

    def __enter__(self) -> None:
        self._ends = time.monotonic() + self._left
        self._outer = _until.set(self._ends)

    def __exit__(self, *_: object) -> None:
        _until.reset(self._outer)
        self._left = self._ends - time.monotonic()


def _left(most: float | None = None) -> float:
    left = _until.get() - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time for the whole answer is over")
    return left if most is None else min(left, most)


def resolve(host: str, port: int) -> Sequence[str]:
    """The machines that this computer's resolver names, in its order, without doubles."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Dialler(httpcore2.NetworkBackend):
    """Dials public machines only. `refuses` says why an IP address must not be dialled, "" where it may; `dial`
    connects to one that may."""

    def __init__(
        self,
        resolver: Resolver = resolve,
        refuses: Callable[[str], str] = why_not_public,
        dial: httpcore2.NetworkBackend | None = None,
    ) -> None:
        self._resolve = resolver
        self._refuses = refuses
        self._dial = dial or Sockets()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002, the deadline holds
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first machine of `host` that answers. `AddressRefused` if any of its machines is
        none we may dial: a name that also leads inside is not one to trust with the others."""
        machines = self._machines(host, port)
        for machine in machines:
            if why := self._refuses(machine):
                raise AddressRefused(
                    host, STAGE, f"leads to {machine}, which {why}.", advice=ADVICE, permanent=True
                )
        fault: Exception = httpcore2.ConnectError("no machine has this name")
        for machine in machines:
            try:
                stream = self._dial.connect_tcp(
                    machine, port, _left(CONNECT_SECONDS), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                fault = error
                continue
            return _InTime(stream)
        raise fault

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """Never: a file of this machine is no source."""
        raise AddressRefused(path, STAGE, "is no web address.", advice=ADVICE, permanent=True)

    def sleep(self, seconds: float) -> None:
        """Wait, as the engine asks between attempts; it makes one only."""
        time.sleep(seconds)

    def _machines(self, host: str, port: int) -> Sequence[str]:
        """What the resolver says, within the deadline: it knows no time limit of its own."""
        with suppress(OSError):
            return [socket.inet_ntop(*packed(host))]
        answer: list[Sequence[str] | OSError] = []

        def ask() -> None:
            try:
                answer.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.append(error if isinstance(error, OSError) else OSError(str(error)))

        asking = threading.Thread(target=ask, name="resolve", daemon=True)
        asking.start()
        asking.join(_left(CONNECT_SECONDS))
        if not answer:
            raise httpcore2.ConnectTimeout("the name was not resolved in time")
        if isinstance(answer[0], OSError):
            raise httpcore2.ConnectError(answer[0].strerror or "the name is not known")
        return answer[0]


class _InTime(httpcore2.NetworkStream):
    """A connection on which nothing waits beyond the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _InTime(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
