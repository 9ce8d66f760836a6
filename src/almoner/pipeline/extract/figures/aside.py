"""Decides for each quantity of a text whether it measures something, and if not, why not."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.figures import shares
from almoner.pipeline.extract.figures.ages import is_age
from almoner.pipeline.extract.figures.bare import counts_nothing
from almoner.pipeline.extract.figures.labels import label
from almoner.pipeline.extract.figures.marks import mark
from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantities import quantities
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.reasons import Aside
from almoner.pipeline.extract.figures.taken import BEHIND, Taken
from almoner.pipeline.extract.figures.units import Sort
from almoner.pipeline.extract.figures.years import is_date

Sorted = tuple[Quantity, Aside | None]
"""A quantity, and why it is no figure; None where it is one."""

_WORD: Final = re.compile(r"[^\W\d_]{3}")
_BASE_BEFORE: Final = re.compile(r"\b(?:per|(?:for|in|out\sof|of)\s(?:every|each))\s$", re.IGNORECASE)
_TIME_AND: Final = re.compile(
    r"\b(?:minute|hour|day|week|month|year|term|decade)s?\s(?:and|or)\s$", re.IGNORECASE
)
_COUNTED_TIME: Final = re.compile(r"(?:hours?|days?|nights?|minutes?|weeks?)$", re.IGNORECASE)
_MANY: Final = 1_000
"""So many hours or days are counted, not a length of time."""
_AMOUNTS: Final = re.compile(
    r"(?:k?g|mg|tonnes?|tons?|kilo(?:gram(?:me)?)?s?|gram(?:me)?s?|milligrams?|lit(?:re|er)s?|millilit(?:re|er)s?|ml|pints?|gallons?"
    r"|acres?|hectares?|ounces?|oz|lbs?|calories)$",
    re.IGNORECASE,
)


def sorted_out(text: str) -> list[Sorted]:
    """Every quantity in `text`, in order, with the reason why it is no figure, or None where it is one.

    The span of a date or a time is the whole of it.
    """
    printed = shares.joined(text, quantities(text))
    if not printed:
        return []
    if not _WORD.search(text):
        return [(quantity, Aside.BARE) for quantity in printed]
    taken = Taken(text, printed[-1].end + BEHIND)
    found: list[Sorted] = []
    for quantity in printed:
        before = found[-1] if found else None
        stretch = taken.stretch_at(quantity.number.start)
        if stretch is None:
            found.append(
                (
                    quantity,
                    mark(text, quantity) or label(text, quantity, before) or _nothing(text, quantity, before),
                )
            )
        elif stretch[2] in {Aside.DATE, Aside.CLOCK}:
            found.append((quantity.closed(quantity.hedge, stretch[:2]), stretch[2]))
        else:
            found.append((quantity, stretch[2]))
    return found


def _nothing(text: str, quantity: Quantity, before: Sorted | None) -> Aside | None:
    """Why a quantity measures nothing a reader would count, or None."""
    number, sort = quantity.number, quantity.sort
    if sort is None and quantity.hedge is None and text[number.start : number.end].lower() == "one":
        return Aside.ONE
    if quantity.bound == "tolerance":
        return Aside.TOLERANCE
    left = text[max(0, quantity.start - 14) : quantity.start]
    if _BASE_BEFORE.search(left):
        return Aside.BASE
    if is_age(text, quantity):
        return Aside.AGE
    if is_date(text, quantity):
        return Aside.DATE
    if sort is Sort.TIME or (number.form is not Form.DIGITS and sort is None and _TIME_AND.search(left)):
        counted = (
            quantity.value >= _MANY and quantity.unit is not None and _COUNTED_TIME.search(quantity.unit.name)
        )
        return None if counted else Aside.DURATION
    if sort is Sort.LENGTH:
        return Aside.LENGTH
    if sort is Sort.MEASURE:
        return None if quantity.unit is not None and _AMOUNTS.match(quantity.unit.name) else Aside.MEASURE
    if sort is not None:
        return None
    if before is not None and before[1] is Aside.BARE and before[0].span == quantity.span:
        return Aside.BARE
    return counts_nothing(text, quantity)
