"""When a source is checked next, and what state it is in by then. Decided purely; others store it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from almoner.pipeline.errors import AddressRefused, FetchError, Gone, PipelineError
from almoner.records.ingest.enums import State

SHORTEST: Final = 15 * 60
USUAL: Final = 60 * 60
LONGEST: Final = 24 * 3600
"""Seconds between two checks of a source that answers."""
LONGEST_BACK_OFF: Final = 7 * 24 * 3600
"""Seconds after which even a source that has long been failing is tried again."""
JITTER: Final = 0.1
"""Up to this share of the wait is added or taken off, so that sources do not come due together."""
QUICKER: Final = 0.5
SLOWER: Final = 1.25
"""What becomes of the interval when there was something new, and when there was not."""
MOVED_TIMES: Final = 5
MOVED_FOR: Final = timedelta(days=3)
"""A new address is taken over after this many checks in a row that name it, over at least this time."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a source is watched: the columns of its row that a check changes. Intervals are seconds."""

    address: str
    interval: int = USUAL
    interval_asked: int = 0
    failures: int = 0
    state: str = State.ACTIVE
    state_reason: str = ""
    next_check_at: datetime | None = None
    moved_to: str = ""
    moved_times: int = 0
    moved_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a check found. `wait_until` is a moment before which the source asks to be left alone; `asked` the
    seconds it asks for between checks in general; `moved_to` its new address for good, "" if none was named;
    `same_items` whether what stands there is what was known, new items apart."""

    changed: bool = False
    failure: PipelineError | None = None
    wait_until: datetime | None = None
    asked: int | None = None
    moved_to: str = ""
    same_items: bool = True
    held: str = ""


def after(watch: Watch, news: News, now: datetime, chance: float) -> Watch:
    """The watch after a check. `chance` is a random number from 0 up to 1, for the jitter."""
    if news.failure is not None:
        return _after_failure(watch, news.failure, now, chance)
    if news.held:
        return replace(watch, state=State.HELD, state_reason=news.held, failures=0, next_check_at=None)
    asked = watch.interval_asked if news.asked is None else min(max(news.asked, 0), LONGEST)
    factor = QUICKER if news.changed else SLOWER
    interval, due = _following(watch.interval * factor, asked, news.wait_until, now, chance)
    return replace(
        _moved(watch, news, now), interval=interval, interval_asked=asked, failures=0, next_check_at=due
    )


def after_quiet(
    interval: int, asked: int, wait_until: datetime | None, now: datetime, chance: float
) -> tuple[int, datetime]:
    """What `after` says of a watch after a check that found nothing at all: its interval, and the moment of the next
    check. Nearly all checks are of this kind."""
    return _following(interval * SLOWER, asked, wait_until, now, chance)


def _following(
    interval: float, asked: int, wait_until: datetime | None, now: datetime, chance: float
) -> tuple[int, datetime]:
    whole = round(min(max(interval, SHORTEST, asked), LONGEST))
    return whole, _due(whole, wait_until, now, chance)


def _after_failure(watch: Watch, failure: PipelineError, now: datetime, chance: float) -> Watch:
    if isinstance(failure, Gone):
        return replace(
            watch, failures=watch.failures + 1, state=State.PAUSED, next_check_at=None,
            state_reason="The server says that it is gone for good (410). Give its new address, or end it.",
        )  # fmt: skip
    if isinstance(failure, AddressRefused):
        return replace(
            watch, failures=watch.failures + 1, state=State.PAUSED, next_check_at=None,
            state_reason=f"Its address may not be fetched: {failure.problem}"[:300],
        )  # fmt: skip
    failures = watch.failures + 1
    wait = min(watch.interval * 2 ** min(failures - 1, 12), LONGEST_BACK_OFF)
    asked = failure.wait_until if isinstance(failure, FetchError) else None
    return replace(watch, failures=failures, next_check_at=_due(wait, asked, now, chance))


def _due(seconds: float, not_before: datetime | None, now: datetime, chance: float) -> datetime:
    spread = 1 - JITTER + 2 * JITTER * chance
    due = now + timedelta(seconds=min(seconds * spread, LONGEST_BACK_OFF))
    if not_before is None or not_before <= due:
        return due
    # Behind the moment that was asked for, and spread too: a server that is back should not meet all at once.
    return not_before + timedelta(seconds=seconds * JITTER * chance)


def _moved(watch: Watch, news: News, now: datetime) -> Watch:
    if not news.moved_to or not news.same_items:
        return replace(watch, moved_to="", moved_times=0, moved_since=None)
    if news.moved_to != watch.moved_to or watch.moved_since is None:
        return replace(watch, moved_to=news.moved_to, moved_times=1, moved_since=now)
    times = watch.moved_times + 1
    if times >= MOVED_TIMES and now - watch.moved_since >= MOVED_FOR:
        section = "".join(watch.address.partition("#")[1:])  # what we want of it has not moved
        return replace(watch, address=news.moved_to + section, moved_to="", moved_times=0, moved_since=None)
    return replace(watch, moved_times=times)
