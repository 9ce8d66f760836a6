"""Dates as they are printed: UK order by default, ordinals, weekdays, times, partial and impossible dates.

`mentions` finds them in a line; a `DateMention` keeps what was printed apart from what it means, so that a
wrong weekday or a 31 February can be reported rather than silently mended.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from almoner.lib.frozen import swift
from almoner.pipeline.model import Precision, When

Order = Literal["dmy", "mdy"]
"""Which number comes first in an all-numeric date. The UK writes the day first."""

LONDON: Final = ZoneInfo("Europe/London")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS.update({name[:3]: number for name, number in tuple(MONTHS.items())})
MONTHS["sept"] = 9
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS: Final = {name: number for number, name in enumerate(_WEEKDAY_NAMES)}
WEEKDAYS.update({name[:3]: number for name, number in tuple(WEEKDAYS.items())})
WEEKDAYS.update({"tues": 1, "wednes": 2, "thur": 3, "thurs": 3})
MAX_LINE: Final = 20_000
"""Longer lines are searched for dates only up to here: nothing prints its date after page four of a line."""
_SHORTEST_MONTH: Final = 28
_REMEMBERED: Final = 1_000
"""Lines up to this length are asked about by several stages; what they say is kept for a while."""

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = (
    r"(?:(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?,?\s+(?:the\s+)?)?"
)
_MAY_START = r"(?=[\dmtwfs])"  # a number or a weekday; looking ahead is quicker than trying each
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th)(?:\b|(?=[A-Z])))?"
_YEAR = r"(?P<year>(?:1[6-9]|20|21)\d\d)(?![\d/])"
_SHORT_YEAR = r"(?:['’](?P<short>\d\d)\b|(?<!\d)(?P<bare>\d\d)(?=\s*(?:\Z|[|)\]·•–—])))"
"""'24; or 24 where nothing follows, or something set off."""
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"|\s?(?P<half2>[ap]\.?m\b\.?))"
)
_ZONE = r"(?:\s?(?P<zone>Z|UTC|GMT|BST|[+-]\d\d:?\d\d)\b)?"
_TIME_AFTER = rf"(?:(?:\s*,?\s*(?:at|@|-|–|\|)?\s*){_CLOCK}{_ZONE})?"

# One alternation a form; names repeat across forms, so each form is compiled by itself and tried in order.
# The flag says whether a form needs the name of a month; the sign is what it cannot do without, and quick to find.
_DASHED: Final = re.compile(r"\d-\d")
_SLASHED: Final = re.compile(r"\d/\d")
_TWO_NUMBERS: Final = re.compile(r"\d[/.-]\d")
_RANGED: Final = re.compile(r"\d(?:\s?(?:st|nd|rd|th))?\s?(?:-|–|—|to|and)\s?\d", re.IGNORECASE)
_DAY_AND_MONTH: Final = re.compile(r"\d(?:\s?(?:st|nd|rd|th))?\.?[\s,-]*(?:of\s+)?[adfjmnos]", re.IGNORECASE)
_NAME_AND_NUMBER: Final = re.compile(r"[A-Za-z]\.?,?\s+\d")
_TIMED: Final = re.compile(r"\d[:.]\d|\d\s?[ap]\.?m", re.IGNORECASE)
_FORMS: Final = tuple(
    (re.compile(form, re.IGNORECASE), "(?P<month>sept" in form, sign)
    for sign, form in (
        # 2025-04-09T10:00:00+01:00
        (
            _DASHED,
            r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
            r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?!\d)",
        ),
        # 12–14 March 2025: the first day of a range that shares its month
        (
            _RANGED,
            rf"{_MAY_START}(?<![\d.]){_WEEKDAY}{_DAY}\s?(?:-|–|—|to|and)\s?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        ),
        # 14:39 on Thursday, 28 January 2021
        (
            _TIMED,
            rf"(?<![\d.:]){_CLOCK}(?:\s*,?\s*(?:on\s+)?){_WEEKDAY}{_DAY}[\s,-]*(?:of\s+)?{_MONTH}[,\s-]*{_YEAR}",
        ),
        # Wednesday, 9th of April, 2025 at 9:21 am; 26. Jan 2022
        (
            _DAY_AND_MONTH,
            rf"{_MAY_START}(?<![\d.£$]){_WEEKDAY}{_DAY}(?:\.(?=\s))?[\s,-]*(?:of\s+)?{_MONTH}(?:[,\s-]*{_YEAR}|\s*{_SHORT_YEAR}){_TIME_AFTER}",
        ),
        # Wednesday August 20th, 2025
        (
            _NAME_AND_NUMBER,
            rf"(?=[adfjmnostw]){_WEEKDAY}\b{_MONTH}\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}{_TIME_AFTER}",
        ),
        # 09:42 17/08/2020
        (
            _TIMED,
            rf"(?<![\d.:]){_CLOCK}\s*,?\s*(?:on\s+)?{_WEEKDAY}(?P<first>\d{{1,2}})(?P<sep>/)(?P<second>\d{{1,2}})/(?P<numeric>\d{{4}})(?!\d)",
        ),
        # 17/08/2020 at 9:21 am; 17.8.20; 2020/08/17
        (
            _TWO_NUMBERS,
            rf"{_MAY_START}(?<![\d/.]){_WEEKDAY}(?P<first>\d{{1,2}})(?P<sep>[/.-])(?P<second>\d{{1,2}})(?P=sep)"
            rf"(?P<numeric>\d{{4}}|\d\d)(?![\d/]|\.\d){_TIME_AFTER}",
        ),
        (
            _SLASHED,
            r"(?<!\d)(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)(?!\d)",
        ),
        # November 2024
        (
            _NAME_AND_NUMBER,
            rf"\b{_MONTH},?\s+{_YEAR}",
        ),
        # Friday 4 April; 17th June
        (
            _DAY_AND_MONTH,
            rf"{_MAY_START}(?<![\d.£$]){_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH}(?!\s+\d)",
        ),
        # Friday April 4th
        (
            _NAME_AND_NUMBER,
            rf"(?=[adfjmnostw]){_WEEKDAY}\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d:,/%])",
        ),
    )
)
_DAY_FIRST, _MONTH_FIRST, _NUMBERS = (_FORMS[at][0] for at in (3, 4, 6))
_LONGEST_DATE: Final = 40
_BETWEEN_NUMBERS: Final = frozenset("/.-")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
# A first glance: one set of letters to begin with is found many times faster than words in any case.
_MONTH_BEGINS = re.compile(
    r"[ADFJMNOSadfjmnos](?:[Aa][NRYnry]|[Uu][GLNgln]|[Ee][BCPbcp]|[Pp][Rr]|[Cc][Tt]|[Oo][Vv])"
    r"(?:(?i:uary|ruary|ch|il|[eyt]|ust|ober|t?ember))?\b"
)
_THREE_NUMBERS = re.compile(r"\d[/.-]\d\d?[/.-]\d\d")
_NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d\d)(?!\d)")
_BEFORE: Final = 30
_AFTER: Final = 25
"""Characters of a date before its first number ("Wednesday, the September 9th") and after any of them."""


@swift
@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in a line at `start`..`end`, and what it says.

    `year` is None where none was printed. `weekday` counts from Monday = 0 and is what was printed, right or
    not. `doubt` is empty or says in plain words what is wrong or open with it. `last_day` closes a range.
    """

    start: int
    end: int
    as_printed: str
    year: int | None
    month: int
    day: int | None
    hour: int | None = None
    minute: int | None = None
    zone: str | None = None
    weekday: int | None = None
    last_day: int | None = None
    doubt: str = ""

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day (29 February needs a year to tell)."""
        if not 1 <= self.month <= 12 or self.year == 0:
            return False
        if self.day is None or 1 <= self.day <= _SHORTEST_MONTH:
            return True
        return 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    @property
    def day_date(self) -> date | None:
        """The day, where year, month and day are printed and exist."""
        if self.year is None or self.day is None or not self.exists:
            return None
        return date(self.year, self.month, self.day)

    def weekday_printed_wrong(self) -> str | None:
        """The name of the right weekday where another one was printed, else None."""
        day = self.day_date
        if day is None or self.weekday is None or day.weekday() == self.weekday:
            return None
        return _WEEKDAY_NAMES[day.weekday()].capitalize()

    def when(self, how: str, zone: ZoneInfo = LONDON) -> When | None:
        """The time as ISO 8601, cut to its precision; None where no year was printed or no such time exists.

        An hour without a zone beside it is one in `zone`. All times come out as London's.
        """
        if self.year is None or not self.exists:
            return None
        if self.day is None:
            return When(f"{self.year:04d}-{self.month:02d}", Precision.MONTH, self.as_printed, how)
        if self.hour is None or self.hour > 23:
            return When(
                f"{self.year:04d}-{self.month:02d}-{self.day:02d}", Precision.DAY, self.as_printed, how
            )
        moment = datetime(
            self.year, self.month, self.day, self.hour, self.minute or 0, tzinfo=_zone(self.zone, zone)
        )
        try:
            moment = moment.astimezone(LONDON)
        except OverflowError:  # the first and the last hours of all days have no time elsewhere
            return None
        return When(moment.isoformat(timespec="minutes"), Precision.MINUTE, self.as_printed, how)


def mentions(text: str, order: Order = "dmy") -> tuple[DateMention, ...]:
    """The dates printed in `text`, in order, without overlaps. `order` decides 3/4/2025."""
    if _DIGIT.search(text) is None:
        return ()
    if len(text) > _REMEMBERED:
        return _mentions(text[:MAX_LINE], order)
    return _remembered(text, order)


@lru_cache(maxsize=8192)
def _remembered(text: str, order: Order) -> tuple[DateMention, ...]:
    return _mentions(text, order)


def _mentions(text: str, order: Order) -> tuple[DateMention, ...]:
    if len(text) <= _LONGEST_DATE:
        whole = _whole(text, order)
        if whole is not None:
            return (whole,)
    found: list[DateMention] = []
    if _MONTH_BEGINS.search(text) is None and _THREE_NUMBERS.search(text) is None:
        return ()
    for left, right, first_digit, last_digit in _windows(text):
        named = _MONTH_BEGINS.search(text, left, right) is not None
        if not named and _THREE_NUMBERS.search(text, left, right) is None:
            continue
        taken: list[tuple[int, int]] = []
        for form, wants_name, sign in _FORMS:
            if (wants_name and not named) or (sign is not None and sign.search(text, left, right) is None):
                continue
            for match in form.finditer(text, left, right):
                start, end = match.span()
                if any(start < last and first < end for first, last in taken):
                    continue
                mention = _read(match, order)
                if mention is not None:
                    found.append(mention)
                    taken.append((start, end))
            if taken and taken[-1][0] <= first_digit and last_digit <= taken[-1][1]:
                break  # no digit is left for another date
    return tuple(sorted(found, key=lambda mention: mention.start) if len(found) > 1 else found)


def _whole(text: str, order: Order) -> DateMention | None:
    """The date that is all of a text, in one of the forms that lists print most; no earlier form stands in these."""
    if not text[0].isdigit():
        match = _MONTH_FIRST.fullmatch(text)
    elif text[1:2] in _BETWEEN_NUMBERS or text[2:3] in _BETWEEN_NUMBERS:
        match = _NUMBERS.fullmatch(text)
    else:
        match = _DAY_FIRST.fullmatch(text)
    return _read(match, order) if match is not None else None


def _windows(text: str) -> Iterator[tuple[int, int, int, int]]:
    """The stretches around numbers: no date stands anywhere else, and most of a text is elsewhere. With each the
    beginning of its first number and the end of its last."""
    left = right = begin = end = -1
    for match in _DIGITS.finditer(text):
        start, stop = match.span()
        if start - _BEFORE > right:
            if right >= 0:
                yield left, right, begin, end
            left, begin = max(0, start - _BEFORE), start
        end = stop
        right = stop + _AFTER
    if right >= 0:
        yield left, min(right, len(text)), begin, end


def first(text: str, order: Order = "dmy") -> DateMention | None:
    """The first date in `text` that has a year, or None."""
    return next((mention for mention in mentions(text, order) if mention.year is not None), None)


def is_only_date(text: str, order: Order = "dmy") -> bool:
    """Whether the line is a date and nothing else but brackets and punctuation."""
    found = mentions(text, order)
    return (
        len(found) == 1
        and not text[: found[0].start].strip(" ([-–|")
        and not text[found[0].end :].strip(" )]-–|.,:")
    )


def may_tell_order(text: str) -> bool:
    """Whether `page_order` might find anything in pieces of `text`: asked of the whole first, which costs less."""
    return _THREE_NUMBERS.search(text) is not None


def page_order(texts: Iterator[str]) -> Order:
    """Which order a page's numeric dates are in: one date that fits only one order decides for all."""
    day_first = month_first = 0
    for text in texts:
        if _THREE_NUMBERS.search(text) is None:
            continue
        for match in _NUMERIC.finditer(text[:MAX_LINE]):
            left, right = int(match[1]), int(match[2])
            day_first += left > 12 >= right >= 1
            month_first += right > 12 >= left >= 1
    return "mdy" if month_first > day_first else "dmy"


def span_of(value: str) -> tuple[date, date]:
    """The first and last day that an ISO 8601 value cut to year, month, day or minute may mean."""
    if len(value) >= 10:
        day = date.fromisoformat(value[:10])
        return day, day
    if len(value) == 7:
        year, month = int(value[:4]), int(value[5:7])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(int(value[:4]), 1, 1), date(int(value[:4]), 12, 31)


def _read(match: re.Match[str], order: Order) -> DateMention | None:
    part = match.groupdict()
    doubt = ""
    if part.get("first") is not None:
        left, right = int(part["first"]), int(part["second"])
        day, month = (left, right) if order == "dmy" else (right, left)
        year_text = part["numeric"]
        if (
            part["sep"] == "."
            and len(year_text) == 2
            and part.get("weekday") is None
            and left < 24
            and right < 60
        ):
            return None  # 9.30.15 is as likely a time or a section number
        if len(year_text) == 2:
            doubt = "two digits for the year" + (
                ", and day and month can be swapped" if max(day, month) <= 12 else ""
            )
        year: int | None = _century(int(year_text)) if len(year_text) == 2 else int(year_text)
        if not 1 <= month <= 12 and 1 <= day <= 12:
            doubt = "read with the month first, since there is no such month the other way round"
            day, month = month, day
    else:
        printed = part["month"].lower()
        month = int(printed) if printed.isdigit() else MONTHS[printed]
        if printed == "may" and part.get("day") is None and not part["month"][0].isupper():
            return None
        if (
            printed in {"mar", "may", "sun", "sat"}
            and part.get("year") is None
            and not part["month"][0].isupper()
        ):
            return None
        day = int(part["day"]) if part.get("day") is not None else None  # type: ignore[assignment]
        short = part.get("short") or part.get("bare")
        if short is not None:
            year = _century(int(short))
        else:
            year = int(part["year"]) if part.get("year") is not None else None
    hour = int(part["hour"]) if part.get("hour") is not None else None
    half = (part.get("half") or part.get("half2") or "").lower()[:1]
    if hour is not None and half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(part["minute"]) if part.get("minute") else (0 if hour is not None else None)
    if minute is not None and minute > 59:
        hour = minute = None  # no such time: the day stands none the less
    weekday = WEEKDAYS[part["weekday"].lower()] if part.get("weekday") else None
    mention = DateMention(
        match.start(),
        match.end(),
        match[0].strip(),
        year,
        month,
        day,
        hour,
        minute,
        part.get("zone"),
        weekday,
        int(part["last"]) if part.get("last") else None,
        doubt,
    )
    clocks = _clocks_changed(mention)
    return replace(mention, doubt=clocks) if clocks and not doubt else mention


def _clocks_changed(mention: DateMention) -> str:
    """What is wrong with a time in the hour in which London's clocks change; empty at all other times."""
    if mention.hour is None or mention.hour > 3 or mention.zone or mention.month not in {3, 10}:
        return ""
    day = mention.day_date
    if day is None:
        return ""
    moment = datetime(day.year, day.month, day.day, mention.hour, mention.minute or 0, tzinfo=LONDON)
    if moment.astimezone(UTC).astimezone(LONDON).hour != moment.hour:
        return "the clocks went forward and there was no such time"
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        return "the clocks went back and this time came twice"
    return ""


def _century(two_digits: int) -> int:
    """POSIX `strptime`'s rule for two-digit years: 69 to 99 are the last century's."""
    return 1900 + two_digits if two_digits >= 69 else 2000 + two_digits


def _zone(printed: str | None, unsaid: ZoneInfo) -> timezone | ZoneInfo:
    if not printed:
        return unsaid
    printed = printed.upper()
    if printed in {"Z", "UTC", "GMT"}:
        return UTC
    if printed == "BST":
        return timezone(timedelta(hours=1))
    sign = -1 if printed[0] == "-" else 1
    digits = printed[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    # No zone is further off (Pacific/Kiritimati is 14 hours ahead): what says so has no zone that could be used.
    return timezone(sign * ahead) if ahead <= timedelta(hours=14) else unsaid
