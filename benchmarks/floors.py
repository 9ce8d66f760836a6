"""The lowest score allowed for each set and metric (`floors.json`), and whether we are above it.

    python -m benchmarks --check [NAME…]

`every` in the file is the stride at which a slow set is sampled, so that the whole check takes about a minute: a
floor belongs to that sample. A floor lies a little under what was measured when it was set; who raises a score
raises its floor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Final

from benchmarks import data, names

FILE: Final = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True)
class Floor:
    """One metric's lowest allowed score beside what it is now."""

    name: str
    metric: str
    floor: float
    score: float

    @property
    def held(self) -> bool:
        """Whether the score is not under the floor."""
        return self.score >= self.floor


def check(name: str) -> list[Floor] | None:
    """Our scores on one set beside their floors; None where the set is absent. What a benchmark names in `OPTIONAL` is
    passed over where what it needs is not installed."""
    wanted = json.loads(FILE.read_text())[name]
    benchmark = names.module(name)
    folder = names.folder_for(benchmark)
    if folder is None:
        return None
    measured = benchmark.scores(folder, wanted.get("every", 1))
    optional: frozenset[str] = getattr(benchmark, "OPTIONAL", frozenset())
    return [
        Floor(name, metric, floor, measured.get(metric, 0.0))
        for metric, floor in wanted["floors"].items()
        if metric in measured or metric not in optional
    ]


def with_floors() -> list[str]:
    """The benchmarks that have floors."""
    return list(json.loads(FILE.read_text()))


def table(floors: Sequence[Floor]) -> Iterator[str]:
    """A row a metric, those under their floor marked."""
    yield "| set | metric | floor | now | |"
    yield "|---|---|---|---|---|"
    for one in floors:
        mark = "" if one.held else "under its floor"
        yield f"| {one.name} | {one.metric} | {one.floor:.3f} | {one.score:.4f} | {mark} |"


def main(chosen: Sequence[str]) -> int:
    """Print the table; 1 where a score is under its floor."""
    begun = process_time()
    found: list[Floor] = []
    for name in [name for name in with_floors() if name in chosen or not chosen]:
        checked = check(name)
        if checked is None:
            print(data.absent(names.module(name).NEEDS))
        else:
            found += checked
    print("\n".join(table(found)))
    under = [one for one in found if not one.held]
    print(f"\n{len(found)} scores, {len(under)} under their floor; {process_time() - begun:.0f} s of CPU.")
    return 1 if under else 0
