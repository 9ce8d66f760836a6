"""Ranking for a question of several words: by what the items are about, beyond the words that were typed.

BM25 first; then with the 20 terms that tell most of the five best items (Rocchio 1971, as pseudo-relevance feedback);
then each item's score is drawn towards those of its nearest neighbours among the best (Diaz 2005: what is about the same
is relevant together). Question words that stand near one another count more (Metzler and Croft 2005).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from django.views.decorators.debug import sensitive_variables

from almoner.records.search import vocabulary
from almoner.records.search.documents import Candidate
from almoner.records.search.initials import MARK
from almoner.records.search.question import Question
from almoner.records.search.rarity import K1, B, rarity
from almoner.records.search.vocabulary import Size, telling

FEEDBACK_ITEMS: Final = 5
FEEDBACK_TERMS: Final = 20
FEEDBACK: Final = 0.3
"""How much the strongest of the terms counts beside a term of the question."""
NEAR: Final = 4
NEARNESS: Final = 0.2
MOST_PLACES: Final = 50
"""Of a word in an item that are looked at for nearness."""
MOST_STEMS: Final = 150
"""Of an item, those that stand there most often, by which it is compared with others."""
SMOOTHED: Final = 50
NEIGHBOURS: Final = 10
MOST_KEPT: Final = 50_000
"""Stems of which it is kept between questions how rare they are."""
OWN: Final = 0.7
"""The share of an item's own score; the rest is its neighbours'."""

Vector: TypeAlias = dict[str, float]


@sensitive_variables()
def scores(question: Question, candidates: Sequence[Candidate]) -> dict[int, float]:
    """The score of each candidate by its item's key."""
    size = question.size
    typed = [
        question.letters((stem,))
        for concept in question.wanted
        for phrase in concept.phrases[:1]
        for stem in phrase
    ]
    known = {each.letter: rarity(each.items, size) for each in question.known.values()}
    terms, phrases = _asked(question)
    by_id = {each.item_id: each for each in candidates}
    first = _bm25(terms, phrases, candidates, size)
    best = _best(first, FEEDBACK_ITEMS)
    told = _told_of(size)
    vectors = told.vectors(by_id[item_id] for item_id in best)
    for letter, weight in _feedback(first, best, vectors, told).items():
        terms[letter] = terms.get(letter, 0.0) + weight * told.rarities[letter]
    second = _bm25(terms, phrases, candidates, size)
    pairs = [pair for pair in dict.fromkeys(pairwise(typed)) if all(pair) and pair[0] != pair[1]]
    for each in candidates:
        second[each.item_id] += _nearness(each, pairs, known, size)
    best = _best(second, SMOOTHED)
    vectors |= told.vectors(by_id[item_id] for item_id in best if item_id not in vectors)
    smoothed = _smoothed(second, {item_id: vectors[item_id] for item_id in best})
    # The rest stay behind: their scores were not drawn down to anybody's.
    bound = min(smoothed.values()) / max(
        (second[item_id] for item_id in second.keys() - smoothed.keys()), default=1.0
    )
    return {item_id: score * min(1.0, bound) for item_id, score in second.items()} | smoothed


def _asked(question: Question) -> tuple[dict[str, float], list[tuple[list[str], float]]]:
    """The letters of the question with their weights; and each concept that has several ways, or one of several stems."""
    terms: dict[str, float] = {}
    phrases = []
    for concept in question.wanted:
        if len(concept.phrases) == 1 == len(concept.phrases[0]):
            stem = concept.phrases[0][0]
            if letter := question.letters((stem,)):
                terms[letter] = terms.get(letter, 0.0) + rarity(question.items(stem), question.size)
        elif ways := [letters for phrase in concept.phrases if (letters := question.letters(phrase))]:
            stems = {stem for phrase in concept.phrases for stem in phrase if stem[0] != MARK}
            having = [question.items(stem) for stem in stems & question.known.keys()]
            phrases.append((ways, rarity(min(having, default=question.size.items), question.size)))
    return terms, phrases


def _bm25(
    terms: Mapping[str, float],
    phrases: Sequence[tuple[Sequence[str], float]],
    candidates: Sequence[Candidate],
    size: Size,
) -> dict[int, float]:
    """BM25 of terms by their weights, and of concepts, which stand wherever one of their phrases stands."""
    found: dict[int, float] = {}
    for item in candidates:
        long = K1 * (1 - B + B * item.length / (size.mean_length or 1))
        text, score = item.text, 0.0
        for letter, weight in terms.items():
            if letter in text:
                times = text.count(letter)
                score += weight * times * (K1 + 1) / (times + long)
        for ways, weight in phrases:
            most = max(item.rest.count(each) + item.in_title(each) for each in ways)
            score += weight * most * (K1 + 1) / (most + long)
        found[item.item_id] = score
    return found


def _best(scores: Mapping[int, float], number: int) -> list[int]:
    return sorted(scores, key=lambda item_id: (-scores[item_id], -item_id))[:number]


class _Told:
    """What the stems of items tell of what these are about: how rare each is, asked of the vocabulary once.

    Kept for the questions that follow, until the index changes here, or in another process has another size: most of the
    time it is the same few thousand stems that are asked about.
    """

    def __init__(self, size: Size) -> None:
        self.size = size
        self.rarities: dict[str, float] = {}
        self.stems: dict[str, str] = {}
        self.asked: set[str] = set()

    def vectors(self, items: Iterable[Candidate]) -> dict[int, Vector]:
        """Each item's stems by how often they stand there and how rare they are, together of length 1."""
        counts = {each.item_id: each.most_frequent(MOST_STEMS) for each in items}
        new = {letter for each in counts.values() for letter, _ in each} - self.asked
        if new:
            for letter, (stem, number) in telling(new).items():
                self.stems[letter] = stem  # first: another thread may take what has a rarity for known
                self.rarities[letter] = rarity(number, self.size)
            self.asked |= new
        return {item_id: self._vector(each) for item_id, each in counts.items()}

    def _vector(self, counts: Iterable[tuple[str, int]]) -> Vector:
        rarities = self.rarities
        weights = {
            letter: (1 + math.log(times)) * rarities[letter] for letter, times in counts if letter in rarities
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {letter: weight / length for letter, weight in weights.items()}


_kept: dict[tuple[Size, int], _Told] = {}
"""The one that was used last, by the index's size and how often it was changed here."""


def _told_of(size: Size) -> _Told:
    state = (size, vocabulary.changes())
    told = _kept.get(state)
    if told is None or len(told.asked) > MOST_KEPT:
        told = _Told(size)
        _kept.clear()
        _kept[state] = told
    return told


def _feedback(
    scores: Mapping[int, float], best: Sequence[int], vectors: Mapping[int, Vector], told: _Told
) -> dict[str, float]:
    """The terms that tell most of the best items, the strongest with the weight `FEEDBACK`."""
    found: dict[str, float] = {}
    for item_id in best:
        for letter, weight in vectors[item_id].items():
            if not told.stems[letter].isdigit():
                found[letter] = found.get(letter, 0.0) + weight * scores[item_id]
    strongest = sorted(found.items(), key=lambda each: (-each[1], told.stems[each[0]]))[:FEEDBACK_TERMS]
    return {letter: FEEDBACK * weight / strongest[0][1] for letter, weight in strongest if weight > 0}


def _nearness(
    item: Candidate, pairs: Sequence[tuple[str, str]], known: Mapping[str, float], size: Size
) -> float:
    """How often neighbours in the question, `pairs` of letters, stand within `NEAR` stems of one another."""
    long = K1 * (1 - B + B * item.length / (size.mean_length or 1))
    text, score = item.text, 0.0
    places: dict[str, list[int]] = {}
    for pair in pairs:
        first, second = pair
        if first not in text or second not in text:
            continue
        for letter in pair:
            if letter not in places:
                places[letter] = _places(letter, text)
        theirs = places[second]
        times = sum([abs(a - b) <= NEAR for a in places[first] for b in theirs])
        if times:
            weight = min(known.get(first, 0.0), known.get(second, 0.0))
            score += NEARNESS * weight * times * (K1 + 1) / (times + long)
    return score


def _places(letter: str, text: str) -> list[int]:
    places: list[int] = []
    at = text.find(letter)
    while at >= 0 and len(places) < MOST_PLACES:
        places.append(at)
        at = text.find(letter, at + len(letter))
    return places


def _smoothed(scores: Mapping[int, float], vectors: Mapping[int, Vector]) -> dict[int, float]:
    """Each of the items' scores drawn towards those of its nearest neighbours by cosine."""
    having: dict[str, list[tuple[int, float]]] = {}
    likeness: list[list[float]] = []
    for number, vector in enumerate(vectors.values()):
        mine = [0.0] * len(vectors)
        for stem, weight in vector.items():
            others = having.setdefault(stem, [])
            for other, its_weight in others:
                mine[other] += weight * its_weight
            others.append((number, weight))
        for other, row in enumerate(likeness):
            row[number] = mine[other]
        likeness.append(mine)
    found = {}
    items = list(vectors)
    for item_id, mine in zip(items, likeness, strict=True):
        nearest = sorted(zip(mine, items, strict=True), reverse=True)[:NEIGHBOURS]
        total = sum(cosine for cosine, _ in nearest)
        theirs = sum(cosine * scores[other] for cosine, other in nearest) / total if total else 0.0
        found[item_id] = OWN * scores[item_id] + (1 - OWN) * theirs
    return found
