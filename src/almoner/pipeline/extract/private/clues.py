"""Where in a text the words stand without which no rule holds, so that few names and few rules need a closer look."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from functools import cached_property
from typing import Final

from almoner.pipeline.extract.private.evidence import RULES, At, Rule
from almoner.pipeline.lines.glance import LENGTH

_FOR: Final = tuple(rule for rule in RULES if rule.weight > 0)
_BY_STEM: Final = {
    stem: sum(1 << number for number, rule in enumerate(_FOR) if stem in rule.stems)
    for stem in frozenset[str]().union(*(rule.stems for rule in _FOR))
}
"""For each stem the rules that it may make hold: a set of them as the bits of a number."""
_BEFORE: Final = sum(1 << number for number, rule in enumerate(_FOR) if rule.at is At.BEFORE)
CLOSE: Final = sum(1 << number for number, rule in enumerate(_FOR) if rule.at is not At.FOLLOWING)
"""The rules that look right beside a name."""
_STEMS: Final = {
    head: tuple((stem, rules) for stem, rules in _BY_STEM.items() if stem[:LENGTH] == head)
    for head in frozenset(stem[:LENGTH] for stem in _BY_STEM)
}
"""The stems that begin with each head: a head tells what stands in no text, a stem what may stand in this one."""
_WORDS: Final = frozenset(head for head in _STEMS if not head.isdigit())
_NUMBERS: Final = _STEMS.keys() - _WORDS
_OF_AGE: Final = sum(1 << number for number, rule in enumerate(_FOR) if rule.stems & _NUMBERS)
_AGE: Final = re.compile(r"[1-9](?<=[\s,(a-zA-Z].)(?:(?<=1)0\d|\d|)(?!\w)")
_BEFORE_AGE: Final = (",", "(", "age", "aged", "was", "is", "then", "now", "just", "only", "still")
"""Numbers are everywhere; one that is somebody's age stands behind one of these."""
_AGE_SIGN: Final = 12
"""Characters in which such a word stands before the number."""
_SMALL_WORD: Final = re.compile(r"\b[a-zà-ÿ]{2,}\b")


def possible(text: str, seen: Set[str]) -> int:
    """The rules that may hold in a text with these words and heads."""
    found = 0
    heads = _WORDS & seen
    if heads:
        lower = text.lower()
        for head in heads:
            for stem, rules in _STEMS[head]:
                if stem in lower:
                    found |= rules
    if _OF_AGE & ~found and not _NUMBERS.isdisjoint(seen) and _tells_age(text):
        found |= _OF_AGE
    return found


def _tells_age(text: str) -> bool:
    for match in _AGE.finditer(text):
        start = match.start()
        if text[max(0, start - _AGE_SIGN) : start].rstrip().lower().endswith(_BEFORE_AGE):
            return True
    return False


def rules_of(bits: int) -> Iterator[tuple[int, Rule]]:
    """The rules of a set, each with its own bit."""
    while bits:
        bit = bits & -bits
        yield bit, _FOR[bit.bit_length() - 1]
        bits ^= bit


def may_weigh(bits: int, enough: float) -> bool:
    """Whether the rules of a set weigh `enough` together, if all of them hold."""
    total = 0.0
    for _, rule in rules_of(bits):
        total += rule.weight
        if total >= enough:
            return True
    return False


def _places(lower: str, stem: str) -> Iterator[int]:
    """Where the words with this stem begin, in a text in small letters."""
    width = len(stem)
    at = lower.find(stem)
    while at >= 0:
        end = at + width
        # A stem of fewer letters than a head may have is a whole word.
        if not lower[at - 1 : at].isalnum() and (width >= LENGTH or not lower[end : end + 1].isalnum()):
            yield at
        at = lower.find(stem, end)


class Clues:
    """The words of one text that may make a rule hold, in order. `seen` are the text's words and heads."""

    def __init__(self, text: str, seen: Set[str]) -> None:
        self._text = text
        lower = text.lower()
        if len(lower) != len(text):  # a few capitals have two small letters
            lower = "".join([letter if len(letter.lower()) > 1 else letter.lower() for letter in text])
        found = sorted(
            (start, rules)
            for head in _STEMS.keys() & seen
            for stem, rules in _STEMS[head]
            for start in _places(lower, stem)
        )
        self._starts = [start for start, _ in found]
        self._rules = [rules for _, rules in found]

    def near(self, left: int, start: int, end: int, right: int) -> int:
        """The rules that may hold for a name at `start`..`end`, whose surroundings go from `left` to `right`."""
        starts = self._starts
        first = bisect_left(starts, left)
        name = bisect_left(starts, start, first)
        before = after = 0
        for rules in self._rules[first:name]:
            before |= rules
        for rules in self._rules[bisect_left(starts, end, name) : bisect_left(starts, right, name)]:
            after |= rules
        return before & _BEFORE | after & ~_BEFORE

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that stand in the text in small letters."""
        return frozenset(_SMALL_WORD.findall(self._text))
