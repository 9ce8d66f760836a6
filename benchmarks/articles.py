"""Article pages: title, author and date of the first item.

    python -m benchmarks articles [--every N]

The set: trafilatura's own evaluation pages, in many languages. A title is right where it is exactly the one expected;
an author where every name expected is given and little else (half as much again); a date to the day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers import Found, Peer, date_readers, ours, page_readers
from benchmarks.race import Page, Scores, answers, read_json, table
from benchmarks.words import bare, exact

NEEDS = "articles"
FIELDS = {"title": "title", "author": "author", "date": "date"}


def pages(folder: Path, stride: int = 1) -> list[Page]:
    """The pages with what is expected of them."""
    expected = sorted(read_json(folder / "expected.json").values(), key=lambda gold: str(gold["file"]))
    return [Page(folder / gold["file"], gold) for gold in expected[::stride]]


def score(answered: Sequence[tuple[Page, list[Found]]]) -> Scores:
    """Each field, of the pages that have it."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for page, found in answered:
        first = found[0] if found else Found()
        for name, held in _checks(page.gold, first):
            of[name] += 1
            right[name] += held
    return {name: right[name] / max(1, of[name]) for name in ("title", "author", "date")}


def _checks(gold: dict[str, Any], found: Found) -> Sequence[tuple[str, bool]]:
    checks = []
    if gold.get("title"):
        checks.append(("title", exact(found.title) == exact(gold["title"])))
    if gold.get("author"):
        names = gold["author"] if isinstance(gold["author"], list) else re.split(r"\s*;\s*", gold["author"])
        given = bare(found.author)
        wanted = [bare(name) for name in names]
        whole = bool(given) and all(name in given for name in wanted)
        checks.append(("author", whole and len(given) <= 1.5 * len(bare(" ".join(names)))))
    if gold.get("date"):
        checks.append(("date", found.date[:10] == gold["date"][:10]))
    return checks


def scores(folder: Path, stride: int) -> Scores:
    """Ours."""
    return score(answers(ours(), pages(folder, stride))[0])


def compare(folder: Path, stride: int) -> None:
    """Ours beside the peers'."""
    table(page_readers(), pages(folder, stride), score, FIELDS)


def compare_dates(folder: Path, stride: int) -> None:
    """Only the dates, beside the peers that date a page."""
    dated = [page for page in pages(folder, stride) if page.gold.get("date")]

    def only_dates(answered: Sequence[tuple[Page, list[Found]]]) -> Scores:
        return {"date": score(answered)["date"]}

    peers: list[Peer] = list(date_readers())
    table(peers, dated, only_dates, FIELDS)
