"""The people that a text names: runs of capitalised words that can be a name, each with the places where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.extract.private.first_names import FIRST_NAMES
from almoner.pipeline.extract.private.not_names import ALSO_NAMES, NOT_NAMES, OPENS_PLACE, SURNAMES
from almoner.pipeline.lines.dates import MONTHS

# Bounded, so that a text made of nothing but hyphens and capitals is read in linear time too.
_WORD: Final = r"(?:Mc|Mac|O['’]|D['’])?[A-ZÀ-ÞŁŚŻ][a-zà-ÿ]{1,30}(?:-[A-ZÀ-Þ][a-zà-ÿ]{1,30}|[’'](?!s\b)[A-ZÀ-Þ]?[a-zà-ÿ]{1,30}){0,3}"
_RUN: Final = re.compile(
    rf"(?<![\w’'])(?:{_WORD})(?:[ \u00a0](?:[A-Z]\.[ \u00a0])?(?:{_WORD}|[A-Z]\.(?=\s))){{0,3}}"
)
_NOUN: Final = re.compile(
    r"(?:tion|sion|ment|ance|ence|ness|ity|ship|ing|ings|ies|ers?|ors|ists?|ed|ly|als?|ics|ive|ure|ages?)\Z"
)
_HEADLINE: Final = 200
_FIRST_PART: Final = re.compile(r"[ -]")
_PART: Final = re.compile(r"\S+")
_AFTER_DAY: Final = re.compile(r"\d(?:st|nd|rd|th)?\s+\Z")


@dataclass(slots=True)
class Person:
    """A person as named in a text: the fullest form, and where each form stands (start, end)."""

    name: str
    places: list[tuple[int, int]] = field(default_factory=list)
    is_plausible: bool = field(init=False)
    """Whether it begins with a word that is known as a first name."""

    def __post_init__(self) -> None:
        self.is_plausible = _FIRST_PART.split(self.name, maxsplit=1)[0].lower() in FIRST_NAMES


def is_word(text: str, person: Person, small: frozenset[str]) -> bool:
    """Whether what looks like an unusual name is more likely a word with a capital: by its ending, since it stands in
    a headline, or since it is among the words that the text has in `small` letters too."""
    words = person.name.split()
    if any(_NOUN.search(word) or word.lower() in small for word in words):
        return True
    return all(_in_headline(text, start) for start, _ in person.places)


def _in_headline(text: str, position: int) -> bool:
    """Whether the line around a position is written with a capital at most of its words."""
    start = text.rfind("\n", max(0, position - _HEADLINE), position) + 1 or max(0, position - _HEADLINE)
    line = text[start : start + _HEADLINE].split("\n", 1)[0]
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)


def people(text: str) -> list[Person]:
    """The people named in `text`. A first name or a surname alone counts for the one full name that holds it."""
    found: dict[str, Person] = {}
    for start, end in _runs(text):
        name = text[start:end].replace("\u00a0", " ")
        person = found.get(name)
        if person is None:
            person = found[name] = Person(name)
        person.places.append((start, end))
    holders: dict[str, list[Person]] = {}
    for person in found.values():
        if " " in person.name:
            for word in {person.name.split()[0], person.name.split()[-1]}:
                holders.setdefault(word, []).append(person)
    for name, others in holders.items():
        if len(others) == 1 and name in found:
            others[0].places += found.pop(name).places
    return list(found.values())


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        if " " not in match[0] and "\u00a0" not in match[0]:
            if _is_name_alone(match[0]) and not _is_month(text, match.start(), match[0]):
                yield match.span()
            continue
        words = [(word.start(), word.end(), word[0]) for word in _PART.finditer(match[0])]
        if _is_month(text, match.start(), words[0][2]):
            words = words[1:]
        while words and _is_no_name(words[0][2]):
            words = words[2 if words[0][2].lower() in OPENS_PLACE else 1 :]
        kept: list[tuple[int, int, str]] = []
        for word in words:
            if _is_no_name(word[2]) and not (kept and _can_be_surname(kept[-1][2], word[2])):
                break
            kept.append(word)
        if len(kept) > 1 or (kept and _is_name_alone(kept[0][2])):
            yield match.start() + kept[0][0], match.start() + kept[-1][1]


def _is_month(text: str, start: int, word: str) -> bool:
    """Whether a word at `start` is the month of a date rather than a name: "3 May"."""
    return word.lower() in MONTHS and _AFTER_DAY.search(text[max(0, start - 6) : start]) is not None


def _is_name_alone(word: str) -> bool:
    """Whether a word may be a name by itself; "Day" and "Young" are names only beside another."""
    lower = word.lower()
    if len(word) < 3 or lower.rstrip(".") in NOT_NAMES:
        return False
    return lower not in ALSO_NAMES or lower in FIRST_NAMES


def _is_no_name(word: str) -> bool:
    return word.lower().rstrip(".") in NOT_NAMES


def _can_be_surname(first: str, word: str) -> bool:
    return word.lower() in SURNAMES and first.lower() in FIRST_NAMES
