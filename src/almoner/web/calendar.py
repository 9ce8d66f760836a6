"""Days as an iCalendar file (RFC 5545), for the calendars that people have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_LINE: Final = 75
"""Bytes of the longest line; longer ones go on in the next, after a space."""


@dataclass(frozen=True, slots=True)
class Day:
    """Something on a day. `uid` is the same each time, so that a calendar knows it again. `begins` and `ends` are there
    where it has hours."""

    uid: str
    day: date
    title: str
    address: str
    said_at: datetime
    begins: datetime | None = None
    ends: datetime | None = None


def calendar(name: str, days: Iterable[Day]) -> str:
    """The days as a calendar of this name."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Almoner//Guidance//EN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{one.said_at:%Y%m%dT%H%M%SZ}",
            *_when(one),
            f"SUMMARY:{_text(one.title)}",
            f"URL:{one.address}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in _folded(line))


def _when(one: Day) -> Iterator[str]:
    if one.begins is None:
        yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
        return
    yield f"DTSTART:{one.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTEND:{(one.ends or one.begins).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A text with what the format keeps for itself escaped."""
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    room, part = _LINE, ""
    for letter in line:
        if len((part + letter).encode()) > room:
            yield part
            part = " "
        part += letter
    yield part
