"""Numbers that are marks: of a footnote, a list item, a source in brackets, or a part of the word they touch."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.reasons import Aside

_MOST: Final = 200
"""No footnote, list item or source has a higher number than this."""
_LIST_WORDS = "The|This|These|In|At|It|If|An?|Where|When|We|There|For|Following|To|On|As|Under|By|From|With|You|Any|Each|Schools|Governors|However"
_ITEM_MARK: Final = re.compile(
    r"[\s•*·o-]*\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)](?=\s|$)|\s*\d{1,3}(?:\.\d{1,3}){1,4}\s|\s*\d{1,3}\s{2,}"
    rf"|\s*\d{{1,3}}\s(?=(?:{_LIST_WORDS})\s[a-z])"
)
_BRACKET: Final = re.compile(r"\[(?:\d{1,3}[a-z]?[\s,;–-]{1,3}){0,12}$")
_OPEN_LIST: Final = re.compile(r"\((?:\d{1,3}[\s,;–-]{1,2}){0,12}$")
_CLOSED_LIST: Final = re.compile(r"(?:[\s,;–-]{1,2}\d{1,3}){0,12}[)\]]")
_FOOTNOTE: Final = re.compile(
    r"[)\]}%]$|(?:[^\W\d_][’”\"')\]]{0,2}[.,;:!?][’”\"')]?|[^\W\d_][’”\"')\]]{1,2}|\w[.!?]\))$"
)
_PANEL: Final = re.compile(r"(\d{1,4})[A-Za-z]")
_NAME_BEFORE: Final = re.compile(r"[A-Za-z][^\W_]*[-‑/–−]$|[A-Za-z]\($")
_DOT_BEFORE: Final = re.compile(r"[A-Za-z]\.$")
_OPENS: Final = frozenset("(-–/$£€[")
COUNTED_BEHIND_HYPHEN: Final = "strong|member|person|people|pupil|bed|bedded|place|child|page|mile|pound|seat|home|woman|man|officer|school|student|plus"
_COMPOUND: Final = re.compile(rf"-(?=[A-Za-z])(?!(?:{COUNTED_BEHIND_HYPHEN})\b)", re.IGNORECASE)
"""A hyphen that makes a name of a number ("two-way"), not one that says what is counted ("40-member")."""
_PREFIX: Final = re.compile(r"(?:^|[^A-Za-z])(?:mid|pre|post|sub|under|over|non|top)-$", re.IGNORECASE)


def mark(text: str, quantity: Quantity) -> Aside | None:
    """Which mark the number is, or None."""
    number = quantity.number
    if number.form is Form.DOTTED:
        return Aside.REFERENCE
    bare = is_bare(text, quantity)
    if (
        bare
        and number.start < 12
        and number.form is Form.DIGITS
        and _opens_item(text, number.start, number.end)
    ):
        return Aside.LIST_NUMBER
    touching = _touching(text, quantity)
    if touching is not None:
        return touching
    left = text[max(0, number.start - 60) : number.start]
    if "[" in left and _BRACKET.search(left):
        return Aside.REFERENCE
    low = isinstance(number.value, int) and number.value < _MOST
    if (
        bare
        and low
        and "(" in left
        and _OPEN_LIST.search(left)
        and _CLOSED_LIST.match(text, number.end, number.end + 40)
    ):
        return Aside.REFERENCE
    return None


def is_bare(text: str, quantity: Quantity) -> bool:
    """Whether the number has no unit, or one letter touching it that may be a panel of a picture: 3C, 5B."""
    return quantity.sort is None or panel(text, quantity) is not None


def panel(text: str, quantity: Quantity) -> int | None:
    """The digits of "3C", "5B", "7p": a number and one letter, which may be a unit or a panel; else None."""
    match = _PANEL.fullmatch(text, quantity.start, quantity.end)
    return int(match[1]) if match else None


def _opens_item(text: str, start: int, end: int) -> bool:
    match = _ITEM_MARK.match(text)
    return (
        match is not None
        and match.start() <= start
        and match.end() >= end
        and bool(text[end : end + 40].strip(" .)"))
    )


def _touching(text: str, quantity: Quantity) -> Aside | None:
    """Marks and names that touch the number: 3D, MNI-152, t(39), year.1, 22/10a, two-way."""
    number, unitless = quantity.number, quantity.sort is None
    start, end = number.start, number.end
    if unitless and (number.glued or _COMPOUND.match(text, end)):
        return Aside.NAME
    if number.form not in {Form.DIGITS, Form.FRACTION} or start == 0:
        return None
    before = text[max(0, start - 12) : start]
    previous = before[-1]
    if quantity.money is None and _NAME_BEFORE.search(before) and not _PREFIX.search(before):
        return Aside.NAME
    if panel(text, quantity) is not None and _DOT_BEFORE.search(before):
        return Aside.NAME
    if not unitless:
        return None
    low = isinstance(number.value, int) and number.value < _MOST
    if low and not previous.isspace() and previous not in _OPENS and _FOOTNOTE.search(before[-5:]):
        return Aside.FOOTNOTE
    if text[end : end + 1] in {"/", "_"} and text[end + 1 : end + 2].isalnum():
        return Aside.NAME
    return None
