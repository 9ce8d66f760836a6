"""The works and programmes that an item is about, so that they can be followed over years.

Each guidance document, Act and programme that the tables of known things have is a thread of its own. `threads.csv`
beside this adds those that are known by ordinary words, or before they have a name: a strategy that is promised is
already its thread. Words joined by "+" must all stand in one sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from almoner.pipeline.model import Mention, MentionKind

_ENOUGH: Final = {MentionKind.GUIDANCE: 2, MentionKind.ACT: 2, MentionKind.PROGRAMME: 3}
"""How often a text must name a thing to be about it, where its title does not."""
_PHRASES: Final = 2
SENTENCE: Final = re.compile(r"[^.!?\n]+")
"""A sentence, roughly: a full stop in an abbreviation ends it, too."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a thread follows: our id for it, and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class _Row:
    subject: Subject
    known: frozenset[str]
    phrases: tuple[tuple[re.Pattern[str], ...], ...]


def subjects_of(title: str, text: str, mentions: Iterable[Mention]) -> tuple[Subject, ...]:
    """What an item is about: what it names in its title, or more than in passing."""
    found: dict[str, Subject] = {}
    counts: dict[tuple[MentionKind, str], int] = {}
    names: dict[str, str] = {}
    for mention in mentions:
        if mention.kind not in _ENOUGH:
            continue
        counts[mention.kind, mention.id] = counts.get((mention.kind, mention.id), 0) + mention.count
        if mention.as_printed.casefold() in title.casefold():
            counts[mention.kind, mention.id] += max(_ENOUGH.values())
        names[mention.id] = mention.name
    for (kind, known), count in counts.items():
        if count >= _ENOUGH[kind]:
            subject = _subjects().get(known, Subject(known, names[known]))
            found[subject.id] = subject
    for row in _table():
        if row.subject.id not in found and _speaks_of(row, title, text):
            found[row.subject.id] = row.subject
    return tuple(found.values())


def _speaks_of(row: _Row, title: str, text: str) -> bool:
    sentences = SENTENCE.findall(text)
    for words in row.phrases:
        if all(word.search(title) for word in words):
            return True
        times = sum(all(word.search(sentence) for word in words) for sentence in sentences)
        if times >= (_PHRASES if len(words) == 1 else 1):
            return True
    return False


@cache
def _table() -> tuple[_Row, ...]:
    with Path(__file__).with_name("threads.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            _Row(
                Subject(row["id"], row["name"]),
                frozenset(filter(None, row["known"].split("; "))),
                tuple(
                    tuple(
                        re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in phrase.split(" + ")
                    )
                    for phrase in row["phrases"].split("; ")
                ),
            )
            for row in csv.DictReader(lines)
        )


@cache
def _subjects() -> dict[str, Subject]:
    return {known: row.subject for row in _table() for known in row.known}
