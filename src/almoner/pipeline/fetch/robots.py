"""What a site's robots.txt lets us fetch (RFC 9309)."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from protego import Protego

LONGEST: Final = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for at least 500 KiB."""
KEPT: Final = 24 * 3600.0
"""Seconds for which an answer is kept."""
KEPT_FAILED: Final = 3600.0
_ORIGINS: Final = 4_096


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one origin. `forbids_all` is set where the file could not be had from a failing server:
    then nothing may be fetched (RFC 9309, 2.3.1.4)."""

    parsed: Protego | None
    forbids_all: bool
    until: float

    def allow(self, address: str, agent: str) -> bool:
        """Whether we may fetch `address`."""
        if self.forbids_all:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(address, agent))

    def pause(self, agent: str) -> float:
        """Seconds that the site wants between two requests; 0 where it does not say."""
        return float((self.parsed and self.parsed.crawl_delay(agent)) or 0.0)


class Robots:
    """The robots.txt files of the sites we visit, kept for a day. Shared by all threads of a process.

    `ask` fetches the file of an origin: its text, "" where there is none, None where the server fails.
    """

    def __init__(
        self, ask: Callable[[str], str | None], *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Rules] = OrderedDict()

    def rules(self, origin: str) -> Rules:
        """The rules of an origin (`https://example.org`)."""
        with self._lock:
            known = self._known.get(origin)
        if known is not None and known.until > self._monotonic():
            return known
        text = self._ask(origin)
        rules = Rules(
            Protego.parse(text) if text else None,
            text is None,
            self._monotonic() + (KEPT if text is not None else KEPT_FAILED),
        )
        with self._lock:
            self._known[origin] = rules
            while len(self._known) > _ORIGINS:
                self._known.popitem(last=False)
        return rules
