"""What the pieces say together: "one hundred and three and two thirds", "half a dozen", "1 in 8".

`numbers` walks the pieces once. Pieces belong together where only a space, a hyphen or a small word stands
between them; how they add up follows English reading, with "and" before a fraction as the seam of a mixed
number. Ordinals ("the twenty-third") and "one" as a pronoun are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from almoner.pipeline.extract.figures import lexicon
from almoner.pipeline.extract.figures.tokens import Token, Value, tokens, whole


class Form(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    FRACTION = "fraction"
    """A part of one: 3/4, two-thirds, a quarter, ½."""
    RATIO = "ratio"
    """One number out of another: one in eight, 9 out of 10."""
    VAGUE = "vague"
    """Nobody counted: hundreds of, dozens of."""
    DOTTED = "dotted"
    """A piece of 3.12.4 or 192.168.1.2."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text at `start`..`end` (half open). `glued`: a letter follows directly (29km)."""

    start: int
    end: int
    value: Value
    form: Form
    glued: bool = False


_CHAIN: Final = 24
"""No number has more pieces than this; what is longer is cut, so that reading stays linear."""
_GAP: Final = 18
_LINKS: Final = {
    "": "space", "-": "hyphen", "‐": "hyphen", "‑": "hyphen",
    "and": "and", "- and -": "and", "-and-": "and",
    "and a": "and a", "and an": "and a", "a": "a", "of a": "of a", "of": "of",
    "point": "point", "over": "over",
    "in": "ratio", "- in -": "ratio", "-in-": "ratio", "in every": "ratio", "in each": "ratio",
    "out of": "ratio", "out of every": "ratio", "of every": "ratio",
}  # fmt: skip
_RANK_BEFORE: Final = re.compile(
    r"(?:\b(?:the|this|that|which|each|every|any|no|only|last|next|another|either|neither|some)|-)\s*$", re.IGNORECASE
)
_PRONOUN_AFTER: Final = re.compile(r"\s*(?:$|[^\w\s-]|(?:you|is|was|that|who|which|do|does|has|will|in\s+the|of)\b)", re.I)
_ARTICLE: Final = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
_MINUS_WORD: Final = re.compile(r"\b(?:minus|negative)\s+$", re.IGNORECASE)
_PART_AFTER: Final = re.compile(
    r"\s*(?:$|[^\w\s-]|-(?=\s)|(?:of|were|was|are|is|had|have|has|said|say|says|felt|reported|did|do|don’t|don't|in|on|at"
    r"|by|since|from|over|during|between|more|less|fewer|higher|lower|and|or|to|as|who|that|which|will|would|than"
    r"|compared|think|believe|live|know|knew|come|came|take|took|go|went|receive|received|experience|experienced"
    r"|increase|rise|decrease|fall|drop|reduction|cut)\b)",
    re.IGNORECASE,
)
_HALF_BEFORE: Final = re.compile(
    r"\b(?:first|second|other|latter|final|last|this|each|better|top|bottom|upper|lower|third|fourth|per|next|early)[\s-]+$",
    re.IGNORECASE,
)
_HALF_AFTER: Final = re.compile(
    r"[\s-]*(?:past|terms?|time|times|way|hearted|sisters?|brothers?|siblings?|yearly|hourly|board|backs?|moon|baked"
    r"|marathons?|price|hour|hours|day|days|year|an?\s+(?:hour|day|year|minute|century|decade|mile)|of\s+(?:the\s+)?(?:term|19\d\d|20\d\d))\b",
    re.IGNORECASE,
)  # fmt: skip
_TIME_AFTER: Final = re.compile(
    r"[\s-]*(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|yrs?|decades?|%|per\s?cent)\b|\s?%", re.I
)


class _Cardinal(NamedTuple):
    value: Value
    next: int
    scale: int
    """The last scale word's value where the number closes with it, else 1."""
    seam: tuple[Value, Value, int] | None
    """Before the last "and", after it, and the scale before it."""


def numbers(text: str) -> Iterator[Number]:
    """Every number in `text`, in order, without overlaps."""
    chain: list[Token] = []
    links: list[str] = []
    for token in tokens(text):
        if chain:
            link = _link(text, chain[-1].end, token.start)
            if link is None or len(chain) >= _CHAIN:
                yield from _Reader(text, chain, links).read()
                chain, links = [], []
            else:
                links.append(link)
        chain.append(token)
    if chain:
        yield from _Reader(text, chain, links).read()


def _link(text: str, left: int, right: int) -> str | None:
    if right - left > _GAP:
        return None
    gap = text[left:right]
    if gap == " ":
        return "space"
    if gap.isspace():
        return "space" if "\n" not in gap else None
    return _LINKS.get(" ".join(gap.replace("-", " - ").split()).lower().strip(), None) if gap else None


class _Reader:
    """Reads one chain of pieces."""

    def __init__(self, text: str, chain: list[Token], links: list[str]) -> None:
        self.text = text
        self.chain = chain
        self.links = links

    def read(self) -> list[Number]:
        found: list[Number] = []
        at = 0
        while at < len(self.chain):
            number, following = self._number(at)
            if number is not None:
                found.append(number)
            at = following
        return found

    # -- small questions -------------------------------------------------------------------------------

    def _at(self, index: int) -> Token | None:
        return self.chain[index] if index < len(self.chain) else None

    def _is(self, index: int, *kinds: str) -> bool:
        return index < len(self.chain) and self.chain[index].kind in kinds

    def _linked(self, index: int, *links: str) -> bool:
        """Whether the piece at `index` hangs on the one before it by one of `links`."""
        return 0 < index < len(self.chain) and self.links[index - 1] in links

    def _before(self, token: Token) -> str:
        return self.text[max(0, token.start - 12) : token.start]

    def _after(self, position: int) -> str:
        return self.text[position : position + 24]

    # -- numbers ---------------------------------------------------------------------------------------

    def _number(self, at: int) -> tuple[Number | None, int]:
        first = self.chain[at]
        if first.kind == "dotted":
            return Number(first.start, first.end, first.value, Form.DOTTED), at + 1
        if first.kind == "ordinal":
            return self._lone_ordinal(at)
        if first.kind == "part":
            return self._lone_part(at)
        if first.kind == "vague" or (first.plural and first.kind in {"hundred", "scale", "dozen"}):
            return self._vague(at)
        if first.kind in {"hundred", "scale", "dozen"} and self._article(first) is None and not self._is(at + 1, "scale"):
            return None, at + 1
        if first.kind == "ratio":
            return self._literal_fraction(at)
        read = self._cardinal(at)
        value, following, form = self._with_fraction(at, read)
        if following < 0:
            return None, -following
        if form is Form.WORDS and self._linked(following, "point") and self._is(following, "unit", "ten"):
            value, following = self._decimals(value, following)
        if form is not Form.FRACTION and isinstance(value, int):
            ratio = self._ratio(at, value, following)
            if ratio is not None:
                return ratio
        if first.kind == "unit" and first.value == 1 and following == at + 1 and self._is_pronoun(first):
            return None, following
        return self._made(at, following, value, form), following

    def _made(self, at: int, following: int, value: Value, form: Form) -> Number:
        first, last = self.chain[at], self.chain[following - 1]
        start = first.start
        if first.kind in {"hundred", "scale", "dozen", "part", "ordinal"} or (first.kind == "ten" and form is Form.FRACTION):
            article = self._article(first)
            start = article if article is not None else start
        sign = self._sign(start, first)
        if sign is not None:
            value, start = -value, sign
        return Number(start, last.end, value, form, last.glued)

    def _article(self, token: Token) -> int | None:
        """Where an "a" or "an" before this piece starts."""
        match = _ARTICLE.search(self._before(token))
        return token.start - len(self._before(token)) + match.start(1) if match else None

    def _sign(self, start: int, first: Token) -> int | None:
        """Where a minus before the number starts, or None."""
        before = self.text[max(0, start - 10) : start]
        word = _MINUS_WORD.search(before)
        if word:
            return start - len(before) + word.start()
        if first.kind in {"digits", "ratio"} and before[-1:] in {"-", "−", "–"} and (
            (len(before) == 1 and start == 1) or before[-2:-1] in {" ", "(", "[", "=", "~", "∼", "<", ">", "≥", "≤", "\t", "\u00a0"}
        ):  # fmt: skip
            return start - 1
        return None

    def _is_pronoun(self, token: Token) -> bool:
        if self.text[token.start].isdigit():
            return False
        before = self._before(token)
        if before.rstrip()[-4:].lower().strip() in {"the", "this", "that"} or _RANK_BEFORE.search(before):
            return bool(_PRONOUN_AFTER.match(self._after(token.end))) or self._after(token.end)[:1] == " "
        return False

    def _cardinal(self, at: int) -> _Cardinal:
        """The longest whole (or decimal) number that starts with the piece at `at`."""
        total: Value = 0
        group: Value | None = None
        ceiling = 10**30
        closing_scale = 1
        seam: tuple[Value, Value, int] | None = None
        index = at
        while index < len(self.chain):
            token = self.chain[index]
            if index > at and not self._linked(index, "space", "hyphen", "and"):
                break
            if token.plural and (index == at or self._linked(index, "and")):
                break
            joined_by_and = index > at and self._linked(index, "and")
            before = total + (group or 0)
            if token.kind in {"unit", "ten", "digits"}:
                if token.kind == "digits" and index > at and not self._may_hold_digits(at, index):
                    break
                if group is None:
                    if total and self._scale_after(index) >= ceiling:
                        break
                    if total and (token.value == 0 or token.value >= ceiling):
                        break
                    group = token.value
                elif self._adds(group, token, index):
                    group += token.value
                else:
                    break
                if joined_by_and:
                    seam = (before, token.value, closing_scale)
                elif seam is not None:
                    seam = (seam[0], total + group - seam[0], seam[2])
                closing_scale = 1
            elif token.kind == "hundred":
                if joined_by_and or (group is None and total):
                    break
                if group is not None and (group == 0 or (isinstance(group, int) and group >= 100 and group % 100 == 0)):
                    break
                group = (1 if group is None else group) * 100
                group = whole(group) if isinstance(group, Fraction) else group
                closing_scale = 1
            elif token.kind == "scale":
                scale = int(token.value)
                if joined_by_and and group is None:
                    break
                if group is None:
                    total = (total or 1) * scale
                elif scale < ceiling:
                    total += group * scale
                else:
                    break
                total = whole(total) if isinstance(total, Fraction) else total
                group, ceiling, closing_scale = None, scale, scale
            elif token.kind == "dozen":
                if total or joined_by_and:
                    break
                value = seam[0] + seam[1] * 12 if seam is not None else (1 if group is None else group) * 12
                return _Cardinal(value, index + 1, 1, None)
            else:
                break
            index += 1
            if token.glued:
                break
        return _Cardinal(total + (group or 0), max(index, at + 1), closing_scale, seam)

    def _adds(self, group: Value, token: Token, index: int) -> bool:
        if not isinstance(group, int) or not isinstance(token.value, int) or token.value <= 0 or group == 0:
            return False
        if group % 100 == 0 and token.value < 100:
            return not self._is(index + 1, "hundred")
        tens = group % 100
        return (
            tens >= 20 and tens % 10 == 0 and token.value < 10 and self._linked(index, "space", "hyphen")
            and self.chain[index - 1].kind == "ten" and token.kind == "unit"
        )  # fmt: skip

    def _may_hold_digits(self, at: int, index: int) -> bool:
        """Digits go on from a word only in "3 hundred and 21", "4 thousand 3 hundred"."""
        if self.chain[at].kind != "digits" or self.chain[index - 1].kind not in {"hundred", "scale"}:
            return False
        return self._linked(index, "and") or self._is(index + 1, "hundred", "scale")

    def _scale_after(self, index: int) -> int:
        following = self._at(index + 1)
        return int(following.value) if following and following.kind == "scale" else 0

    # -- fractions -------------------------------------------------------------------------------------

    def _with_fraction(self, at: int, read: _Cardinal) -> tuple[Value, int, Form]:
        """What stands after a cardinal: nothing, a denominator, or "and" with a fraction."""
        form = Form.DIGITS if self.chain[at].kind == "digits" and read.next == at + 1 else Form.WORDS
        token = self._at(read.next)
        if token is None:
            return read.value, read.next, form
        if token.kind in {"ordinal", "part"} and self._linked(read.next, "space", "hyphen") and form is Form.WORDS:
            return self._denominator(at, read, token)
        # one twenty-fifth
        if (
            token.kind == "ten" and self._linked(read.next, "space") and self._is(read.next + 1, "ordinal")
            and self._linked(read.next + 1, "space", "hyphen") and form is Form.WORDS
        ):  # fmt: skip
            below = int(token.value + self.chain[read.next + 1].value)
            return whole(Fraction(read.value) / below), read.next + 2, Form.FRACTION
        mixed = self._and_fraction(read)
        if mixed is not None:
            return mixed[0], mixed[1], Form.WORDS
        return read.value, read.next, form

    def _denominator(self, at: int, read: _Cardinal, token: Token) -> tuple[Value, int, Form]:
        below, following = int(token.value), read.next + 1
        if token.value == 1 and token.kind == "ordinal":
            return self._rank(at, read, following)
        if not token.plural and read.value != 1 and (read.seam is None or read.seam[1] != 1):
            hyphen = self._linked(read.next, "hyphen") and read.value in (2, 3) and token.kind == "ordinal"
            if not hyphen:
                return self._rank(at, read, following) if token.kind == "ordinal" else (read.value, read.next, Form.WORDS)
        last = self.chain[read.next - 1]
        if token.plural and last.kind == "ten" and read.next - 1 > at and not self._linked(read.next - 1, "and"):
            above = self._cardinal_of(at, read.next - 1)
            return whole(Fraction(above) / (below + int(last.value))), following, Form.FRACTION
        if read.seam is not None:
            before, after, scale = read.seam
            part = Fraction(after) / below
            if part < 1 and self._is(following, "scale") and self._linked(following, "space"):
                return whole(before + part * int(self.chain[following].value)), following + 1, Form.WORDS
            if part < 1:
                return whole(before + part * scale), following, Form.WORDS
        value = Fraction(read.value) / below
        if self._is(following, "scale") and self._linked(following, "space", "of a"):
            scaled = whole(value * int(self.chain[following].value))
            return scaled, following + 1, Form.WORDS
        return whole(value), following, Form.FRACTION

    def _rank(self, at: int, read: _Cardinal, following: int) -> tuple[Value, int, Form]:
        """ "twenty-third", "one hundred and fifth" are ranks; "two third parties" is two of something."""
        last = self.chain[read.next - 1]
        if last.kind in {"ten", "hundred", "scale"} or self.chain[at].kind == "ten":
            return 0, -following, Form.WORDS
        return read.value, read.next, Form.WORDS

    def _cardinal_of(self, at: int, end: int) -> Value:
        """The cardinal made of the pieces `at`..`end` (exclusive)."""
        kept, self.chain = self.chain, self.chain[:end]
        try:
            return self._cardinal(at).value
        finally:
            self.chain = kept

    def _and_fraction(self, read: _Cardinal) -> tuple[Value, int] | None:
        """ "and a half", "and two thirds", "and three quarters million" after a cardinal."""
        index = read.next
        token = self._at(index)
        if token is None:
            return None
        if token.kind in {"part", "ordinal"} and self._linked(index, "and a"):
            if token.kind == "ordinal" and not _PART_AFTER.match(self._after(token.end)) and not _TIME_AFTER.match(self._after(token.end)):
                return None
            part, following = Fraction(1, int(token.value)), index + 1
        elif token.kind == "part" and self._linked(index, "and") and token.value == 2:
            part, following = Fraction(1, 2), index + 1
        elif token.kind in {"unit", "ten"} and self._linked(index, "and"):
            above = self._cardinal(index)
            below = self._at(above.next)
            if below is None or below.kind not in {"part", "ordinal"} or not self._linked(above.next, "space", "hyphen"):
                return None
            if above.value == 0 or (not below.plural and above.value != 1):
                return None
            part, following = Fraction(above.value) / int(below.value), above.next + 1
        else:
            return None
        if part >= 1:
            return None
        if self._is(following, "scale") and self._linked(following, "space"):
            scale = int(self.chain[following].value)
            if read.scale > 1:
                return whole(read.value + part * scale), following + 1
            return whole((read.value + part) * scale), following + 1
        return whole(read.value + part * read.scale), following

    def _literal_fraction(self, at: int) -> tuple[Number | None, int]:
        """3/4, 2 1/4, ½; "¾ of a million" is a whole number."""
        first = self.chain[at]
        if self._is(at + 1, "scale") and self._linked(at + 1, "space", "of a"):
            value = whole(Fraction(first.value) * int(self.chain[at + 1].value))
            return self._made(at, at + 2, value, Form.WORDS), at + 2
        form = Form.FRACTION if 0 < first.value < 1 else Form.DIGITS
        return self._made(at, at + 1, first.value, form), at + 1

    def _lone_part(self, at: int) -> tuple[Number | None, int]:
        """ "half", "a quarter", "half a million", "half a dozen". """
        first = self.chain[at]
        if first.plural:
            return None, at + 1
        article = self._article(first)
        following = at + 1
        if self._is(following, "scale", "dozen") and self._linked(following, "space", "a", "of a", "hyphen"):
            value = whole(Fraction(int(self.chain[following].value), int(first.value)))
            return self._made(at, following + 1, value, Form.WORDS), following + 1
        if first.value == 4 and article is None:
            return None, following
        before, after = self.text[max(0, first.start - 16) : first.start], self._after(first.end)
        if _HALF_AFTER.match(after) or (article is None and _HALF_BEFORE.search(before)):
            return None, following
        if after[:1] == "-" and after[1:2].isalpha():
            return None, following
        return self._made(at, following, Fraction(1, int(first.value)), Form.FRACTION), following

    def _lone_ordinal(self, at: int) -> tuple[Number | None, int]:
        """ "a third of", "a tenth"; but not "a third party"."""
        first = self.chain[at]
        if first.plural or first.value == 1 or self._article(first) is None:
            return None, at + 1
        if not _PART_AFTER.match(self._after(first.end)):
            return None, at + 1
        return self._made(at, at + 1, Fraction(1, int(first.value)), Form.FRACTION), at + 1

    # -- the rest --------------------------------------------------------------------------------------

    def _vague(self, at: int) -> tuple[Number | None, int]:
        """ "hundreds of", "tens of thousands of"."""
        first = self.chain[at]
        word = self.text[first.start : first.end].lower()
        if word not in lexicon.VAGUE:
            return None, at + 1
        value, following = lexicon.VAGUE[word], at + 1
        while self._linked(following, "of") and self._is(following, "scale") and self.chain[following].plural:
            value, following = value * int(self.chain[following].value), following + 1
        return Number(first.start, self.chain[following - 1].end, value, Form.VAGUE), following

    def _decimals(self, value: Value, index: int) -> tuple[Value, int]:
        """ "point nought four": the digits after the point, read out."""
        digits = ""
        at = index
        while self._is(at, "unit", "ten") and (at == index or self._linked(at, "space", "hyphen")):
            token = self.chain[at]
            if token.kind == "unit" and at > index and self.chain[at - 1].kind == "ten" and 0 < token.value < 10:
                digits = digits[:-1] + str(token.value)
            else:
                digits += str(token.value)
            at += 1
        return whole(value + Fraction(int(digits), 10 ** len(digits))), at

    def _ratio(self, at: int, above: int, following: int) -> tuple[Number, int] | None:
        """ "one in eight", "9 out of 10", "one over three". """
        if not self._linked(following, "ratio", "over") or not self._is(following, "unit", "ten", "digits", "hundred", "scale"):
            return None
        link = self.links[following - 1]
        head = self.chain[following]
        if head.kind in {"hundred", "scale"} and not head.plural:
            return None
        read = self._cardinal(following)
        below, end = read.value, self.chain[read.next - 1].end
        if self._at(read.next) is not None and self._is(read.next, "hundred") and self.chain[read.next].plural:
            below, read, end = below * 100, read._replace(next=read.next + 1), self.chain[read.next].end
        if not isinstance(below, int) or below < 2 or above < 1:
            return None
        after = self._after(end)
        if link == "over":
            closed = not after.strip() or after[:1] in ".?!,;"
            if not closed or self.text[max(0, self.chain[at].start - 1) : self.chain[at].start] in {"$", "£", "€"}:
                return None
            return self._made(at, read.next, whole(Fraction(above, below)), Form.FRACTION), read.next
        if above >= below or _TIME_AFTER.match(after):
            return None
        if 1900 <= below <= 2100 and self.chain[read.next - 1].kind == "digits" and "," not in self.text[head.start : end]:
            return None
        gap = self.text[self.chain[following - 1].end : head.start].lower()
        plain_in = "out" not in gap and "every" not in gap and "each" not in gap
        if plain_in and above > 1 and below > 20 and below % 5:
            return None
        return self._made(at, read.next, Fraction(above, below), Form.RATIO), read.next


