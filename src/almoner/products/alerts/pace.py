"""How fast is sent: so many a minute, and while a new sender's name is made, so many a day."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from almoner.records.catalogue.moments import LONDON


@dataclass(frozen=True, slots=True)
class WarmUp:
    """On the first day at most `first` messages, and each day twice as many as on the day before. Mail services trust
    nobody who sends thousands from one day to the next."""

    begins: date
    first: int

    def most_on(self, day: date) -> int:
        """How many may go on a day."""
        return self.first << min(max(0, (day - self.begins).days), 40)


class Pace:
    """How fast one process sends."""

    def __init__(self, per_minute: int = 0, warm_up: WarmUp | None = None) -> None:
        """`per_minute`: 0 for as fast as the server takes them."""
        self._per_minute = per_minute
        self._warm_up = warm_up
        self._next = 0.0
        self._counted: tuple[date, int] | None = None

    def batch(self, most: int) -> int:
        """How many to claim at a time: what goes within a quarter of a minute, so that something urgent soon has its turn."""
        return max(1, min(most, self._per_minute // 4)) if self._per_minute else most

    def wait(self, stop: threading.Event, before: Callable[[], None]) -> None:
        """Wait until the next may go, after doing what is to be done `before`, or until `stop` is set."""
        if not self._per_minute:
            return
        pause = self._next - time.monotonic()
        if pause > 0:
            before()
            stop.wait(pause)
        self._next = max(self._next, time.monotonic()) + 60 / self._per_minute

    def left_today(self, now: datetime, accepted_since: Callable[[datetime], int]) -> int | None:
        """How many that are not urgent may go today; None for any number. `accepted_since` counts those that went
        since a moment, and is asked once a day."""
        if self._warm_up is None:
            return None
        local = now.astimezone(LONDON)
        if self._counted is None or self._counted[0] != local.date():
            midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
            self._counted = (local.date(), accepted_since(midnight))
        return max(0, self._warm_up.most_on(local.date()) - self._counted[1])

    def went(self) -> None:
        """One was accepted."""
        if self._counted is not None:
            self._counted = (self._counted[0], self._counted[1] + 1)
