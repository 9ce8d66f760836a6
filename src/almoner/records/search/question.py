"""A query as the index is asked it: each wanted word or phrase as a concept with all that stands for it.

Beside the word itself stand the abbreviation or the long form of a known name, initials of titles, the word joined with
its neighbour or split in two, and, where no item has the word, words one letter away. All are worked out from the
taxonomy and from the vocabulary, so they are the same on every database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from string import ascii_lowercase
from typing import Final, TypeAlias

from django.views.decorators.debug import sensitive_variables

from almoner.pipeline.taxonomy.entries import Entry, named
from almoner.records.search.initials import LONGEST, SHORTEST, threes
from almoner.records.search.language import stems
from almoner.records.search.narrowing import EVERYTHING, Narrowed
from almoner.records.search.vocabulary import Known, Size, beginning, known, known_and_size
from almoner.records.search.words import STOP_WORDS, Query, Term

Phrase: TypeAlias = tuple[str, ...]
"""Stems that follow one another."""

QUESTION: Final = 4
"""A query of so many different words or more is a question. There a word that items have stands for itself: among many
words, what else it might be brings in more that is beside the point than it finds."""
_WORD: Final = re.compile(r"[^\W_]+")
SHORTEST_TYPO: Final = 5
"""A shorter word has too many words one letter away."""
COMMON_INITIALS: Final = 10
"""A word that more items have is no abbreviation, unless it was typed in capitals."""
MOST_SPELLINGS: Final = 4
MOST_LONGER: Final = 100
"""Longer words, those that most items have, which a word that is not finished may become."""


@dataclass(frozen=True, slots=True)
class Concept:
    """Something an item may have. `phrases` are the ways to have it, the first as it was typed; the stems of `longer`, with
    their letters, begin with the last one of that and count in its place. Without phrases (a word of no letter), no item
    has it."""

    phrases: tuple[Phrase, ...]
    longer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Concepts that are wanted, phrases that must not be there, what is known of stems and of the index, and what was
    typed. Where it `asks`, it is about something; else it names something."""

    wanted: tuple[Concept, ...]
    unwanted: tuple[Phrase, ...]
    known: Mapping[str, Known]
    size: Size
    query: Query
    asks: bool
    narrowed: Narrowed = EVERYTHING
    """What a match must have beside its words."""

    def items(self, stem: str) -> int:
        """How many items have the stem."""
        return self.known[stem].items if stem in self.known else 0

    def having(self, concept: Concept) -> int:
        """How many items have a concept as it was typed or in another way, at most."""
        return sum(min(self.items(stem) for stem in phrase) for phrase in concept.phrases)

    def letters(self, phrase: Phrase) -> str:
        """The phrase as it stands in items; "" where no item can have it."""
        if all(stem in self.known for stem in phrase):
            return "".join(self.known[stem].letter for stem in phrase)
        return ""


@sensitive_variables()  # error reports show no search words
def ask(query: Query) -> Question:
    """Work out what stands for what."""
    is_long = len({term.text.lower() for term in query.wanted}) >= QUESTION
    wanted = list(_apart(query.wanted)) if is_long else query.wanted
    words = [_word(term) for term in wanted]
    pairs = [first + second for first, second in _pairs(words)]
    found = [tuple(each) for each in stems([term.text for term in (*wanted, *query.unwanted)] + pairs)]
    typed, unwanted = found[: len(wanted)], found[len(wanted) : len(found) - len(pairs)]
    known_as = _known_as(typed)
    found_in, size = known_and_size(
        {stem for phrase in (*typed, *unwanted, *known_as.values()) for stem in phrase} | STOP_WORDS
    )
    others: list[list[Phrase]] = [list(_long_forms().get(phrase, ())) for phrase in typed]
    for (start, end), phrase in known_as.items():
        for place in range(start, end):
            others[place].append(phrase)
    unsure = [not is_long or any(stem not in found_in for stem in phrase) for phrase in typed]
    for place, (phrase, term) in enumerate(zip(typed, wanted, strict=True)):
        if unsure[place] and len(phrase) == 1 and _may_be_initials(term.text, _items(phrase[0], found_in)):
            others[place].append(threes(words[place]))
    for place, joined in enumerate(found[len(found) - len(pairs) :]):
        for either in (place, place + 1):
            if len(joined) == 1 and unsure[either]:
                others[either].append(joined)
    unknown = [
        place
        for place, phrase in enumerate(typed)
        if len(phrase) == 1 and phrase[0] not in found_in and words[place]
    ]
    for place in unknown:
        others[place].extend(_split(words[place]))
    found_in |= known({stem for each in others for phrase in each for stem in phrase} - found_in.keys())
    for place in unknown:
        others[place].extend(_spelt_otherwise(typed[place][0], found_in))
    concepts = tuple(
        Concept(_once(phrase, others[place], found_in), _longer(phrase, term))
        for place, (phrase, term) in enumerate(zip(typed, wanted, strict=True))
    )
    return Question(concepts, tuple(filter(None, unwanted)), found_in, size, query, is_long)


def _longer(phrase: Phrase, term: Term) -> dict[str, str]:
    return beginning(phrase[-1], MOST_LONGER) if term.is_prefix and phrase else {}


def _items(stem: str, found_in: Mapping[str, Known]) -> int:
    return found_in[stem].items if stem in found_in else 0


def _apart(terms: Iterable[Term]) -> Iterator[Term]:
    """The words of compounds each on its own ("two-dimensional"); what stands in quotation marks stays together."""
    for term in terms:
        parts = [term.text] if " " in term.text else _WORD.findall(term.text)
        kept = [part for part in parts if len(parts) == 1 or part.lower() not in STOP_WORDS]
        yield from (Term(part, term.is_prefix and part is kept[-1]) for part in kept)


def _word(term: Term) -> str:
    """A single word of plain letters, or ""."""
    word = term.text.lower()
    return word if word.isascii() and word.isalpha() else ""


def _once(typed: Phrase, others: Sequence[Phrase], found_in: Mapping[str, Known]) -> tuple[Phrase, ...]:
    """The phrase as it was typed, and each other one that the vocabulary can make."""
    if not typed:
        return ()
    kept = {phrase: None for phrase in others if phrase != typed and all(stem in found_in for stem in phrase)}
    return typed, *kept


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for first, second in pairwise(words):
        yield (first, second) if first and second else ("", "")


def _may_be_initials(text: str, items: int) -> bool:
    if not (SHORTEST <= len(text) <= LONGEST and text.isascii() and text.isalpha()):
        return False
    return items <= COMMON_INITIALS or text.isupper()


def _split(word: str) -> list[Phrase]:
    """The word as two: "sharecode" as "share code"."""
    halves = [f"{word[:at]} {word[at:]}" for at in range(3, len(word) - 2)]
    return [tuple(each) for each in stems(halves) if len(each) == 2]


def _spelt_otherwise(stem: str, found_in: dict[str, Known]) -> list[Phrase]:
    """Stems of the vocabulary that are one letter away: another, one more, one less, or two exchanged (Damerau 1964),
    those that most items have first. The first letter is taken as right."""
    if len(stem) < SHORTEST_TYPO:
        return []
    near: set[str] = set()
    for at in range(1, len(stem) + 1):
        head, tail = stem[:at], stem[at:]
        near.update(head + letter + tail for letter in ascii_lowercase)
        if tail:
            near.add(head + tail[1:])
            near.update(head + letter + tail[1:] for letter in ascii_lowercase)
        if len(tail) > 1:
            near.add(head + tail[1] + tail[0] + tail[2:])
    found = known(near - {stem})
    best = sorted(found, key=lambda each: (-found[each].items, each))[:MOST_SPELLINGS]
    found_in.update((each, found[each]) for each in best)
    return [(each,) for each in best]


def _known_as(typed: Sequence[Phrase]) -> dict[tuple[int, int], Phrase]:
    """The other names of known things that stand in the query as several terms, by where they stand."""
    found: dict[tuple[int, int], Phrase] = {}
    for start in range(len(typed)):
        for end in range(start + 2, min(start + 8, len(typed)) + 1):
            whole = tuple(stem for phrase in typed[start:end] for stem in phrase)
            for other in _short_forms().get(whole, ()):
                found[start, end] = other
    return found


@cache
def _long_forms() -> dict[Phrase, tuple[Phrase, ...]]:
    """The names of known things by their abbreviations."""
    return {short: longs for shorts, longs in _forms() for short in shorts}


@cache
def _short_forms() -> dict[Phrase, tuple[Phrase, ...]]:
    """The abbreviations of known things by their names, without the words that a query is read without."""
    return {
        phrase: shorts
        for shorts, longs in _forms()
        for long in longs
        if len(phrase := tuple(stem for stem in long if stem not in STOP_WORDS)) > 1
    }


@cache
def _forms() -> list[tuple[tuple[Phrase, ...], tuple[Phrase, ...]]]:
    """Abbreviations and names of each known thing that has both."""
    things: dict[Entry, tuple[list[str], list[str]]] = {}
    for each in named():
        if not each.needs_evidence:
            things.setdefault(each.entry, ([], []))[not each.is_short].append(each.printed)
    return [
        (_phrases(shorts), tuple(each for each in _phrases(longs) if len(each) > 1))
        for shorts, longs in things.values()
        if shorts and longs
    ]


def _phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(tuple(each) for each in stems(texts)))
