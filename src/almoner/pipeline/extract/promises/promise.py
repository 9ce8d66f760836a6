"""Readings of a block → promises, each with its sentence and its due date."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import islice
from typing import Final

from almoner.pipeline.extract.promises.clauses import clause_start
from almoner.pipeline.extract.promises.due import Due, due_in
from almoner.pipeline.extract.promises.readings import Reading, may_promise, read, read_headline, triggers
from almoner.pipeline.extract.sentences import Sentences, sentences_of
from almoner.pipeline.lines import glance
from almoner.pipeline.model import Place, Promise, When

_MOST: Final = 2_000
"""Triggers that are looked at in one block; more is no prose (and a finding says so)."""
_LEFT: Final = 480
_RIGHT: Final = 400
_BEFORE: Final = 80
"""Characters before a promise's clause in which its date may stand: "In the spring – and only then – we will"."""
_QUESTION: Final = re.compile(r"\?[”’\"']?\s*$")
_CONDITION: Final = re.compile(r"[“\"‘']?(?:if|unless|once|where|should|in\sthe\sevent)\b", re.IGNORECASE)
_DEED_ENDS: Final = re.compile(
    r";|,\sbut\b|\s[–—-]\s|,?\s(?:and|but|so)\s(?:we|I|the\s\w+|it|they|he|she)\s(?:will|shall|are|is|also|have|has|intend|can)\b"
    r"|[.!?](?:[”’\"']|\s|$)|[”\"](?=\s)"
)
_SHORTEST: Final = 2
"""Words of a deed."""


def promises_in(
    text: str, place: Place, anchor: When | None, seen: Set[str] | None = None
) -> tuple[Promise, ...]:
    """The promises in a block's clean `text`, in order. `anchor` is the item's own date, which "next month" needs.

    `seen` are words and heads (`lines.glance`), the text's among them, where they are known already. `who` is the subject as printed ("we" where a speaker speaks for a body), `what` the deed as printed. Time
    grows with the length of the text and no faster.
    """
    if not may_promise(glance.seen(text) if seen is None else seen):
        return ()
    sentences: Sentences | None = None
    found: list[Promise] = []
    done = -1
    for match in islice(triggers(text), _MOST):
        if match.start() < done:
            continue
        sentences = sentences_of(text) if sentences is None else sentences
        left, right = sentences.span(sentences.index_at(match.start()))
        left, right = max(left, match.start() - _LEFT), min(right, match.end() + _RIGHT)
        if _QUESTION.search(text, left, right) or _CONDITION.match(text, left, right):
            continue
        reading = read(text, match, left, right)
        end = _deed_end(text, reading, right) if reading is not None else -1
        promise = _promise(text, reading, (left, right), end, place, anchor) if reading is not None else None
        if promise is not None:
            found.append(promise)
            done = end
    if not found:
        headline = read_headline(text)
        promise = _promise(text, headline, (0, len(text)), len(text), place, anchor) if headline else None
        return (promise,) if promise else ()
    return tuple(found)


def triggers_beyond_limit(text: str) -> bool:
    """Whether `text` has more that may be a promise than `promises_in` looks at."""
    return next(islice(triggers(text), _MOST, None), None) is not None


def _deed_end(text: str, reading: Reading, right: int) -> int:
    match = _DEED_ENDS.search(text, reading.deed, right)
    return match.start() if match else right


def _promise(
    text: str, reading: Reading, span: tuple[int, int], end: int, place: Place, anchor: When | None
) -> Promise | None:
    what = text[reading.deed : end].strip(' ,”"')
    offset, due = _due(text, reading.at, end, span[0], anchor)
    if (reading.needs_due and due is None) or (len(what.split()) < _SHORTEST and due is None):
        return None
    return Promise(
        who=reading.who,
        what=what,
        sentence=text[slice(*span)],
        place=place,
        due_start=due.first.isoformat() if due and due.first else None,
        due_end=due.last.isoformat() if due and due.last else None,
        due_as_printed=text[offset + due.start : offset + due.end].strip() if due else None,
    )


def _due(text: str, at: int, end: int, left: int, anchor: When | None) -> tuple[int, Due | None]:
    """The due date of the promise at `at`..`end`, and where the words begin that it was found in.

    It stands with the deed, or before it in its clause; further before only where it is yet to come.
    """
    due = due_in(text[at:end], anchor)
    if due is not None:
        return at, due
    clause = clause_start(text, left, at)
    for start in (clause, max(left, clause - _BEFORE)):
        due = due_in(text[start:at], anchor)
        if due is not None:
            past = anchor is not None and due.last is not None and due.last.isoformat() < anchor.value
            vague = start < clause and due.last is None
            return (at, None) if past or vague else (start, due)
    return at, None
