"""Weighing items by the words of a query: BM25 over their letters, the same on every database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.records.search.documents import Candidate
from almoner.records.search.initials import MARK
from almoner.records.search.question import Question
from almoner.records.search.rarity import K1, B, rarity
from almoner.records.search.vocabulary import Size

TITLE: Final = 2.0
"""What a word in the title counts beside its occurrences, where the likeliest are chosen."""


@sensitive_variables()  # error reports show no search words
def likeliest(question: Question, candidates: Sequence[Candidate], number: int) -> list[Candidate]:
    """So many that are most likely among the best, whichever way they are ranked then; among equals those with the
    highest keys."""
    if len(candidates) <= number:
        return list(candidates)
    terms, phrases = asked(question)
    longer = frozenset(letter for concept in question.wanted for letter in concept.longer.values())
    scores = bm25(terms, phrases, candidates, question.size)
    for each in candidates:
        of_title = sum(weight for letter, weight in terms.items() if letter in each.title)
        of_title += sum(weight for ways, weight in phrases if any(map(each.in_title, ways)))
        scores[each.item_id] += TITLE * of_title + (not longer.isdisjoint(each.title))
    order = sorted(candidates, key=lambda each: (-scores[each.item_id], -each.item_id))
    return order[:number]


def having_all(question: Question) -> Callable[[Candidate], bool]:
    """Whether an item has all the words of a question, each in one of its ways."""
    wanted = [
        (
            [letters for phrase in concept.phrases if (letters := question.letters(phrase))],
            frozenset(concept.longer.values()),
        )
        for concept in question.wanted
    ]

    def has_all(item: Candidate) -> bool:
        return all(
            any(way in item.text or way in item.initials for way in ways) or not longer.isdisjoint(item.text)
            for ways, longer in wanted
        )

    return has_all


def asked(question: Question) -> tuple[dict[str, float], list[tuple[list[str], float]]]:
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


def bm25(
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
