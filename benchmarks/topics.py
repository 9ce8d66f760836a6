"""Topics against the categories that a person printed beside the entries of a library.

    python -m benchmarks topics [--failures]

The set: the reference text that is a library. Its page prints categories beside each entry, which the classifier is
not shown. `topic_categories.json` says which topic stands for which category; a topic that is not in it stands for
that of the nearest broader one that is. The table was fixed before the first run and is not tuned to it. "Safeguarding",
which every entry has, does not count.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from almoner.pipeline.extract.topics import topics_of
from almoner.pipeline.model import Item, MediaType, Snapshot
from almoner.pipeline.run import read
from almoner.pipeline.taxonomy.topics import above

NEEDS: Final = "reference"
LIBRARY: Final = "003_*.txt"
EVERYTHING: Final = "Safeguarding"
TABLE: Final = Path(__file__).with_name("topic_categories.json")


def scores(folder: Path, _stride: int = 1) -> dict[str, float]:
    """Precision and recall of the printed categories."""
    counts = Counter(verdict for _, _, verdict in _verdicts(folder))
    return {
        "precision": counts["right"] / max(1, counts["right"] + counts["wrong"]),
        "recall": counts["right"] / max(1, counts["right"] + counts["missed"]),
    }


def compare(folder: Path, _stride: int = 1) -> None:
    """Print both; with `--failures` what is wrong or missed."""
    print("| metric | almoner |\n|---|---|")
    for name, score in scores(folder).items():
        print(f"| {name} | {score:.3f} |")
    if "--failures" in sys.argv:
        for item, category, verdict in _verdicts(folder):
            said = ", ".join(f"{found.topic} ({found.why})" for found in topics_of(item.title, item.text))
            print(f"{verdict}: {category} – {item.title[:70]} – {said}")


def category_of(topic: str) -> str | None:
    """The category that a topic stands for, if it does for any."""
    table: dict[str, str] = json.loads(TABLE.read_text())
    return next((table[each] for each in (topic, *above(topic)) if each in table), None)


def _verdicts(folder: Path) -> Iterator[tuple[Item, str, str]]:
    """Each category of each entry that is printed or given: right, wrong or missed."""
    for path in sorted(folder.glob(LIBRARY)):
        for item in read(Snapshot(path.name, path.read_bytes(), MediaType.TEXT)).items:
            printed = set(item.categories) - {EVERYTHING}
            found = topics_of(item.title, item.text)
            given = {category for each in found if (category := category_of(each.topic))}
            for category in sorted(printed | given):
                both = category in printed, category in given
                yield item, category, {(True, True): "right", (False, True): "wrong"}.get(both, "missed")
