"""Figures against two public sets: quantity spans (MeasEval) and numbers, percentages and money (Recognizers).

    ALMONER_BENCH=/path/to/sets python -m benchmarks.figures [--failures]

MeasEval is scored on the raw layer, before ages, dates and durations are set aside. Three scores: `exact` is F1
over spans that agree to the character; `overlap` is the task's own score, the mean over all spans of either side
of the share of words in common; `found` is F1 over spans that touch. Recognizers' cases count as passed where
every result agrees in text, value and (where the case names one) currency.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from almoner.pipeline.extract.figures import sorted_out
from almoner.pipeline.extract.figures.grammar import numbers
from almoner.pipeline.extract.figures.reasons import NOT_QUANTITIES, Aside
from almoner.pipeline.extract.figures.units import Sort

Span = tuple[int, int]
Result = tuple[str, float | None, str | None]
"""What one case expects: the words, the value, and a currency's code where the case names one."""


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
        from quantulum3 import parser  # type: ignore[import-not-found]
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

    def line(self, name: str) -> str:
        """A row of the table."""
        found = self.touching / self.called, 1 - self.missed / self.gold
        return (
            f"{name:28} exact {2 * self.exact / (self.called + self.gold):.3f}  overlap {self.overlap / self.rows:.3f}  "
            f"found {2 * found[0] * found[1] / (found[0] + found[1]):.3f}  ({self.called} called, {self.gold} gold, {self.seconds:.2f} s)"
        )


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


# What we do not read, by name: the cases of each are set aside, and counted.
_SET_ASIDE: dict[str, Callable[[dict[str, Any]], bool]] = {
    "a word of money or per cent without a number": lambda case: any(
        not result.get("Resolution") or result["Resolution"].get("value") in (None, "null")
        for result in case["Results"]
    ),
    "per cent before its number": lambda case: any(
        result["TypeName"] == "percentage"
        and result["Text"].startswith(("per cent of", "percent of", "percents of"))
        for result in case["Results"]
    ),
    "decimal comma": lambda case: any(_has_decimal_comma(result["Text"]) for result in case["Results"]),
    "minus apart from its digits": lambda case: any(
        result["Text"].startswith("- ") for result in case["Results"]
    ),
}


def _has_decimal_comma(words: str) -> bool:
    head, comma, tail = words.partition(",")
    return bool(comma) and head.isdigit() and tail.isdigit() and len(tail) < 3


def set_aside(case: dict[str, Any]) -> str | None:
    """The name of the type that a case is set aside for, or None."""
    return next((name for name, is_so in _SET_ASIDE.items() if is_so(case)), None)


def _expected(case: dict[str, Any]) -> list[Result]:
    results: list[Result] = []
    for result in case["Results"]:
        resolution = result["Resolution"]
        results.append(
            (result["Text"].lower(), float(resolution["value"].rstrip("%")), resolution.get("isoCurrency"))
        )
    return results


def our_numbers(text: str) -> list[Result]:
    """Numbers that stand by themselves, not glued to a unit."""
    return [
        (text[one.start : one.end].lower(), float(one.value), None) for one in numbers(text) if not one.glued
    ]


def our_percentages(text: str) -> list[Result]:
    """Percentages, hedges apart."""
    kept = [one for one, aside in sorted_out(text) if aside is not Aside.ADDRESS and one.sort is Sort.PERCENT]
    return [(text[one.start : one.end].lower(), float(one.value), None) for one in kept]


def our_money(text: str) -> list[Result]:
    """Amounts; the set counts pence and cents in their own unit."""
    found: list[Result] = []
    for one, _ in sorted_out(text):
        if one.money is not None:
            small = one.money.size < 1 and one.value == one.number.value * one.money.size
            value = one.number.value if small else one.value
            found.append((text[one.start : one.end].lower().strip(), float(value), one.money.code))
    return found


def _passes(wanted: list[Result], got: list[Result]) -> bool:
    if len(wanted) != len(got):
        return False
    return all(
        want[0] == have[0] and have[1] is not None and want[1] is not None
        and abs(have[1] - want[1]) <= 1e-9 * max(abs(want[1]), 1e-6) and want[2] in (None, have[2])
        for want, have in zip(wanted, got, strict=True)
    )  # fmt: skip


SPECS = {
    "NumberModel": our_numbers,
    "NumberModelExperimentalMode": our_numbers,
    "PercentModel": our_percentages,
    "CurrencyModel": our_money,
}


def recognizers(folder: Path, show: bool) -> Iterator[str]:
    """A row for each specification, and one for all."""
    total: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for spec, ours in SPECS.items():
        count: Counter[str] = Counter()
        for case in json.loads((folder / f"{spec}.json").read_text(encoding="utf-8-sig")):
            reason = set_aside(case)
            count["cases"] += 1
            if reason is not None:
                count["aside"] += 1
                reasons[reason] += 1
                continue
            wanted, got = _expected(case), ours(case["Input"])
            count["passed"] += _passes(wanted, got)
            if show and not _passes(wanted, got):
                print(f"    {case['Input']!r}\n        wanted {wanted}\n        got    {got}")
        total += count
        yield _spec_line(spec, count)
    yield _spec_line("all four", total)
    yield from (f"    set aside: {reason} ({number})" for reason, number in reasons.most_common())


def _spec_line(name: str, count: Counter[str]) -> str:
    asked = count["cases"] - count["aside"]
    return (
        f"{name:28} {count['passed'] / asked:.3f} of {asked}, {count['aside']} of {count['cases']} set aside"
    )


def main() -> int:
    """Prints the table; 2 where the sets are absent."""
    bench = os.environ.get("ALMONER_BENCH")
    folder = Path(bench) / "figures" if bench else None
    if folder is None or not folder.is_dir():
        print("figures: the sets are absent (ALMONER_BENCH names their folder)")
        return 2
    paragraphs = list(measeval(folder / "measeval"))
    print(f"MeasEval, {len(paragraphs)} paragraphs")
    peers = {"almoner": our_spans, "quantulum3": quantulum_spans()}
    for name, spans_of in peers.items():
        if spans_of is None:
            print(f"{name:28} not installed")
            continue
        score = SpanScore()
        for paragraph in paragraphs:
            started = process_time()
            called = spans_of(paragraph.text)
            score.seconds += process_time() - started
            score.add(paragraph, called)
        print(score.line(name))
    print("Recognizers")
    for line in recognizers(folder / "recognizers", "--failures" in sys.argv[1:]):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
