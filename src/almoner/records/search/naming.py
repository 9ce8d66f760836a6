"""Ranking for a few words, which mostly name one thing that somebody knows to be there: its title decides.

Titles are not weighed by their length, as BM25 would: "Child benefit" is no better a match for "child benefit" since it
is short, but since nothing else stands in it. The weights were found on GOV.UK's queries, all of them (see
docs/benchmarks.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.records.search.documents import Candidate, follows
from almoner.records.search.initials import MARK
from almoner.records.search.question import Concept, Phrase, Question
from almoner.records.search.rarity import K1, B, rarity
from almoner.records.search.vocabulary import Size
from almoner.records.search.words import STOP_WORDS

TITLE: Final = 3.0
"""A hit in a title beside one elsewhere."""


@sensitive_variables()
def scores(question: Question, candidates: Iterable[Candidate], size: Size) -> dict[int, float]:
    """The score of each candidate by its item's key."""
    concepts = [concept for concept in question.wanted if concept.phrases]
    worth = [[(phrase, _worth(phrase, question, size)) for phrase in concept.phrases] for concept in concepts]
    whole = tuple(stem for concept in concepts for stem in concept.phrases[0])
    return {each.item_id: _score(each, concepts, worth, whole, size) for each in candidates}


def _score(
    item: Candidate,
    concepts: Sequence[Concept],
    worth: Sequence[Sequence[tuple[Phrase, float]]],
    whole: Phrase,
    size: Size,
) -> float:
    title = elsewhere = 0.0
    hit = hit_title = 0
    for concept, phrases in zip(concepts, worth, strict=True):
        in_title = [(value, _words_of(phrase)) for phrase, value in phrases if item.in_title(phrase)]
        of_title, covered = max(in_title, default=(0.0, 0))
        of_rest = max((_saturated(item, phrase, size) * value for phrase, value in phrases), default=0.0)
        if not of_title and concept.is_prefix:
            start = concept.phrases[0][-1]
            of_title = 0.3 * phrases[0][1] * any(stem.startswith(start) for stem in item.title)
        title += of_title
        elsewhere += of_rest
        hit += bool(of_title or of_rest)
        hit_title += covered
    carrying = sum(stem not in STOP_WORDS for stem in item.title) or 1
    title *= 1 + 0.6 * min(1.0, hit_title / carrying)
    if len(whole) > 1 and follows(whole, item.title):
        title *= 1.2
    return (TITLE * title + elsewhere) * (0.3 + 0.7 * hit / max(1, len(concepts)))


def _words_of(phrase: Phrase) -> int:
    """How many words of a title it stands for: initials for one a letter."""
    return len(phrase[0]) - 1 if phrase[0][0] == MARK else len(phrase)


def _saturated(item: Candidate, phrase: Phrase, size: Size) -> float:
    times = item.times_elsewhere(phrase)
    return (
        times * (K1 + 1) / (times + K1 * (1 - B + B * item.length / (size.mean_length or 1)))
        if times
        else 0.0
    )


def _worth(phrase: Phrase, question: Question, size: Size) -> float:
    """How much a phrase counts: as its rarest stem, since a phrase is at least as rare."""
    if phrase[0][0] == MARK:
        return 0.75 * math.log(1 + size.items)
    return max(rarity(question.frequencies.get(stem, 0), size) for stem in phrase)
