"""The raw layer: every quantity that a text prints, with its unit, its hedge, and what it forms a range with.

Ages, dates and durations are quantities here; `aside` says which of them measure nothing for a reader. A
quantity's `span` is the whole expression it belongs to: "between 10 and 15 per cent" is one span and two
quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import Final

from almoner.pipeline.extract.figures import currencies
from almoner.pipeline.extract.figures.currencies import Money
from almoner.pipeline.extract.figures.grammar import Form, Number, numbers
from almoner.pipeline.extract.figures.hedges import Hedge, hedge_after, hedge_before, time_before
from almoner.pipeline.extract.figures.tokens import Value, whole
from almoner.pipeline.extract.figures.units import Sort, Unit, unit_after


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with what belongs to it. `start`..`end` holds number, money sign and unit, not the hedge.

    `value` counts main units (5 m pounds is 5000000, 50p is 1/2). `bound` is "low" or "high" in a range, "list"
    in a list that shares a unit, "tolerance" behind ±, else empty.
    """

    start: int
    end: int
    number: Number
    value: Value
    unit: Unit | None
    money: Money | None
    hedge: Hedge | None
    span: tuple[int, int]
    bound: str = ""

    @property
    def sort(self) -> Sort | None:
        """The unit's sort, None where it only counts."""
        return Sort.MONEY if self.money else self.unit.sort if self.unit else None


_BETWEEN: Final = re.compile(r"\b(between|from|both|either|ranging\sfrom|ranges?\s(?:from|of))\s+(?:the\s)?$", re.IGNORECASE)
_JOIN: Final = re.compile(
    r"(?P<dash>\s?(?:-|–|—|−|‑|‐)\s?)|(?P<to>\s(?:and\s)?(?:up\s)?to\s(?:the\s|about\s|around\s|as\s(?:high|many)\sas\s)?)"
    r"|(?P<word>,?\s(?:and|or)\s)|(?P<comma>,\s?)|(?P<tolerance>\s?(?:±|\+/-|\+/−)\s?)|(?P<by>\s?[×x]\s?)|(?P<slash>\s?/\s?)",
    re.IGNORECASE,
)  # fmt: skip
_MINOR: Final = re.compile(r"\s(?:and\s)?$", re.IGNORECASE)
_RATE: Final = re.compile(r"\sper\s(?:[a-z]{2,12}|\d[\d,]{2,9})\b")
_SCALED: Final = re.compile(r"(?:hundred|thousand|million|billion|trillion|(?<=\d)\s?(?:m|k|bn))$", re.IGNORECASE)
_YEARLIKE: Final = re.compile(r"(?:1[5-9]|20|21)\d\d")
_AGED: Final = re.compile(r"\b(?:aged?|ages)\s$", re.IGNORECASE)
MOST_NUMBERS: Final = 5_000
"""A block with more numbers is data, not prose: the rest of it is not read."""
_LIST_LIMIT: Final = 16


def quantities(text: str) -> list[Quantity]:
    """Every quantity in `text`, in order, without overlaps; values as printed, nothing set aside."""
    single: list[Quantity] = []
    for number in islice(numbers(text), MOST_NUMBERS):
        if single and number.start < single[-1].end:
            continue  # the 2 of m2, the 1 of s−1
        single.append(_dressed(text, number))
    single = _with_small_coins(text, single)
    found: list[Quantity] = []
    at = 0
    while at < len(single):
        upto = _expression(text, single, at)
        found.extend(_closed(text, single[at:upto]))
        at = upto
    return found


def _dressed(text: str, number: Number) -> Quantity:
    """The number with the money sign before it and the unit behind it."""
    start, end, value = number.start, number.end, number.value
    money: Money | None = None
    unit: Unit | None = None
    sign = currencies.before(text, start)
    if sign is not None:
        start, money = sign
        multiplied = currencies.letters(text, end)
        if multiplied is not None:
            end, by = multiplied
            value = value * by
        behind = currencies.after(text, end)
        if behind is not None and behind[1] == money:
            end = behind[0]  # $10 dollars
    else:
        behind = currencies.after(text, end)
        if behind is not None:
            end, money = behind
    if money is None and number.form is Form.VAGUE and text.startswith(" of ", end):
        of = currencies.after(text, end + 3)
        end, money = of if of is not None else (end, None)
    if money is None:
        unit = unit_after(text, end)
        if unit is not None:
            end = unit.end
    else:
        value = value * money.size
    return Quantity(start, end, number, _plain(value), unit, money, None, (start, end))


def _plain(value: Value) -> Value:
    return whole(value) if isinstance(value, Fraction) else value


def _with_small_coins(text: str, single: list[Quantity]) -> list[Quantity]:
    """ "3 dollars 50 cents", "thirteen dollars and forty-five" become one."""
    joined: list[Quantity] = []
    for quantity in single:
        last = joined[-1] if joined else None
        if last is not None and last.money and last.money.size == 1 and 0 < quantity.number.value < 100:
            gap = text[last.end : quantity.start]
            coin = quantity.money is not None and quantity.money.size == Fraction(1, 100)
            bare = quantity.money is None and quantity.unit is None and not text[quantity.end : quantity.end + 2].strip(" .?!\n")
            named = text[last.end - 1 : last.end].isalpha()
            if len(gap) < 6 and _MINOR.fullmatch(gap) and isinstance(quantity.number.value, int) and (coin or (bare and named)):
                size = quantity.value if coin else Fraction(quantity.number.value, 100)
                value = _plain(last.value + size)
                joined[-1] = replace(last, end=quantity.end, value=value, span=(last.start, quantity.end))
                continue
        joined.append(quantity)
    return joined


def _expression(text: str, single: list[Quantity], at: int) -> int:
    """Where the expression that starts with the quantity at `at` ends: after a range or a list, or at once."""
    upto = at + 1
    while upto < len(single) and upto - at < _LIST_LIMIT:
        left, right = single[upto - 1], single[upto]
        gap = text[left.end : right.start]
        if len(gap) > 24:
            break
        match = _JOIN.fullmatch(gap)
        if match is None:
            hedge = hedge_before(text, right.start)
            if hedge is not None and hedge.start > left.end:
                match = _JOIN.fullmatch(text[left.end : hedge.start])
        if match is None or not _belong(text, single, at, upto, match.lastgroup or ""):
            break
        upto += 1
    if upto - at > 1 and not _holds(text, single, at, upto):
        pair = text[single[at].end : single[at + 1].start].strip() != "," and _holds(text, single, at, at + 2)
        return at + 2 if pair else at + 1
    return upto


def _belong(text: str, single: list[Quantity], at: int, upto: int, how: str) -> bool:
    left, right = single[upto - 1], single[upto]
    if Form.VAGUE in (left.number.form, right.number.form) or Form.DOTTED in (left.number.form, right.number.form):
        return False
    alike = left.sort is None or left.sort == right.sort
    if how in {"dash", "to"} and left.money is not None and right.sort is None and (how == "dash" or _SCALED.search(text[right.start : right.end])):
        return True  # £10-15 million
    if how in {"dash", "to", "tolerance"}:
        return alike and (right.sort is not None or left.sort is None)
    if how == "by":
        return alike
    if how == "word":
        between = bool(_BETWEEN.search(text[max(0, left.start - 16) : left.start]))
        return alike if between else _share(left, right)
    return how == "comma" and (left.sort is None or _share(left, right))


_MEASURES: Final = frozenset({Sort.MEASURE, Sort.LENGTH, Sort.TIME})


def _share(left: Quantity, right: Quantity) -> bool:
    """Whether two neighbours in a list have one unit: "60 or 63 mm", "6 kg and 13 kg"."""
    if left.unit is not None and right.unit is not None:
        return left.unit.name == right.unit.name and left.sort in _MEASURES
    return left.sort is None and right.sort not in (None, Sort.TIMES)


def _holds(text: str, single: list[Quantity], at: int, upto: int) -> bool:
    """Whether the quantities really belong together: "5, 10 and 15%" do, "in 2019, 14%" do not."""
    gaps = [text[left.end : right.start].strip(" ") for left, right in zip(single[at : upto - 1], single[at + 1 : upto], strict=True)]
    if "," in gaps and (single[upto - 1].sort is None or not re.search(r"and|or", gaps[-1])):
        return False
    if single[upto - 1].sort in _MEASURES:
        return True
    lent = single[at].sort is None and single[upto - 1].sort is not None
    return not (lent and any(_YEARLIKE.fullmatch(text[q.start : q.end]) for q in single[at : upto - 1])) and not (
        lent and _AGED.search(text[max(0, single[at].start - 12) : single[at].start])
    )


def _closed(text: str, members: list[Quantity]) -> list[Quantity]:
    """The members of one expression with their common unit, hedge, bounds and span."""
    first, last = members[0], members[-1]
    start, end = first.start, last.end
    before = hedge_before(text, start)
    if before is not None:
        start = before.start
        outer = hedge_before(text, start)
        start = outer.start if outer is not None else start
    between = _BETWEEN.search(text[max(0, start - 16) : start]) if len(members) > 1 else None
    if between is not None:
        start = start - min(16, start) + between.start(1)
    elif before is None and first.sort is Sort.TIME:
        placed = time_before(text, start)
        start = start if placed is None else placed
    behind = hedge_after(text, end)
    if behind is not None:
        end = behind.end
    rate = _RATE.match(text, end, end + 30)
    if rate is not None:
        end = rate.end()
    out: list[Quantity] = []
    for index, member in enumerate(members):
        value, unit, money = member.value, member.unit, member.money
        lender = last if last.sort is not None else first
        if len(members) > 1 and member.sort is None and lender.sort is not None:
            unit, money = lender.unit, lender.money
            if money is not None:
                value = _plain(value * money.size)
        hedge = before if index == 0 else _inner_hedge(text, members, index)
        if hedge is None and index == len(members) - 1:
            hedge = behind
        out.append(
            replace(member, value=value, unit=unit, money=money, hedge=hedge, span=(start, end), bound=_bound(text, members, index))
        )
    if len(out) == 2 and out[0].bound == "low":
        out = _with_shared_scale(text, out)
    return out


def _with_shared_scale(text: str, pair: list[Quantity]) -> list[Quantity]:
    """ "10 to 12 million": the first takes the scale of the second where it would else be a thousandth of it."""
    low, high = pair
    if not _SCALED.search(text[high.number.start : high.end].strip()) or low.value == 0 or low.number.form is not Form.DIGITS or high.value < low.value * 500:
        return pair
    for scale in (10**12, 10**9, 10**6, 10**3, 100):
        if high.value >= low.value * scale and high.value <= low.value * scale * 100:
            return [replace(low, value=_plain(low.value * scale)), high]
    return pair


def _inner_hedge(text: str, members: list[Quantity], index: int) -> Hedge | None:
    hedge = hedge_before(text, members[index].start)
    return hedge if hedge is not None and hedge.start >= members[index - 1].end else None


def _bound(text: str, members: list[Quantity], index: int) -> str:
    if len(members) == 1:
        return ""
    gap = text[members[0].end : members[1].start].strip().lower()
    if any(mark in gap for mark in ("±", "+/")):
        return "" if index == 0 else "tolerance"
    if len(members) == 2 and (gap in {"-", "–", "—", "−", "to", "‑", "‐", "up to"} or gap.startswith("to ") or _BETWEEN.search(text[max(0, members[0].start - 16) : members[0].start])):
        return "low" if index == 0 else "high"
    return "list"
