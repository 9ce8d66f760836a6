"""Near copies among news texts into which some were planted: pairs that are found, and pairs that are no copies.

    python -m benchmarks copies

The two sets were put together by Chris McCormick for his tutorial on MinHash (MIT). Every pair of texts that a reader
calls copies of one another is counted against the list of planted ones.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any, Final

from almoner.pipeline.relate.comparison import Standing
from almoner.pipeline.relate.near import Copies
from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS: Final = "stories"
_ALIKE: Final = (Standing.SAME, Standing.NEAR)

Texts = Mapping[str, str]
Pairs = set[frozenset[str]]


def sets(folder: Path) -> Iterator[tuple[str, Texts, Pairs]]:
    """Each set: its name, its texts by their names, the planted pairs."""
    for texts in sorted(folder.glob("copies_*.train")):
        lines = (line.split(" ", 1) for line in texts.read_text(encoding="utf-8").splitlines())
        truth = texts.with_suffix(".truth").read_text(encoding="utf-8").splitlines()
        yield (
            texts.stem,
            {name: text.rstrip() for name, text in lines},
            {frozenset(pair.split()) for pair in truth},
        )


def ours(texts: Texts) -> Pairs:
    """The pairs of copies that we find, the texts coming one after another."""
    names, known = list(texts), Copies()
    return {
        frozenset((name, names[near.number]))
        for name, text in texts.items()
        for near in known.add(text)
        if near.comparison.standing in _ALIKE
    }


def datasketch(texts: Texts) -> Pairs:
    """What datasketch's MinHash with LSH finds, on runs of three words, at its own default of 128 permutations."""
    library = importlib.import_module("datasketch")
    index = library.MinHashLSH(threshold=0.5, num_perm=128)
    found: Pairs = set()
    for name, text in texts.items():
        words = text.lower().split()
        sketch = library.MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)])
        found |= {frozenset((name, other)) for other in index.query(sketch)}
        index.insert(name, sketch)
    return found


READERS: Final[tuple[tuple[str, Callable[[Texts], Any]], ...]] = (
    ("almoner", ours),
    ("datasketch", datasketch),
)


def _score(found: Pairs, planted: Pairs) -> tuple[float, float]:
    """Recall and precision."""
    right = len(found & planted)
    return right / max(1, len(planted)), right / max(1, len(found))


def scores(folder: Path, stride: int) -> Scores:
    """Recall and precision over the first texts of all sets, one in `stride` of the sets' sizes."""
    found: Pairs = set()
    planted: Pairs = set()
    for name, texts, truth in sets(folder):
        some = dict(islice(texts.items(), len(texts) // stride))
        found |= {frozenset((name, *pair)) for pair in ours(some)}
        planted |= {frozenset((name, *pair)) for pair in truth if pair <= some.keys()}
    recall, precision = _score(found, planted)
    return {"recall": recall, "precision": precision}


def compare(folder: Path, stride: int) -> None:
    """Print recall, precision and texts a CPU second of each reader on each set."""
    print(described())
    print(
        "\n| set | reader | planted pairs found | of those found, planted | texts a CPU second |\n|---|---|---|---|---|"
    )
    for name, every, truth in sets(folder):
        texts = dict(islice(every.items(), len(every) // stride))
        planted = {pair for pair in truth if pair <= texts.keys()}
        for reader, find in READERS:
            begun = process_time()
            try:
                found = find(texts)
            except ImportError:
                print(f"| {name} | {reader} | not installed: `make setup-bench` |")
                continue
            seconds = process_time() - begun
            recall, precision = _score(found, planted)
            print(
                f"| {name} | {reader} | {recall:.3f} | {precision:.3f} | {len(texts) / max(seconds, 1e-9):.0f} |"
            )
