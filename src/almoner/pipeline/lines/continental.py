"""Dates as other languages print them, so that a page from abroad is dated too: "8. Januar 2020", "2020年1月8日".

Only what an article prints about itself is asked for, so month names and common orders are enough; dates in
English and in figures alone are `lines.dates`' business.
"""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    ("jan", "jän", "janv", "ene", "gen", "sty", "led", "янв", "січ", "яну"),
    ("feb", "fév", "fev", "febr", "lut", "úno", "фев", "лют"),
    ("mär", "mar", "mrt", "maa", "maart", "bře", "мар", "бер"),
    ("apr", "avr", "abr", "kwi", "dub", "апр", "кві"),
    ("mai", "may", "maj", "mag", "mei", "kvě", "мая", "май", "тра"),
    ("jun", "juin", "giu", "cze", "čer", "июн", "чер", "юни"),
    ("jul", "juil", "lug", "lip", "июл", "лип", "юли"),
    ("aug", "aoû", "ago", "sie", "srp", "авг", "сер"),
    ("sep", "set", "wrz", "zář", "сен", "вер", "сеп"),
    ("okt", "oct", "ott", "out", "paź", "říj", "окт", "жов"),
    ("nov", "lis", "ноя", "ное"),
    ("dez", "dec", "déc", "dic", "gru", "pro", "дек", "гру"),
)
_NUMBER: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
_WRITTEN = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.\s*|(?:\.|er|º|st|nd|rd|th)?[\s-]+)(?:de\s+|of\s+)?(?P<month>{_NAMES})[^\W\d_]*\.?,?[\s-]+(?:de\s+|del\s+)?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?P<month2>{_NAMES})[^\W\d_]*\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year2>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?:\.\s?|\s\|\s)(?P<month>\d{1,2})(?:\.\s?|\s\|\s)(?P<year>(?:19|20)?\d\d)(?![\d.]*\d)"
)
_EASTERN = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOTS = re.compile(r"\d(?:\.|\s\|)\s?\d")
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)")


def first(text: str) -> tuple[str, int, int] | None:
    """The first such date as (ISO 8601 day, start, end), or None."""
    of_a_year = _YEAR.search(text) is not None
    for pattern, can_stand in (
        (_WRITTEN, of_a_year),
        (_DOTTED, None),
        (_ISO, of_a_year),
        (_EASTERN, of_a_year),
    ):
        if can_stand is None:
            can_stand = _DOTS.search(text) is not None
        match = pattern.search(text) if can_stand else None
        if match is None:
            continue
        found = match.groupdict()
        name = found.get("month") or found.get("month2") or ""
        month = int(name) if name.isdigit() else _NUMBER[name.lower()]
        day = int(found.get("day") or found.get("day2") or 0)
        year = int(found.get("year") or found.get("year2") or 0)
        year += (2000 if year < 70 else 1900) if year < 100 else 0
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04d}-{month:02d}-{day:02d}", *match.span()
    return None
