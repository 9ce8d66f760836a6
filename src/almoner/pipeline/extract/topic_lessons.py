"""Topics as editors give them: learnt from the items whose topics an editor has decided on.

For each topic, how much likelier each sign is in items that have it than in those that have not (naive Bayes with the
rest of the lessons as the counter-class; after Rennie et al. 2003). Signs are words and pairs of words in small
letters, so that no name is learnt, and the topics that the taxonomy's own names call for. Only the strongest count, and
they are what the learner gives as its reason.

How often it is right is measured on lessons that it was not taught with, in turns. Where it is right often enough, it
may give the topic by itself; else it only suggests.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from almoner.pipeline.extract.topics import topics_of

FEWEST: Final = 8
"""Lessons with a topic, and without it, from which it is learnt."""
RIGHT: Final = 0.8
"""The share of topics given that must be right: the lower end of the interval in which it lies in nineteen of twenty
cases (Wilson 1927), so that few lessons are not enough."""
_IN: Final = 3
"""Lessons in which a sign must stand."""
_STRONGEST: Final = 40
_WEAKEST: Final = math.log(2)
_TURNS: Final = 5
_LOOKED_AT: Final = 3_000
_QUOTED: Final = 3
_ASSUMED: Final = 0.5
_VOTE: Final = "topic:"
_SMALL: Final = re.compile(r"(?<![\w’'-])[a-z]{4,}(?![\w’'])")


@dataclass(frozen=True, slots=True)
class Lesson:
    """The signs of an item, and the topics that an editor left it with."""

    signs: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of a topic: what each sign adds to the score, the score from which it is suggested, and that from
    which it is given (None: never). Of `called` lessons that it was measured on and would have suggested the topic
    for, `right` have it."""

    topic: str
    signs: Mapping[str, float]
    suggests_from: float
    gives_from: float | None
    called: int
    right: int

    def score(self, signs: frozenset[str]) -> float:
        """How much the signs of an item speak for the topic."""
        return sum(weight for sign, weight in self.signs.items() if sign in signs)

    def why(self, signs: frozenset[str]) -> str:
        """The signs that spoke most for it, for an editor."""
        said = sorted((sign for sign in self.signs if sign in signs), key=lambda sign: -self.signs[sign])
        words = (f"“{sign}”" for sign in said if not sign.startswith(_VOTE))
        return "as editors gave it to items with " + (", ".join(list(words)[:_QUOTED]) or "its names")


def signs_of(title: str, text: str) -> frozenset[str]:
    """The signs of an item: words and pairs of words in small letters, and the topics that its words name."""
    found: set[str] = set()
    for part in re.split(r"[.!?;:\n]", f"{title}\n{text}"[:_LOOKED_AT]):
        words = _SMALL.findall(part)
        found.update(words)
        found.update(f"{one} {other}" for one, other in pairwise(words))
    found.update(f"{_VOTE}{each.topic}" for each in topics_of(title, text))
    return frozenset(found)


def learn(lessons: Sequence[Lesson]) -> list[Learnt]:
    """What the lessons teach of each topic that enough of them have."""
    counts = Counter(topic for lesson in lessons for topic in lesson.topics)
    enough = sorted(topic for topic, count in counts.items() if FEWEST <= count <= len(lessons) - FEWEST)
    return [learnt for topic in enough if (learnt := _learn_topic(topic, lessons)) is not None]


def _learn_topic(topic: str, lessons: Sequence[Lesson]) -> Learnt | None:
    measured: list[tuple[float, bool]] = []
    for turn in range(_TURNS):
        weights = _weights(topic, [lesson for at, lesson in enumerate(lessons) if at % _TURNS != turn])
        measured += (
            (sum(weights.get(sign, 0.0) for sign in lesson.signs), topic in lesson.topics)
            for lesson in lessons[turn::_TURNS]
        )
    weights = _weights(topic, lessons)
    suggests = _best(measured)
    if not weights or suggests is None:
        return None
    called = [right for score, right in measured if score >= suggests]
    return Learnt(topic, weights, suggests, _sure(measured), len(called), sum(called))


def _weights(topic: str, lessons: Sequence[Lesson]) -> dict[str, float]:
    """What each of the strongest signs adds: the logarithm of how much likelier it is with the topic than without."""
    having = [lesson for lesson in lessons if topic in lesson.topics]
    within = Counter(sign for lesson in having for sign in lesson.signs)
    overall = Counter(sign for lesson in lessons for sign in lesson.signs if sign in within)
    others = len(lessons) - len(having)
    weights = {
        sign: math.log(
            (count + _ASSUMED)
            / (len(having) + 2 * _ASSUMED)
            * (others + 2 * _ASSUMED)
            / (overall[sign] - count + _ASSUMED)
        )
        for sign, count in within.items()
        if count >= _IN
    }
    strongest = sorted(weights, key=lambda sign: (-weights[sign] * within[sign], sign))[:_STRONGEST]
    return {sign: round(weights[sign], 3) for sign in strongest if weights[sign] >= _WEAKEST}


def _best(measured: Sequence[tuple[float, bool]]) -> float | None:
    """The score from which precision and recall together are best (F1); None where nothing right is found."""
    having = sum(right for _, right in measured)
    best, found = 0.0, None
    for score in _between(measured):
        called = [right for other, right in measured if other >= score]
        if (f1 := 2 * sum(called) / (len(called) + having)) > best:
            best, found = f1, score
    return found


def _sure(measured: Sequence[tuple[float, bool]]) -> float | None:
    """The lowest score from which it is right often enough."""
    for score in _between(measured):
        called = [right for other, right in measured if other >= score]
        if _at_least(sum(called), len(called)) >= RIGHT:
            return score
    return None


def _between(measured: Sequence[tuple[float, bool]]) -> list[float]:
    """The middles between the scores that were met, from low to high: the places at which a line can be drawn."""
    met = sorted({0.0, *(score for score, _ in measured if score > 0)})
    return [(lower + higher) / 2 for lower, higher in pairwise(met)]


def _at_least(right: int, called: int) -> float:
    """The lower end of Wilson's interval for a share."""
    z = 1.96
    share = right / called
    middle = share + z * z / (2 * called)
    spread = z * math.sqrt(share * (1 - share) / called + z * z / (4 * called * called))
    return (middle - spread) / (1 + z * z / called)
