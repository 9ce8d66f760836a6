"""Four digits: a year or a count? "In 2019", "KCSIE 2020", "the 2018 edition" against "2000 pupils"."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantity import Quantity

_TIME_BEFORE: Final = re.compile(
    r"(?:\b(?:in|since|until|till|during|before|after|by|early|late|mid|spring|summer|autumn|winter|year|years|from|between|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|and|to|circa|christmas|easter|of)|[(‘'’/–-]|\bmid-)\s?$",
    re.IGNORECASE,
)
_SOLELY_TIME: Final = re.compile(
    r"\b(?:in|since|until|till|during|before|by|early|late|mid|spring|summer|autumn|winter|year)\s$",
    re.IGNORECASE,
)
_THINGS_AFTER: Final = re.compile(
    r"\s(?:(?!(?:figures|statistics|stats|results|regulations|rules|guidelines|reforms|accounts|elections|standards|riots|games|olympics|was|is|has|as"
    r"|this|its|saw|sets|says|shows|reports|editions|estimates|findings|proceedings|changes|revisions|updates|levels|plans|awards|prices|terms)\b)"
    r"[a-z][\w’'-]*\s){0,1}?(?!(?:figures|statistics|stats|results|regulations|rules|guidelines|reforms|accounts|elections|standards|riots|games|olympics"
    r"|was|is|has|as|this|its|saw|sets|says|shows|reports|editions|estimates|findings|proceedings|changes|revisions|updates|levels|plans|awards|prices|terms)\b)"
    r"(?:[a-z]{2,}[^\Wsiu]s|children|people|men|women|staff|police)\b"
)  # fmt: skip
_COUNT_HEDGES: Final = frozenset(
    {"more than", "over", "nearly", "almost", "up to", "around", "about", "some", "fewer than", "less than", "at least", "approximately", "roughly", "an estimated", "estimated", "just over", "just under", "well over"}
)  # fmt: skip


def is_year(quantity: Quantity) -> bool:
    """Whether the number could be a year: four digits, no comma, 1500 to 2199."""
    number = quantity.number
    if number.form is not Form.DIGITS or number.end - number.start != 4 or quantity.money is not None:
        return False
    return isinstance(number.value, int) and 1500 <= number.value < 2200


def is_date(text: str, quantity: Quantity) -> bool:
    """Whether a number that looks like a year is one."""
    if not is_year(quantity) or quantity.sort is not None:
        return False
    start, end = quantity.start, quantity.number.end
    counts = bool(_THINGS_AFTER.match(text, end, end + 60))
    before = text[max(0, start - 14) : start]
    if quantity.hedge is not None and quantity.hedge.text.lower() in _COUNT_HEDGES:
        return not counts and quantity.value % 100 != 0
    if _SOLELY_TIME.search(before):
        return True
    return not counts or bool(_TIME_BEFORE.search(before) and quantity.value % 10)
