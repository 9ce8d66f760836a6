"""Which number became which: "a new paragraph 94, so 94 to 180 are now 95 to 181"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from almoner.pipeline.editions.model import Comparison, Edition, Match

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
    with what came or went just before it."""
    matches = [passage.match for passage in comparison.passages]
    added = [comparison.new.paragraphs[match.news[0]].address for match in matches if not match.olds]
    removed = [comparison.old.paragraphs[match.olds[0]].address for match in matches if not match.news]
    said = []
    for first, last, shift in _stretches(comparison.renumbering):
        why = _why(first, shift, [_running(one) for one in added], [_running(one) for one in removed])
        if first == last:
            said.append(f"{why}paragraph {first} is now {first + shift}.")
        else:
            said.append(f"{why}paragraphs {first} to {last} are now {first + shift} to {last + shift}.")
    return tuple(one[0].upper() + one[1:] for one in said)


def _stretches(became: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, int]]:
    first = last = shift = 0
    for was, now in became:
        number, number_now = _running(was), _running(now)
        if number is None or number_now is None:
            continue
        if first and number_now - number == shift and number > last:
            last = number
            continue
        if first:
            yield first, last, shift
        first = last = number
        shift = number_now - number
    if first:
        yield first, last, shift


def _why(first: int, shift: int, added: Sequence[int | None], removed: Sequence[int | None]) -> str:
    come = [number for number in added if number is not None and first <= number < first + shift]
    gone = [number for number in removed if number is not None and first + shift <= number < first]
    if len(come) == 1:
        return f"there is a new paragraph {come[0]}, so "
    if come:
        return f"there are new paragraphs {come[0]} to {come[-1]}, so "
    if len(gone) == 1:
        return f"the former paragraph {gone[0]} is gone, so "
    return f"the former paragraphs {gone[0]} to {gone[-1]} are gone, so " if gone else ""


def _running(address: str) -> int | None:
    found = _RUNNING.match(address)
    return int(found[1]) if found is not None else None
