"""Where a time that is cut to its precision stands on the time line.

Values are ISO 8601: "2025", "2025-04", "2025-04-09" or "2025-04-09T09:21+01:00" (the offset may be absent:
Europe/London is meant).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from almoner.pipeline.model import Precision

LONDON: Final = ZoneInfo("Europe/London")

UNDATED: Final = datetime(1900, 1, 1, tzinfo=UTC)
"""Where lists sort what has no date and was there already when we first looked: behind all that has one."""

_SHAPES: Final = (
    (re.compile(r"\d{4}"), Precision.YEAR, "-01-01"),
    (re.compile(r"\d{4}-\d\d"), Precision.MONTH, "-01"),
    (re.compile(r"\d{4}-\d\d-\d\d"), Precision.DAY, ""),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?"), Precision.MINUTE, ""),
)


def read(value: str) -> tuple[datetime, Precision]:
    """The moment at which the period `value` begins, in UTC, and how long a period it is.

    Raises `ValueError` where it is no such value, or no such day exists.
    """
    for shape, precision, rest in _SHAPES:
        if shape.fullmatch(value):
            begins = datetime.fromisoformat(value + rest)
            local = begins if begins.tzinfo else begins.replace(tzinfo=LONDON)
            try:
                return local.astimezone(UTC), precision
            except OverflowError as error:
                raise ValueError(f"“{value}” lies outside the calendar.") from error
    raise ValueError(f"“{value}” is not a year, month, day or minute such as 2025-04-09.")


def clock(local: datetime) -> str:
    """The hour as it is written in the United Kingdom: "9:21am", "4pm"."""
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02}{half}" if local.minute else f"{hour}{half}"


def sorting_moment(
    published: str, added: str, captured: datetime, undated: datetime | None = None
) -> datetime:
    """The moment that lists sort an item by: when it was published, else added, else `undated` if that is given, else
    captured.

    A value that cannot be read is passed over. Nothing sorts above the moment at which it was captured, so
    a wrong date in the future never stays on top of a list.
    """
    for value in (published, added):
        try:
            begins, _ = read(value)
        except ValueError:
            continue
        return min(begins, captured)
    return min(undated or captured, captured)
