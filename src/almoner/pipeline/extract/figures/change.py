"""What a number is: a level, an average, a rate, or how much something rose or fell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.units import Sort


class Direction(StrEnum):
    """Which way something went."""

    RISE = "rise"
    FALL = "fall"


_RISE_VERBS = (
    r"ris(?:e|es|en|ing)|rose|increas(?:e|es|ed|ing)|up|grow(?:s|n|ing|th)?|grew|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|climb(?:s|ed|ing)?"
    r"|soar(?:s|ed|ing)?|gain(?:s|ed)?|spike[ds]?|leap(?:s|t|ed)?|rocket(?:s|ed)?|escalat(?:ed|ion)|uplift|uptick|swell(?:ed)?|higher"
)
_FALL_VERBS = (
    r"fall(?:s|en|ing)?|fell|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|drop(?:s|ped|ping)?|reduc(?:e|es|ed|ing|tions?)|down|cut(?:s|ting)?"
    r"|shr(?:a|i|u)nk(?:s|ing)?|lower(?:ed|ing)?|dip(?:s|ped)?|slump(?:s|ed)?|plunge[ds]?|plummet(?:s|ed)?|tumbled?|contract(?:ed|ion)|slid"
)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?P<rise>{_RISE_VERBS})|(?P<fall>{_FALL_VERBS}))\b", re.IGNORECASE)


_STRAIGHT: Final = re.compile(
    r"(?:\s(?:sharply|slightly|steadily|dramatically|significantly|further|again|only|just|overall|year[\s-]on[\s-]year|in\s\w+))?"
    r"\s(?:an?\s(?:(?:massive|staggering|record|huge|further)\s)?)?",
    re.IGNORECASE,
)
_BY: Final = re.compile(
    r"(?:(?!\b(?:to|from|and|but|while|which)\b)[^.;:!?()])*?\sby\s(?:an?\s)?", re.IGNORECASE
)
_OF: Final = re.compile(r"(?:\sin\s[^.;:!?()]{2,60}?)?,?\sof\s(?:an?\s)?", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        r"[\s-](?:(?:year-on-year|yearly|annual|overall|real[\s-]terms?|sharp|average|cash|further|point|rate|net|national)\s){0,2}"
        r"(?:(?P<rise>increases?|rises?|jump|growth|surge|uplift|hike|spike|upturn|uptick|higher|more(?!\slikely)|greater|up\b(?!\sto)|boost)"
        r"|(?P<fall>decreases?|falls?|drop|reductions?|declines?|cuts?|dip|slump|downturn|fewer|less(?!\slikely)|lower|down)"
        r"|(?P<odds>more\slikely|less\slikely))\b",
        re.IGNORECASE,
    )


_AVERAGE: Final = re.compile(
    r"\b(?:average(?:d|s)?|mean|median|typically|typical)\b[^.;:!?,]{0,40}$", re.IGNORECASE
)
_AVERAGE_WIDE: Final = re.compile(r"\bon\saverage\b[^.;!?]{0,80}$", re.IGNORECASE)
_AVERAGE_AFTER: Final = re.compile(r"[^.;:!?,]{0,40}?\son\saverage\b", re.IGNORECASE)
_RATE: Final = re.compile(
    r"(?:[\s-][a-z][\w’'-]*){0,4}?[\s,-]+(?P<rate>(?:each|every|per|an?)\s(?:head|capita|person|pupil|child|year|month|week|day|night|hour|minute|quarter|term|household"
    r"|\d[\d,]*(?:\s[a-z]+){0,2}|thousand|hundred|hundred\sthousand|million(?:\s[a-z]+)?)|annually|yearly|monthly|weekly|daily|hourly|nightly"
    r"|pa|p\.a\.|per\sannum)\b",
    re.IGNORECASE,
)
_ADJECTIVES: Final = {
    "annually": "per year", "yearly": "per year", "monthly": "per month", "weekly": "per week", "daily": "per day", "hourly": "per hour",
    "nightly": "per night", "pa": "per year", "p.a.": "per year", "per annum": "per year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sense:
    """`of` is "change", "average", "per month" …, or None for a plain level; `direction` where it rose or fell."""

    of: str | None = None
    direction: Direction | None = None


def sense(text: str, quantity: Quantity, clause: tuple[int, int]) -> Sense:
    """What the quantity measures, from the words around it in its sentence (`clause` is the sentence's span)."""
    start = quantity.span[0]
    if quantity.sort is Sort.TIMES:
        return Sense("average") if _is_average(text, quantity, clause) else Sense()
    left = text[max(clause[0], start - 110) : start]
    from_to = text[start : start + 5].lower() == "from "
    direction = (None if from_to else _change_before(left, quantity)) or _change_after(
        text, quantity, clause[1]
    )
    if direction is not None:
        return Sense("change", direction)
    if quantity.sort is Sort.POINTS:
        return Sense("change")
    rate = _RATE.match(text, quantity.end, min(clause[1], quantity.end + 70))
    if rate is not None and not (
        quantity.sort is Sort.PERCENT and rate["rate"].lower().startswith(("a ", "an "))
    ):
        return Sense(_named(rate["rate"]))
    return Sense("average") if _is_average(text, quantity, clause) else Sense()


def _is_average(text: str, quantity: Quantity, clause: tuple[int, int]) -> bool:
    left = text[max(clause[0], quantity.start - 110) : quantity.start]
    return bool(
        _AVERAGE.search(left[-60:])
        or _AVERAGE_WIDE.search(left)
        or _AVERAGE_AFTER.match(text, quantity.span[1], min(clause[1], quantity.span[1] + 60))
    )


def _named(rate: str) -> str:
    words = " ".join(rate.lower().split())
    if words in _ADJECTIVES:
        return _ADJECTIVES[words]
    head, _, rest = words.partition(" ")
    return f"per {rest}" if head in {"each", "every", "a", "an", "per"} else words


def _change_before(left: str, quantity: Quantity) -> Direction | None:
    """Rise or fall, where the last verb or noun of change before the quantity leads to it."""
    verbs = list(_verbs().finditer(left))
    if not verbs:
        return None
    last = verbs[-1]
    between, word = left[last.end() :], last[0].lower()
    amount = quantity.sort in {Sort.PERCENT, Sort.POINTS, Sort.MONEY} or quantity.number.form is Form.FRACTION
    straight = amount and word not in {"higher", "gain", "gains", "lower"} and _STRAIGHT.fullmatch(between)
    if straight or _BY.fullmatch(between) or (word[-1] not in "d" and _OF.fullmatch(between)):
        return Direction.RISE if last["rise"] else Direction.FALL
    return None


def _change_after(text: str, quantity: Quantity, limit: int) -> Direction | None:
    match = _after().match(text, quantity.end, min(limit, quantity.end + 60))
    if match is None:
        return None
    word = (match["rise"] or match["fall"] or "").lower()
    counted = quantity.sort is None and quantity.number.form.value in {"digits", "words"}
    if match["odds"]:
        return Direction.RISE if match["odds"].lower().startswith("more") else Direction.FALL
    if counted and word not in {"fewer", "less"}:
        return None  # "40 more pupils" is forty pupils; "200 cuts" is a count
    if quantity.sort is Sort.MONEY and word in {"more", "up", "down"}:
        return None
    return Direction.RISE if match["rise"] else Direction.FALL
