"""What the pieces of a chain say together: "one hundred and three and two thirds", "half a dozen", "1 in 8".

How pieces add up follows English reading, with "and" before a fraction as the seam of a mixed number. Ordinals
("the twenty-third") and "one" as a pronoun are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from almoner.pipeline.extract.figures import lexicon, parts
from almoner.pipeline.extract.figures.cardinals import read_cardinal
from almoner.pipeline.extract.figures.chain import Chain, chains
from almoner.pipeline.extract.figures.number import Form, Number
from almoner.pipeline.extract.figures.parts import TIME_OR_PERCENT, Reading
from almoner.pipeline.extract.figures.tokens import Token, Value, plain

_PLAIN_KINDS: Final = frozenset({"hundred", "scale", "dozen"})
"""Words that need a number or an article before them."""
_WITH_ARTICLE: Final = _PLAIN_KINDS | {"part", "ordinal"}
_RANK_BEFORE: Final = re.compile(
    r"\b(?:the|this|that|which|each|every|any|no|only|last|next|another|either|neither|some)\s*$|-\s*$",
    re.IGNORECASE,
)
_PRONOUN_AFTER: Final = re.compile(r"\s|$|[^\w\s-]")
_ARTICLE: Final = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
_MINUS_WORD: Final = re.compile(r"\b(?:minus|negative)\s+$", re.IGNORECASE)
_MINUS_SIGN: Final = re.compile(r"(?:^|[\s(\[=~∼<>≥≤])[-−–]$")
_ENDS: Final = re.compile(r"\s*(?:$|[.?!,;])")


def numbers(text: str) -> Iterator[Number]:
    """Every number in `text`, in order, without overlaps."""
    for chain in chains(text):
        first = chain.pieces[0]
        if first.kind == "digits" and len(chain.pieces) == 1:  # most are no more than this
            yield _made(chain, 0, Reading(first.value, 1, Form.DIGITS))
            continue
        at = 0
        while at < len(chain.pieces):
            read = _read(chain, at)
            if read is not None and read.value is not None:
                yield _made(chain, at, read)
            at = read.next if read is not None else at + 1


def _read(chain: Chain, at: int) -> Reading | None:
    """The number that starts with the piece at `at`, or None where none does."""
    first = chain.pieces[at]
    if first.kind == "dotted":
        return Reading(first.value, at + 1, Form.DOTTED)
    if first.kind == "ordinal":
        return parts.lone_ordinal(chain, at, _article(chain, first) is not None)
    if first.kind == "part":
        return parts.lone_part(chain, at, _article(chain, first) is not None)
    if first.kind == "ratio":
        return parts.literal(chain, at)
    if first.kind == "vague" or (first.plural and first.kind in _PLAIN_KINDS):
        return _vague(chain, at)
    if first.kind in _PLAIN_KINDS and _article(chain, first) is None and not chain.isa(at + 1, "scale"):
        return None
    read = parts.with_fraction(chain, at, read_cardinal(chain, at))
    if read.value is None:
        return read
    if read.form is Form.WORDS and chain.linked(read.next, "point") and chain.isa(read.next, "unit", "ten"):
        read = _decimals(chain, read.value, read.next)
    if read.form is not Form.FRACTION and isinstance(read.value, int):
        ratio = _ratio(chain, at, read.value, read.next)
        if ratio is not None:
            return ratio
    if read.next == at + 1 and first.kind == "unit" and first.value == 1 and _is_pronoun(chain, first):
        return None
    return read


def _made(chain: Chain, at: int, read: Reading) -> Number:
    first, last = chain.pieces[at], chain.pieces[read.next - 1]
    value: Value = read.value if read.value is not None else 0
    start = first.start
    if read.form is not Form.VAGUE and first.kind in _WITH_ARTICLE:
        article = _article(chain, first)
        start = article if article is not None else start
    sign = _sign(chain, start, first)
    return Number(
        start if sign is None else sign, last.end, value if sign is None else -value, read.form, last.glued
    )


def _article(chain: Chain, token: Token) -> int | None:
    """Where an "a" or "an" before this piece starts."""
    before = chain.before(token.start, 12)
    match = _ARTICLE.search(before)
    return token.start - len(before) + match.start(1) if match else None


def _sign(chain: Chain, start: int, first: Token) -> int | None:
    """Where a minus before the number starts, or None."""
    before = chain.before(start, 10)
    word = _MINUS_WORD.search(before) if before.rstrip().lower().endswith(("minus", "negative")) else None
    if word:
        return start - len(before) + word.start()
    is_signed = (
        first.kind in {"digits", "ratio"} and before[-1:] in {"-", "−", "–"} and _MINUS_SIGN.search(before)
    )
    return start - 1 if is_signed else None


def _is_pronoun(chain: Chain, token: Token) -> bool:
    """Whether "one" stands for somebody or something: "the one", "which one", "no one"."""
    in_words = not chain.text[token.start].isdigit()
    return in_words and bool(
        _RANK_BEFORE.search(chain.before(token.start)) and _PRONOUN_AFTER.match(chain.after(token.end))
    )


def _vague(chain: Chain, at: int) -> Reading | None:
    """ "hundreds of", "tens of thousands of"."""
    first = chain.pieces[at]
    word = chain.text[first.start : first.end].lower()
    if word not in lexicon.VAGUE or (
        first.kind == "vague" and not chain.after(first.end).lower().startswith(" of ")
    ):
        return None  # "test scores" count nothing
    value, following = lexicon.VAGUE[word], at + 1
    while chain.linked(following, "of") and chain.isa(following, "scale") and chain.pieces[following].plural:
        value, following = value * int(chain.pieces[following].value), following + 1
    return Reading(value, following, Form.VAGUE)


def _decimals(chain: Chain, value: Value, index: int) -> Reading:
    """ "point nought four": the digits behind the point, read out one by one or as one number."""
    digits = ""
    at = index
    while chain.isa(at, "unit", "ten") and (at == index or chain.linked(at, "space", "hyphen")):
        token = chain.pieces[at]
        completes_ten = at > index and chain.pieces[at - 1].kind == "ten" and 0 < token.value < 10
        digits = digits[:-1] + str(token.value) if completes_ten else digits + str(token.value)
        at += 1
    return Reading(plain(value + Fraction(int(digits), 10 ** len(digits))), at, Form.WORDS)


def _ratio(chain: Chain, at: int, above: int, following: int) -> Reading | None:
    """ "one in eight", "9 out of 10", "one over three"."""
    if not chain.linked(following, "ratio", "over") or not chain.isa(
        following, "unit", "ten", "digits", "hundred", "scale"
    ):
        return None
    head = chain.pieces[following]
    if head.kind in _PLAIN_KINDS and not head.plural:
        return None
    read = read_cardinal(chain, following)
    below, end = read.value, read.next
    if chain.isa(end, "hundred") and chain.pieces[end].plural:
        below, end = below * 100, end + 1
    if not isinstance(below, int) or below < 2 or above < 1:
        return None
    after = chain.after(chain.pieces[end - 1].end)
    if chain.links[following - 1] == "over":
        priced = chain.before(chain.pieces[at].start, 1) in {"$", "£", "€"}
        return (
            Reading(plain(Fraction(above, below)), end, Form.FRACTION)
            if _ENDS.match(after) and not priced
            else None
        )
    if above >= below or TIME_OR_PERCENT.match(after) or _is_year(chain, head, below):
        return None
    gap = chain.text[chain.pieces[following - 1].end : head.start].lower()
    merely_in = not any(word in gap for word in ("out", "every", "each"))
    if merely_in and above > 1 and below > 20 and below % 5:
        return None  # "three in 47 schools" is a count and a count
    return Reading(Fraction(above, below), end, Form.RATIO)


def _is_year(chain: Chain, head: Token, value: int) -> bool:
    return head.kind == "digits" and 1900 <= value <= 2100 and "," not in chain.text[head.start : head.end]
