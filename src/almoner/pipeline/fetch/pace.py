"""One request at a time to a host, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

PAUSE: Final = 1.0
"""Seconds from the end of one request to a host to the start of the next."""
LONGEST_PAUSE: Final = 30.0
"""The most that a site's Crawl-delay is granted; its sources are then simply read more slowly."""
KNOWN_PAUSES: Final[Mapping[str, float]] = {"www.gov.uk": 0.2, "www.legislation.gov.uk": 0.5}
"""Hosts that say what they take. GOV.UK: 10 requests a second and client (its Content API's documentation)."""
_FORGET: Final = 4_096


@dataclass(slots=True)
class _Host:
    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    waiting: int = 0


class Pace:
    """Who may speak to which host, and when. Shared by all threads of a process."""

    def __init__(
        self,
        pause: float = PAUSE,
        known: Mapping[str, float] = KNOWN_PAUSES,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause = pause
        self._known = known
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, asked: float = 0.0) -> Iterator[None]:
        """Wait until it is our turn with `host`, and hold it while the request is under way. `asked` is the pause
        in seconds that the site asks for."""
        pause = min(max(self._known.get(host, self._pause), asked), LONGEST_PAUSE)
        with self._lock:
            if len(self._hosts) > _FORGET:
                self._forget()
            state = self._hosts.setdefault(host, _Host())
            state.waiting += 1
        try:
            with state.turn:
                wait = state.free_at - self._monotonic()
                if wait > 0:
                    self._sleep(wait)
                try:
                    yield
                finally:
                    state.free_at = self._monotonic() + pause
        finally:
            with self._lock:
                state.waiting -= 1

    def _forget(self) -> None:
        """Drop the hosts that nobody waits for and that are free again."""
        now = self._monotonic()
        self._hosts = {
            name: state for name, state in self._hosts.items() if state.waiting or state.free_at > now
        }
