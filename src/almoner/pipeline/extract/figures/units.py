"""What a number is a number of, as far as the words behind it say: per cent, time, a measure, times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final


class Sort(StrEnum):
    """The sorts of unit that are told apart."""

    PERCENT = "percent"
    POINTS = "points"
    """Percentage points."""
    MONEY = "money"
    TIMES = "times"
    FOLD = "fold"
    TIME = "time"
    """A length of time: days, weeks, years."""
    AGE = "age"
    """Years old."""
    LENGTH = "length"
    MEASURE = "measure"
    """Any other unit of measurement: kg, °C, ppm."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit behind a number: its sort, its name as printed, and where it ends."""

    sort: Sort
    name: str
    end: int


_PERCENT = r"(?P<percent>\s{0,2}%(?![A-Za-z_])|[\s-]?\s?(?:per[\s-]?cents?|percent(?:s|ages?)?|pc)\b(?!\s?\d))(?P<points>[\s-]points?\b)?"
_POINTS = r"(?P<points2>\s(?:percentage|%)[\s-]points?\b)"
_AGE = r"(?P<age>[\s-]+(?:year|month|week|day)s?[\s-]olds?\b|-?(?:yr|y)s?[\s-]?olds?\b|\s?y/?os?\b)"
_ADJECTIVES = (
    r"(?:calendar|working|school|academic|financial|consecutive|full|whole|further|more|additional|extra|long|short"
    r"|successive|last|past|straight|business|term-time|teaching|sitting|clear|unpaid|paid|solid|entire)"
)
_TIME = (
    rf"(?P<time>(?:\s?-\s?|\s)(?:{_ADJECTIVES}[\s-]){{0,2}}(?:milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?"
    r"|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?|decades?|centur(?:y|ies)|millennia|weekends?|terms?|half-terms?"
    r"|evenings|mornings|afternoons|o['’]clock)\b|(?:hrs?|mins?|secs?|yrs?|wks?|days?|months?|years?|weeks?)\b)"
)
_FOLD = r"(?P<fold>[\s-]?fold\b)"
_TIMES = r"(?P<times>[\s-]times\b|[x×](?![\w×])|\stimes\b)"
_LENGTH = (
    r"(?P<length>[\s-](?:square\s|cubic\s)?(?:millimet(?:re|er)s?|centimet(?:re|er)s?|kilomet(?:re|er)s?|met(?:re|er)s?|nanomet(?:re|er)s?"
    r"|miles?|feet|foot|inch(?:es)?|yards?)\b)"
)
_WORD_MEASURE = (
    r"(?P<word>[\s-](?:grams?|grammes?|kilograms?|kilos?|kilogrammes?|tonnes?|tons?|milligrams?|micrograms?|lit(?:re|er)s?|millilit(?:re|er)s?"
    r"|pints?|gallons?|acres?|hectares?|stone|lbs?|ounces?|oz|volts?|watts?|kilowatts?|megawatts?|joules?|kelvin"
    r"|degrees?(?:\s(?:celsius|fahrenheit|centigrade|latitude))?|decibels?|hertz|bits?|bytes?|kilobytes?|megabytes?|gigabytes?|terabytes?"
    r"|calories|units\s+of\s+alcohol|orders?\sof\smagnitude|passages|parts\sper\s(?:million|billion))\b)"
)
_BASE = (
    r"(?:(?:[TGMkhdcmµμnpf]?(?:Hz|Pa|eV|bar|mol|bps|m|g|s|A|K|N|J|W|V|F|C|Ω|T|L|l|M|R|S|U)|Bar|mBar|min|hr|h|yrs?|ka|Ma|Ga|[kMGb]yr|ha|AU|Å"
    r"|deg|pp[mbtq]v?|(?:wt|vol|mol)[.]?\s?%|(?:wt|vol)[.]?|atm|Torr|psi|rpm|dB|bp|kb|kDa|Da|IU|px|[KMGT]B|Mb|Gb|H|RRh|R[psEJ]"
    r"|UT|pH|in|cal|kcal|Vs|mdeg|mbsl|year|day|person|capita|head))"
)
_EXPONENT = r"(?:\s?[−–⁻-]\s?[\d¹²³]{1,2}|[\d¹²³]|\^[-−]?\d{1,2})?"
_NO_WORD = r"(?-i:(?!(?:in|a|as|at|day|year|person|capita|head|A|S|R|T|N|F|U)\b(?!/)))"
"""What would be a unit, but is far more often a word or an initial where it stands behind a space."""
_SYMBOL = (
    rf"(?P<symbol>\s?°\s?[CFNSEWcf](?!\w)(?:\s?/\s?{_BASE})?|\s?(?:°|‰|℃|Å|Ω)(?!\w)(?:\s?/\s?{_BASE})?"
    rf"|[\s\u2009]?{_NO_WORD}(?-i:{_BASE}{_EXPONENT}"
    rf"(?:(?:\s?/\s?|\s|·|⋅|){_BASE}(?:\s?[−–⁻]\s?[\d¹²³]{{1,2}}|[23²³](?!\d))|\s?/\s?{_BASE}{_EXPONENT}){{0,3}})(?![\w%]))"
)
_CLOSES: Final = frozenset({"", *".,;:!?)]|"})
"""Behind a number that is followed by one of these stands no unit."""
_LENGTHS: Final = frozenset({"m", "mm", "cm", "km", "mph"})


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(
        "|".join((_PERCENT, _POINTS, _AGE, _TIME, _FOLD, _TIMES, _LENGTH, _WORD_MEASURE, _SYMBOL)),
        re.IGNORECASE,
    )


_SORTS: Final = {
    "percent": Sort.PERCENT, "points2": Sort.POINTS, "age": Sort.AGE, "time": Sort.TIME, "fold": Sort.FOLD,
    "times": Sort.TIMES, "length": Sort.LENGTH, "word": Sort.MEASURE, "symbol": Sort.MEASURE,
}  # fmt: skip


def unit_after(text: str, end: int) -> Unit | None:
    """The unit directly behind a number that ends at `end`, or None: then it counts things, or nothing."""
    if text[end : end + 1] in _CLOSES:
        return None
    match = _unit().match(text, end, end + 60)
    if match is None:
        return None
    group = next(name for name in _SORTS if match[name] is not None)
    sort = Sort.POINTS if group == "percent" and match["points"] else _SORTS[group]
    name = " ".join(match[0].split()).strip("- ")
    return Unit(Sort.LENGTH if name in _LENGTHS else sort, name, match.end())
