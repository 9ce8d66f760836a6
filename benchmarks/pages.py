"""Pages of every type: how much of the words that matter is read, and how much else with them?

    python -m benchmarks pages [--every N]

The set: WCXB's pages with their main text, by type of page. Words F1 over titles and texts of all items, the mean over
the pages of a type.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from benchmarks.data import every
from benchmarks.peers import Found, ours, page_readers
from benchmarks.race import Page, Scores, answers, read_json, table
from benchmarks.words import words_f1

NEEDS = "pages"


def pages(folder: Path, stride: int = 1) -> list[Page]:
    """The pages with type and main text."""
    found = []
    for path in every(list(folder.glob("*.expected.json")), stride):
        gold = read_json(path)
        truth = gold.get("ground_truth", gold)
        text = truth.get("main_content") or truth.get("text") or ""
        page = folder / path.name.replace(".expected.json", ".html")
        found.append(Page(page, (gold.get("page_type", "all"), text)))
    return found


def score(answered: Sequence[tuple[Page, list[Found]]]) -> Scores:
    """Words F1 by page type."""
    by_type: dict[str, list[float]] = {}
    for page, found in answered:
        kind, text = page.gold
        read = "\n".join(f"{one.title}\n{one.text}" for one in found)
        by_type.setdefault(kind, []).append(words_f1(read, text))
    return {kind: mean(values) for kind, values in sorted(by_type.items())}


def scores(folder: Path, stride: int) -> Scores:
    """Ours."""
    return score(answers(ours(), pages(folder, stride))[0])


def compare(folder: Path, stride: int) -> None:
    """Ours beside the peers'."""
    table(page_readers(), pages(folder, stride), score, {})
