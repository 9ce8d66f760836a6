"""When a promise falls due: "next month", "this autumn", "by the end of the year", against the item's own date.

A due date is a range of days. Words that only point forward ("shortly", "in due course") have a beginning and
no end. What the words mean is written in the tables here, so that it can be argued with.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from almoner.pipeline.lines.dates import MONTHS, mentions, span_of
from almoner.pipeline.model import When

_COMING: Final = {"day": 14, "week": 56, "month": 183, "year": 3 * 365}
""" "In the coming weeks": within so many days."""
_UNIT_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_NUMBERS: Final = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1, "eighteen": 18, "twenty-four": 24, "few": 3, "couple of": 2}
_MONTH: Final = "|".join(
    name.capitalize() for name in sorted(MONTHS, key=len, reverse=True) if len(name) > 3 or name == "may"
)


@dataclass(frozen=True, slots=True)
class Due:
    """Where the words stand (half open), and the first and last day they may mean; None where nothing tells."""

    start: int
    end: int
    first: date | None
    last: date | None


@cache
def _pattern() -> re.Pattern[str]:
    number = r"(?:\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
    return re.compile(
        rf"""\b(?:
        (?P<part>early|mid-?|late|later|the\ end\ of|by\ the\ end\ of|at\ the\ end\ of|before\ the\ end\ of|towards\ the\ end\ of|the\ beginning\ of|the\ start\ of|by\ the\ start\ of)?\s?
            (?P<which>this|next|the\ current|the\ coming|the\ following|the)\ (?P<unit>week|month|quarter|year|calendar\ year|financial\ year|academic\ year|school\ year|parliament|term|decade)
        |(?P<by>by|before|from|in|during|over|for|starting|until|early\ in|late\ in|later\ in|of|since)?\s?(?:the\ )?(?P<season_part>early\ |mid-?\s?|late\ |end\ of\ |later\ |)
            (?P<turn>this|next|the|following|coming|)\s?(?P<season>spring|summer|autumn|winter)(?:\ of)?(?:\ (?P<season_year>20\d\d))?(?!\s(?:budget|statement|holidays?|term|school|camp|reception))
        |(?:with)?in\ (?:the\ )?(?:next|coming|following)\ (?P<count>{number}\ )?(?P<span>day|week|fortnight|month|year)s?
        |over\ (?:the\ )?(?:next|coming)\ (?P<count2>{number}\ )?(?P<span2>day|week|fortnight|month|year)s?
        |(?:with)?in\ (?P<count3>{number})\ (?P<span3>(?:working\ )?day|week|fortnight|month|year)s?(?:['’]?\ time|\ of\b)?
        |(?P<named>tomorrow|today|tonight|immediately|with\ immediate\ effect|straight\ away|right\ away)
        |(?P<open>shortly|soon|imminently|in\ due\ course|in\ the\ near\ future|as\ soon\ as\ possible|later\ on|before\ long)
        |(?P<limit>by|before|from|in|during|until|at\ the\ end\ of|by\ the\ end\ of|for|of)\ (?P<year>20\d\d)(?!\d|[/–-]\d)
        |(?P<limit2>by|before|from|in|during|until|for|starting(?:\ in)?|at\ the\ end\ of|by\ the\ end\ of|the\ end\ of|later\ in|early\ in|next|this|end\ of)\ (?:early\ |late\ |mid-?\s?)?(?P<month>{_MONTH})\b(?!\s+\d)
        |by\ (?P<feast>Christmas|Easter)
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def due_in(text: str, anchor: When | None) -> Due | None:
    """The first due date printed in a clause, resolved against `anchor` (the item's own date), or None.

    A day that no calendar has ("within 99,999 years") is no due date, and an anchor at the end of all days is none.
    """
    clause = text[:2_000]
    try:
        return _due_in(clause, span_of(anchor.value)[0] if anchor is not None else None)
    except (ValueError, OverflowError):  # Python's days are those of the years 1 to 9999
        return due_in(text, None) if anchor is not None else None


def _due_in(clause: str, day: date | None) -> Due | None:
    printed = _printed(clause, day)
    worded = next(
        (due for match in _pattern().finditer(clause) if (due := _worded(match, day)) is not None), None
    )
    if printed is not None and (
        worded is None or printed.start <= worded.start or printed.start < worded.end
    ):
        return printed
    return worded


_LIMIT_BEFORE: Final = re.compile(
    r"\b(by|before|until|no later than|from|on|in|starting|for)\s+(?:the\s)?(?:(end|start|beginning) of\s)?$",
    re.IGNORECASE,
)


def _printed(clause: str, day: date | None) -> Due | None:
    """A full date, or a month with its year: "from 1 September 2025", "by March 2026"."""
    for mention in mentions(clause):
        when = mention.when("due")
        if when is None and mention.day is not None and day is not None and mention.exists:
            first = last = _next_day(day, mention.month, mention.day)
        elif when is not None:
            first, last = span_of(when.value)
        else:
            continue
        limit = _LIMIT_BEFORE.search(clause[: mention.start])
        start = limit.start() if limit else mention.start
        if limit and limit[1].lower() in {"by", "before", "until", "no later than"}:
            first = day if day is not None and day < last else first
        elif limit and (limit[2] or "").lower() == "end":
            first = last - timedelta(days=10)
        return Due(start, mention.end, first, last)
    return None


def _next_day(after: date, month: int, day: int) -> date:
    for year in range(after.year, after.year + 9):
        if day <= monthrange(year, month)[1] and (found := date(year, month, day)) >= after:
            return found
    return after


def _worded(match: re.Match[str], day: date | None) -> Due | None:
    span = _range(match, day)
    if span is None:
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Due(start, match.end(), *span)


def _range(match: re.Match[str], day: date | None) -> tuple[date | None, date | None] | None:
    if match["unit"]:
        return _calendar(match, day)
    if match["season"]:
        return _season(match, day)
    for count, unit in (("count", "span"), ("count2", "span2"), ("count3", "span3")):
        if match[unit]:
            return _within(match[count], match[unit].lower().removeprefix("working "), day)
    if match["named"]:
        if day is None:
            return None, None
        moment = day + timedelta(days=match["named"].lower() == "tomorrow")
        return moment, moment
    if match["open"]:
        return day, None
    if match["year"]:
        year = int(match["year"])
        by = match["limit"].lower() in {"by", "before", "until", "by the end of"}
        first, last = date(year, 1, 1), date(year, 12, 31)
        if match["limit"].lower() == "by":
            last = date(year, 12, 31)
        return (day if by and day is not None and day < last else first), last
    if match["feast"]:
        return (
            (day, _next_day(day, 12, 25))
            if day is not None and match["feast"].lower() == "christmas"
            else (day, None)
        )
    return _month(match, day)


def _month(match: re.Match[str], day: date | None) -> tuple[date | None, date | None] | None:
    if match["month"] is None or not match["month"][0].isupper():
        return None
    if day is None:
        return None, None
    month = MONTHS[match["month"].lower()]
    year = day.year + (month < day.month)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    limit = match["limit2"].lower()
    if limit in {"by", "before", "until"} or limit.startswith("by the end"):
        return day, last
    return max(first, day) if (first.year, first.month) == (day.year, day.month) else first, last


def _calendar(match: re.Match[str], day: date | None) -> tuple[date | None, date | None] | None:
    which, unit, part = match["which"].lower(), match["unit"].lower(), (match["part"] or "").lower()
    if which == "the" and (not part or unit in {"week", "term"}):
        return None
    if day is None or unit in {"parliament", "term", "decade"}:
        return day, None
    ahead = int(which in {"next", "the coming", "the following"})
    first, last = _unit_span(unit.replace("calendar ", ""), day, ahead)
    length = (last - first).days + 1
    if part == "early" or part.endswith(("beginning of", "start of")):
        last = first + timedelta(days=length // 3)
    elif part.startswith("mid"):
        first, last = first + timedelta(days=length // 3), last - timedelta(days=length // 3)
    elif part == "late" or (part.endswith("end of") and not part.startswith(("by", "before"))):
        first = last - timedelta(days=length // 3)
    return max(first, day), last


def _unit_span(unit: str, day: date, ahead: int) -> tuple[date, date]:
    if unit == "week":
        first = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
        return first, first + timedelta(days=6)
    if unit in {"financial year", "academic year", "school year"}:
        opens = 4 if unit == "financial year" else 9
        year = day.year - (day.month < opens) + ahead
        return date(year, opens, 1), date(year + 1, opens, 1) - timedelta(days=1)
    if unit == "year":
        return date(day.year + ahead, 1, 1), date(day.year + ahead, 12, 31)
    size = 3 if unit == "quarter" else 1
    index = (day.year * 12 + day.month - 1) // size + ahead
    return _first_of(index * size), _first_of((index + 1) * size) - timedelta(days=1)


def _first_of(months: int) -> date:
    """The first day of the month that is so many months after January of year 0."""
    return date(months // 12, months % 12 + 1, 1)


def _season(match: re.Match[str], day: date | None) -> tuple[date | None, date | None] | None:
    turn, by = match["turn"].lower(), (match["by"] or "").lower()
    if not (turn or match["season_year"] or by) or (turn == "the" and not by):
        return None
    opens, closes = _SEASONS[match["season"].lower()]
    if match["season_year"]:
        year = int(match["season_year"])
    elif day is None:
        return None, None
    else:
        year = day.year + (closes >= opens and day.month > closes)
        year += turn == "next" and year == day.year and day.month >= opens
    first = date(year, opens, 1)
    end_year = year + (closes < opens)
    last = date(end_year, closes, monthrange(end_year, closes)[1])
    if by in {"by", "before", "until"}:
        return day or first, last
    return (max(first, day) if day is not None and day <= last else first), last


def _within(count: str | None, unit: str, day: date | None) -> tuple[date | None, date | None]:
    if day is None:
        return None, None
    if count is None:
        return day, day + timedelta(days=_COMING.get(unit, 28))
    printed = count.strip().lower()
    number = int(printed) if printed.isdigit() else _NUMBERS[printed]
    if unit in _UNIT_DAYS:
        return day, day + timedelta(days=number * _UNIT_DAYS[unit])
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
    first = _first_of(months)
    return day, first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
