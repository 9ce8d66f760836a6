"""What may be an answer, and in which order: one function over both ways to rank, the same on every database."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.records.search import naming, weighing
from almoner.records.search.documents import Candidate
from almoner.records.search.index import Index
from almoner.records.search.narrowing import EVERYTHING, Narrowed
from almoner.records.search.question import Question
from almoner.records.search.vocabulary import kept

CANDIDATES: Final = 150
"""Items that are ranked, and so those that a search can list."""
COUNTED: Final = 1_000
"""Matches that are counted. Of more the database picks the newest, those with the words in the title first: to look at
them all would take longer than to read the answer, and so common a word tells little but what is new."""
WEIGHED: Final = 5_000
"""Items that the rarer words of a question may have, all of which the database weighs."""
RECENT: Final = 0.1
"""How much more the newest of the candidates counts than one without end older."""
HALF_LIFE: Final = 365 * 86_400.0
"""Seconds after which half of that is left."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The primary keys of the best, best first, and of the newest matches, up to `COUNTED`; whether `every` word was asked
    for; whether any of the best has them all; and whether an item has any of them, whatever the search is narrowed to."""

    best: tuple[int, ...]
    newest: Sequence[int]
    every: bool
    matches_all: bool
    matches_any: bool


@sensitive_variables()  # error reports show no search words
def ranked(index: Index, question: Question, narrowed: Narrowed) -> Ranking:
    """What matches all of a few words, or any of the words of a question; among equals the newest first. Few words of
    which no title has one are a question as well: they name nothing."""
    every, several = not question.asks, len(question.wanted) > 1
    newest: Sequence[int] = ()
    found: Sequence[Candidate] = ()
    if every:
        newest = index.newest(question, every=True, in_title=False, limit=COUNTED)
        if several or narrowed == EVERYTHING:
            found = _candidates(index, question, newest, every=True)
    if several and not (found and _names_something(question, found)):
        every = False
        newest = index.newest(question, every=False, in_title=False, limit=COUNTED)
        if narrowed == EVERYTHING:
            found = _candidates(index, question, newest, every=False)
    matches_any = bool(newest)
    if matches_any and narrowed != EVERYTHING:
        question = replace(question, narrowed=narrowed)
        newest = index.newest(question, every=every, in_title=False, limit=COUNTED)
        found = _candidates(index, question, newest, every=every)
    if not found:
        return Ranking((), (), every, every, matches_any)
    matches_all = every or any(map(weighing.having_all(question), found))
    if _names_something(question, found):
        scores = naming.scores(question, found)
    else:
        from almoner.records.search import asking  # NumPy, which every process and command would wait for

        scores = asking.scores(question, found)
    return Ranking(_best(scores, found), newest, every, matches_all, matches_any)


def _best(scores: dict[int, float], candidates: Sequence[Candidate]) -> tuple[int, ...]:
    newest = max(each.sorts_at for each in candidates)
    for each in candidates:
        scores[each.item_id] *= 1 + RECENT * math.exp2((each.sorts_at - newest) / HALF_LIFE)
    order = sorted(candidates, key=lambda each: (-scores[each.item_id], -each.sorts_at, -each.item_id))
    return tuple(each.item_id for each in order)


def _names_something(question: Question, candidates: Sequence[Candidate]) -> bool:
    """Whether it is one word, or so few that they may be a name and some title has one of them."""
    if len(question.wanted) == 1:
        return True
    if question.asks:
        return False
    phrases = [phrase for concept in question.wanted for phrase in concept.phrases]
    spelt = [letters for phrase in phrases if (letters := question.letters(phrase))]
    return any(item.in_title(letters) for item in candidates for letters in spelt)


def _candidates(index: Index, question: Question, newest: Sequence[int], *, every: bool) -> list[Candidate]:
    """Up to `CANDIDATES` or so of the matches, of which the newest are given, that may be among the best."""
    if len(newest) < COUNTED:
        return weighing.likeliest(question, [Candidate(entry) for entry in kept(newest)], CANDIDATES)
    half = CANDIDATES // 2
    found = dict.fromkeys(index.newest(question, every=every, in_title=True, limit=half))
    if not every:
        from almoner.records.search import asking  # as above

        found |= dict.fromkeys(asking.with_most(index, _rarest(question), CANDIDATES))
    found |= dict.fromkeys(newest[:half])
    return [Candidate(entry) for entry in kept(found)]


def _rarest(question: Question) -> Question:
    """The question without those of its words that would match too much."""
    having = map(question.having, question.wanted)
    kept_concepts, room = [], WEIGHED
    for items, number in sorted((items, number) for number, items in enumerate(having)):
        room -= items
        if room < 0:
            break
        kept_concepts.append(question.wanted[number])
    return replace(question, wanted=tuple(kept_concepts))
