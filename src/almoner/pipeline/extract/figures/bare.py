"""Numbers without a unit that count nothing: scores, ratios 1:30, house numbers, sizes of files, lone cells."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.reasons import Aside
from almoner.pipeline.lines import vocabulary

_VAGUE_AFTER: Final = re.compile(r"\s(?:of|more|were|are|have|had)\b", re.IGNORECASE)
_SAYS_WHAT: Final = re.compile(r"[\s-](?:[^\W\d_]|[“‘\"'(])")
_PART_OF: Final = re.compile(r"\s?(?:of|the)\b")
_FILE: Final = re.compile(
    r"(?:\b|\d)(?:pdf|html|odt|ods|csv|docx?|word|excel|document|spreadsheet|[kmg]b)[,;:]\s$", re.IGNORECASE
)
_STREET: Final = re.compile(
    r"\s(?:[A-Z][\w'’-]*\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Place|Square|House|Court|Gardens|Drive|Close|Crescent|Terrace|Hill"
    r"|Row|Boulevard)\b|\sblock\sof\b"
)
_OF_MANY: Final = re.compile(
    r"\b(?:page|slide|part|sheet|image|photo)\s\d{1,4}\sof\s/?\s?$|\d\s/\s$|\bof\s/\s$", re.IGNORECASE
)
COUNTING: Final = vocabulary.words("""
    to from by of was were is are be been total totals totalled totalling reach reaches reached reaching hit number
    numbers numbered only just than with and or record recorded least all almost nearly over some the these those
    another further received made had have has
    """)
"""What stands before a number that counts something, though no noun follows."""
_COUNTS_BEFORE: Final = re.compile(rf"\b(?:{'|'.join(sorted(COUNTING))}|:)\s?$", re.IGNORECASE)
_COLON_BEFORE: Final = re.compile(r"\d:$")
_COLON_AFTER: Final = re.compile(r"\s?:\d")
_SCORE: Final = re.compile(r"\s?[-–]\s?(\d{1,2})\b")
_DAY_AND_MONTH: Final = re.compile(r"\d{1,2}/\d{1,2}")
_RANK_OR_PARENT: Final = re.compile(r"\btop\s$|\b(?:father|mother|mum|dad|parent)s?\sof\s$", re.IGNORECASE)
_GENERATION: Final = re.compile(r"\dG")


def counts_nothing(text: str, quantity: Quantity) -> Aside | None:
    """Why a number without a unit counts nothing, or None where it counts something."""
    number = quantity.number
    printed = text[number.start : number.end]
    left = text[max(0, quantity.start - 24) : quantity.start]
    if (
        _RANK_OR_PARENT.search(left)
        or _FILE.search(left)
        or _OF_MANY.search(left)
        or _GENERATION.fullmatch(printed)
    ):
        return Aside.NAME
    if number.form is Form.VAGUE:
        return None if _VAGUE_AFTER.match(text, number.end, number.end + 8) else Aside.BARE
    if number.form in {Form.FRACTION, Form.RATIO}:
        return _is_no_share(text, quantity, printed, left)
    if "/" in printed or (
        number.form is Form.DIGITS and _STREET.match(text, quantity.end, quantity.end + 60)
    ):
        return Aside.NAME
    if (
        number.value < 0
        or _COLON_BEFORE.search(left)
        or _COLON_AFTER.match(text, number.end, number.end + 3)
        or _is_score(text, quantity)
    ):
        return Aside.BARE
    if quantity.hedge is not None or _SAYS_WHAT.match(text, quantity.end, quantity.end + 4):
        return None
    grouped = "," in printed and number.value >= 1_000
    return None if grouped or _COUNTS_BEFORE.search(left[-14:]) else Aside.BARE


def _is_no_share(text: str, quantity: Quantity, printed: str, left: str) -> Aside | None:
    if "/" not in printed:
        return Aside.NAME if printed.lower() == "half" and left.lower().endswith(" in ") else None
    if quantity.hedge is not None or _PART_OF.match(text, quantity.end, quantity.end + 5):
        return None
    return Aside.DATE if _DAY_AND_MONTH.fullmatch(printed) else Aside.BARE


def _is_score(text: str, quantity: Quantity) -> bool:
    """ "3-2": a range that does not rise is none."""
    if quantity.bound != "low":
        return False
    high = _SCORE.match(text, quantity.number.end, quantity.number.end + 6)
    return high is not None and int(high[1]) <= quantity.number.value
