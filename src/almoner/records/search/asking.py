"""Ranking for a question of several words: by what the items are about, beyond the words that were typed.

BM25 first; then with the 20 terms that tell most of the five best items (Rocchio 1971, as pseudo-relevance feedback);
then each item's score is drawn towards those of its nearest neighbours among the best (Diaz 2005: what is about the same
is relevant together). Question words that stand near one another count more (Metzler and Croft 2005).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Final

import numpy as np
from django.views.decorators.debug import sensitive_variables

from almoner.records.search.documents import Candidate
from almoner.records.search.index import Index
from almoner.records.search.likeness import Told, Vectors, told_of
from almoner.records.search.question import Question
from almoner.records.search.rarity import K1, B, rarity
from almoner.records.search.vocabulary import Size
from almoner.records.search.weighing import asked, bm25

FEEDBACK_ITEMS: Final = 5
FEEDBACK_TERMS: Final = 20
FEEDBACK: Final = 0.3
"""How much the strongest of the terms counts beside a term of the question."""
NEAR: Final = 4
NEARNESS: Final = 0.2
MOST_PLACES: Final = 50
"""Of a word in an item that are looked at for nearness."""
SMOOTHED: Final = 50
NEIGHBOURS: Final = 10
OWN: Final = 0.7
"""The share of an item's own score; the rest is its neighbours'."""


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
    terms, phrases = asked(question)
    by_id = {each.item_id: each for each in candidates}
    first = bm25(terms, phrases, candidates, size)
    best = _best(first, FEEDBACK_ITEMS)
    told = told_of(size)
    vectors = told.vectors([by_id[item_id] for item_id in best])
    for letter, weight in _feedback(first, best, vectors, told).items():
        terms[letter] = terms.get(letter, 0.0) + weight * told.rarity(letter)
    second = bm25(terms, phrases, candidates, size)
    pairs = [pair for pair in dict.fromkeys(pairwise(typed)) if all(pair) and pair[0] != pair[1]]
    for each in candidates:
        second[each.item_id] += _nearness(each, pairs, known, size)
    best = _best(second, SMOOTHED)
    smoothed = _smoothed(second, best, told.vectors([by_id[item_id] for item_id in best]))
    # The rest stay behind: their scores were not drawn down to anybody's.
    bound = min(smoothed.values()) / max(
        (second[item_id] for item_id in second.keys() - smoothed.keys()), default=1.0
    )
    return {item_id: score * min(1.0, bound) for item_id, score in second.items()} | smoothed


@sensitive_variables()
def with_most(index: Index, question: Question, number: int) -> list[int]:
    """Up to `number` of the items with any of the question's words: those that have most of them, each word counted by
    how rare it is, and of equals the newest. How often a word stands in an item is not asked: that takes a database five
    times as long as to find it."""
    having = [index.having(replace(question, wanted=(concept,))) for concept in question.wanted]
    item_ids, places = np.unique(np.fromiter(chain.from_iterable(having), np.int64), return_inverse=True)
    rarities = [rarity(question.having(concept), question.size) for concept in question.wanted]
    scores = np.bincount(places, np.repeat(rarities, list(map(len, having))))
    best: list[int] = item_ids[np.lexsort((-item_ids, -scores))[:number]].tolist()
    return best


def _best(scores: Mapping[int, float], number: int) -> list[int]:
    return sorted(scores, key=lambda item_id: (-scores[item_id], -item_id))[:number]


def _feedback(
    scores: Mapping[int, float], best: Sequence[int], vectors: Vectors, told: Told
) -> dict[str, float]:
    """The terms that tell most of the best items, the strongest with the weight `FEEDBACK`."""
    weights = np.array([scores[item_id] for item_id in best]) @ vectors.weights
    found = [
        (letter, weight)
        for letter, weight in zip(vectors.letters, weights.tolist(), strict=True)
        if weight > 0 and not told.stems[letter].isdigit()
    ]
    strongest = sorted(found, key=lambda each: (-each[1], told.stems[each[0]]))[:FEEDBACK_TERMS]
    return {letter: FEEDBACK * weight / strongest[0][1] for letter, weight in strongest}


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


def _smoothed(scores: Mapping[int, float], items: Sequence[int], vectors: Vectors) -> dict[int, float]:
    """Each of the items' scores drawn towards those of its nearest neighbours by cosine. Of equally near ones the first
    count."""
    own = np.array([scores[item_id] for item_id in items])
    likeness = vectors.likeness()
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
    cosines = np.take_along_axis(likeness, nearest, axis=1)
    totals = cosines.sum(axis=1)
    theirs = (cosines * own[nearest]).sum(axis=1) / np.where(totals, totals, 1.0)
    return dict(zip(items, (OWN * own + (1 - OWN) * theirs).tolist(), strict=True))
