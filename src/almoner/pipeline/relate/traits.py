"""What a text is about, as a few weighted words: those that are rare elsewhere, are names, or stand at its beginning.

TF-IDF (Spärck Jones 1972; Salton and Buckley 1988), with a place: news says first what has happened, so a word weighs
up to five times as much in the opening as at the end. How rare a word is, is learnt from the items themselves, on top
of a table of common words that stands in for them while there are few.
"""

from __future__ import annotations

import csv
import math
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from pathlib import Path
from types import MappingProxyType
from typing import Final

from almoner.pipeline.taxonomy.topics import topics

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“‘(])|\n+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_TIMES: Final = frozenset(
    (
        *(
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
        ),
        *("march", "april", "may", "june", "july", "august", "september", "october", "november", "december"),
        *("today", "yesterday", "tomorrow", "year", "month", "week", "day", "am", "pm"),
    )
)
"""Words that date a text and say nothing of what happened."""

OPENING: Final = 4.0
FADES: Final = 25
"""How much more the first word weighs than the last, and after how many telling words a third of that is left."""
NAME: Final = 1.3
"""How much more a name weighs."""
RAREST: Final = 6.0
"""The most that rarity counts for (natural logarithm): one odd word shared is no happening shared."""
_TERMS: Final = 0.5
_MEANING: Final = 0.5
"""What words in common and a common meaning weigh in a likeness."""
_TERMS_ALONE: Final = 1.4
"""What words in common weigh where a meaning is lacking, so that the same likeness is enough."""
_SILENT: Final = 0.75
_SHARE_ENOUGH: Final = 4
"""What is left of a likeness where the names of neither opening stand in the other text, and the part of them (one
fourth) that must stand there for nothing to be taken off."""
_ONLY_TOPIC: Final = 0.5
_BESIDE_TOPIC: Final = 0.2
"""What is left of a likeness where two texts share nothing beside the words of their topics, and the cosine of what
they say beside those from which nothing is taken off."""
MOST_TERMS: Final = 64
_NAMED_WITHIN: Final = 40
"""Words of an opening."""
LONGEST: Final = 4_000
"""Words of a text that are looked at."""
_PRIOR: Final = 1_000
"""For how many texts the table of common words stands."""
_LEARNS: Final = 10
"""How many of those each text counts for that was read here, so that the words of a field, the towns it writes of and
what an outlet prints under each article soon count as common."""
_COMMON: Final = 50
"""Of as many texts, in how many a word must stand to take no place among those that tell."""
_HALF_SURE: Final = 1.0
"""Terms in common at which half a likeness is left: a shared town and "school" make two short items alike."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text: how often it stands there, its place among the telling words, whether it is a name, and
    whether it stands as one in the opening."""

    count: int
    first: int
    is_name: bool
    names_opening: bool


@dataclass(frozen=True, slots=True)
class Trait:
    """The weights of a text's heaviest terms, of length 1 together. Terms are hashes (see `term_of`). `names` are
    those of its opening that are no words of topics, each with the square of its rarity. `meaning` is the direction of
    its opening (see `meaning.of`), empty where it is not known."""

    weights: Mapping[int, float]
    names: Mapping[int, float] = field(default_factory=dict)
    meaning: tuple[float, ...] = ()

    def likeness(self, other: Trait) -> float:
        """How like two traits are, from 0 (nothing in common) to 1: the cosines of their terms and of their meanings
        together; that of their terms alone where one has no meaning, on a scale on which the same measure is enough."""
        one, two = self.weights, other.weights
        if len(one) > len(two):
            one, two = two, one
        terms = sum(weight * two[term] for term, weight in one.items() if term in two)
        if not (self.meaning and other.meaning):
            return min(1.0, _TERMS_ALONE * terms)
        meaning = float(sum(map(mul, self.meaning, other.meaning)))
        return _TERMS * terms + _MEANING * max(0.0, meaning)

    def agreement(self, other: Trait) -> float:
        """What a likeness is worth, from 0 to 1: less where each text is silent of what the other's opening names, for
        two inspections are alike in all but the school; where all that they share is the words of a topic, for two
        councils that license drivers write of licences and drivers; and the fewer the terms are that make it up."""
        return self._share_of_names(other) * self._share_beside_topics(other) * self._evidence(other)

    def _evidence(self, other: Trait) -> float:
        """How far the terms in common can be believed, by their number. One that counts for little hardly adds to it:
        it is the inverse of the sum of the squares of their shares (Simpson 1949; the effective number of Hill 1973)."""
        products = [
            weight * other.weights[term] for term, weight in self.weights.items() if term in other.weights
        ]
        squares = sum(map(mul, products, products))
        number = sum(products) ** 2 / squares if squares else 0.0
        return number / (number + _HALF_SURE)

    def _share_of_names(self, other: Trait) -> float:
        if not (self.names or other.names):
            return 1.0
        told = max(self._names_told_by(other), other._names_told_by(self))
        return _SILENT + (1 - _SILENT) * min(1.0, _SHARE_ENOUGH * told)

    def _names_told_by(self, other: Trait) -> float:
        """The part of the names of this opening that stand in the other text, each counted by its rarity."""
        told = sum(
            rarity for name, rarity in self.names.items() if name in other.names or name in other.weights
        )
        return told / sum(self.names.values()) if told else 0.0

    def _share_beside_topics(self, other: Trait) -> float:
        one, two = self._beside_topics(), other._beside_topics()
        lengths = math.hypot(*one.values()) * math.hypot(*two.values())
        if not lengths:
            return _ONLY_TOPIC
        shared = sum(weight * two[term] for term, weight in one.items() if term in two) / lengths
        return _ONLY_TOPIC + (1 - _ONLY_TOPIC) * min(1.0, shared / _BESIDE_TOPIC)

    def _beside_topics(self) -> Mapping[int, float]:
        field_words = _words_of_topics()
        return {term: weight for term, weight in self.weights.items() if term not in field_words}

    def heaviest(self, most: int) -> tuple[int, ...]:
        """Its `most` heaviest terms."""
        return tuple(sorted(self.weights, key=lambda term: (-self.weights[term], term))[:most])


@dataclass(slots=True)
class Usage:
    """In how many texts each term stands, of how many; it learns with each text."""

    texts: int = 0
    counts: dict[int, int] = field(default_factory=dict)

    def learn(self, terms: Iterable[int]) -> None:
        """Count the terms of one more text."""
        self.texts += 1
        for term in terms:
            self.counts[term] = self.counts.get(term, 0) + 1


def term_of(word: str) -> int:
    """The hash of a word, from 0 to 2³¹ - 1: numbers are stored, never words, for a word may be somebody's name."""
    return zlib.crc32(_stem(word.casefold()).encode(errors="replace")) & 0x7FFFFFFF


def terms_of(title: str, text: str) -> dict[int, Term]:
    """The terms of an item, title first. Years, days and words that date it are left out."""
    counts: dict[int, int] = {}
    first: dict[int, int] = {}
    inside: set[int] = set()
    foremost: set[int] = set()
    opening: set[int] = set()
    lower: set[int] = set()
    usual = _common()
    place = looked_at = 0
    for sentence in _SENTENCE.split(f"{title}\n{text}"):
        for number, match in enumerate(_WORD.finditer(sentence)):
            word = match[0]
            folded = word.casefold()
            if folded in _TIMES or _YEAR.fullmatch(word):
                continue
            term = term_of(folded)
            if word[0].isupper():
                (inside if number else opening).add(term)
                if number and looked_at < _NAMED_WITHIN:
                    foremost.add(term)
            elif word[0].isalpha():
                lower.add(term)
            counts[term] = counts.get(term, 0) + 1
            first.setdefault(term, place)
            place += usual.get(term, 0) < _COMMON
            looked_at += 1
        if looked_at > LONGEST:
            break
    names = (inside | opening) - lower
    return {term: Term(count, first[term], term in names, term in foremost) for term, count in counts.items()}


def trait(terms: Mapping[int, Term], usage: Usage, meaning: tuple[float, ...] = ()) -> Trait:
    """The trait of a text, given in how many others its terms stand. Empty where it has none that tell."""
    usual, of_topics = _common(), _words_of_topics()
    texts = _LEARNS * usage.texts + _PRIOR
    weights: dict[int, float] = {}
    names: dict[int, float] = {}
    for term, found in terms.items():
        others = max(0, usage.counts.get(term, 0) - 1)
        rarity = min(RAREST, math.log(texts / (_LEARNS * others + usual.get(term, 0) + 1)))
        place = 1 + OPENING * math.exp(-found.first / FADES)
        weight = (1 + math.log(found.count)) * rarity * place * (NAME if found.is_name else 1.0)
        if weight > 0:
            weights[term] = weight
        if found.names_opening and rarity > 0 and term not in of_topics:
            names[term] = rarity**2
    heaviest = sorted(weights, key=lambda term: (-weights[term], term))[:MOST_TERMS]
    length = math.sqrt(sum(weights[term] ** 2 for term in heaviest))
    return Trait({term: weights[term] / length for term in heaviest}, names, meaning)


@cache
def _common() -> Mapping[int, int]:
    """In how many of `_PRIOR` texts a common English word stands. Counted in 761 passages of 313 web pages of every
    sort (WCXB, CC BY 4.0); what stands in fewer than one in fifty is not in the table. Words of our field have our estimate of
    how common they are in what this service reads, so that two cases of one kind are not taken for one."""
    shares: dict[int, int] = {}
    with Path(__file__).with_name("common_words.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            term = term_of(row["word"])
            shares[term] = max(shares.get(term, 0), int(row["texts_in_thousand"]))
    return MappingProxyType(shares)


@cache
def _words_of_topics() -> frozenset[int]:
    """The terms of all names of topics: they say what kind of thing a text is about, not which happening."""
    names = (name for topic in topics().values() for name in (*topic.names, *topic.former_names))
    return frozenset(term_of(word) for name in names for word in _WORD.findall(name))


def _stem(word: str) -> str:
    """A word without the endings that change while its sense does not: plurals, -ing, -ed, a possessive."""
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 4:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
