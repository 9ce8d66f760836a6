"""Numbers, percentages and money in short sentences.

    python -m benchmarks recognizers [--failures]

The set: the English cases of Recognizers-Text. A case passes where every result agrees in text, value and (where the
case names one) currency. What we do not read by intention is set aside by name, and counted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from almoner.pipeline.extract.figures import sorted_out
from almoner.pipeline.extract.figures.grammar import numbers
from almoner.pipeline.extract.figures.reasons import Aside
from almoner.pipeline.extract.figures.units import Sort
from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS: Final = "figures"
Result = tuple[str, float | None, str | None]
"""What one case expects: the words, the value, and a currency's code where the case names one."""

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


@dataclass(slots=True)
class Count:
    """The cases of a specification: all, set aside by reason, passed, and what failed."""

    cases: int = 0
    passed: int = 0
    aside: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many are asked for."""
        return self.cases - self.aside.total()


def counted(folder: Path) -> dict[str, Count]:
    """Each specification's cases."""
    found: dict[str, Count] = {}
    for spec, ours in SPECS.items():
        count = found[spec] = Count()
        for case in json.loads((folder / "recognizers" / f"{spec}.json").read_text(encoding="utf-8-sig")):
            count.cases += 1
            reason = set_aside(case)
            if reason is not None:
                count.aside[reason] += 1
                continue
            expected, got = _expected(case), ours(case["Input"])
            if _passes(expected, got):
                count.passed += 1
            else:
                count.failed.append(f"{case['Input']!r}\n    wanted {expected}\n    got    {got}")
    return found


def scores(folder: Path, _stride: int) -> Scores:
    """All four specifications together: the share that passes, and the share that is asked for at all."""
    counts = list(counted(folder).values())
    asked = sum(count.asked for count in counts)
    return {
        "passed": sum(count.passed for count in counts) / max(1, asked),
        "asked": asked / max(1, sum(count.cases for count in counts)),
    }


def compare(folder: Path, _stride: int) -> None:
    """A row a specification. No peer: these are another library's own cases."""
    print(described())
    print("\n| specification | passed | cases asked | of | set aside |\n|---|---|---|---|---|")
    counts = counted(folder)
    for spec, count in counts.items():
        print(
            f"| {spec} | {count.passed / max(1, count.asked):.3f} | {count.asked} | {count.cases} | {count.aside.total()} |"
        )
    total = scores(folder, 1)
    print(f"| all | {total['passed']:.3f} | {total['asked']:.1%} of all cases | | |")
    for reason, number in sum((count.aside for count in counts.values()), Counter[str]()).most_common():
        print(f"set aside: {reason} ({number})")
    if "--failures" in sys.argv[1:]:
        print("\n".join(failure for count in counts.values() for failure in count.failed))
