"""Which items tell of the same happening, one item at a time.

A new item goes to the stories that it is like, and what they hold is sorted anew with it: those most alike are put
together first, as long as what is put together is like on average (agglomerative clustering with average linkage; Sokal
and Michener 1958). So an early mistake is mended when more is known, and stories come out as though all items had
come at once. What editors have said comes first: their stories are neither split nor joined, and an item is never put
where it was taken out. After weeks of silence more likeness is asked for: what looks the same a year later is the next
happening of its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Generic, TypeVar

from almoner.pipeline.relate import meaning
from almoner.pipeline.relate.periods import NONE, Period, period_of
from almoner.pipeline.relate.traits import Trait, Usage, terms_of, trait

ENOUGH: Final = 0.22
"""Mean likeness of two groups of items from which they are one story."""
OTHER_PERIOD: Final = 0.2
"""What is left of a likeness where the titles name two periods, so that even the same words are not enough."""
FORGETS: Final = 90
"""Days of silence after which twice as much likeness is asked for."""
NEWEST: Final = 20
"""Members of a story that an item is compared with; a story that has more is not split again."""
MOST: Final = 60
"""Members of stories that are sorted anew at a time."""
PROBES: Final = 12
"""Heaviest terms of an item by which stories are looked up: what shares none of them is not compared."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Member:
    """An item as its story sees it. `day` is when it happened or was published, None if nothing says; `period` is the
    one that its title names."""

    trait: Trait
    day: date | None = None
    period: Period = NONE


@dataclass(frozen=True, slots=True)
class Told(Generic[Key]):
    """One story after a new item came: the story it goes on from (None: a new one), its members as (story, place), and
    whether the new item is in it."""

    story: Key | None
    members: tuple[tuple[Key, int], ...]
    has_new: bool
    likeness: float = 0.0
    """How like its members the new item is on average (0 to 1)."""


def settle(
    new: Member,
    stories: Mapping[Key, Sequence[Member]],
    *,
    fixed: Collection[Key] = (),
    barred: Collection[Key] = (),
) -> list[Told[Key]]:
    """The stories that a new item changes, the one that it belongs to first.

    `stories` are those worth a look, each with its members from old to new; of `fixed` ones an editor has spoken;
    `barred` are those that an editor has said the item does not belong to.
    """
    likeness = {
        key: [_likeness(new, member) for member in members[-NEWEST:]]
        for key, members in stories.items()
        if key not in barred and members
    }
    near = sorted(
        (key for key, found in likeness.items() if max(found) >= ENOUGH),
        key=lambda key: -_mean(likeness[key]),
    )
    if near and (near[0] in fixed or len(stories[near[0]]) > NEWEST):
        best, found = near[0], _mean(likeness[near[0]])
        if found >= ENOUGH:
            return [Told(best, tuple((best, at) for at in range(len(stories[best]))), True, found)]
    pool: list[tuple[Key, int]] = []
    for key in near:
        if key not in fixed and len(stories[key]) <= NEWEST and len(pool) + len(stories[key]) <= MOST:
            pool += ((key, at) for at in range(len(stories[key])))
    groups = _sorted_anew([*(stories[key][at] for key, at in pool), new])
    return _named(groups, pool, [likeness[key][at] for key, at in pool])


def _named(
    groups: Sequence[Sequence[int]], pool: Sequence[tuple[Key, int]], likeness: Sequence[float]
) -> list[Told[Key]]:
    """The groups as stories: each goes on from the one that most of its members come from, if no larger one does."""
    found: list[Told[Key]] = []
    taken: set[Key] = set()
    for group in sorted(groups, key=lambda group: (-len(group), group)):
        members = tuple(pool[at] for at in group if at < len(pool))
        origins = [key for key, _ in members if key not in taken]
        story = max(origins, key=origins.count, default=None)
        if story is not None:
            taken.add(story)
        has_new = len(members) < len(group)
        alike = _mean([likeness[at] for at in group if at < len(pool)]) if has_new else 0.0
        found.append(Told(story, members, has_new, alike))
    return sorted(found, key=lambda told: not told.has_new)


def _sorted_anew(members: Sequence[Member]) -> list[list[int]]:
    """Groups of members by their places: the two most alike are put together again and again, while that is enough."""
    groups = [[at] for at in range(len(members))]
    sums = [[_likeness(one, other) for other in members] for one in members]
    while len(groups) > 1:
        best, first, second = max(
            (sums[one][other] / (len(groups[one]) * len(groups[other])), one, other)
            for one in range(len(groups))
            for other in range(one)
        )
        if best < ENOUGH:
            break
        sums[second] = [one + other for one, other in zip(sums[second], sums[first], strict=True)]
        for row in sums:
            row[second] += row[first]
            del row[first]
        del sums[first]
        groups[second] += groups.pop(first)
    return groups


def _likeness(one: Member, other: Member) -> float:
    """How like two items are: less if they have few terms in common, if their openings name different things or their
    titles different periods, and less the longer after each other they came."""
    alike = one.trait.likeness(other.trait) * one.trait.agreement(other.trait)
    if one.period.is_other_than(other.period):
        alike *= OTHER_PERIOD
    if one.day is None or other.day is None:
        return alike
    return alike / (1 + abs((one.day - other.day).days) / FORGETS)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


@dataclass(slots=True)
class Stories:
    """Stories in memory, for items that come one after another."""

    usage: Usage = field(default_factory=Usage)
    _members: list[Member] = field(default_factory=list)
    _told: dict[int, list[int]] = field(default_factory=dict)
    _story: list[int] = field(default_factory=list)
    _by_term: dict[int, list[int]] = field(default_factory=dict)
    _begun: int = 0

    def add(self, title: str, text: str, day: date | None = None) -> int:
        """The number of the story that an item belongs to for now; a new one where it is the first to tell."""
        terms = terms_of(title, text)
        self.usage.learn(terms)
        new = Member(trait(terms, self.usage, meaning.of(title, text)), day, period_of(title))
        probes = new.trait.heaviest(PROBES)
        near = {self._story[item] for term in probes for item in self._by_term.get(term, ())}
        own = len(self._members)
        for term in new.trait.weights:
            self._by_term.setdefault(term, []).append(own)
        self._members.append(new)
        self._story.append(-1)
        before = {story: list(self._told[story]) for story in sorted(near)}
        stories = {story: [self._members[item] for item in items] for story, items in before.items()}
        changed = settle(new, stories)
        for told in changed:
            for was, _ in told.members:
                self._told.pop(was, None)
        for told in changed:
            items = sorted([before[story][at] for story, at in told.members] + [own] * told.has_new)
            story = told.story
            if story is None:
                story, self._begun = self._begun, self._begun + 1
            self._told[story] = items
            for item in items:
                self._story[item] = story
        return self._story[own]

    def told(self) -> list[int]:
        """The number of the story of each item, in the order in which they came."""
        return list(self._story)
