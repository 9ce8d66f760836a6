"""A new item against a million others: what it takes to find those that share a passage with it.

    python -m benchmarks fingerprints

The marks stand in a table with an index, as in the service's own database (`records.catalogue.relations.CopyMark`), on
the disk in a temporary folder. The million texts are made up of random marks, twenty a text as measured on news; the
new ones are random as well, with three marks of a known text each.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import statistics
import tempfile
from pathlib import Path
from time import process_time
from typing import Final

from almoner.pipeline.relate.marks import marks
from almoner.pipeline.relate.near import worth_a_look
from benchmarks.machine import described

TEXTS: Final = 1_000_000
MARKS: Final = 20
ASKED: Final = 200
WORDS: Final = 300


def main() -> None:
    """Print how large the table is, how much memory was held, and how long a new item takes."""
    print(described())
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "marks.sqlite3"
        base = sqlite3.connect(place)
        base.execute("PRAGMA journal_mode = OFF")
        base.execute(
            "CREATE TABLE copy_mark (id integer PRIMARY KEY, mark integer NOT NULL, item integer NOT NULL)"
        )
        begun = process_time()
        for item in range(0, TEXTS, 50_000):
            base.executemany(
                "INSERT INTO copy_mark (mark, item) VALUES (?, ?)",
                ((mark, number) for number in range(item, item + 50_000) for mark in _marks(number)),
            )
        base.execute("CREATE INDEX by_mark ON copy_mark (mark, item)")
        base.commit()
        built = process_time() - begun
        size = place.stat().st_size
        base.close()
        base = sqlite3.connect(place)
        times = [_ask(base, number) for number in range(ASKED)]
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        "\n| texts | on disk | memory | built | a new item, median | slowest of 200 |\n|---|---|---|---|---|---|"
    )
    print(
        f"| {TEXTS:,} | {size / 1e6:.0f} MB | {held / 1e6:.0f} MB | {built:.0f} s "
        f"| {1000 * statistics.median(times):.2f} ms | {1000 * max(times):.2f} ms |"
    )


def _marks(number: int) -> list[int]:
    chance = random.Random(number)
    return [chance.getrandbits(31) for _ in range(MARKS)]


def _ask(base: sqlite3.Connection, number: int) -> float:
    """CPU seconds from the words of a new item to the items that are worth a look."""
    chance = random.Random(-number - 1)
    text = " ".join(f"word{chance.getrandbits(14)}" for _ in range(WORDS))
    known = chance.randrange(TEXTS)
    begun = process_time()
    own = [*marks(text), *_marks(known)[:3]]
    holders: dict[int, list[int]] = {mark: [] for mark in own}
    asked = ",".join("?" * len(own))
    for mark, item in base.execute(f"SELECT mark, item FROM copy_mark WHERE mark IN ({asked})", own):
        holders[mark].append(item)
    found = worth_a_look(holders)
    seconds = process_time() - begun
    assert found[0] == known
    return seconds
