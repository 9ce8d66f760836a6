"""How fast is sent: so many a minute, and while a new sender's name is made, so many a day."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from almoner.products.alerts.installation import next_turn
from almoner.records.catalogue.moments import LONDON

ANY: Final = 1_000_000
"""From so many a day on nothing is warmed up any longer."""


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
    """How fast all processes together send."""

    def __init__(
        self,
        per_minute: int = 0,
        warm_up: WarmUp | None = None,
        turn: Callable[[timedelta], timedelta] = next_turn,
    ) -> None:
        """`per_minute`: 0 for as fast as the server takes them. `turn` tells how long to wait for the next turn of all
        processes, where turns are so far apart."""
        self._per_minute = per_minute
        self._warm_up = warm_up
        self._turn = turn

    def batch(self, most: int) -> int:
        """How many to claim at a time: what goes within a quarter of a minute, so that something urgent soon has its turn."""
        return max(1, min(most, self._per_minute // 4)) if self._per_minute else most

    def wait(self, stop: threading.Event, before: Callable[[], None]) -> None:
        """Wait until the next may go, after doing what is to be done `before`, or until `stop` is set."""
        if not self._per_minute:
            return
        pause = self._turn(timedelta(minutes=1) / self._per_minute)
        if pause > timedelta():
            before()
            stop.wait(pause.total_seconds())

    def left_today(self, now: datetime, accepted_since: Callable[[datetime], int]) -> int | None:
        """How many that are not urgent may go today; None for any number. `accepted_since` counts those that went
        since a moment, and is not asked once there are more than anybody sends."""
        local = now.astimezone(LONDON)
        most = self._warm_up.most_on(local.date()) if self._warm_up else ANY
        if most >= ANY:
            return None
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return max(0, most - accepted_since(midnight))
