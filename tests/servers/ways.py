"""Ways from a fetcher to the test server: names that are public, machines that seem to be, and a pace without pauses.

The address guard stays as it is. Names of `.example` resolve to a public address, and only the dialling of that one
address ends at the test server; every other machine is dialled as it is, and so found by the canary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

import httpcore2

from almoner.pipeline.fetch.addresses import why_not_public
from almoner.pipeline.fetch.dial import Dialler, Resolver, resolve
from almoner.pipeline.fetch.http import HttpFetcher
from almoner.pipeline.fetch.pace import Pace
from almoner.pipeline.fetch.sockets import Sockets
from tests.servers.web import Web

PUBLIC = "93.184.215.14"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_LOCAL = re.compile(r"localhost|ip6-localhost|[0-9a-fx.:]+", re.ASCII | re.IGNORECASE)


def names(host: str, port: int) -> Sequence[str]:
    """A resolver: `.example` is public, whatever is a number or this machine's name is what the system says."""
    if host.endswith(".example"):
        return [PUBLIC]
    if _LOCAL.fullmatch(host):
        return resolve(host, port)
    raise OSError(f"no machine is called {host}")


class Served(Protocol):
    """A server on a port of this machine."""

    port: int


class _Dial(Sockets):
    def __init__(self, served: Served) -> None:
        self._served = served

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        if host == PUBLIC:
            host, port = "127.0.0.1", self._served.port
        return super().connect_tcp(host, port, timeout, local_address, socket_options)


def no_guard(machine: str) -> str:
    """Every machine may be dialled: to show that a test would see it."""
    return ""


def dialler(served: Served, *, resolver: Resolver = names, guarded: bool = True) -> Dialler:
    """Reaches `served` under every name of `.example`, and no other machine inside unless it is not `guarded`."""
    return Dialler(resolver, why_not_public if guarded else no_guard, _Dial(served))


def fetcher(web: Web, *, resolver: Resolver = names, guarded: bool = True, **options: Any) -> HttpFetcher:
    """A fetcher that reaches `web` under every name of `.example`."""
    options.setdefault("pace", Pace(0.0, {}))
    options.setdefault("seconds", 10.0)
    return HttpFetcher(
        "Tests/1 (+https://tests.example/)",
        options.pop("clock", lambda: NOW),
        dialler=dialler(web, resolver=resolver, guarded=guarded),
        **options,
    )
