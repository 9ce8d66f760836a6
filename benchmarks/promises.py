"""Promises, counted line by line against a list that a reader made who had not seen what we find.

    python -m benchmarks promises [--failures]

The list is `promises.json`, in our own words; the texts are the five reference ones, which are not part of the
project. The unit is a sentence: one with two verbs counts once. A sentence of ours is right where the list has one on
its line that turns on a verb in it. What the list calls doubtful is neither asked for nor held against us; `strict`
counts a call of those as wrong.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from almoner.pipeline.model import MediaType, Promise, Snapshot
from almoner.pipeline.run import read
from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS: Final = "reference"
LIST: Final = Path(__file__).with_name("promises.json")


@dataclass(slots=True)
class Count:
    """One document's promises: listed, found, found among the doubtful, called though none; due dates of those found."""

    listed: int = 0
    found: int = 0
    doubtful: int = 0
    wrong: int = 0
    due: int = 0
    due_right: int = 0
    faults: list[str] = field(default_factory=list)

    def __iadd__(self, other: Count) -> Count:
        for name in ("listed", "found", "doubtful", "wrong", "due", "due_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults
        return self

    @property
    def scores(self) -> Scores:
        """Precision and recall; `strict` is precision where no doubtful call is allowed; `due` of the dated ones found."""
        called = self.found + self.wrong
        return {
            "precision": self.found / max(1, called),
            "recall": self.found / max(1, self.listed),
            "strict": self.found / max(1, called + self.doubtful),
            "due": self.due_right / max(1, self.due),
        }


def listed() -> dict[str, list[dict[str, Any]]]:
    """The list, by document."""
    documents: dict[str, list[dict[str, Any]]] = json.loads(LIST.read_text())["documents"]
    return documents


def counted(folder: Path) -> dict[str, Count]:
    """Each document's count, by its name."""
    found = {}
    for name, rows in listed().items():
        items = read(Snapshot(name, (folder / name).read_bytes(), MediaType.TEXT)).items
        sentences: dict[tuple[int, str], list[Promise]] = {}
        for item in items:
            for promise in item.promises:
                sentences.setdefault((promise.place.first_line or 0, promise.sentence), []).append(promise)
        found[name] = _count(name, rows, sentences)
    return found


def _count(name: str, rows: list[dict[str, Any]], sentences: dict[tuple[int, str], list[Promise]]) -> Count:
    count = Count(listed=sum(not one.get("doubtful") for one in rows))
    # Those asked for are given away first, so that no doubtful one takes a sentence from them.
    left = sorted(rows, key=lambda one: bool(one.get("doubtful")))
    for (line, sentence), promises in sorted(sentences.items()):
        match = next((one for one in left if _is_on(one, line) and _turns_on(one, sentence)), None)
        if match is None:
            count.wrong += 1
            count.faults.append(f"{name} line {line}: called, and not listed: {sentence[:120]}")
            continue
        left.remove(match)
        count.doubtful += bool(match.get("doubtful"))
        if match.get("doubtful"):
            continue
        count.found += 1
        if match["due"]:
            count.due += 1
            # Its last day decides: the list's first days are those of the article's month or season.
            same = any((one.due_end or "")[:7] == match["due"][1][:7] for one in promises)
            count.due_right += same
            if not same:
                count.faults.append(
                    f"{name} line {line}: due {match['due']}, not {[one.due_end for one in promises]}"
                )
    count.faults += [
        f"{name} line {one['line']}: missed: {one['who']}: {one['what']}"
        for one in left
        if not one.get("doubtful")
    ]
    return count


def _is_on(one: dict[str, Any], line: int) -> bool:
    first, last = one.get("lines", (one["line"], one["line"]))
    return bool(first <= line <= last)


def _turns_on(one: dict[str, Any], sentence: str) -> bool:
    return bool(re.search(rf"\b{re.escape(one['word'])}", sentence, re.IGNORECASE))


def scores(folder: Path, _stride: int) -> Scores:
    """Over all five texts."""
    return _total(counted(folder)).scores


def _total(counts: dict[str, Count]) -> Count:
    total = Count()
    for count in counts.values():
        total += count
    return total


def compare(folder: Path, _stride: int) -> None:
    """A row a document, and one for all. We know of no peer that looks for promises."""
    counts = counted(folder)
    print(described())
    print(
        "\n| document | listed | found | doubtful and called | wrong | precision | recall | precision, strict | last month due right |"
    )
    print("|" + "---|" * 9)
    for name, count in {**counts, "all": _total(counts)}.items():
        has = count.scores
        print(
            f"| {name[:3]} | {count.listed} | {count.found} | {count.doubtful} | {count.wrong} | {has['precision']:.3f} | {has['recall']:.3f} | {has['strict']:.3f} | {count.due_right} of {count.due} |"
        )
    if "--failures" in sys.argv[1:]:
        print("\n".join(fault for count in counts.values() for fault in count.faults))
