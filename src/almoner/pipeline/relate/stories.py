"""Which items tell of the same happening, one item at a time.

A new item goes to the story whose members it is most like on average, if that is enough; else it begins one. What
editors have said comes first: an item is never put into a story that it was taken out of, and what they put together
stays together. After weeks of silence a story asks for more likeness: what looks the same a year later is the next
happening of its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Generic, TypeVar

from almoner.pipeline.relate import meaning
from almoner.pipeline.relate.traits import Trait, Usage, terms_of, trait

ENOUGH: Final = 0.26
"""Mean likeness to a story's members from which an item belongs to it."""
FORGETS: Final = 60
"""Days of silence after which twice as much likeness is asked for."""
NEWEST: Final = 20
"""Members of a story that an item is compared with."""
PROBES: Final = 12
"""Heaviest terms of an item by which stories are looked up: what shares none of them is not compared."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Member:
    """An item as its story sees it. `day` is when it happened or was published, None if nothing says."""

    trait: Trait
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Choice(Generic[Key]):
    """The story that an item belongs to (None: one of its own), and how like its members it is (0 to 1)."""

    story: Key | None
    likeness: float


def choose(new: Member, stories: Mapping[Key, Sequence[Member]], barred: Collection[Key] = ()) -> Choice[Key]:
    """The story that a new item belongs to, of those given, each with its members from old to new; `barred` are
    those that an editor has said it does not belong to."""
    best: Choice[Key] = Choice(None, 0.0)
    for key, members in stories.items():
        if key in barred or not members:
            continue
        near = members[-NEWEST:]
        likeness = sum(_likeness(new.trait, member.trait) for member in near) / len(near)
        if likeness >= ENOUGH * (1 + _silence(new, members) / FORGETS) and likeness > best.likeness:
            best = Choice(key, likeness)
    return best


def _likeness(one: Trait, other: Trait) -> float:
    return one.likeness(other) * one.agreement(other)


def _silence(new: Member, members: Sequence[Member]) -> int:
    """Days between an item and the member that is nearest in time; 0 where nothing says."""
    days = [member.day for member in members if member.day is not None]
    if new.day is None or not days:
        return 0
    return min(abs((new.day - day).days) for day in days)


@dataclass(slots=True)
class Stories:
    """Stories in memory, for items that come one after another."""

    usage: Usage = field(default_factory=Usage)
    _members: dict[int, list[Member]] = field(default_factory=dict)
    _by_term: dict[int, set[int]] = field(default_factory=dict)

    def add(self, title: str, text: str, day: date | None = None) -> int:
        """The number of the story that an item belongs to; a new one where it is the first to tell."""
        terms = terms_of(title, text)
        self.usage.learn(terms)
        new = Member(trait(terms, self.usage, meaning.of(title, text)), day)
        probes = new.trait.heaviest(PROBES)
        near = {number for term in probes for number in self._by_term.get(term, ())}
        chosen = choose(new, {number: self._members[number] for number in sorted(near)}).story
        number = len(self._members) if chosen is None else chosen
        self._members.setdefault(number, []).append(new)
        for term in new.trait.weights:
            self._by_term.setdefault(term, set()).add(number)
        return number
