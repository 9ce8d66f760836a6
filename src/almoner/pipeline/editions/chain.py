"""The heaviest chain of pairs that run in order on both sides.

The heaviest increasing subsequence, by a tree of running maxima (P. M. Fenwick, "A new data structure for cumulative
frequency tables", 1994): n log n for n pairs.
"""

from __future__ import annotations

from collections.abc import Iterable

Pair = tuple[int, int, float]
"""An index on the old side, one on the new side, and what it is worth to keep the two together."""


def chain(pairs: Iterable[Pair]) -> list[Pair]:
    """Those pairs, each index used once at most and rising on both sides, whose weights add up to the most."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    if not ordered:
        return []
    size = max(pair[1] for pair in ordered) + 2
    tops: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before = [-1] * len(ordered)
    best = (0.0, -1)
    for index, (_, new, weight) in enumerate(ordered):
        top = (0.0, -1)
        place = new
        while place > 0:
            top = max(top, tops[place])
            place -= place & -place
        before[index] = top[1]
        reached = (top[0] + weight, index)
        best = max(best, reached)
        place = new + 1
        while place <= size:
            tops[place] = max(tops[place], reached)
            place += place & -place
    kept = []
    index = best[1]
    while index >= 0:
        kept.append(ordered[index])
        index = before[index]
    return kept[::-1]
