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

from almoner.records.search.documents import Candidate
from almoner.records.search.question import Phrase, Question
from almoner.records.search.rarity import K1, B, rarity
from almoner.records.search.vocabulary import Size, frequencies

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

Vector: TypeAlias = dict[str, float]


@sensitive_variables()
def scores(question: Question, candidates: Sequence[Candidate], size: Size) -> dict[int, float]:
    """The score of each candidate by its item's key."""
    typed = [stem for concept in question.wanted for phrase in concept.phrases[:1] for stem in phrase]
    known = {stem: rarity(items, size) for stem, items in question.frequencies.items()}
    by_id = {each.item_id: each for each in candidates}
    first = _bm25(question, {}, candidates, known, size)
    best = _best(first, SMOOTHED)
    known |= _rarities((by_id[item_id] for item_id in best), known, size)
    vectors = {item_id: _vector(by_id[item_id], known) for item_id in best}
    wider = _feedback(first, best[:FEEDBACK_ITEMS], vectors)
    second = _bm25(question, wider, candidates, known, size)
    for each in candidates:
        second[each.item_id] += _nearness(each, typed, known, size)
    best = _best(second, SMOOTHED)
    known |= _rarities((by_id[item_id] for item_id in best if item_id not in vectors), known, size)
    vectors = {item_id: vectors.get(item_id) or _vector(by_id[item_id], known) for item_id in best}
    smoothed = _smoothed(second, vectors)
    # The rest stay behind: their scores were not drawn down to anybody's.
    bound = min(smoothed.values()) / max(
        (second[item_id] for item_id in second.keys() - smoothed.keys()), default=1.0
    )
    return {item_id: score * min(1.0, bound) for item_id, score in second.items()} | smoothed


def _bm25(
    question: Question,
    wider: dict[str, float],
    candidates: Sequence[Candidate],
    known: Mapping[str, float],
    size: Size,
) -> dict[int, float]:
    """BM25 of the question's concepts, a concept standing wherever one of its phrases stands, and of wider terms."""
    terms: dict[str, float] = {}
    phrases: list[tuple[Sequence[Phrase], float]] = []
    for concept in question.wanted:
        if len(concept.phrases) == 1 == len(concept.phrases[0]):
            stem = concept.phrases[0][0]
            terms[stem] = terms.get(stem, 0.0) + 1
        elif concept.phrases:
            rare = (max(known.get(stem, 0.0) for stem in phrase) for phrase in concept.phrases)
            phrases.append((concept.phrases, max(rare)))
    for stem, weight in wider.items():
        terms[stem] = terms.get(stem, 0.0) + weight
    weights = [(stem, weight * known[stem]) for stem, weight in terms.items() if stem in known]
    found: dict[int, float] = {}
    for item in candidates:
        long = K1 * (1 - B + B * item.length / (size.mean_length or 1))
        counts, score = item.counts, 0.0
        for stem, weight in weights:
            if stem in counts:
                times = counts[stem]
                score += weight * times * (K1 + 1) / (times + long)
        for each, weight in phrases:
            most = max(item.times(phrase) for phrase in each)
            score += weight * most * (K1 + 1) / (most + long)
        found[item.item_id] = score
    return found


def _best(scores: Mapping[int, float], number: int) -> list[int]:
    return sorted(scores, key=lambda item_id: (-scores[item_id], -item_id))[:number]


def _rarities(items: Iterable[Candidate], known: Mapping[str, float], size: Size) -> dict[str, float]:
    wanted = {stem for item in items for stem in item.counts} - known.keys()
    return {stem: rarity(number, size) for stem, number in frequencies(wanted).items()}


def _vector(item: Candidate, known: Mapping[str, float]) -> Vector:
    """Each stem by how often it stands and how rare it is, together of length 1. Stems of one or two letters say
    nothing of what it is about."""
    weights = {
        stem: (1 + math.log(times)) * known[stem]
        for stem, times in item.counts.items()
        if len(stem) > 2 and stem in known
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {stem: weight / length for stem, weight in weights.items()}


def _feedback(
    scores: Mapping[int, float], best: Sequence[int], vectors: Mapping[int, Vector]
) -> dict[str, float]:
    """The terms that tell most of the best items, the strongest with the weight `FEEDBACK`."""
    found: dict[str, float] = {}
    for item_id in best:
        for stem, weight in vectors[item_id].items():
            if not stem.isdigit():
                found[stem] = found.get(stem, 0.0) + weight * scores[item_id]
    strongest = sorted(found.items(), key=lambda each: (-each[1], each[0]))[:FEEDBACK_TERMS]
    return {stem: FEEDBACK * weight / strongest[0][1] for stem, weight in strongest if weight > 0}


def _nearness(item: Candidate, typed: Sequence[str], known: Mapping[str, float], size: Size) -> float:
    """How often neighbours in the question stand within `NEAR` stems of one another."""
    wanted = frozenset(typed)
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(item.stems):
        if stem in wanted:
            places.setdefault(stem, []).append(place)
    score = 0.0
    for first, second in set(pairwise(typed)):
        if first == second or first not in places or second not in places:
            continue
        times = sum(
            abs(a - b) <= NEAR for a in places[first][:MOST_PLACES] for b in places[second][:MOST_PLACES]
        )
        if times:
            weight = min(known.get(first, 0.0), known.get(second, 0.0))
            long = K1 * (1 - B + B * item.length / (size.mean_length or 1))
            score += NEARNESS * weight * times * (K1 + 1) / (times + long)
    return score


def _smoothed(scores: Mapping[int, float], vectors: Mapping[int, Vector]) -> dict[int, float]:
    """Each of the items' scores drawn towards those of its nearest neighbours by cosine."""
    having: dict[str, list[tuple[int, float]]] = {}
    likeness: dict[int, dict[int, float]] = {item_id: {} for item_id in vectors}
    for item_id, vector in vectors.items():
        mine = likeness[item_id]
        for stem, weight in vector.items():
            others = having.setdefault(stem, [])
            for other, its_weight in others:
                mine[other] = mine.get(other, 0.0) + weight * its_weight
            others.append((item_id, weight))
    for item_id in vectors:
        for other, cosine in list(likeness[item_id].items()):
            likeness[other][item_id] = cosine
    found = {}
    for item_id, mine in likeness.items():
        nearest = sorted(mine.items(), key=lambda each: (-each[1], -each[0]))[:NEIGHBOURS]
        total = sum(cosine for _, cosine in nearest)
        theirs = sum(cosine * scores[other] for other, cosine in nearest) / total if total else 0.0
        found[item_id] = OWN * scores[item_id] + (1 - OWN) * theirs
    return found
