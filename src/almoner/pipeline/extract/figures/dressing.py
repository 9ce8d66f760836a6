"""Numbers → quantities one by one: the money sign before, the unit behind, small coins joined to their pounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from almoner.pipeline.extract.figures import currencies
from almoner.pipeline.extract.figures.currencies import Money
from almoner.pipeline.extract.figures.number import Form, Number
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.tokens import Value, plain
from almoner.pipeline.extract.figures.units import unit_after

_AND: Final = re.compile(r"\s(?:and\s)?")
_MINUS: Final = re.compile(r"(?:^|[\s(])[-−]$")
_PENNY: Final = Fraction(1, 100)


def dressed(text: str, numbers: Iterable[Number]) -> list[Quantity]:
    """Each number with what stands directly around it. Digits inside a unit (m2, s−1) are no numbers."""
    found: list[Quantity] = []
    for number in numbers:
        last = found[-1] if found else None
        if last is not None and number.start < last.end:
            continue
        quantity = _dressed(text, number, last.end if last is not None else 0)
        joined = _with_coins(text, last, quantity) if last is not None and last.money is not None else None
        if joined is None:
            found.append(quantity)
        else:
            found[-1] = joined
    return found


def _dressed(text: str, number: Number, free: int) -> Quantity:
    """The number with its money or unit; `free` is where the quantity before it ends."""
    priced = _priced(text, number, free)
    if priced is not None:
        start, end, value, money = priced
        if _MINUS.search(text[max(free, start - 2) : start]):
            start, value = start - 1, -value  # -£0.3 billion
        return Quantity(start, end, number, plain(value * money.size), None, money, (start, end))
    unit = unit_after(text, number.end)
    end = number.end if unit is None else unit.end
    return Quantity(number.start, end, number, number.value, unit, None, (number.start, end))


def _priced(text: str, number: Number, free: int) -> tuple[int, int, Value, Money] | None:
    """Where an amount of money starts and ends, its value in printed units, and its currency."""
    end, value = number.end, number.value
    sign = currencies.before(text, number.start)
    if sign is None or sign[0] < free:
        vague = number.form is Form.VAGUE and text.startswith(" of ", end)  # millions of pounds
        behind = currencies.after(text, end + 3 if vague else end)
        return None if behind is None else (number.start, behind[0], value, behind[1])
    multiplied = currencies.letters(text, end)
    if multiplied is not None:
        end, value = multiplied[0], value * multiplied[1]
    behind = currencies.after(text, end)
    if behind is not None and behind[1] == sign[1] and text[behind[0] - 1].isalpha():
        end = behind[0]  # $10 dollars
    return sign[0], end, value, sign[1]


def _with_coins(text: str, last: Quantity, quantity: Quantity) -> Quantity | None:
    """ "3 dollars 50 cents", "thirteen dollars and forty-five" as one amount; None where they are two."""
    number = quantity.number
    if (
        last.money is None
        or last.money.size != 1
        or not isinstance(number.value, int)
        or not 0 < number.value < 100
    ):
        return None
    gap = text[last.end : quantity.start]
    if len(gap) > 5 or not _AND.fullmatch(gap):
        return None
    if quantity.money is not None:
        small = quantity.value if quantity.money.size == _PENNY else None
    else:
        closes = quantity.unit is None and not text[quantity.end : quantity.end + 2].strip(" .?!\n")
        small = number.value * _PENNY if closes and text[last.end - 1].isalpha() else None
    if small is None:
        return None
    return replace(last, end=quantity.end, value=plain(last.value + small), span=(last.start, quantity.end))
