"""What may be an answer, and in which order: one function over both ways to rank, the same on every database."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.records.catalogue.queries import published
from almoner.records.search import asking, naming
from almoner.records.search.documents import Candidate
from almoner.records.search.index import Index
from almoner.records.search.question import Question
from almoner.records.search.vocabulary import kept, size

CANDIDATES: Final = 200
"""Items that are ranked, and so those that a search can list."""
RANKED: Final = 5_000
"""Of more matches than these the database picks the newest, those with the words in the title first: to rank them all
would take longer than to read the answer, and so common a word tells little but what is new."""
RECENT: Final = 0.1
"""How much more the newest of the candidates counts than one without end older."""
HALF_LIFE: Final = 365 * 86_400.0
"""Seconds after which half of that is left."""


@sensitive_variables()  # error reports show no search words
def ranked(index: Index, question: Question, *, every: bool, matches: int) -> list[int]:
    """The primary keys of the best of so many matches, best first; among equals the newest first."""
    found = _candidates(index, question, every=every, matches=matches)
    dates = dict(published().filter(pk__in=found).values_list("pk", "sorts_at"))
    candidates = [Candidate(entry, dates[entry.item_id].timestamp()) for entry in kept(dates)]
    if not candidates:
        return []
    scores = (naming if _names_something(question, candidates) else asking).scores(
        question, candidates, size()
    )
    newest = max(each.sorts_at for each in candidates)
    for each in candidates:
        scores[each.item_id] *= 1 + RECENT * math.exp2((each.sorts_at - newest) / HALF_LIFE)
    order = sorted(candidates, key=lambda each: (-scores[each.item_id], -each.sorts_at, -each.item_id))
    return [each.item_id for each in order]


def _names_something(question: Question, candidates: list[Candidate]) -> bool:
    """Whether it is one word, or so few that they may be a name and some title has one of them."""
    phrases = [phrase for concept in question.wanted for phrase in concept.phrases]
    return len(question.wanted) == 1 or (
        not question.asks and any(item.in_title(phrase) for item in candidates for phrase in phrases)
    )


def _candidates(index: Index, question: Question, *, every: bool, matches: int) -> list[int]:
    if matches <= RANKED:
        return index.best(question, every=every, limit=CANDIDATES)
    half = CANDIDATES // 2
    found = dict.fromkeys(index.newest(question, every=every, in_title=True, limit=half))
    if not every:
        found |= dict.fromkeys(index.best(_rarest(question), every=False, limit=CANDIDATES))
    found |= dict.fromkeys(index.newest(question, every=every, in_title=False, limit=half))
    return list(found)


def _rarest(question: Question) -> Question:
    """The question without those of its words that would match too much."""
    having = [
        sum(min(question.frequencies.get(stem, 0) for stem in phrase) for phrase in concept.phrases)
        for concept in question.wanted
    ]
    kept_concepts, room = [], RANKED
    for items, number in sorted((items, number) for number, items in enumerate(having)):
        room -= items
        if room < 0:
            break
        kept_concepts.append(question.wanted[number])
    return replace(question, wanted=tuple(kept_concepts))
