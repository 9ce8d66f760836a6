"""Names of children and of victims: found so that they are never indexed, suggested or put in an address.

Recall counts here: a name found too often costs an editor a glance, a name missed can cost a child.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from almoner.pipeline.extract.private.clues import CLOSE, Clues, may_weigh, possible, rules_of
from almoner.pipeline.extract.private.evidence import NOUN, PLACE, PUBLIC_THING, RULES, THING, At
from almoner.pipeline.extract.private.people import Person, is_word, people
from almoner.pipeline.lines.glance import heads

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
_LAST_WORD: Final = 24
"""Characters in which the word before a name stands."""
_PLACES: Final = 30
"""How many places of one name; a text that says a name more often says the telling thing among the first."""
_AGAINST: Final = tuple(rule for rule in RULES if rule.weight < 0)
_SENTENCE: Final = re.compile(r"[.!?][”\"’']?\s|\n")


def private_names(text: str, seen: Set[str] | None = None) -> tuple[str, ...]:
    """The names of children and victims in `text`, as printed, each once, longest first.

    `seen` are the text's heads (`lines.glance`), where they are known already.
    """
    rules = possible(text, heads(text) if seen is None else seen)
    if not may_weigh(rules, ENOUGH - ALONE):
        return ()
    clues = Clues(text)
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
        words = _surroundings(text, start, end, person) if near else None
        if words is None:
            continue
        for bit, rule in rules_of(near):
            if rule.holds(words[rule.at]):
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
    around = [_surroundings(text, start, end, person) for start, end in person.places[:_PLACES]]
    against = (
        rule.weight for rule in _AGAINST if any(words and rule.holds(words[rule.at]) for words in around)
    )
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


def _surroundings(text: str, start: int, end: int, person: Person) -> dict[At, str] | None:
    """The words around a place where a person is named, as the rules look at them; None where it names none."""
    before = text[max(0, start - _BEFORE) : start].rsplit("\n", 1)[-1]
    alone = " " not in text[start:end]
    last = before[-_LAST_WORD:] if before[-1:].isspace() else ""
    if last and (THING.search(last) or (alone and PLACE.search(last))):
        return None
    if PUBLIC_THING.match(text, end):
        return None
    if alone and not person.is_plausible and NOUN.match(text, end):
        return None
    following = text[end : end + _FOLLOWING]
    after = following[:_AFTER].split("\n", 1)[0]
    return {At.BEFORE: before, At.AFTER: after, At.FOLLOWING: _two_sentences(following)}


def _two_sentences(text: str) -> str:
    ends = [match.start() + 1 for match in _SENTENCE.finditer(text)]
    return text[: ends[1]] if len(ends) > 1 else text
