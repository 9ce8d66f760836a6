"""Money as it is printed: signs, ISO 4217 codes and names, with their small coins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Money:
    """A currency and how many of its main unit one printed unit is (a penny is 1/100 of GBP)."""

    code: str
    size: Fraction = Fraction(1)


# Code: signs that stand before or after an amount; names, singular (an "s" may follow).
_CURRENCIES: Final = {
    "GBP": ("£ ￡", "pound|pound sterling|pounds sterling|british pound|uk pound|quid"),
    "USD": (
        "$ US$ USD$ U.S.$ u.s$ us$",
        "dollar|us dollar|u.s. dollar|american dollar|united states dollar|buck",
    ),
    "EUR": ("€", "euro"),
    "CAD": ("C$ CA$ CAD$", "canadian dollar"),
    "AUD": ("A$ AU$ AUD$", "australian dollar"),
    "NZD": ("NZ$ NZD$", "new zealand dollar"),
    "HKD": ("HK$", "hong kong dollar"),
    "MXN": ("MXN$ Mex$", "mexican peso|peso"),
    "JPY": ("¥ ￥ JP¥", "yen|japanese yen"),
    "CNY": ("CN¥ 元", "yuan|chinese yuan|renminbi|rmb|kuai"),
    "INR": ("₹ Rs", "rupee|indian rupee"),
    "LKR": ("ரூ", "sri lankan rupee"),
    "CHF": ("", "swiss franc|franc"),
    "SEK": ("", "swedish krona|krona|kronor"),
    "NOK": ("", "norwegian krone|krone|kroner"),
    "DKK": ("", "danish krone"),
    "PLN": ("zł", "zloty"),
    "RUB": ("₽", "rouble|ruble"),
    "TRY": ("₺", "lira|turkish lira"),
    "ZAR": ("", "rand"),
    "NGN": ("₦", "naira"),
    "KRW": ("₩", "won|korean won"),
    "UAH": ("₴", "hryvnia"),
    "ILS": ("₪", "shekel"),
    "THB": ("฿", "baht"),
    "VND": ("₫", "dong"),
    "CRC": ("₡", "costa rican colón|colón"),
    "GEL": ("₾", "georgian lari|lari"),
    "LAK": ("₭", "lao kip|kip"),
    "ESP": ("", "peseta"),
    "NLG": ("", "dutch guilder|guilder"),
    "FIM": ("", "finnish markka|markka"),
    "FRF": ("", "french franc"),
    "DEM": ("", "deutschmark|deutsche mark"),
    "XBT": ("₿", "bitcoin|btc"),
}
_COINS: Final = {
    "penny": "GBP", "pence": "GBP", "pennies": "GBP", "p": "GBP",
    "cent": "USD", "cents": "USD",
    "satoshi": "XBT", "satoshis": "XBT",
}  # fmt: skip
_PREFIX_ONLY: Final = {"dollar": "USD", "rmb": "CNY", "btc": "XBT"}


def _signs() -> dict[str, str]:
    return {sign: code for code, (signs, _) in _CURRENCIES.items() for sign in signs.split()}


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {code.lower(): code for code in _CURRENCIES}
    names.update({f"m{code.lower()}": code for code in _CURRENCIES})
    for code, (_, listed) in _CURRENCIES.items():
        for name in listed.split("|"):
            names[name] = names[f"{name}s"] = code
    return names


@cache
def _before() -> re.Pattern[str]:
    signs = "|".join(
        re.escape(sign).replace(r"\$", r"\s?\$") for sign in sorted(_signs(), key=len, reverse=True)
    )
    codes = "|".join(_CURRENCIES)
    words = "|".join(_PREFIX_ONLY)
    return re.compile(
        rf"(?:(?<![\w$£€])(?P<million>M)?(?P<code>{codes})\$?|(?<![A-Za-z])(?P<sign>{signs})|(?<!\w)(?P<word>(?i:{words})))\s?$",
        re.IGNORECASE,
    )


@cache
def _codes() -> frozenset[str]:
    """What may stand before an amount and ends with a letter."""
    codes = (
        {code.lower() for code in _CURRENCIES}
        | set(_PREFIX_ONLY)
        | {sign.lower() for sign in _signs() if sign[-1].isalpha()}
    )
    return frozenset(codes | {f"m{code}" for code in codes})


def marks() -> str:
    """The characters that only a sign has: neither letters nor digits nor stops, each once."""
    return "".join(sorted({letter for sign in _signs() for letter in sign if not letter.isalnum()} - {"."}))


def words() -> frozenset[str]:
    """The last words of all names of currencies, their codes and coins: one stands in each amount without a sign."""
    return _codes() | {name.split()[-1] for name in _names()} | frozenset(_COINS) - {"p"}


@cache
def _after() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(_signs(), key=len, reverse=True) if len(sign) < 3)
    names = "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))
    coins = "|".join(sorted(_COINS, key=len, reverse=True))
    return re.compile(
        rf"(?:(?:[\s-]\s?|(?<=\d))(?P<name>{names})(?!\w)|\s?(?P<sign>{signs})(?![\w\d])|\s?(?P<p>(?<=\d)p(?!\w|\.\s?\d))"
        rf"|[\s-]\s?(?P<coin>{coins})(?!\w))(?P<scale>\s(?:thousand|million|billion|trillion)\b)?",
        re.IGNORECASE,
    )


_CLOSES: Final = frozenset({"", *".,;:!?)]|/"})
"""Behind a number that is followed by one of these stands no currency."""
_NEXT_WORD: Final = re.compile(r"[\s-]\s?([^\W\d_]+)")


@cache
def _first_words() -> frozenset[str]:
    """The letters with which the names and coins behind an amount begin, and the signs that are made of letters."""
    return frozenset(
        found[0].lower()
        for name in (*_names(), *_COINS, *_signs())
        if (found := re.match(r"[^\W\d_]+", name)) is not None
    )


@cache
def _sign_ends() -> frozenset[str]:
    return frozenset(sign[-1] for sign in _signs())


_LETTERS: Final = re.compile(
    r"\s?(?P<letters>k|m|mn|bn|b|tn|million|billion|trillion|thousand)\b", re.IGNORECASE
)
_LETTER_VALUES: Final = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9,
    "billion": 10**9, "tn": 10**12, "trillion": 10**12,
}  # fmt: skip


def before(text: str, start: int) -> tuple[int, Money] | None:
    """The currency that stands directly before the number at `start`: where it starts, and which."""
    window = max(0, start - 10)
    left = text[window:start].rstrip()
    if (
        not left
        or (left[-1].isalpha() and left.split()[-1].lower().lstrip("(") not in _codes())
        or left[-1].isdigit()
        or not (left[-1].isalpha() or left[-1] in _sign_ends())
    ):
        return None
    match = _before().search(text[window:start])
    if match is None:
        return None
    if match["code"]:
        code = match["code"].upper()
        if match["code"].islower() and not text[:start].islower():
            return None  # "try 10", not TRY 10
        return window + match.start(), Money(code, Fraction(10**6 if match["million"] else 1))
    if match["word"]:
        return window + match.start(), Money(_PREFIX_ONLY[match["word"].lower()])
    sign = re.sub(r"\s", "", match["sign"])
    if sign == "a$":  # an article before a dollar sign
        return start - (start - window - match.start("sign")) + match["sign"].index("$"), Money("USD")
    table = {key.lower(): code for key, code in _signs().items()}
    return window + match.start(), Money(table[sign.lower()])


def after(text: str, end: int) -> tuple[int, Money] | None:
    """The currency that stands directly behind the number that ends at `end`: where it ends, and which."""
    if text[end : end + 1] in _CLOSES:
        return None
    word = _NEXT_WORD.match(text, end, end + 40)
    if word is not None and word[1].lower() not in _first_words():
        return None
    match = _after().match(text, end, end + 40)
    if match is None:
        return None
    scale = _LETTER_VALUES[match["scale"].strip().lower()] if match["scale"] else 1
    if match["p"]:
        return match.end(), Money("GBP", Fraction(1, 100))
    if match["coin"]:
        return match.end(), Money(_COINS[match["coin"].lower()], Fraction(scale, 100))
    if match["sign"]:
        table = {key.lower(): code for key, code in _signs().items()}
        return match.end(), Money(table[match["sign"].lower()], Fraction(scale))
    name = match["name"]
    if len(name) <= 3 and name.lower() in {"try", "all", "won"} and not name.isupper():
        return None
    million = len(name) == 4 and name[0] in "Mm" and name[1:].upper() in _CURRENCIES
    return match.end(), Money(_names()[name.lower()], Fraction(scale * (10**6 if million else 1)))


def letters(text: str, end: int) -> tuple[int, int] | None:
    """A multiplying letter behind an amount that has a sign before it (£5m): where it ends, and by how much."""
    match = _LETTERS.match(text, end, end + 12)
    return (match.end(), _LETTER_VALUES[match["letters"].lower()]) if match else None
