"""Search over three judged sets, beside a plain FTS5 table with the same tokenizer and BM25.

    python -m benchmarks search

Cranfield (1,400 abstracts on aerodynamics, 225 questions) and Vaswani (11,429 abstracts on electronics, 93 questions) are
scored by nDCG@10 (Järvelin and Kekäläinen 2002), the gain being the printed grade and never below 0; GOV.UK's queries
against 979 titles by how often a right page is first, or among the first five, each query once, any of its pages right.
Ours goes through the very function that the search page calls, on a database of its own.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Final, NamedTuple

from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS: Final = "search"
SHOWN: Final = 10
_TREC: Final = re.compile(r"<DOCNO>(\d+)</DOCNO>\n(.*?)</DOC>", re.DOTALL)
_TOPIC: Final = re.compile(r"<num>(\d+)</num><title>\n(.*?)</title>", re.DOTALL)


class Text(NamedTuple):
    """A document of a set."""

    title: str
    text: str


@dataclass(frozen=True)
class Judged:
    """Documents by number, and each query with the grades of those that answer it. A set of `known` pages asks for one
    page that somebody knows to be there."""

    documents: Mapping[int, Text]
    queries: Sequence[tuple[str, Mapping[int, int]]]
    known: bool = False


Find = Callable[[str], Sequence[int]]


def cranfield(folder: Path) -> Judged:
    """Of Cyril Cleverdon, 1960s; grades as they are printed in `cran.qrel`."""
    documents: dict[int, dict[str, str]] = {}
    current, field = {"T": "", "A": "", "B": "", "W": ""}, "W"
    for line in (folder / "cran.all").read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith(".I"):
            current = documents[int(line.split()[1])] = {"T": "", "A": "", "B": "", "W": ""}
        elif re.match(r"\.[TABW]\s*$", line):
            field = line[1]
        else:
            current[field] += line
    asked = re.split(r"^\.I.*\n\.W\n", (folder / "cran.qry").read_text(encoding="utf-8"), flags=re.MULTILINE)[
        1:
    ]
    grades = _grades(folder / "cran.qrel")
    return Judged(
        {number: Text(each["T"], each["W"]) for number, each in documents.items()},
        [(words, grades.get(number, {})) for number, words in enumerate(asked, 1)],
    )


def vaswani(folder: Path) -> Judged:
    """Of the National Physical Laboratory, 1975, in the form in which Glasgow gives it."""
    texts = _TREC.findall((folder / "vas.doc-text.trec").read_text(encoding="utf-8"))
    topics = _TOPIC.findall((folder / "vas.query-text.trec").read_text(encoding="utf-8"))
    grades = _grades(folder / "vas.qrels")
    return Judged(
        {int(number): Text("", text) for number, text in texts},
        [(words.strip().lower(), grades.get(int(number), {})) for number, words in topics],
    )


def govuk(folder: Path) -> Judged:
    """Titles of GOV.UK, and what people typed who meant one of them (alphagov, MIT)."""
    with (folder / "govuk_pages.csv").open(encoding="utf-8", newline="") as lines:
        pages = [(row["query"], row["link"]) for row in csv.DictReader(lines)]
    meant: dict[str, set[str]] = {}
    with (folder / "govuk_known_item_queries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            meant.setdefault(row["query"], set()).add(row["link"])
    return Judged(
        {number: Text(title, "") for number, (title, _) in enumerate(pages, 1)},
        [
            (words, {number: 1 for number, (_, link) in enumerate(pages, 1) if link in links})
            for words, links in meant.items()
        ],
        known=True,
    )


def _grades(path: Path) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, document, grade = line.split()
        found.setdefault(int(query), {})[int(document)] = int(grade)
    return found


SETS: Final[Mapping[str, Callable[[Path], Judged]]] = {
    "Cranfield": cranfield,
    "Vaswani": vaswani,
    "GOV.UK": govuk,
}


def ndcg(found: Sequence[int], grades: Mapping[int, int]) -> float:
    """The discounted gain of the first ten beside the best there could be."""
    best = sorted((max(0, grade) for grade in grades.values()), reverse=True)
    ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(best[:SHOWN]))
    gain = sum(
        max(0, grades.get(number, 0)) / math.log2(place + 2) for place, number in enumerate(found[:SHOWN])
    )
    return gain / ideal if ideal else 0.0


def scored(name: str, judged: Judged, find: Find) -> Scores:
    """What one way of finding reaches on one set."""
    answers = [(find(words), grades) for words, grades in judged.queries]
    if not judged.known:
        return {name: sum(ndcg(*each) for each in answers) / len(answers)}
    firsts = [
        next((place for place, number in enumerate(found) if number in grades), SHOWN)
        for found, grades in answers
    ]
    return {f"{name} hit@{reach}": sum(first < reach for first in firsts) / len(firsts) for reach in (1, 5)}


def plain(documents: Mapping[int, Text]) -> Find:
    """FTS5 with BM25 and nothing else: any of the words, a title's tenfold."""
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE page USING fts5(title, text, tokenize='porter unicode61 remove_diacritics 2')"
    )
    index.executemany(
        "INSERT INTO page (rowid, title, text) VALUES (?, ?, ?)", [(n, *t) for n, t in documents.items()]
    )

    def find(words: str) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words))
        query = "SELECT rowid FROM page WHERE page MATCH ? ORDER BY bm25(page, 10, 1) LIMIT ?"
        return [number for (number,) in index.execute(query, (asked, SHOWN))]

    return find


def ours(documents: Mapping[int, Text]) -> Find:
    """The service's search over these documents as items. Only where Django is set up: see `measured`."""
    from datetime import UTC, datetime, timedelta

    from almoner.records.catalogue.enums import Status
    from almoner.records.catalogue.models import Item
    from almoner.records.search.queries import search
    from almoner.records.search.services import rebuild

    day = datetime(2026, 1, 1, tzinfo=UTC)
    Item.objects.all().delete()
    Item.objects.bulk_create(
        Item(
            pk=number, title=each.title, text=each.text, status=Status.PUBLISHED, fingerprint=str(number),
            captured_at=day, changed_at=day,
            # Among equals ours takes the newest first, FTS5 the lowest number: so both go by the order of the set.
            sorts_at=day - timedelta(seconds=number),
        )
        for number, each in documents.items()
    )  # fmt: skip
    rebuild()
    return lambda words: [hit.item.pk for hit in search(words, per_page=SHOWN).hits]


def measured(folder: Path) -> Iterator[tuple[str, Scores, float]]:
    """Our scores on each set, and CPU milliseconds a query, worked out in a process and a database of its own."""
    with tempfile.TemporaryDirectory() as data:
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.search", str(folder)],
            env=os.environ | {"ALMONER_DATA": data, "DJANGO_SETTINGS_MODULE": "almoner.settings.production"},
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    for line in told.stdout.splitlines():
        name, scores, each = json.loads(line)
        yield name, scores, each


def measure(folder: Path) -> None:
    """The other side of `measured`: print a line a set."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name, read in SETS.items():
        judged = read(folder)
        find = ours(judged.documents)
        begun = process_time()
        scores = scored(name, judged, find)
        print(json.dumps([name, scores, 1000 * (process_time() - begun) / len(judged.queries)]), flush=True)


def scores(folder: Path, stride: int) -> Scores:  # noqa: ARG001
    """Ours on all three sets, whole: their queries cannot be thinned out without other scores."""
    return {metric: score for _, each, _ in measured(folder) for metric, score in each.items()}


def compare(folder: Path, stride: int) -> None:  # noqa: ARG001
    """Print ours beside plain FTS5."""
    print(described())
    print("\n| set | measure | almoner | plain FTS5 | ours, CPU ms a query |\n|---|---|---|---|---|")
    for name, found, milliseconds in measured(folder):
        judged = SETS[name](folder)
        beside = scored(name, judged, plain(judged.documents))
        for metric, score in found.items():
            label = metric.removeprefix(name).strip() or "nDCG@10"
            print(f"| {name} | {label} | {score:.3f} | {beside[metric]:.3f} | {milliseconds:.1f} |")


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
