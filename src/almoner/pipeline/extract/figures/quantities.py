"""The raw layer: every quantity that a text prints, with what it forms a range or a list with.

Ages, dates and durations are quantities here; `aside` says which of them measure nothing for a reader.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise
from typing import Final

from almoner.pipeline.extract.figures.dressing import dressed
from almoner.pipeline.extract.figures.grammar import numbers
from almoner.pipeline.extract.figures.hedges import Hedge, hedge_after, hedge_before, time_before
from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.tokens import plain
from almoner.pipeline.extract.figures.units import Sort

MOST_NUMBERS: Final = 5_000
"""A block with more numbers is data, not prose: the rest of it is not read (and a finding says so)."""
_MOST_MEMBERS: Final = 16
_GAP: Final = 24
_BETWEEN: Final = re.compile(
    r"\b(between|from|both|either|ranging\sfrom|ranges?\s(?:from|of))\s+(?:the\s)?$", re.IGNORECASE
)
_JOIN: Final = re.compile(
    r"(?P<dash>\s?[-–—−‑‐]\s?)|(?P<to>\s(?:and\s)?(?:up\s)?to\s(?:the\s|about\s|around\s|as\s(?:high|many)\sas\s)?)"
    r"|(?P<word>,?\s(?:and|or)\s)|(?P<comma>,\s?)|(?P<tolerance>\s?(?:±|\+/-|\+/−)\s?)|(?P<by>\s?[×x]\s?)|(?P<slash>\s?/\s?)",
    re.IGNORECASE,
)
_RISING: Final = re.compile(r"[-–—−‑‐]|(?:and\s)?(?:up\s)?to(?:\s.*)?", re.IGNORECASE)
_RATE: Final = re.compile(r"\sper\s(?:[a-z]{2,12}|\d[\d,]{2,9})\b")
_SCALED: Final = re.compile(
    r"(?:hundred|thousand|million|billion|trillion|(?<=\d)\s?(?:m|k|bn))$", re.IGNORECASE
)
_YEARLIKE: Final = re.compile(r"(?:1[5-9]|20|21)\d\d")
_AGED: Final = re.compile(r"\b(?:aged?|ages)\s$", re.IGNORECASE)
_UNCOUNTED: Final = frozenset({Form.VAGUE, Form.DOTTED})
_MEASURES: Final = frozenset({Sort.MEASURE, Sort.LENGTH, Sort.TIME})


def numbers_beyond_limit(text: str) -> bool:
    """Whether `text` has more numbers than `quantities` reads."""
    return next(islice(numbers(text), MOST_NUMBERS, None), None) is not None


def quantities(text: str) -> list[Quantity]:
    """Every quantity in `text`, in order, without overlaps; values as printed, nothing set aside."""
    single = dressed(text, islice(numbers(text), MOST_NUMBERS))
    found: list[Quantity] = []
    at = 0
    while at < len(single):
        upto = _end(text, single, at)
        found.extend(_closed(text, single[at:upto]))
        at = upto
    return found


def _end(text: str, single: list[Quantity], at: int) -> int:
    """Where the expression that starts with the quantity at `at` ends: behind a range or a list, or at once."""
    upto = at + 1
    while upto < len(single) and upto - at < _MOST_MEMBERS and _joined(text, single[upto - 1], single[upto]):
        upto += 1
    if upto - at == 1 or _holds(text, single[at:upto]):
        return upto
    pair = single[at : at + 2]
    return at + 2 if _gap(text, *pair) != "," and _holds(text, pair) else at + 1


def _gap(text: str, left: Quantity, right: Quantity) -> str:
    return text[left.end : right.start].strip().lower()


def _joined(text: str, left: Quantity, right: Quantity) -> bool:
    """Whether two neighbours may be members of one range or list."""
    if right.start - left.end > _GAP or left.number.form in _UNCOUNTED or right.number.form in _UNCOUNTED:
        return False
    match = _JOIN.fullmatch(text, left.end, right.start)
    if match is None:
        hedge = hedge_before(text, right.start)
        match = (
            _JOIN.fullmatch(text, left.end, hedge.start)
            if hedge is not None and hedge.start > left.end
            else None
        )
    how = match.lastgroup if match is not None else None
    alike = left.sort is None or left.sort == right.sort
    if how in {"dash", "to"} and left.money is not None and right.sort is None:
        return how == "dash" or bool(_SCALED.search(text[right.start : right.end]))  # £10-15 million
    if how in {"dash", "to", "tolerance"}:
        return alike and (right.sort is not None or left.sort is None)
    if how == "by":
        return alike
    if how == "word":
        between = _BETWEEN.search(text[max(0, left.start - 16) : left.start])
        return alike if between else _share_unit(left, right)
    return how == "comma" and (left.sort is None or _share_unit(left, right))


def _share_unit(left: Quantity, right: Quantity) -> bool:
    """Whether two neighbours in a list have one unit: "60 or 63 mm", "6 kg and 13 kg"."""
    if left.unit is not None and right.unit is not None:
        return left.unit.name == right.unit.name and left.sort in _MEASURES
    return left.sort is None and right.sort not in (None, Sort.TIMES)


def _holds(text: str, members: list[Quantity]) -> bool:
    """Whether the members really belong together: "5, 10 and 15%" do, "in 2019, 14%" and "aged 12, 14%" do not."""
    gaps = [_gap(text, left, right) for left, right in pairwise(members)]
    first, last = members[0], members[-1]
    if "," in gaps and (last.sort is None or not ("and" in gaps[-1] or "or" in gaps[-1])):
        return False
    if last.sort in _MEASURES or first.sort is not None or last.sort is None:
        return True
    years = any(_YEARLIKE.fullmatch(text[member.start : member.end]) for member in members[:-1])
    return not years and not _AGED.search(text[max(0, first.start - 12) : first.start])


def _closed(text: str, members: list[Quantity]) -> list[Quantity]:
    """The members of one expression with their common unit, their hedges, bounds and span."""
    first, last = members[0], members[-1]
    before, behind = hedge_before(text, first.start), hedge_after(text, last.end)
    span = _span(text, members, before, behind)
    if len(members) == 1:
        return [first.closed(before or behind, span)]
    lender = last if last.sort is not None else first
    closed: list[Quantity] = []
    for index, member in enumerate(members):
        hedge = before if index == 0 else _own_hedge(text, members[index - 1], member)
        if hedge is None and member is last:
            hedge = behind
        if member.sort is None and lender.sort is not None:
            size = lender.money.size if lender.money is not None else 1
            member = replace(member, unit=lender.unit, money=lender.money, value=plain(member.value * size))
        closed.append(replace(member, hedge=hedge, span=span, bound=_bound(text, members, index)))
    return _with_shared_scale(text, *closed) if closed[0].bound == "low" else closed


def _span(text: str, members: list[Quantity], before: Hedge | None, behind: Hedge | None) -> tuple[int, int]:
    start, end = members[0].start, members[-1].end
    if before is not None:
        outer = hedge_before(text, before.start)
        start = before.start if outer is None else outer.start
    between = _BETWEEN.search(text[max(0, start - 16) : start]) if len(members) > 1 else None
    if between is not None and between[1].lower() not in {"both", "either"}:
        start = max(0, start - 16) + between.start(1)
    elif before is None and members[0].sort is Sort.TIME:
        placed = time_before(text, start)
        start = start if placed is None else placed
    if behind is not None:
        end = behind.end
    rate = _RATE.match(text, end, end + 30) if text.startswith("per", end + 1) else None
    return start, end if rate is None else rate.end()


def _own_hedge(text: str, previous: Quantity, member: Quantity) -> Hedge | None:
    hedge = hedge_before(text, member.start)
    return hedge if hedge is not None and hedge.start >= previous.end else None


def _bound(text: str, members: list[Quantity], index: int) -> str:
    """ "low" and "high" in a range of two, "tolerance" behind ±, else "list"."""
    gap = _gap(text, members[0], members[1])
    if "±" in gap or "+/" in gap:
        return "" if index == 0 else "tolerance"
    start = members[0].start
    if len(members) == 2 and (_RISING.fullmatch(gap) or _BETWEEN.search(text[max(0, start - 16) : start])):
        return "low" if index == 0 else "high"
    return "list"


def _with_shared_scale(text: str, low: Quantity, high: Quantity) -> list[Quantity]:
    """ "10 to 12 million": the first takes the scale of the second where it would else be a thousandth of it."""
    scaled = _SCALED.search(text[high.number.start : high.end].strip())
    if not scaled or low.value == 0 or low.number.form is not Form.DIGITS or high.value < low.value * 500:
        return [low, high]
    for scale in (10**12, 10**9, 10**6, 10**3):
        if low.value * scale <= high.value <= low.value * scale * 100:
            return [replace(low, value=plain(low.value * scale)), high]
    return [low, high]
