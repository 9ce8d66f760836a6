"""Several readers over the same pages in one run: what each scored, and how many pages it read in a second of CPU."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.machine import described
from benchmarks.peers import Found, Peer

Scores = dict[str, float]
"""A metric's name to its value, 0 to 1. A name may stand for a group of pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a set: its bytes and what is to be found in it."""

    path: Path
    gold: Any


Scorer = Callable[[Sequence[tuple[Page, list[Found]]]], Scores]


def answers(peer: Peer, pages: Sequence[Page]) -> tuple[list[tuple[Page, list[Found]]], float]:
    """What `peer` found in each page, and the CPU seconds it took. The first page is read once more before, unmeasured:
    imports and patterns are not the pages'."""
    assert peer.read is not None
    contents = [page.path.read_bytes() for page in pages]
    peer.read(contents[0])
    begun = process_time()
    found = [peer.read(content) for content in contents]
    return list(zip(pages, found, strict=True)), process_time() - begun


def table(peers: Iterable[Peer], pages: Sequence[Page], score: Scorer, fields: dict[str, str]) -> None:
    """Print a row a reader. `fields` says which field of `Found` a metric is about, where a peer may not have it."""
    print(f"{described()}; {len(pages)} pages")
    rows: list[tuple[str, Scores | None, float, frozenset[str]]] = []
    for peer in peers:
        if peer.read is None:
            rows.append((peer.name, None, 0.0, peer.fields))
            continue
        found, seconds = answers(peer, pages)
        rows.append((peer.name, score(found), len(pages) / max(seconds, 1e-9), peer.fields))
    ours = rows[0]
    assert ours[1] is not None
    metrics = list(ours[1])
    print(f"\n| reader | {' | '.join(metrics)} | pages a CPU second | we are so many times as fast |")
    print("|---|" + "---|" * (len(metrics) + 2))
    for name, scores, rate, has in rows:
        if scores is None:
            print(f"| {name} | not installed: `make setup-bench` |")
            continue
        cells = [f"{scores[metric]:.3f}" if fields.get(metric, "text") in has else "–" for metric in metrics]
        print(f"| {name} | {' | '.join(cells)} | {rate:.1f} | {ours[2] / rate:.1f} |")


def read_json(path: Path) -> Any:
    """A gold file."""
    return json.loads(path.read_text(encoding="utf-8"))
