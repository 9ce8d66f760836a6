"""Ranking for a few words, which mostly name one thing that somebody knows to be there: its title decides.

Titles are not weighed by their length, as BM25 would: "Child benefit" is no better a match for "child benefit" since it
is short, but since nothing else stands in it. The weights were found on GOV.UK's queries, all of them (see
docs/benchmarks.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.records.search.documents import Candidate
from almoner.records.search.initials import MARK, SHORTEST
from almoner.records.search.question import Phrase, Question
from almoner.records.search.rarity import K1, B, rarity
from almoner.records.search.vocabulary import Size
from almoner.records.search.words import STOP_WORDS

TITLE: Final = 3.0
"""A hit in a title beside one elsewhere."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to have a concept: its letters, how much it counts, and how many words of a title it stands for (initials
    for one a letter)."""

    letters: str
    worth: float
    words: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A concept's ways, and the letters of longer words that count a little."""

    ways: Sequence[_Way]
    longer: frozenset[str]


@sensitive_variables()
def scores(question: Question, candidates: Iterable[Candidate]) -> dict[int, float]:
    """The score of each candidate by its item's key."""
    concepts, size = [concept for concept in question.wanted if concept.phrases], question.size
    wanted = [
        _Wanted([_way(phrase, question) for phrase in concept.phrases], frozenset(concept.longer.values()))
        for concept in concepts
    ]
    typed = question.letters(tuple(stem for concept in concepts for stem in concept.phrases[0]))
    whole = typed if sum(len(concept.phrases[0]) for concept in concepts) > 1 else ""
    small = frozenset(question.known[word].letter for word in STOP_WORDS if word in question.known)
    return {each.item_id: _score(each, wanted, whole, small, size) for each in candidates}


def _score(
    item: Candidate, wanted: Sequence[_Wanted], whole: str, small: frozenset[str], size: Size
) -> float:
    title = elsewhere = 0.0
    hit = hit_title = 0
    long = K1 * (1 - B + B * item.length / (size.mean_length or 1))
    for concept in wanted:
        of_title = of_rest = 0.0
        covered = 0
        for way in concept.ways:
            if not way.letters:
                continue
            if item.in_title(way.letters):
                of_title, covered = max((of_title, covered), (way.worth, way.words))
            times = item.rest.count(way.letters)
            if times:
                of_rest = max(of_rest, way.worth * times * (K1 + 1) / (times + long))
        if not of_title and not concept.longer.isdisjoint(item.title):
            of_title = 0.3 * concept.ways[0].worth
        title += of_title
        elsewhere += of_rest
        hit += bool(of_title or of_rest)
        hit_title += covered
    carrying = sum(letter not in small for letter in item.title) or 1
    title *= 1 + 0.6 * min(1.0, hit_title / carrying)
    if whole and whole in item.title:
        title *= 1.2
    return (TITLE * title + elsewhere) * (0.3 + 0.7 * hit / max(1, len(wanted)))


def _way(phrase: Phrase, question: Question) -> _Way:
    if phrase[0][0] == MARK:
        worth, words = 0.75 * math.log(1 + question.size.items), len(phrase) + SHORTEST - 1
    else:  # a phrase is at least as rare as its rarest stem
        worth, words = max(rarity(question.items(stem), question.size) for stem in phrase), len(phrase)
    return _Way(question.letters(phrase), worth, words)
