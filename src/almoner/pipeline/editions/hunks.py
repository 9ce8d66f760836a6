"""The words of a paragraph in two editions → what came, went and stayed, in stretches that a person can read.

A diff by words finds the fewest of them and leaves confetti: two words gone, "the" kept, three words come. Here a
few words that stay between two changes join them, a change begins where a clause begins if it can, and a paragraph
of which little stayed is shown as it was and as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from almoner.pipeline.editions.chain import chain
from almoner.pipeline.editions.model import Hunk, Op
from almoner.pipeline.editions.words import Worded, worded

ISLAND: Final = 8
"""Words that stay between two changes and are yet shown as part of one change, at most …"""
ISLAND_SHARE: Final = 2.0
"""… and at most this many times the words of the lesser change."""
BRIDGE: Final = 2
"""The same, at most, between two places where words only went."""
LEFT: Final = 0.3
"""The share of words that must have stayed for a paragraph to be shown as an edited one."""
LONG: Final = 250_000
"""Words on one side times words on the other, from which on a text is first cut at the words that stand once."""
_PIECES: Final = re.compile(r"\s+|\S+")
_CLAUSE: Final = re.compile(r"[.;:!?]")
_PAUSE: Final = re.compile(r"[,(–—]")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words `old` to before `old_end` became words `new` to before `new_end`."""

    same: bool
    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def words(self) -> int:
        return self.old_end - self.old + self.new_end - self.new


def hunks(old: str, new: str) -> tuple[Hunk, ...]:
    """What happened to the words between two texts.

    All `old` parts together are `old` to the letter, all `new` parts together are `new`. Where only type differs
    (capitals, commas, spaces), all is one stretch that is the same.
    """
    before, after = worded(old), worded(new)
    if before.keys == after.keys:
        return (Hunk(Op.SAME, old, new),) if old or new else ()
    return tuple(_hunks(before, after, _readable(before, after)))


def exact_hunks(old: str, new: str) -> tuple[Hunk, ...]:
    """The same, with what differs in type alone as changes of its own: whatever is the same is so to the letter."""
    return tuple(piece for hunk in hunks(old, new) for piece in by_type(hunk))


def by_type(hunk: Hunk) -> Iterator[Hunk]:
    """The hunk; of a stretch that is the same but for its type, the differences apart."""
    if hunk.op is not Op.SAME or hunk.old == hunk.new:
        yield hunk
        return
    old, new = _PIECES.findall(hunk.old), _PIECES.findall(hunk.new)
    for tag, first, end, new_first, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[first:end]), "".join(new[new_first:new_end])
        if tag == "equal":
            yield Hunk(Op.SAME, was, now)
            continue
        yield from replaced(was, now)


def replaced(was: str, now: str) -> Iterator[Hunk]:
    """What went, and what came in its place; either may be nothing."""
    if was:
        yield Hunk(Op.DEL, was, "")
    if now:
        yield Hunk(Op.INS, "", now)


def _readable(old: Worded, new: Worded) -> list[_Stretch]:
    stretches = _joined(_slid(_stretches(old, new), old, new))
    same = sum(one.new_end - one.new for one in stretches if one.same)
    if same < LEFT * max(len(old.keys), len(new.keys)):
        return [_Stretch(False, 0, len(old.keys), 0, len(new.keys))]
    return stretches


def _stretches(old: Worded, new: Worded) -> list[_Stretch]:
    """What stayed and what changed, by turns."""
    found: list[_Stretch] = []
    i = j = 0
    for a, b, size in _blocks(old.keys, new.keys):
        if (a, b) == (i, j) and found and found[-1].same:
            found[-1] = replace(found[-1], old_end=a + size, new_end=b + size)
        else:
            if a > i or b > j:
                found.append(_Stretch(False, i, a, j, b))
            if size:
                found.append(_Stretch(True, a, a + size, b, b + size))
        i, j = a + size, b + size
    if i < len(old.keys) or j < len(new.keys):
        found.append(_Stretch(False, i, len(old.keys), j, len(new.keys)))
    return found


def _blocks(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Runs of words that both have, in order: (where in old, where in new, how many)."""
    if len(old) * len(new) <= LONG:
        yield from _small(old, new, 0, 0)
        return
    seen = _once(old)
    sure = [(seen[word], j, 1.0) for word, j in _once(new).items() if word in seen]
    i = j = 0
    for a, b, _ in [*chain(sure), (len(old), len(new), 0.0)]:
        if a > i and b > j:
            yield from _small(old[i:a], new[j:b], i, j)
        if a < len(old):
            yield a, b, 1
        i, j = a + 1, b + 1


def _once(words: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """The runs of three words that stand once, and where."""
    at: dict[tuple[str, ...], int] = {}
    for index in range(len(words) - 2):
        run = words[index : index + 3]
        at[run] = -1 if run in at else index
    return {run: index for run, index in at.items() if index >= 0}


def _small(
    old: tuple[str, ...], new: tuple[str, ...], old_from: int, new_from: int
) -> Iterator[tuple[int, int, int]]:
    if len(old) * len(new) > 4 * LONG:  # nothing to hold on to: shown as it was and as it is
        return
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if block.size:
            yield old_from + block.a, new_from + block.b, block.size


def _slid(stretches: list[_Stretch], old: Worded, new: Worded) -> list[_Stretch]:
    """Where the same words could have come or gone one place further on, the change is set to where a clause begins:
    of "(b) must … or (c) must … or", "(c) must … or" came, and not "must … or (c)"."""
    slid = list(stretches)
    for index in range(1, len(slid) - 1):
        before, change, after = slid[index - 1 : index + 2]
        if change.same or not (before.same and after.same):
            continue
        if change.old == change.old_end:
            text, first, end = new, change.new, change.new_end
        elif change.new == change.new_end:
            text, first, end = old, change.old, change.old_end
        else:
            continue
        step = _best_step(text, first, end, before.new_end - before.new - 1, after.new_end - after.new - 1)
        if step:
            slid[index - 1] = replace(before, old_end=before.old_end + step, new_end=before.new_end + step)
            slid[index] = _Stretch(
                False, change.old + step, change.old_end + step, change.new + step, change.new_end + step
            )
            slid[index + 1] = replace(after, old=after.old + step, new=after.new + step)
    return slid


def _best_step(text: Worded, first: int, end: int, back: int, on: int) -> int:
    words = text.keys
    least = most = 0
    while -least < back and words[first - 1 + least] == words[end - 1 + least]:
        least -= 1
    while most < on and words[first + most] == words[end + most]:
        most += 1
    return max(
        range(least, most + 1),
        key=lambda step: (_edge(text, first + step) + _edge(text, end + step), -abs(step)),
    )


def _edge(text: Worded, index: int) -> int:
    """How well a change may begin or end before this word."""
    if index in {0, len(text.keys)}:
        return 4
    between = text.before(index)
    return 4 if "\n" in between else 3 if _CLAUSE.search(between) else 2 if _PAUSE.search(between) else 0


def _joined(stretches: list[_Stretch]) -> list[_Stretch]:
    joined = list(stretches)
    index = 1
    while index < len(joined) - 1:
        before, middle, after = joined[index - 1 : index + 2]
        if middle.same and not before.same and not after.same and _is_island(before, middle, after):
            joined[index - 1 : index + 2] = [
                _Stretch(False, before.old, after.old_end, before.new, after.new_end)
            ]
            index = max(1, index - 1)
        else:
            index += 1
    return joined


def _is_island(before: _Stretch, middle: _Stretch, after: _Stretch) -> bool:
    size = middle.new_end - middle.new
    came = before.new_end > before.new or after.new_end > after.new
    return size <= (ISLAND if came else BRIDGE) and size <= ISLAND_SHARE * min(before.words, after.words)


def _hunks(old: Worded, new: Worded, stretches: list[_Stretch]) -> Iterator[Hunk]:
    for one in stretches:
        was, now = old.slice(one.old, one.old_end), new.slice(one.new, one.new_end)
        if one.same:
            yield Hunk(Op.SAME, was, now)
            continue
        yield from replaced(was, now)
