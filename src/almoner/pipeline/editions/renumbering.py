"""Which number became which: "a new paragraph 94, so 94 to 180 are now 95 to 181"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.editions.model import Comparison, Edition, Match, Passage

_RUNNING: Final = re.compile(r"(\d{1,4})\Z")


def renumbering(old: Edition, new: Edition, matches: Sequence[Match]) -> tuple[tuple[str, str], ...]:
    """(old address, new address) of each numbered paragraph that is in both and is called something else now, in the
    order of the old edition. Where a paragraph was split, its first part counts; where several were merged, each
    became that one."""
    became = []
    for match in matches:
        if not match.olds or not match.news:
            continue
        now = new.paragraphs[match.news[0]]
        for index in match.olds:
            was = old.paragraphs[index]
            if was.number and now.number and was.address != now.address:
                became.append((index, was.address, now.address))
    return tuple((was, now) for _, was, now in sorted(became))


def in_sentences(comparison: Comparison) -> tuple[str, ...]:
    """The renumbering of running numbers (94, 95 …) in plain words, a sentence for each stretch that shifts alike,
    with what came, went, was split or merged just before it."""
    said, before, causes = [], 0, _causes(comparison)
    for first, last, shift in _stretches(comparison):
        why = causes.why(first, before, shift)
        before = shift
        if not shift:
            continue
        if first == last:
            said.append(f"{why}paragraph {first} is now {first + shift}.")
        else:
            said.append(f"{why}paragraphs {first} to {last} are now {first + shift} to {last + shift}.")
    return tuple(one[0].upper() + one[1:] for one in said)


def _stretches(comparison: Comparison) -> Iterator[tuple[int, int, int]]:
    """First and last number of each run of paragraphs that shift alike, and by how much (0: they keep their numbers).
    What is gone from within a stretch does not end it."""
    first = last = shift = 0
    for number, now in _became(comparison):
        if first and now - number == shift:
            last = number
            continue
        if first:
            yield first, last, shift
        first = last = number
        shift = now - number
    if first:
        yield first, last, shift


def _became(comparison: Comparison) -> list[tuple[int, int]]:
    """Each running number of the old edition that went on, and what it is now, in the order of the old one."""
    found = []
    for passage in comparison.passages:
        olds, news = _numbers(comparison, passage)
        if news and passage.match.olds:
            found += [(number, news[0]) for number in olds]
    return sorted(found)


@dataclass(slots=True)
class _Causes:
    """What can shift numbers: those that are new, gone, were split, and were merged with the one before."""

    new: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    split: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)

    def why(self, first: int, before: int, shift: int) -> str:
        """What stands just before `first` and made its shift another than `before`: "there is a new paragraph 94, so "."""
        come = [one for one in self.new if first + before <= one < first + shift]
        gone = [one for one in self.gone if first + shift - before <= one < first]
        if len(come) == 1:
            return f"there is a new paragraph {come[0]}, so "
        if come:
            return f"there are new paragraphs {come[0]} to {come[-1]}, so "
        if len(gone) == 1:
            return f"the former paragraph {gone[0]} is gone, so "
        if gone:
            return f"the former paragraphs {gone[0]} to {gone[-1]} are gone, so "
        if shift > before and first - 1 in self.split:
            return f"paragraph {first - 1} was split, so "
        if shift < before and (merged := next((one for one in (first, first - 1) if one in self.merged), 0)):
            return f"paragraphs {merged - 1} and {merged} were merged, so "
        return ""


def _causes(comparison: Comparison) -> _Causes:
    found = _Causes()
    for passage in comparison.passages:
        olds, news = _numbers(comparison, passage)
        if not passage.match.olds:
            found.new += news
        elif not passage.match.news:
            found.gone += olds
        elif len(news) > len(olds):
            found.split += olds
        elif len(olds) > len(news):
            found.merged += olds[1:]
    return found


def _numbers(comparison: Comparison, passage: Passage) -> tuple[list[int], list[int]]:
    """The running numbers of a passage's paragraphs, old and new."""
    olds = (_running(comparison.old.paragraphs[index].address) for index in passage.match.olds)
    news = (_running(comparison.new.paragraphs[index].address) for index in passage.match.news)
    return [one for one in olds if one is not None], [one for one in news if one is not None]


def _running(address: str) -> int | None:
    found = _RUNNING.match(address)
    return int(found[1]) if found is not None else None
