"""A day of many sources under a clock of our own: each is checked in its time, and they never come all at once."""

from __future__ import annotations

import heapq
import os
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from almoner.records.ingest.schedule import JITTER, LONGEST, SHORTEST, News, Watch, after

pytestmark = pytest.mark.slow
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCES = 100_000 if os.environ.get("ALMONER_SOAK") == "1" else 4_000
CALM = 1.5
"""How many times the mean minute of an hour its fullest one may be, and what chance makes of few beyond that."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A check: when it was, when the one before, and the watch that said when it should be."""

    at: datetime
    before: datetime
    watch: Watch


def a_day(first: list[datetime], a_second: int) -> list[Checked]:
    """All checks of a day, of sources that are first due at these moments and have news now and then, by a watch
    that can do so many checks a second."""
    chance = random.Random(20_260_302)
    lively = [chance.random() ** 3 for _ in first]
    queue = [
        (due, number, BEGIN - DAY, Watch("", chance.randrange(SHORTEST, LONGEST)))
        for number, due in enumerate(first)
    ]
    heapq.heapify(queue)
    done: list[Checked] = []
    free = BEGIN
    while queue[0][0] < BEGIN + DAY:
        due, number, before, watch = heapq.heappop(queue)
        now = max(due, free)
        free = now + timedelta(seconds=1 / a_second)
        done.append(Checked(now, before, watch))
        following = after(watch, News(changed=chance.random() < lively[number]), now, chance.random())
        assert following.next_check_at is not None
        heapq.heappush(queue, (following.next_check_at, number, now, following))
    return done


def herds(done: list[Checked], hours: range) -> list[int]:
    """The hours in which one minute has far more checks than the mean minute."""
    minutes = Counter((check.at - BEGIN) // timedelta(minutes=1) for check in done)
    found = []
    for hour in hours:
        counts = [minutes[minute] for minute in range(hour * 60, hour * 60 + 60)]
        mean = sum(counts) / 60
        if max(counts) > CALM * mean + 5 * mean**0.5:
            found.append(hour)
    return found


def test_each_source_is_checked_in_its_interval_and_no_herd_forms() -> None:
    chance = random.Random(7)
    done = a_day([BEGIN + chance.random() * timedelta(seconds=LONGEST) for _ in range(SOURCES)], 1_000)
    assert len(done) > SOURCES
    for check in done:
        if check.before >= BEGIN:
            waited = (check.at - check.before).total_seconds()
            assert (
                check.watch.interval * (1 - JITTER) - 1 <= waited <= check.watch.interval * (1 + JITTER) + 1
            )
    assert herds(done, range(24)) == []


def test_sources_that_were_all_due_at_once_come_apart() -> None:
    done = a_day([BEGIN] * SOURCES, 100)
    assert 0 in herds(done, range(24))
    assert herds(done, range(1, 24)) == []
