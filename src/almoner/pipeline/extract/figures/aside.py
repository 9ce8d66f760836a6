"""Decides for each quantity of a text whether it measures something, and if not, why not."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from almoner.pipeline.extract.figures.ages import is_age
from almoner.pipeline.extract.figures.grammar import Form
from almoner.pipeline.extract.figures.labels import label
from almoner.pipeline.extract.figures.quantities import Quantity, quantities
from almoner.pipeline.extract.figures.reasons import Aside
from almoner.pipeline.extract.figures.taken import Taken
from almoner.pipeline.extract.figures.units import Sort
from almoner.pipeline.extract.figures.years import is_date

_BASE_BEFORE: Final = re.compile(r"\b(?:per|(?:for|in|out\sof|of)\s(?:every|each))\s$", re.IGNORECASE)
_TIME_AND: Final = re.compile(r"\b(?:minute|hour|day|week|month|year|term|decade)s?\sand\s$", re.IGNORECASE)
_COUNTED_TIME: Final = re.compile(r"(?:hours?|days?|nights?|minutes?|weeks?)$", re.IGNORECASE)
_AMOUNTS: Final = re.compile(
    r"(?:k?g|mg|tonnes?|tons?|kilo(?:gram(?:me)?)?s?|gram(?:me)?s?|milligrams?|lit(?:re|er)s?|millilit(?:re|er)s?|ml|pints?|gallons?|acres?|hectares?|ounces?|oz|lbs?"
    r"|calories)$",
    re.IGNORECASE,
)
_VAGUE_AFTER: Final = re.compile(r"\s(?:of|more|were|are|have|had)\b", re.IGNORECASE)
_SAYS_WHAT: Final = re.compile(r"[\s-](?:[^\W\d_]|[“‘\"'(])")
_WORD: Final = re.compile(r"[^\W\d_]{3}")
_FILE: Final = re.compile(r"\b(?:pdf|html|odt|ods|csv|docx?|word|excel|document|spreadsheet|[kmg]b)[,;:]\s$", re.IGNORECASE)
_ADDRESS_AFTER: Final = re.compile(
    r"\s(?:(?:[A-Z][\w'’-]*|[A-Z])\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Place|Square|House|Court|Gardens|Drive|Close|Crescent|Terrace|Hill|Row|Boulevard)\b|\sblock\sof\b"
)
_OF_MANY: Final = re.compile(r"\b(?:page|slide|part|sheet|image|photo)\s\d{1,4}\sof\s/?\s?$|\d\s/\s$|\bof\s/\s$", re.IGNORECASE)
_FIGURE_BEFORE: Final = re.compile(
    r"\b(?:to|from|by|of|was|were|is|are|be|been|total(?:s|led|ling)?|reach(?:es|ed|ing)?|hit|number(?:s|ed)?|only|just|than|with|and|or|record(?:ed)?|least|all|almost"
    r"|nearly|over|some|the|these|those|another|further|recorded|received|made|had|have|has|:)\s?$",
    re.IGNORECASE,
)


def sorted_out(text: str) -> list[tuple[Quantity, Aside | None]]:
    """Every quantity in `text`, in order, with the reason why it is no figure, or None where it is one.

    The span of a date or a time is the whole of it.
    """
    printed = quantities(text)
    if not printed:
        return []
    if not _WORD.search(text):
        return [(quantity, Aside.BARE) for quantity in printed]
    taken = Taken(text)
    found: list[tuple[Quantity, Aside | None]] = []
    for quantity in printed:
        stretch = taken.stretch_at(quantity.number.start)
        reason: Aside | None
        if stretch is not None:
            reason = stretch[2]
            if reason in {Aside.DATE, Aside.CLOCK}:
                quantity = replace(quantity, span=stretch[:2])
        else:
            reason = label(text, quantity, found[-1] if found else None) or _measures_nothing(text, quantity, found)
        found.append((quantity, reason))
    return found


def _measures_nothing(text: str, quantity: Quantity, found: list[tuple[Quantity, Aside | None]]) -> Aside | None:
    number, sort = quantity.number, quantity.sort
    printed = text[number.start : number.end]
    if printed.lower() == "one" and sort is None and quantity.hedge is None:
        return Aside.ONE
    if number.form is Form.FRACTION and _TIME_AND.search(text[max(0, number.start - 14) : number.start]):
        return Aside.DURATION
    if quantity.bound == "tolerance":
        return Aside.TOLERANCE
    if _BASE_BEFORE.search(text[max(0, quantity.start - 14) : quantity.start]):
        return Aside.BASE
    if is_age(text, quantity):
        return Aside.AGE
    if is_date(text, quantity):
        return Aside.DATE
    if sort is Sort.TIME:
        counted = quantity.value >= 1000 and quantity.unit is not None and _COUNTED_TIME.search(quantity.unit.name)
        return None if counted else Aside.DURATION
    if sort is Sort.LENGTH:
        return Aside.LENGTH
    if sort is Sort.MEASURE:
        return None if quantity.unit is not None and _AMOUNTS.match(quantity.unit.name) else Aside.MEASURE
    if sort is None:
        return _counts_nothing(text, quantity, printed, found)
    return None


def _counts_nothing(text: str, quantity: Quantity, printed: str, found: list[tuple[Quantity, Aside | None]]) -> Aside | None:
    """Whether a number without a unit stands there for itself: a score, a ratio 1:30, a cell, a page number."""
    number = quantity.number
    left = text[max(0, quantity.start - 24) : quantity.start]
    if found and found[-1][1] is Aside.BARE and found[-1][0].span == quantity.span:
        return Aside.BARE
    if _FILE.search(left) or _OF_MANY.search(left) or (number.form is Form.DIGITS and _ADDRESS_AFTER.match(text, quantity.end, quantity.end + 60)):
        return Aside.NAME
    if re.fullmatch(r"\dG", printed):
        return Aside.NAME
    if number.form is Form.VAGUE:
        return None if _VAGUE_AFTER.match(text, number.end, number.end + 8) else Aside.BARE
    if number.form in {Form.FRACTION, Form.RATIO}:
        if "/" in printed and not re.match(r"\s?(?:of|the)\b", text[number.end : number.end + 5]) and quantity.hedge is None:
            return Aside.DATE if re.fullmatch(r"\d{1,2}/\d{1,2}", printed) else Aside.BARE
        before = text[max(0, number.start - 4) : number.start].lower()
        return Aside.NAME if before.endswith(" in ") and isinstance(quantity.value, Fraction) and printed.lower() == "half" else None
    if "/" in printed:
        return Aside.NAME
    if text[number.end : number.end + 2].strip()[:1] == ":" and text[number.end + 1 : number.end + 2].isdigit():
        return Aside.BARE
    if text[number.start - 1 : number.start] == ":" and text[max(0, number.start - 2) : number.start - 1].isdigit():
        return Aside.BARE
    if number.value < 0:
        return Aside.BARE
    if quantity.bound == "low" and re.fullmatch(r"\s?[-–]\s?\d{1,2}", text[number.end : number.end + 4].rstrip(" .,;)")):
        after = text[number.end :]
        high = re.match(r"\s?[-–]\s?(\d{1,2})\b", after)
        if high and int(high[1]) <= number.value:
            return Aside.BARE
    says = _SAYS_WHAT.match(text, quantity.end, quantity.end + 4) or quantity.hedge is not None
    if says or ("," in printed and number.value >= 1000):
        return None
    return None if _FIGURE_BEFORE.search(left[-14:]) else Aside.BARE
