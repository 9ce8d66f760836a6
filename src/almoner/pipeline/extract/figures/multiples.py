"""Multiples said in a word: "doubled", "a tripling of", "twice as likely", "will double the funding"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import islice
from typing import Final

from almoner.pipeline.extract.figures.change import Direction
from almoner.pipeline.extract.figures.quantities import MOST_NUMBERS
from almoner.pipeline.extract.figures.tokens import Value
from almoner.pipeline.lines.glance import heads_of

VERBS: Final = {
    "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5,
}  # fmt: skip
"""The stems of verbs, with how many times as much they make of something."""
HEADS: Final = heads_of(" ".join(VERBS) + " halve twice thrice")
"""The heads of all words that say a multiple."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """A multiple at `start`..`end`. `direction` is set where something became so many times as much."""

    start: int
    end: int
    value: Value
    direction: Direction | None


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"\b(?=[dtqh])(?:(?P<verb>doubl|tripl|trebl|quadrupl|quintupl)(?P<ending>ed|ing)\b(?!\s(?:up|down|as|over|back|glaz|check|bed))"
        r"|(?P<plain>doubl|tripl|trebl|quadrupl|quintupl)es?\b(?=\s(?:the|its|their|our|that|what|in\s(?:number|size|value)|this|last|by|over|since|to\b|from|within)|\s?[.,;]|$)"
        r"|(?P<halved>halv(?:ed|ing|e))\b"
        r"|(?P<twice>twice|thrice)(?=\s(?:as\b|the\s(?!(?:day|week|year|month)s?\b)|more|that\sof|their|its|what|that)))",
        re.IGNORECASE,
    )


_NOUN_BEFORE: Final = re.compile(r"\b(?:the|a|an|and|mixed|ladies|women[’']s|men[’']s|of)\s$", re.IGNORECASE)
_DOING_BEFORE: Final = re.compile(
    r"\b(?:to|will|would|could|may|might|should|can|must|has|have|had|than|nearly|almost|numbers?|figures?|rates?|cases?|referrals?|it|they|which|that|more|about)\s$",
    re.IGNORECASE,
)


def multiples(text: str, seen: Set[str]) -> Iterator[Multiple]:
    """Every such word in `text`, in order. `seen` are its words and heads (`lines.glance`)."""
    if HEADS.isdisjoint(seen):
        return
    for match in islice(_pattern().finditer(text), MOST_NUMBERS):
        before = text[max(0, match.start() - 14) : match.start()]
        if match["twice"]:
            yield Multiple(match.start(), match.end(), 3 if match["twice"][1].lower() == "h" else 2, None)
        elif match["halved"]:
            yield Multiple(match.start(), match.end(), Fraction(1, 2), Direction.FALL)
        elif match["verb"]:
            yield Multiple(match.start(), match.end(), VERBS[match["verb"].lower()], Direction.RISE)
        else:
            # "will double the funding" is a change; "double the average" says how much there is.
            rises = bool(_DOING_BEFORE.search(before)) and "than" not in before
            stands_alone = not text[match.end() : match.end() + 4].lower().startswith(" the")
            if not rises and (stands_alone or _NOUN_BEFORE.search(before)):
                continue
            yield Multiple(
                match.start(), match.end(), VERBS[match["plain"].lower()], Direction.RISE if rises else None
            )
