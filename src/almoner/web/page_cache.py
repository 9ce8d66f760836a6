"""Public pages are kept for some seconds, so that many readers cost hardly more than one.

Only what every visitor gets alike is kept: answers of the public pages and the feeds to somebody without a session,
which set no cookie and are not `private`. So nobody's page can reach anybody else, and what somebody searches for is
never kept. What is withdrawn is gone from the kept pages with the commit in the process that withdrew it, and in any
other when its pages' time is over.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

KEPT: Final = ("web", "api")
"""The parts of the service whose pages are alike for everybody who has no session."""
MOST_BYTES: Final = 32 * 2**20
LARGEST: Final = 2**20
LONGEST_ADDRESS: Final = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given, and when its time is over (seconds of the monotonic clock)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    until: float


class Pages:
    """The kept answers of one process, by address; the longest unused go first when there are too many bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_bytes, self._clock = most_bytes, clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0
        self.generation = 0

    def get(self, address: str) -> Kept | None:
        """What is kept for an address, while its time lasts."""
        with self._lock:
            found = self._kept.get(address)
            if found is not None and found.until <= self._clock():
                self._drop(address)
                return None
            if found is not None:
                self._kept.move_to_end(address)
            return found

    def put(self, address: str, response: HttpResponse, seconds: float, generation: int) -> None:
        """Keep an answer for so many seconds; not if everything was forgotten since `generation`, when it was begun:
        it may show what was withdrawn meanwhile."""
        kept = Kept(response.status_code, tuple(response.items()), response.content, self._clock() + seconds)
        with self._lock:
            if generation != self.generation:
                return
            self._drop(address)
            self._kept[address] = kept
            self._bytes += len(kept.content)
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._kept)))

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self.generation += 1
            self._kept.clear()
            self._bytes = 0

    def _drop(self, address: str) -> None:
        dropped = self._kept.pop(address, None)
        if dropped is not None:
            self._bytes -= len(dropped.content)


pages: Final = Pages()


def forget_pages(**_: Any) -> None:
    """What readers see has changed: once that is committed, no kept page is shown any more."""
    transaction.on_commit(pages.forget)


class PageCache:
    """Middleware that answers from the kept pages. It stands outside sessions: who has one never gets here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the kept page, or else as the service does, and keep that if it is for everybody."""
        address = request.get_full_path()
        if not settings.PAGES_KEPT or not _is_for_everybody(request, address):
            return self._get_response(request)
        request.get_host()  # a host that is not ours is refused here as it would be further in
        found = pages.get(address)
        if found is not None:
            return HttpResponse(found.content, status=found.status, headers=dict(found.headers))
        generation = pages.generation
        response = self._get_response(request)
        if isinstance(response, HttpResponse) and _may_be_kept(request, response):
            pages.put(address, response, settings.PAGES_KEPT, generation)
        return response


def _is_for_everybody(request: HttpRequest, address: str) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and len(address) <= LONGEST_ADDRESS
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.resolver_match is not None
        and request.resolver_match.app_name in KEPT
        and response.status_code in (HTTPStatus.OK, HTTPStatus.GONE)
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
        and len(response.content) <= LARGEST
    )
