"""Times in words, as they are written in the United Kingdom, no more exact than they were printed."""

from __future__ import annotations

from datetime import datetime

from almoner.pipeline.model import Precision
from almoner.records.catalogue import moments


def in_words(value: str, *, weekday: bool = False) -> str:
    """ISO 8601 cut to its precision, in words: "2025", "April 2025", "9 April 2025",
    "17 August 2020 at 9:21am"; with `weekday`, days say which. What cannot be read stays as it is."""
    try:
        begins, precision = moments.read(value)
    except ValueError:
        return value
    local = begins.astimezone(moments.LONDON)
    if precision is Precision.YEAR:
        return str(local.year)
    if precision is Precision.MONTH:
        return f"{local:%B} {local.year}"
    day = f"{local:%A} " if weekday else ""
    day += f"{local.day} {local:%B} {local.year}"
    return day if precision is Precision.DAY else f"{day} at {moments.clock(local)}"


def span_in_words(starts: str, ends: str) -> str:
    """When something that one can attend takes place, with weekdays; the end without what it has in common
    with the start: "Wednesday 14 May 2025 at 4pm to 5pm"."""
    first, last = in_words(starts, weekday=True), in_words(ends, weekday=True)
    if not ends or last == first:
        return first
    day, _, clock = last.partition(" at ")
    return f"{first} to {clock if clock and first.startswith(f'{day} at ') else last}"


def cut_to_minute(moment: datetime) -> str:
    """A moment as the same kind of value, in local time with its offset."""
    return moment.astimezone(moments.LONDON).isoformat(timespec="minutes")
