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
from almoner.pipeline.extract.figures.multiples import HEADS
from almoner.pipeline.lines import vocabulary

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
_FOLLOWED: Final = re.compile(_BEHIND, re.VERBOSE)
_PASSED: Final = re.compile(
    # A year, a day or a reference before a name.
    rf"""(?<![\d.])(?<!\d,)(?:1[5-9]|2[01])\d\d(?={_NAME})
    |(?<![\w.,])(?<!\d[\s./-])(?:\d\d?/\d\d?/(?:\d{{4}}|\d\d)(?={_NAME})|\d\d?(?=\s{_MONTH}))
    |(?<![\d,.])(?<!\d\s)\d{{7,30}}(?={_NAME})(?!\s(?i:people|children|pupils|pounds|users|adults|women|men))
    |(?<!\S)(?<!\w\s)(?!(?:1[5-9]|2[01])\d\d-)[1-9]\d{{0,5}}-\d{{1,6}}(?={_NAME})""",
    re.VERBOSE,
)
_DIGITS: Final = re.compile(r"\d+")
_CODES: Final = frozenset({"GBP", "USD", "EUR"})
"""Currencies that may touch their amount."""


@cache
def _numbers() -> frozenset[str]:
    """Number words, and the heads of multiples. A rank is a share only behind an article or another number."""
    return HEADS | tokens.WORDS.keys() - lexicon.ORDINALS.keys()


@cache
def _units() -> frozenset[str]:
    """Currencies, and units that a capital may begin."""
    return currencies.words() | vocabulary.words("""
        per percent percents percentage percentages pc point points times fold hour hours hourly day days night nights
        minute minutes week weeks gram grams gramme grammes kilo kilos kilogram kilograms kilogramme kilogrammes
        tonne tonnes ton tons milligram milligrams litre litres liter liters millilitre millilitres milliliter
        milliliters pint pints gallon gallons acre acres hectare hectares ounce ounces oz lb lbs calories
        """)


@cache
def _signs() -> re.Pattern[str]:
    """What stands beside an amount and is no letter or digit."""
    return re.compile(f"[{re.escape(currencies.marks() + hedges.MARKS)}%‰℃°+×¼½¾⅐-⅞]")


_LEADING: Final = hedges.LAST_WORDS | COUNTING
_LED: Final = re.compile(r"([A-Za-z]+)\.?\s{0,2}\.?\Z")
_LONGEST_LEAD: Final = max(map(len, _LEADING)) + 5
"""Characters of such a word with what may stand between it and its number."""


def may_count(text: str, seen: Set[str]) -> bool:
    """Whether a number in `text`, whose words and heads are `seen` (`lines.glance`), may count something."""
    if not _numbers().isdisjoint(seen) or (
        {"a", "an"} & seen and not lexicon.ORDINALS.keys().isdisjoint(seen)
    ):
        return True
    if _NUMBER.search(text) is None:
        return False
    if not _units().isdisjoint(seen) or _signs().search(text) is not None:
        return True
    return _counts(text) or (not _LEADING.isdisjoint(seen) and _is_led(text))


def _counts(text: str) -> bool:
    """Whether something that may be counted stands behind a number, or a colon or a currency right before it."""
    until = 0
    for run in _DIGITS.finditer(text):
        start, end = run.span()
        if start < until:
            continue
        if start:
            before, further = text[start - 1], text[start - 2 : start - 1]
            if _is_word(before):
                if text[max(0, start - 3) : start] in _CODES and not _is_word(text[start - 4 : start - 3]):
                    return True
                if not further.isdecimal():
                    continue  # no number: E2
            elif before == ":":
                if _is_word(further) and not further.isdecimal():
                    return True
            elif further == ":" and before.isspace() and start > 2 and _is_word(text[start - 3]):
                return True
        passed = _PASSED.match(text, start)
        if passed is not None:
            until = passed.end()
        elif _FOLLOWED.match(text, end) is not None:
            return True
    return False


def _is_word(letter: str) -> bool:
    """Whether it is a letter, a digit or what else a word has."""
    return letter.isalnum() or letter == "_"


def _is_led(text: str) -> bool:
    """Whether a word that leads up to an amount stands right before a number."""
    for run in _DIGITS.finditer(text):
        start = run.start()
        word = _LED.search(text, max(0, start - _LONGEST_LEAD), start)
        if word is not None and word[1].lower() in _LEADING:
            return True
    return False
