"""What an item is about, by the names of topics in it.

A name in the title weighs most, then one in the opening; further down it weighs less the longer the text is. A hint
("school", "police") weighs a fraction, so that it takes several. Each topic says which words it was given for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from almoner.pipeline.taxonomy.topic_words import find
from almoner.pipeline.taxonomy.topics import above

ENOUGH: Final = 1.0
"""The score from which an item is about a topic."""
PASSING: Final = 0.25
"""The share of the best topic's score under which another one is only mentioned in passing."""
COVERING: Final = 0.5
"""The share of a broader topic's score from which a narrower one stands for both."""
MOST: Final = 6
"""Topics that an item is given at most: one that is about everything is about nothing."""
OPENING: Final = 400
"""Characters of a text that are its opening: two or three sentences, in which news says what it is about."""
SHORT: Final = 1500
"""Characters of a text up to which a name after the opening has its whole weight."""
_QUOTED: Final = 3


class _Where(Enum):
    """A part of an item: what a name weighs there, what a hint weighs, and how it is called."""

    TITLE = (3.0, 0.8, "in the title")
    OPENING = (1.0, 0.4, "in the opening")
    REST = (0.6, 0.2, "further down")

    @property
    def words(self) -> str:
        """As it is said to an editor."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class TopicFound:
    """A topic of an item. `score` is 1 or more; `why` quotes the words it was given for."""

    topic: str
    score: float
    why: str


@dataclass(slots=True)
class _Evidence:
    score: float = 0.0
    phrases: Counter[tuple[str, _Where]] = field(default_factory=Counter)


def topics_of(title: str, text: str) -> tuple[TopicFound, ...]:
    """The topics of an item by its title and text, the surest first; a broader one only where it is far surer than
    the narrower ones."""
    evidence: dict[str, _Evidence] = {}
    thinning = min(1.0, SHORT / max(1, len(text)))
    for printed, topic, is_hint, where in _names(title, text):
        seen = evidence.setdefault(topic, _Evidence())
        full, hint, _ = where.value
        seen.score += (hint if is_hint else full) * (thinning if where is _Where.REST else 1.0)
        seen.phrases[printed.lower() if printed[1:].islower() else printed, where] += 1
    ranked = sorted(evidence.items(), key=lambda pair: -pair[1].score)
    least = max(ENOUGH, PASSING * ranked[0][1].score) if ranked else ENOUGH
    sure = [(topic, seen) for topic, seen in ranked if seen.score >= least][:MOST]
    scores = {topic: seen.score for topic, seen in sure}
    covered = {
        higher
        for topic, score in scores.items()
        for higher in above(topic)
        if score >= COVERING * scores.get(higher, 0.0)
    }
    return tuple(
        TopicFound(topic, round(seen.score, 2), _why(seen)) for topic, seen in sure if topic not in covered
    )


def _names(title: str, text: str) -> Iterator[tuple[str, str, bool, _Where]]:
    for found in find(title, abbreviations=not title.isupper()):
        yield from ((found.printed, topic, is_hint, _Where.TITLE) for topic, is_hint in found.namings)
    for found in find(text):
        where = _Where.OPENING if found.start < OPENING else _Where.REST
        yield from ((found.printed, topic, is_hint, where) for topic, is_hint in found.namings)


def _why(seen: _Evidence) -> str:
    """The words that weighed most, as they are printed, and where they stand."""
    ranked = sorted(seen.phrases.items(), key=lambda pair: -pair[0][1].value[0] * pair[1])[:_QUOTED]
    return "; ".join(
        f"“{printed}” {where.words}" + (f", {count} times" if count > 1 else "")
        for (printed, where), count in ranked
    )
