"""Names of children and of victims: found so that they are never indexed, suggested or put in an address.

Recall counts here: a name found too often costs an editor a glance, a name missed can cost a child.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from almoner.pipeline.extract.private.clues import CLOSE, Clues, may_weigh, possible, rules_of
from almoner.pipeline.extract.private.evidence import NOUN, PLACE, PUBLIC_THING, RULES, THING, At, Rule
from almoner.pipeline.extract.private.people import Person, is_word, people
from almoner.pipeline.lines import glance

ENOUGH: Final = 2.0
"""A person of this weight or more may be a child or a victim."""
ENOUGH_UNKNOWN: Final = 2.5
"""What it takes for a full name that begins with no known first name."""
ENOUGH_FOR_A_WORD: Final = 3.0
"""What it takes where nothing but a capital says that a single word is a name."""

ALONE: Final = 1.0
"""The weight of a first name that the text never follows with a surname: so are children and victims named, whose
surname may not be told, and few others."""

_BEFORE: Final = 80
_AFTER: Final = 150
_FOLLOWING: Final = 240
"""How many characters around a name are looked at."""
_WORD_BEFORE: Final = 24
"""Characters in which the word before a name stands."""
_LAST_WORD: Final = re.compile(r"\w+\Z")
_PLACES: Final = 30
"""How many places of one name; a text that says a name more often says the telling thing among the first."""
_AGAINST: Final = tuple(rule for rule in RULES if rule.weight < 0)
_SENTENCE: Final = re.compile(r"[.!?][”\"’']?\s|\n")


def private_names(text: str, seen: Set[str] | None = None) -> tuple[str, ...]:
    """The names of children and victims in `text`, as printed, each once, longest first.

    `seen` are the text's words and heads (`lines.glance`), where they are known already.
    """
    if seen is None:
        seen = glance.seen(text)
    rules = possible(text, seen)
    if not may_weigh(rules, ENOUGH - ALONE):
        return ()
    clues = Clues(text, seen)
    found = [person.name for person in people(text) if _is_private(text, person, clues, rules)]
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _is_private(text: str, person: Person, clues: Clues, rules: int) -> bool:
    """Whether enough speaks for the person being a child or a victim; each rule counts once, wherever it holds."""
    places = [
        (start, end, clues.near(start - _BEFORE, start, end, end + _FOLLOWING))
        for start, end in person.places[:_PLACES]
    ]
    if not _can_be_private(person, rules, places):
        return False
    held = []
    for start, end, clued in places:
        near = rules & clued
        if not near or _names_none(text, start, end, person):
            continue
        around = _Surroundings(text, start, end)
        for bit, rule in rules_of(near):
            if around.hold(rule):
                held.append(rule)
                rules ^= bit
    weight = sum(rule.weight for rule in held)
    if held and person.is_plausible and " " not in person.name:
        weight += ALONE
    if weight < ENOUGH:
        return False
    if not person.is_plausible:
        close = sum(rule.weight for rule in held if rule.at is not At.FOLLOWING)
        enough = ENOUGH_UNKNOWN if " " in person.name else ENOUGH_FOR_A_WORD
        if close < enough or is_word(text, person, clues.small):
            return False
    named = [
        _Surroundings(text, start, end)
        for start, end in person.places[:_PLACES]
        if not _names_none(text, start, end, person)
    ]
    against = (rule.weight for rule in _AGAINST if any(around.hold(rule) for around in named))
    return weight + sum(against) >= ENOUGH


def _can_be_private(person: Person, rules: int, places: Sequence[tuple[int, int, int]]) -> bool:
    """Whether all rules together whose words stand near the person would be enough: mostly no, told without looking."""
    near = 0
    for _, _, clued in places:
        near |= clued
    near &= rules
    one = " " not in person.name
    if person.is_plausible:
        return may_weigh(near, ENOUGH - ALONE if one else ENOUGH)
    return may_weigh(near & CLOSE, ENOUGH_FOR_A_WORD if one else ENOUGH_UNKNOWN)


def _names_none(text: str, start: int, end: int, person: Person) -> bool:
    """Whether the words right beside a name show that a thing, a place or a people is meant there."""
    alone = " " not in text[start:end]
    before = text[max(0, start - _WORD_BEFORE) : start].rsplit("\n", 1)[-1]
    if before[-1:].isspace():
        match = _LAST_WORD.search(before.rstrip().rpartition(" ")[2])
        word = match[0].lower() if match is not None else ""
        if word in THING or (word.isdecimal() and len(word) <= 3) or (alone and word in PLACE):
            return True
    return PUBLIC_THING.match(text, end) is not None or (
        alone and not person.is_plausible and NOUN.match(text, end) is not None
    )


class _Surroundings:
    """The words around a place where a person is named, as the rules look at them; taken when one first does."""

    __slots__ = ("_end", "_start", "_text", "_words")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._words: dict[At, str] = {}

    def hold(self, rule: Rule) -> bool:
        """Whether a rule holds here."""
        words = self._words.get(rule.at)
        if words is None:
            words = self._words[rule.at] = self._taken(rule.at)
        return rule.holds(words)

    def _taken(self, at: At) -> str:
        text, end = self._text, self._end
        if at is At.BEFORE:
            return text[max(0, self._start - _BEFORE) : self._start].rsplit("\n", 1)[-1]
        if at is At.AFTER:
            return text[end : end + _AFTER].split("\n", 1)[0]
        return _two_sentences(text[end : end + _FOLLOWING])


def _two_sentences(text: str) -> str:
    ends = [match.start() + 1 for match in _SENTENCE.finditer(text)]
    return text[: ends[1]] if len(ends) > 1 else text
