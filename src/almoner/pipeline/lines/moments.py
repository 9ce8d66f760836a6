"""Times as machines write them: RFC 822, ISO 8601, asctime and what feeds make of these.

Zones are read as they were meant: "BST" is British Summer Time, an hour ahead of UTC, and not UTC itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import LONDON, MONTHS, WEEKDAYS, Order
from almoner.pipeline.model import Precision, When

MAX_LENGTH: Final = 200
"""Nothing longer is a time."""

ZONES: Final = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0,
    "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "MEST": 2, "EET": 2, "EEST": 3,
    "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Names of zones → hours ahead of UTC. Any other name counts as UTC, as RFC 5322 (4.3) has it."""

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]m)?"
_ZONE = (
    r"(?:\s*\(?(?:(?:UTC|GMT)?(?P<sign>[+-])(?P<ahead>\d{1,2}):?(?P<past>\d\d)?|(?P<zone>[A-Za-z]{1,5}))\)?)?"
)
_WEEKDAY = r"(?:(?P<weekday>[A-Za-z]{3,9})\.?,?\s+)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_FORMS: Final = tuple(
    re.compile(form + r"(?:\s*\([^()]*\))?\s*\Z", re.IGNORECASE | re.ASCII)
    for form in (
        # 2003-12-31T10:14:55.5Z; 2003-12-31 10:14:55 +0100; 20031231T101455Z; 2003-12; 2003
        rf"(?P<year>\d{{4}})(?:-(?P<number>\d\d?)(?:-(?P<day>\d\d?)(?:(?:T|\s+){_CLOCK}{_ZONE})?)?)?",
        rf"(?P<year>\d{{4}})(?P<number>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?{_ZONE})?",
        # Wed, 09 Apr 2025 10:00:00 BST
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH},?[\s-]+{_YEAR}(?:,?\s+(?:at\s+)?{_CLOCK}{_ZONE})?",
        # Wed Apr 9 10:00:00 BST 2025
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}(?:\s+(?P<zone>[A-Za-z]{{1,5}}))?\s+{_YEAR}",
        # Wed, Apr 09 2025 10:00:00 BST
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+{_YEAR}(?:,?\s+{_CLOCK}{_ZONE})?",
    )
)
_ORDINAL: Final = re.compile(r"(\d{4})-?(\d{3})(?:T.*)?\Z")


@dataclass(frozen=True, slots=True)
class Moment:
    """What was printed, as a time; `code` and `problem` say what is wrong or open with it (a finding's code)."""

    when: When | None
    code: str = ""
    problem: str = ""


def read(printed: str, by: str, order: Order = "dmy") -> Moment | None:
    """The time that `printed` gives, in UK time; None where nothing is printed.

    `by` says who states it ("pubDate of the feed"). A time without a zone is UK time. What is no time of a
    machine's is read as a printed date, in which `order` decides 3/4/2025.
    """
    text = " ".join(printed[: MAX_LENGTH + 1].split())
    if not text:
        return None
    if len(text) > MAX_LENGTH:
        return Moment(None, "date_implausible", f"What {by} states is too long to be a time: “{text[:40]}…”.")
    for form in _FORMS:
        match = form.match(text)
        if match is not None:
            found = _moment(match, text, by)
            if found is not None:
                return found
    ordinal = _ORDINAL.match(text)
    if ordinal is not None and 1 <= int(ordinal[2]) <= 366 and int(ordinal[1]) >= 1:
        day = date(int(ordinal[1]), 1, 1) + timedelta(int(ordinal[2]) - 1)
        return Moment(When(day.isoformat(), Precision.DAY, text, f"{by}, as the day of the year"))
    return _printed(text, by, order)


def first_of(read_next: Callable[[str], Moment | None], *values: str) -> Moment | None:
    """The first of several values that gives a time; else the first that says what is wrong with it."""
    found = [moment for value in values if (moment := read_next(value)) is not None]
    return next((moment for moment in found if moment.when is not None), found[0] if found else None)


def at(moment: datetime, printed: str, how: str) -> When:
    """`moment`, which knows its zone, as a time in UK time to the minute."""
    return When(moment.astimezone(LONDON).isoformat(timespec="minutes"), Precision.MINUTE, printed, how)


def _moment(match: re.Match[str], text: str, by: str) -> Moment | None:
    part = match.groupdict()
    month = _month(part)
    if month is None:
        return None
    year = int(part["year"])
    if len(part["year"]) == 2:
        year += 1900 if year >= 69 else 2000  # POSIX's rule, as everywhere here
    if part.get("day") is None:
        return _whole(year, month if part.get("number") else None, text, by)
    try:
        day = date(year, month, int(part["day"]))
    except ValueError:
        return Moment(None, "date_implausible", f"There is no such day as “{text}” ({by}).")
    code, problem = _weekday(part.get("weekday"), day, text, by)
    if part.get("hour") is None:
        return Moment(When(day.isoformat(), Precision.DAY, text, by), code, problem)
    hour = int(part["hour"])
    if part.get("half") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if part["half"].lower() == "pm" else 0)
    late = hour == 24 and part["minute"] == "00"
    try:
        local = datetime(year, month, day.day, 0 if late else hour, int(part["minute"]))  # noqa: DTZ001 - its zone comes next
        local += timedelta(days=1 if late else 0)
        zone, how = _zone(part, local)
        when = at(local.replace(tzinfo=zone), text, f"{by}{how}")
    except (ValueError, OverflowError):
        return Moment(
            When(day.isoformat(), Precision.DAY, text, by),
            "date_implausible",
            f"There is no such time as “{text}” ({by}).",
        )
    if not problem and how.startswith(", BST in winter"):
        code, problem = (
            "date_ambiguous",
            f"“{text}” names British Summer Time in winter; read as UK time ({by}).",
        )
    return Moment(when, code, problem)


def _month(part: dict[str, str | None]) -> int | None:
    number = part.get("number")
    if number is not None:
        return int(number)
    name = part.get("month")
    return MONTHS.get(name.lower()) if name is not None else 1


def _whole(year: int, month: int | None, text: str, by: str) -> Moment | None:
    """A year, or a month of one."""
    if not 1 <= year <= 9999 or not 1 <= (month or 1) <= 12:
        return Moment(None, "date_implausible", f"There is no such month as “{text}” ({by}).")
    if month is None:
        return Moment(When(f"{year:04d}", Precision.YEAR, text, by))
    return Moment(When(f"{year:04d}-{month:02d}", Precision.MONTH, text, by))


def _weekday(name: str | None, day: date, text: str, by: str) -> tuple[str, str]:
    named = WEEKDAYS.get(name.lower()) if name else None
    if named is None or named == day.weekday():
        return "", ""
    right = f"{day:%A}"
    return "weekday_mismatch", f"“{text}” ({by}) was a {right}."


def _zone(part: dict[str, str | None], local: datetime) -> tuple[tzinfo, str]:
    """The zone, and what to say of it."""
    sign, ahead, name = part.get("sign"), part.get("ahead"), (part.get("zone") or "").upper()
    if sign is not None and ahead is not None:
        offset = timedelta(hours=int(ahead), minutes=int(part.get("past") or 0))
        return timezone(-offset if sign == "-" else offset), ""
    if not name:
        return LONDON, ", which names no zone, so UK time"
    if name == "BST" and not local.replace(tzinfo=LONDON).dst():
        return LONDON, ", BST in winter, so UK time"
    if name in ZONES:
        return timezone(timedelta(hours=ZONES[name])), f", {name} as {ZONES[name]:+d} h" if ZONES[
            name
        ] else ""
    return UTC, f", zone {name} unknown and taken for UTC"


def _printed(text: str, by: str, order: Order) -> Moment:
    """A date as people write it."""
    mention = dates.first(text, order)
    if mention is None:
        return Moment(None, "date_implausible", f"“{text}” ({by}) is no date that can be read.")
    when = mention.when(by)
    if when is None:
        return Moment(None, "date_implausible", f"“{text}” ({by}) names no day that exists, or no year.")
    when = When(when.value, when.precision, text, by)
    if mention.weekday_printed_wrong():
        return Moment(when, "weekday_mismatch", f"“{text}” ({by}) was a {mention.weekday_printed_wrong()}.")
    return Moment(
        when,
        "date_ambiguous" if mention.doubt else "",
        f"“{text}”: {mention.doubt} ({by})." if mention.doubt else "",
    )
