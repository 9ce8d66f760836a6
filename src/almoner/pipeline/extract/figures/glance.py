"""Whether a text can hold a figure at all, told without reading its numbers.

A list's rows are full of numbers that count nothing: days, years, references. Only what may count something is
read in full. What is passed over here is what the rest would set aside in any case: it passes over nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from typing import Final

from almoner.pipeline.extract.figures import currencies, hedges, lexicon, tokens
from almoner.pipeline.extract.figures.bare import COUNTING
from almoner.pipeline.extract.figures.marks import COUNTED_BEHIND_HYPHEN
from almoner.pipeline.extract.figures.multiples import VERBS
from almoner.pipeline.lines.glance import heads_of

_NUMBER: Final = re.compile(r"[\d¼½¾⅐-⅞]")
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_NAME: Final = r"\s(?!(?:MM|PC|[MG]g)\b)[A-Z][A-Za-z]"
_BEHIND: Final = rf"""
    ,\d\d  # 1,200
    |(?!(?:st|nd|rd|th)\b)[^\W\d_A-Z]  # 50p, 200k
    |[A-Z](?:[a-z]|[A-Z]{{2}})  # 50GBP
    |\s{{0,2}}(?:MM|[KMBGPX])(?![\w'’])|[\s-]?\s?(?:PC|[PpX])\b
    |\s\s?(?:[^\W\d_A-Z]|[“‘"'(])  # 40 pupils
    |\s[A-Z]
    |-(?i:(?:{COUNTED_BEHIND_HYPHEN}|p)\b)|-(?:[^\W\d_A-Za-z]|[“‘"'(])  # 40-member
"""
"""What stands behind the digit of a number that may count something."""
_CODED: Final = re.compile(r"\b(?:GBP|USD|EUR)\d")
_TELLING: Final = re.compile(
    # What has no group is read over: a year, a day or a reference before a name, digits within a word.
    rf"""(?<![\d.])(?<!\d,)(?:1[5-9]|2[01])\d\d(?={_NAME})
    |(?<![\w.,])(?<!\d[\s./-])(?:\d\d?/\d\d?/(?:\d{{4}}|\d\d)(?={_NAME})|\d\d?(?=\s{_MONTH}))
    |(?<![\d,.])(?<!\d\s)\d{{7,30}}(?={_NAME})(?!\s(?i:people|children|pupils|pounds|users|adults|women|men))
    |(?<!\S)(?<!\w\s)(?!(?:1[5-9]|2[01])\d\d-)[1-9]\d{{0,5}}-\d{{1,6}}(?={_NAME})
    |(?P<coded>{_CODED.pattern})
    |(?<!\d)[^\W\d]\d+  # no number: E2
    |(?P<counted>\d(?:{_BEHIND})|(?<=\w):\s?(?<!\d:)\d)""",
    re.VERBOSE,
)


_COUNTED: Final = re.compile(rf"\d(?:{_BEHIND})|:\s?\d", re.VERBOSE)
"""Without one of these, or a currency before a number, nothing counts: found fast, since all begin with a digit."""


@cache
def _numbers() -> frozenset[str]:
    """The heads of number words and multiples. A rank is a share only behind an article or another number."""
    return heads_of(" ".join({*tokens.WORDS, *VERBS} - lexicon.ORDINALS.keys()) + " halve twice thrice")


@cache
def _ranks() -> frozenset[str]:
    return heads_of(" ".join(lexicon.ORDINALS))


@cache
def _units() -> frozenset[str]:
    """The heads of currencies, and of units that a capital may begin."""
    return heads_of(
        " ".join(currencies.words())
        + " per percent pc points times fold hour day days night minute week grams grammes kilos kilograms tonnes tons"
        " milligrams litres liters millilitres pints gallons acres hectares ounces oz lbs lb calories"
    )


@cache
def _signs() -> re.Pattern[str]:
    """What stands beside an amount and is no letter or digit."""
    return re.compile(f"[{re.escape(currencies.marks() + hedges.MARKS)}%‰℃°+×¼½¾⅐-⅞]")


_LEADING: Final = hedges.LAST_WORDS | COUNTING
_LEADING_HEADS: Final = heads_of(" ".join(_LEADING))


@cache
def _led() -> re.Pattern[str]:
    words = "|".join(sorted(_LEADING, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\.?\s{{0,2}}\.?\d", re.IGNORECASE)


def may_count(text: str, seen: Set[str]) -> bool:
    """Whether a number in `text`, whose heads are `seen` (`lines.glance`), may count something."""
    if not _numbers().isdisjoint(seen) or ({"a", "an"} & seen and not _ranks().isdisjoint(seen)):
        return True
    if _NUMBER.search(text) is None:
        return False
    if not _units().isdisjoint(seen) or _signs().search(text) is not None:
        return True
    if (_COUNTED.search(text) is not None or _CODED.search(text) is not None) and any(
        match.lastgroup for match in _TELLING.finditer(text)
    ):
        return True
    return not _LEADING_HEADS.isdisjoint(seen) and _led().search(text) is not None
