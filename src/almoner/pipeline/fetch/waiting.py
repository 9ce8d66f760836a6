"""When a server may be asked again, by its own words (RFC 9110, 10.2.3; RFC 9111, 5.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = timedelta(days=31)
"""A source that asks for more is asked after this nevertheless: it may have been a slip."""
SHORTEST_RETRY: Final = timedelta(minutes=1)
UNREADABLE_RETRY: Final = timedelta(hours=1)
LONGEST_FRESH: Final = timedelta(days=1)
_MAX_AGE: Final = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)


def retry_after(header: str, now: datetime) -> datetime:
    """The moment that a Retry-After header names: seconds or a date, held between a minute and 31 days from
    `now`. An hour where it names none that can be read."""
    text = header.strip()
    wait = UNREADABLE_RETRY
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:10]), LONGEST.total_seconds()))
    elif text:
        try:
            moment = parsedate_to_datetime(text)
            wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
        except (ValueError, OverflowError):
            pass
    return now + min(max(wait, SHORTEST_RETRY), LONGEST)


def fresh_for(headers: Mapping[str, str]) -> timedelta:
    """How long the server calls its answer fresh (Cache-Control: max-age), a day at most; nothing if it does not
    say."""
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    return min(timedelta(seconds=int(found[1])), LONGEST_FRESH) if found else timedelta()


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when the server calls its answer fresh; None if it does not say."""
    fresh = fresh_for(headers)
    return now + fresh if fresh else None
