"""The period that a title names: of two issues, releases or years of one series each is a happening of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_MONTH: Final = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTHS})\.?,?\s+(?P<year>(?:19|20)\d\d)\b"
    rf"|\b[0-3]?\d(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<alone>{_MONTHS})\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER: Final = re.compile(
    r"\b(?:week|quarter|q|issue|edition|volume|vol|no|number|part|term)\.?\s*(\d{1,4})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """What a title names of a period, as printed in small letters: months, years, numbers in a series; empty where none."""

    months: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def is_other_than(self, other: Period) -> bool:
        """Whether both name a month, a year or a number, and none in common."""
        pairs = (
            (self.months, other.months),
            (self.years, other.years),
            (self.numbers, other.numbers),
        )
        return any(one and two and not one & two for one, two in pairs)


NONE: Final = Period()


def period_of(title: str) -> Period:
    """What a title names of a period."""
    months = ((found["month"] or found["alone"])[:3].lower() for found in _MONTH.finditer(title))
    return Period(frozenset(months), frozenset(_YEAR.findall(title)), frozenset(_NUMBER.findall(title)))
