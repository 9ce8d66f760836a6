"""Shares with what they are of in their midst: "three carers in four", "one child in six", "nine schools out of ten"."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from almoner.pipeline.extract.figures.number import Form, Number
from almoner.pipeline.extract.figures.quantity import Quantity

_MIDST: Final = re.compile(
    r"\s(?P<counted>(?:[a-z][a-z’'-]+\s){1,3})(?P<how>in|out\sof)(?:\s(?:every|each))?\s", re.IGNORECASE
)
_NO_NOUN: Final = re.compile(
    r"\b(?:the|an?|were|was|are|is|had|has|have|and|or|of|to|for|on|at|by|from|with|per)\b", re.IGNORECASE
)
_CLOSES: Final = re.compile(
    r"\s*(?:$|[.,;:!?)”\"’–—]|(?:is|are|was|were|has|have|had|does|do|did|will|would|can|cannot|could|may|might|must|should|who|that|which|and|or|but|than"
    r"|in|on|at|by|since|from|over|during|across|before|after|between"
    r"|(?:said|say|says|told|tell|tells|felt|feel|feels|think|thinks|thought|believe|believes|believed|know|knows|knew|reported|report|reports|replied|answered"
    r"|agree|agrees|agreed|want|wants|wanted|need|needs|needed|live|lives|lived|experienced|experiences|suffered|suffers|received|receives|lost|missed"
    r"|struggle|struggles|struggled|gave|give|gives|took|take|takes|went|go|goes|got|get|gets|never|always|now|also|still|already))\b)",
    re.IGNORECASE,
)
"""What stands behind the second number where nothing is counted by it: "in four counties" counts counties."""
_MOST_IN: Final = 20
"""Above this only round numbers are a share's base: "three girls in 47" and the like are a slip or a list."""


def joined(text: str, printed: list[Quantity]) -> list[Quantity]:
    """The quantities, with two of them made one where they are a share. Time grows with their number."""
    found: list[Quantity] = []
    for quantity in printed:
        share = _share(text, found[-1], quantity) if found else None
        if share is not None:
            found[-1] = share
        else:
            found.append(quantity)
    return found


def counted_in(text: str) -> str | None:
    """What stands in the midst of a share as printed, or None: "carers" in "three carers in four"."""
    match = _MIDST.search(text)
    return match["counted"].strip() if match is not None else None


def _share(text: str, left: Quantity, right: Quantity) -> Quantity | None:
    above, below = left.value, right.value
    if not (isinstance(above, int) and isinstance(below, int) and 1 <= above < below):
        return None
    if left.sort or right.sort or left.bound or right.bound or right.hedge or right.start - left.end > 48:
        return None
    match = _MIDST.fullmatch(text, left.end, right.start)
    if match is None or _NO_NOUN.search(match["counted"]):
        return None
    if not _CLOSES.match(text, right.end, right.end + 16) or 1900 <= below <= 2100:
        return None
    if above > 1 and match["how"] == "in" and below > _MOST_IN and below % 5:
        return None
    number = Number(left.number.start, right.number.end, Fraction(above, below), Form.RATIO)
    return replace(
        left, end=right.end, number=number, value=Fraction(above, below), span=(left.span[0], right.span[1])
    )
