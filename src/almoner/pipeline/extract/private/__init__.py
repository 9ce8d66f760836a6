"""Names of children and of victims: found so that they are never indexed, suggested or put in an address.

Recall counts here: a name found too often costs an editor a glance, a name missed can cost a child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from almoner.pipeline.extract.private.evidence import NOUN, PLACE, PUBLIC_THING, RULES, THING, At
from almoner.pipeline.extract.private.people import Person, is_word, people

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
_PLACES: Final = 30
"""How many places of one name; a text that says a name more often says the telling thing among the first."""
_FOR: Final = tuple(rule for rule in RULES if rule.weight > 0)
_AGAINST: Final = tuple(rule for rule in RULES if rule.weight < 0)
_SMALL_WORD: Final = re.compile(r"\b[a-zà-ÿ]{2,}\b")
_SENTENCE: Final = re.compile(r"[.!?][”\"’']?\s|\n")


def private_names(text: str) -> tuple[str, ...]:
    """The names of children and victims in `text`, as printed, each once, longest first."""
    small = frozenset(_SMALL_WORD.findall(text))
    found = [person.name for person in people(text) if _is_private(text, person, small)]
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _is_private(text: str, person: Person, small: frozenset[str]) -> bool:
    """Whether enough speaks for the person being a child or a victim; each rule counts once, wherever it holds."""
    around = list(_surroundings(text, person))
    held = [rule for rule in _FOR if any(rule.holds(words[rule.at]) for words in around)]
    weight = sum(rule.weight for rule in held)
    if held and person.is_plausible and " " not in person.name:
        weight += ALONE
    if weight < ENOUGH:
        return False
    if not person.is_plausible:
        close = sum(rule.weight for rule in held if rule.at is not At.FOLLOWING)
        enough = ENOUGH_UNKNOWN if " " in person.name else ENOUGH_FOR_A_WORD
        if close < enough or is_word(text, person, small):
            return False
    against = (rule.weight for rule in _AGAINST if any(rule.holds(words[rule.at]) for words in around))
    return weight + sum(against) >= ENOUGH


def _surroundings(text: str, person: Person) -> Iterator[dict[At, str]]:
    """The words around the places where a person is named, as the rules look at them."""
    for start, end in person.places[:_PLACES]:
        before = text[max(0, start - _BEFORE) : start].rsplit("\n", 1)[-1]
        alone = " " not in text[start:end]
        if PUBLIC_THING.match(text, end) or THING.search(before) or (alone and PLACE.search(before)):
            continue
        if alone and not person.is_plausible and NOUN.match(text, end):
            continue
        following = text[end : end + _FOLLOWING]
        after = following[:_AFTER].split("\n", 1)[0]
        yield {At.BEFORE: before, At.AFTER: after, At.FOLLOWING: _two_sentences(following)}


def _two_sentences(text: str) -> str:
    ends = [match.start() + 1 for match in _SENTENCE.finditer(text)]
    return text[: ends[1]] if len(ends) > 1 else text
