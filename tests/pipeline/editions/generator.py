"""Invented guidance in two editions, with the record of what was done to each paragraph."""

from __future__ import annotations

import random
from dataclasses import dataclass

WHO = [
    "schools",
    "colleges",
    "governors",
    "proprietors",
    "staff",
    "teachers",
    "volunteers",
    "the.lead",
    "trustees",
    "leaders",
    "children",
    "parents",
    "carers",
    "inspectors",
    "partners",
]
DOES = [
    "must",
    "should",
    "may",
    "will",
    "can",
    "record",
    "share",
    "report",
    "review",
    "consider",
    "follow",
    "explain",
    "keep",
    "check",
    "train",
    "support",
]
WHAT = [
    "concerns",
    "records",
    "training",
    "referrals",
    "visits",
    "visitors",
    "policy",
    "evidence",
    "absence",
    "behaviour",
    "premises",
    "filters",
    "decisions",
    "meetings",
    "contracts",
    "interviews",
    "transport",
    "plans",
    "allegations",
    "contacts",
    "addresses",
    "routines",
    "signs",
    "thresholds",
    "language",
]
HOW = [
    "promptly",
    "carefully",
    "together",
    "annually",
    "in.writing",
    "every.term",
    "without.delay",
    "where.relevant",
    "when.asked",
    "in.confidence",
    "with.consent",
    "by.telephone",
    "on.arrival",
    "before.appointment",
    "after.each.meeting",
    "from.the.start",
]


@dataclass(frozen=True)
class Sentence:
    """A sentence with the old paragraph that it stood in; -1 where it is new."""

    words: tuple[str, ...]
    origin: int

    def __str__(self) -> str:
        text = " ".join(self.words).replace(".", " ")
        return text[0].upper() + text[1:] + "."


Body = list[Sentence]


@dataclass(frozen=True)
class Made:
    """Two editions as texts of numbered paragraphs, and which old paragraph each new one has words of."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    links: frozenset[tuple[int, int]]


def sentence(chance: random.Random, origin: int) -> Sentence:
    """A sentence of 8 to 22 words."""
    words = [chance.choice(WHO), chance.choice(DOES)]
    for _ in range(chance.randint(2, 6)):
        words += [
            chance.choice(WHAT),
            chance.choice(("and", "of", "for", "with", "about")),
            chance.choice(WHAT),
        ]
    return Sentence((*words, chance.choice(HOW)), origin)


def edited(chance: random.Random, body: Body, share: float) -> Body:
    """The same body with some words put in, taken out or changed."""
    made = []
    for one in body:
        words = []
        for word in one.words:
            lot = chance.random()
            if lot < share / 3:
                continue
            words.append(chance.choice(WHAT) if lot < share * 2 / 3 else word)
            if lot > 1 - share / 3:
                words.append(chance.choice(WHAT))
        made.append(Sentence(tuple(words) or one.words, one.origin))
    return made


def editions(seed: int, paragraphs: int = 60, share: float = 0.15, changed: float = 0.45) -> Made:
    """Two editions of an invented document, of which a share of the paragraphs is `changed`: edited (a `share` of their
    words), split, merged, moved, taken out, or new."""
    chance = random.Random(seed)
    old = [[sentence(chance, index) for _ in range(chance.randint(1, 4))] for index in range(paragraphs)]
    new: list[Body] = []
    index = 0
    while index < paragraphs:
        body = old[index]
        lot = chance.random() / changed  # above 1: untouched
        if lot < 0.4:
            new.append(edited(chance, body, share))
        elif lot < 0.53 and len(body) > 1:
            cut = chance.randint(1, len(body) - 1)
            new += [body[:cut], body[cut:]]
        elif 0.53 <= lot < 0.66 and index + 1 < paragraphs:
            new.append(body + old[index + 1])
            index += 1
        elif 0.66 <= lot < 0.79:
            new.append([sentence(chance, -1) for _ in range(chance.randint(1, 3))])
            new.append(body)
        elif 0.79 <= lot < 0.9 and new:
            new.insert(chance.randrange(len(new)), body)
        elif not 0.9 <= lot < 1:  # between: taken out
            new.append(body)
        index += 1
    links = {(one.origin, place) for place, body in enumerate(new) for one in body if one.origin >= 0}
    return Made(_numbered(old), _numbered(new), frozenset(links))


def _numbered(bodies: list[Body]) -> tuple[str, ...]:
    return tuple(f"{number}. {' '.join(map(str, body))}" for number, body in enumerate(bodies, 1))
