"""Quantities in running text, beside quantulum3.

    python -m benchmarks figures [--every N]

The set: MeasEval's paragraphs of science, with the spans of their quantities. It is scored on the raw layer, before ages, dates and durations are set aside. Three scores: `exact` is F1
over spans that agree to the character; `overlap` is the task's own score, the mean over all spans of either side
of the share of words in common; `found` is F1 over spans that touch.
"""

from __future__ import annotations

import csv
import importlib
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Final

from almoner.pipeline.extract.figures import sorted_out
from almoner.pipeline.extract.figures.reasons import NOT_QUANTITIES
from benchmarks.machine import described
from benchmarks.race import Scores

Span = tuple[int, int]

NEEDS: Final = "figures"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of MeasEval and its quantities' spans."""

    name: str
    text: str
    spans: tuple[Span, ...]


def measeval(folder: Path) -> Iterator[Paragraph]:
    """The paragraphs of the training and trial parts."""
    for part, texts in (("train", "text"), ("trial", "txt")):
        for table in sorted((folder / part / "tsv").glob("*.tsv")):
            with table.open(encoding="utf-8", newline="") as lines:
                rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
            spans = [
                (int(row["startOffset"]), int(row["endOffset"]))
                for row in rows
                if row["annotType"] == "Quantity"
            ]
            text = (folder / part / texts / f"{table.stem}.txt").read_text(encoding="utf-8")
            yield Paragraph(f"{part}/{table.stem}", text, tuple(spans))


def our_spans(text: str) -> list[Span]:
    """The spans of the raw layer."""
    return sorted({quantity.span for quantity, aside in sorted_out(text) if aside not in NOT_QUANTITIES})


def quantulum_spans() -> Callable[[str], list[Span]] | None:
    """The same of quantulum3, where it is installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parser = importlib.import_module("quantulum3.parser")
    except ImportError:
        return None

    def spans(text: str) -> list[Span]:
        return sorted({tuple(quantity.span) for quantity in parser.parse(text)})

    return spans


@dataclass(slots=True)
class SpanScore:
    """Counts over all paragraphs."""

    called: int = 0
    gold: int = 0
    exact: int = 0
    touching: int = 0
    missed: int = 0
    overlap: float = 0.0
    rows: int = 0
    seconds: float = 0.0

    def add(self, paragraph: Paragraph, called: list[Span]) -> None:
        """Counts one paragraph, as the task's own scorer pairs spans: each with the one it shares most words with."""
        self.called += len(called)
        self.gold += len(paragraph.spans)
        for span in called:
            best, pair = max(
                ((_words_in_common(paragraph.text, span, gold), gold) for gold in paragraph.spans),
                default=(0.0, None),
            )
            self.rows += 1
            self.overlap += best
            self.touching += best > 0
            self.exact += best > 0 and span == pair
        lost = [
            gold
            for gold in paragraph.spans
            if not any(_words_in_common(paragraph.text, span, gold) for span in called)
        ]
        self.missed += len(lost)
        self.rows += len(lost)

    @property
    def scores(self) -> Scores:
        """The three scores."""
        precision, recall = self.touching / max(1, self.called), 1 - self.missed / max(1, self.gold)
        return {
            "exact": 2 * self.exact / max(1, self.called + self.gold),
            "overlap": self.overlap / max(1, self.rows),
            "found": 2 * precision * recall / (precision + recall) if precision and recall else 0.0,
        }


def _words_in_common(text: str, one: Span, other: Span) -> float:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    if end <= start:
        return 0.0
    shared = len(text[start:end].split(" "))
    precision, recall = (
        shared / len(text[slice(*one)].split(" ")),
        shared / len(text[slice(*other)].split(" ")),
    )
    return 2 * precision * recall / (precision + recall)


def _scored(spans_of: Callable[[str], list[Span]], paragraphs: list[Paragraph]) -> SpanScore:
    spans_of("Three of 12 clubs")  # imports and patterns are not counted
    score = SpanScore()
    for paragraph in paragraphs:
        begun = process_time()
        called = spans_of(paragraph.text)
        score.seconds += process_time() - begun
        score.add(paragraph, called)
    return score


def scores(folder: Path, stride: int) -> Scores:
    """Ours."""
    return _scored(our_spans, list(measeval(folder / "measeval"))[::stride]).scores


def compare(folder: Path, stride: int) -> None:
    """Ours beside quantulum3."""
    paragraphs = list(measeval(folder / "measeval"))[::stride]
    print(f"{described()}; {len(paragraphs)} paragraphs of MeasEval")
    print("\n| reader | exact | overlap | found | called | gold | paragraphs a CPU second |\n|" + "---|" * 7)
    for name, spans_of in {"almoner": our_spans, "quantulum3": quantulum_spans()}.items():
        if spans_of is None:
            print(f"| {name} | not installed: `make setup-bench` |")
            continue
        score = _scored(spans_of, paragraphs)
        cells = " | ".join(f"{value:.3f}" for value in score.scores.values())
        print(f"| {name} | {cells} | {score.called} | {score.gold} | {len(paragraphs) / score.seconds:.0f} |")
