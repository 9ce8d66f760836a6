"""Cuts a text into the pieces that numbers are made of: digits in all their spellings, and number words.

`tokens` is one pass of one expression over the text; nothing in it looks further than a few characters, so
it is linear. What the pieces mean together is decided in `grammar`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from almoner.pipeline.extract.figures import lexicon
from almoner.pipeline.lines import glance

Value = int | Fraction
"""An exact number. Whole ones are always `int`."""

_MAX_EXPONENT = 40


class Token(NamedTuple):
    """One piece. `kind` is digits, dotted, ratio, unit, ten, hundred, scale, dozen, part, ordinal or vague."""

    kind: str
    start: int
    end: int
    value: Value
    plural: bool = False
    glued: bool = False
    """A letter follows without a space: 29km, 14yrs."""


def plain(value: Value) -> Value:
    """The same number, as `int` where it is whole."""
    return value.numerator if value.denominator == 1 else value


WORDS: Final[dict[str, tuple[str, int]]] = {
    word: (kind, value)
    for kind, table in (
        ("unit", lexicon.UNITS),
        ("ten", lexicon.TENS),
        ("hundred", lexicon.HUNDREDS),
        ("scale", lexicon.SCALES),
        ("dozen", lexicon.DOZENS),
        ("part", lexicon.PARTS),
        ("ordinal", lexicon.ORDINALS),
        ("vague", {"tens": 10, "scores": 20}),
    )
    for word, value in table.items()
}
"""Every number word, with what it is a piece of and its value."""


def _trie(words: list[str]) -> str:
    """An expression for exactly these words that branches letter by letter: much faster than a flat list."""
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    optional = "" in branches
    branches.pop("", None)
    parts = [head + _trie(tails) for head, tails in sorted(branches.items())]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not optional else f"(?:{'|'.join(parts)})"
    return body + "?" if optional else body


_SPACE = "[ \u00a0\u2009\u202f]"


@cache
def _lexer() -> re.Pattern[str]:
    suffix = r"(?:MM|mm|mln|mil|mn|bln|bn|tln|tn|[kKMmbBG])(?![\w'’])"
    return re.compile(
        rf"""
        (?=[\d.¼½¾⅐-⅞])(?:(?P<dotted>(?<![\w.])\d{{1,9}}(?:\.\d{{1,9}}){{2,8}}(?!\w))
        |(?P<mixed>(?<![\w/.,])\d{{1,3}}\s{{1,2}}\d{{1,3}}/\d{{1,3}}(?![\w/])(?![.,]\d))
        |(?P<ratio>(?<![\w/])\d{{1,3}}/\d{{1,3}}(?![\w/])(?![.,]\d))
        |(?P<vulgar>(?<!\w)(?:\d{{1,3}}[ ]?)?[¼½¾⅐-⅞])
        |(?P<digits>(?:(?<!\w)(?<!\d\.)|(?<=\bGBP)|(?<=\bUSD)|(?<=\bEUR))
            (?P<literal>
                \d{{1,3}}(?:,\d{{3}}){{1,8}}(?!,?\d)(?:\.\d{{1,20}}(?!\.?\d))?
                |\d{{1,2}}(?:,\d{{2}}){{1,8}},\d{{3}}(?!,?\d)(?:\.\d{{1,20}}(?!\.?\d))?
                |\d{{1,3}}(?:\.\d{{3}}){{1,8}},\d{{1,2}}(?![\d.]\d|\d)
                |\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,8}}(?!{_SPACE}?\d)(?:\.\d{{1,20}}(?!\.?\d))?
                |\d{{1,30}}(?!\d)(?:\.\d{{1,20}}(?!\d))?
            )
            (?P<power>(?:[eE][+-]?\d{{1,3}}|[ ]?[x×][ ]?10[ ]?\^[ ]?[-−+]?\d{{1,3}}|\^[-+−]{{0,2}}\d{{1,3}})(?![\w^]))?
            (?P<suffix>\s{{0,2}}{suffix})?
         )
        |(?P<point>(?<![\w.])\.\d{{1,20}}(?!\w)(?!\.\d)))
        |(?P<word>\b(?i:{_trie(sorted(WORDS))})\b)
        """,
        re.VERBOSE,
    )


_BEGINS: Final = re.compile(r"[\d.¼½¾⅐-⅞]\d*")


def _found(text: str) -> Iterator[re.Match[str]]:
    """Where the lexer matches. In a text without number words only what digits begin can be a piece, and if not the
    first digit of a run begins one, no other does."""
    lexer = _lexer()
    if not WORDS.keys().isdisjoint(glance.words_of(text)):
        yield from lexer.finditer(text)
        return
    end = 0
    for begins in _BEGINS.finditer(text):
        at = max(begins.start(), end)
        match = lexer.match(text, at) if at < begins.end() else None
        if match is None and at == begins.start() and text[at] == ".":
            match = lexer.match(text, at + 1)
        if match is not None:
            end = match.end()
            yield match


def tokens(text: str) -> Iterator[Token]:
    """The pieces of numbers in `text`, in order, without overlaps."""
    for match in _found(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            word = match[0].lower()
            sort, value = WORDS[word]
            plural = word[-1] == "s" and sort not in {"unit", "ten"}
            yield Token(sort, start, end, value, plural)
        elif kind == "digits":
            yield from _digits(match, text)
        elif kind == "dotted":
            at = start
            for piece in match[0].split("."):
                yield Token("dotted", at, at + len(piece), int(piece))
                at += len(piece) + 1
        elif kind == "point":
            yield Token("digits", start, end, plain(Fraction("0" + match[0])))
        elif kind == "vulgar":
            last = Fraction(unicodedata.numeric(match[0][-1])).limit_denominator(100)
            before = match[0][:-1].strip()
            yield Token("ratio", start, end, plain(last + int(before) if before else last))
        else:
            *head, tail = match[0].split()
            above, below = tail.split("/")
            if int(below):
                yield Token(
                    "ratio", start, end, plain(sum(map(int, head)) + Fraction(int(above), int(below)))
                )


def _digits(match: re.Match[str], text: str) -> Iterator[Token]:
    literal, power, suffix = match["literal"], match["power"], match["suffix"]
    start, end = match.span()
    value = _literal(literal)
    if power is not None:
        powered = _power(value, power)
        if powered is None:
            return
        value = powered
    after = text[end : end + 3]
    if suffix is not None:
        by = _multiplier(suffix, text, end)
        if suffix == "b" and "." not in literal:
            by = None  # 1.2b, but Fig. 8b
        if by is None:
            end -= len(suffix)
            after = text[end : end + 3]
        else:
            value = plain(value * by)
    elif after[:2].lower() in {"st", "nd", "rd", "th"} and not after[2:].isalpha():
        return  # 4th: a rank or a date
    elif after[:1] == "s" and not after[1:2].isalnum():
        return  # 1990s, under-14s
    elif after[:2] in {"'s", "’s"}:
        return
    yield Token("digits", start, end, value, glued=after[:1].isalpha() or after[:1] == "_")


def _literal(printed: str) -> Value:
    if printed.isdigit():
        return int(printed)
    digits = re.sub(r"[\s,]", "", printed)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", printed):
        digits = printed.replace(".", "").replace(",", ".")
    return plain(Fraction(digits)) if "." in digits else int(digits)


def _power(base: Value, printed: str) -> Value | None:
    """`base` with an exponent: 1e10, 1.3x10^6, 2.5^-1. None where it is absurdly large."""
    exponent = int(
        re.sub(r"[+]", "", re.split(r"[eE^]", printed)[-1]).replace("−", "-").replace("--", "").strip() or 0
    )
    if abs(exponent) > _MAX_EXPONENT or (base == 0 and exponent < 0):
        return None
    if "^" in printed and "10" not in printed.split("^")[0]:
        return plain(Fraction(base) ** exponent)
    return plain(Fraction(base) * Fraction(10) ** exponent)


_MANY: Final = re.compile(
    r"-(?:strong|member|plus)|[\s-](?:people|children|users|pupils|followers|adults|families|homes|words|views|calls|visits|jobs|households|patients|members|followers|workers)\b"
)


def _multiplier(suffix: str, text: str, end: int) -> int | None:
    """What the letters behind digits multiply by; None where they are a unit (5 m, 20 mm, 10 K)."""
    letters = suffix.strip()
    spaced = len(letters) < len(suffix)
    if letters == "m" and not spaced and _MANY.match(text, end, end + 14):
        return 10**6
    if letters == "m" or (spaced and letters in {"mm", "K", "b", "B"}):
        return None
    return lexicon.SUFFIXES[letters.lower()]
