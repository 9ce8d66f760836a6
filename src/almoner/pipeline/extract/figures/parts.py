"""Fractions in words: "two thirds", "five and a half million", "a quarter", "one hundred and three and two thirds"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, NamedTuple

from almoner.pipeline.extract.figures.cardinals import Cardinal, read_cardinal
from almoner.pipeline.extract.figures.chain import Chain
from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.tokens import Token, Value, plain


class Reading(NamedTuple):
    """A value, the piece behind it, and how it is written. `value` is None for a rank: "the twenty-third"."""

    value: Value | None
    next: int
    form: Form


SHARE_AFTER: Final = re.compile(
    r"\s*(?:$|[^\w\s-]|-(?=\s)|(?:of|were|was|are|is|had|have|has|said|say|says|felt|reported|did|do|don’t|don't|in|on|at"
    r"|by|since|from|over|during|between|more|less|fewer|higher|lower|and|or|to|as|who|that|which|will|would|than"
    r"|compared|think|believe|live|know|knew|come|came|take|took|go|went|receive|received|experience|experienced"
    r"|increase|rise|decrease|fall|drop|reduction|cut)\b)",
    re.IGNORECASE,
)
"""What may stand behind "a third" where it is a share: "a third of", "a third were", never "a third party"."""
TIME_OR_PERCENT: Final = re.compile(
    r"[\s-]*(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|yrs?|decades?|per\s?cent)\b|\s?%",
    re.IGNORECASE,
)
_HALF_BEFORE: Final = re.compile(
    r"\b(?:first|second|other|latter|final|last|this|each|better|top|bottom|upper|lower|third|fourth|per|next|early)[\s-]+$",
    re.IGNORECASE,
)
_QUARTERS_OF: Final = re.compile(
    r"\s+of\s+(?:the\s+(?:financial\s+|calendar\s+)?year\b|(?:19|20)\d\d)", re.IGNORECASE
)
_HALF_AFTER: Final = re.compile(
    r"[\s-]*(?:past|terms?|time|times|way|hearted|sisters?|brothers?|siblings?|yearly|hourly|board|backs?|moon|baked"
    r"|marathons?|price|hours?|days?|year|an?\s+(?:hour|day|year|minute|century|decade|mile)"
    r"|of\s+(?:the\s+)?(?:term|19\d\d|20\d\d))\b",
    re.IGNORECASE,
)


def with_fraction(chain: Chain, at: int, read: Cardinal) -> Reading:
    """A cardinal with what stands behind it: nothing, a denominator, or "and" with a fraction."""
    digits = chain.pieces[at].kind == "digits"
    form = Form.DIGITS if digits and read.next == at + 1 else Form.WORDS
    index = read.next
    if form is Form.WORDS and chain.linked(index, "space", "hyphen"):
        if chain.isa(index, "ordinal", "part"):
            return _over(chain, at, read, chain.pieces[index])
        if (
            chain.isa(index, "ten")
            and chain.isa(index + 1, "ordinal")
            and chain.linked(index + 1, "space", "hyphen")
        ):
            below = int(chain.pieces[index].value + chain.pieces[index + 1].value)  # one twenty-fifth
            return Reading(plain(Fraction(read.value) / below), index + 2, Form.FRACTION)
    return _and_part(chain, read) or Reading(read.value, index, form)


def _over(chain: Chain, at: int, read: Cardinal, token: Token) -> Reading:
    """A cardinal over the denominator behind it, if it is one."""
    index, below = read.next, int(token.value)
    one = read.value == 1 or (read.seam is not None and read.seam.after == 1)
    two_thirds = read.value in (2, 3) and chain.linked(index, "hyphen")
    if (below == 1 or not (token.plural or one or two_thirds)) and token.kind == "ordinal":
        return _rank(chain, at, read)
    if not (token.plural or one):
        return Reading(read.value, index, Form.WORDS)
    last = chain.pieces[index - 1]
    if token.plural and last.kind == "ten" and index - 1 > at and not chain.linked(index - 1, "and"):
        above = read_cardinal(chain, at, index - 1).value  # one hundred | thirty-fifths
        return Reading(plain(Fraction(above) / (below + int(last.value))), index + 1, Form.FRACTION)
    scale = int(chain.pieces[index + 1].value) if chain.isa(index + 1, "scale") else 0
    if read.seam is not None and (part := Fraction(read.seam.after) / below) < 1:
        if scale and chain.linked(index + 1, "space"):
            return Reading(plain(read.seam.before + part * scale), index + 2, Form.WORDS)
        return Reading(plain(read.seam.before + part * read.seam.scale), index + 1, Form.WORDS)
    if token.kind == "part" and _QUARTERS_OF.match(chain.after(token.end)):
        return Reading(None, index + 1, Form.WORDS)  # the first three quarters of 2016
    value = Fraction(read.value) / below
    if scale and chain.linked(index + 1, "space", "of a"):
        return Reading(plain(value * scale), index + 2, Form.WORDS)
    return Reading(plain(value), index + 1, Form.FRACTION)


def _rank(chain: Chain, at: int, read: Cardinal) -> Reading:
    """ "twenty-third", "one hundred and fifth" are ranks; "two third parties", "2 million first" are counts."""
    if chain.pieces[read.next - 1].kind in {"ten", "hundred"} or chain.pieces[at].kind == "ten":
        return Reading(None, read.next + 1, Form.WORDS)
    return Reading(read.value, read.next, Form.WORDS)


def _and_part(chain: Chain, read: Cardinal) -> Reading | None:
    """ "and a half", "and two thirds", "and three quarters million" behind a cardinal."""
    found = _part_after_and(chain, read.next)
    if found is None or found[0] >= 1:
        return None
    part, following = found
    if not (chain.isa(following, "scale") and chain.linked(following, "space")):
        return Reading(plain(read.value + part * read.scale), following, Form.WORDS)
    scale = int(chain.pieces[following].value)
    value = read.value + part * scale if read.scale > 1 else (read.value + part) * scale
    return Reading(plain(value), following + 1, Form.WORDS)


def _part_after_and(chain: Chain, index: int) -> tuple[Fraction, int] | None:
    if chain.linked(index, "and a") and chain.isa(index, "part", "ordinal"):
        token = chain.pieces[index]
        after = chain.after(token.end)
        if token.kind == "ordinal" and not SHARE_AFTER.match(after) and not TIME_OR_PERCENT.match(after):
            return None
        return Fraction(1, int(token.value)), index + 1
    if not chain.linked(index, "and"):
        return None
    if chain.isa(index, "part"):
        return (Fraction(1, 2), index + 1) if chain.pieces[index].value == 2 else None
    if not chain.isa(index, "unit", "ten"):
        return None
    above = read_cardinal(chain, index)
    if not chain.isa(above.next, "part", "ordinal") or not chain.linked(above.next, "space", "hyphen"):
        return None
    below = chain.pieces[above.next]
    if above.value == 0 or not (below.plural or above.value == 1):
        return None
    return Fraction(above.value) / int(below.value), above.next + 1


def lone_part(chain: Chain, at: int, has_article: bool) -> Reading | None:
    """ "half", "a quarter", "half a million", "half a dozen"; but not "the second half", "half-term"."""
    first = chain.pieces[at]
    if first.plural:
        return None
    if chain.isa(at + 1, "scale", "dozen") and chain.linked(at + 1, "space", "a", "of a", "hyphen"):
        whole = int(chain.pieces[at + 1].value)
        return Reading(plain(Fraction(whole, int(first.value))), at + 2, Form.WORDS)
    after = chain.after(first.end)
    if (
        (first.value == 4 and not has_article)
        or _HALF_AFTER.match(after)
        or (after[:1] == "-" and after[1:2].isalpha())
    ):
        return None
    if not has_article and _HALF_BEFORE.search(chain.before(first.start)):
        return None
    return Reading(Fraction(1, int(first.value)), at + 1, Form.FRACTION)


def lone_ordinal(chain: Chain, at: int, has_article: bool) -> Reading | None:
    """ "a third of", "a tenth"; but not "a third party"."""
    first = chain.pieces[at]
    if first.plural or first.value == 1 or not has_article or not SHARE_AFTER.match(chain.after(first.end)):
        return None
    return Reading(Fraction(1, int(first.value)), at + 1, Form.FRACTION)


def literal(chain: Chain, at: int) -> Reading:
    """3/4, 2 1/4, ½; "¾ of a million" is a whole number."""
    value = chain.pieces[at].value
    if chain.isa(at + 1, "scale") and chain.linked(at + 1, "space", "of a"):
        return Reading(plain(Fraction(value) * int(chain.pieces[at + 1].value)), at + 2, Form.WORDS)
    return Reading(value, at + 1, Form.FRACTION if 0 < value < 1 else Form.DIGITS)
