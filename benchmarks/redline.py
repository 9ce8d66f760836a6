"""Two editions of real Acts: is what a redline calls new what the law says was put in, and can a person read it?

    python -m benchmarks redline [--every N]

The set: Irish Acts in two editions whose official marks ("F2[new words]") say in the new one what was inserted or
substituted (legalize-ie, CC-BY-4.0). Acts whose marks are known to be incomplete are left out. The figures:

    precision     of the words called new, those within a mark
    marks         of the marks, those of which at least one word is called new
    runs a mark   runs of new words within a found mark; 1 is how a person reads it
    over least    words called new, over the fewest that a diff by words calls new
    to read       words shown as new or gone, over those of a diff by words

Then a speed: an invented edition of 800 paragraphs with about 200 of them changed, CPU seconds, median of three runs.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from time import process_time
from typing import Final

from tests.pipeline.editions.generator import editions

from almoner.pipeline.editions.model import Op
from almoner.pipeline.editions.runs import runs
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import compare as compared
from benchmarks.data import every
from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS = "redline"
MOST: Final = 150_000
"""Bytes of the longest Act that is compared."""
INCOMPLETE: Final = frozenset(
    f"IE-{act}"
    for act in (
        "1939-act-13", "1967-act-5", "1968-act-25", "1971-act-28", "1986-act-16", "1990-act-12", "1990-act-23",
        "1991-act-25", "1993-act-8", "1994-act-12", "1994-act-18",
    )
)  # fmt: skip
"""Acts in which words came without a mark."""
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_SIGN: Final = re.compile(r"\b([FC])\d+\s?\[|(\[)|(\])|(\n\n)")


@dataclass(frozen=True, slots=True)
class Act:
    """An Act in two editions: its texts without marks, the words of the new one, and the mark of each (0: none)."""

    old: str
    new: str
    words: tuple[str, ...]
    marks: tuple[int, ...]


Told = tuple[list[bool], int]
"""Of each word of the new edition, whether it is called new; and how many words are called new or gone."""
Redliner = Callable[[str, str], Told]


def act(old: str, new: str) -> Act:
    """An Act from its two files."""
    text, spans = _unmarked(_body(new))
    owners = [0] * (len(text) + 1)
    for number, (first, end) in enumerate(sorted(spans, key=lambda span: (span[0], -span[1])), 1):
        for index in range(first, end):
            owners[index] = owners[index] or number  # an outer mark owns what an inner one repeats
    found = list(_WORD.finditer(text))
    return Act(
        _unmarked(_body(old))[0],
        text,
        tuple(match.group().lower() for match in found),
        tuple(owners[match.start()] for match in found),
    )


def _body(text: str) -> str:
    return text.split("\n---\n", 1)[1] if text.startswith("---") else text


def _unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and where in it they stood. A mark that is never closed ends with its paragraph."""
    kept: list[str] = []
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    at = length = 0
    for match in _SIGN.finditer(text):
        sign, plain, close, end = match.groups()
        kept.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        drop = False
        if end:
            opened = [one for one in opened if one[0] != "["]
        elif close:
            kind, start = opened.pop() if opened else ("[", 0)
            drop = kind != "["
            if kind == "F":
                spans.append((start, length))
        else:
            drop = plain is None
            opened.append((sign or "[", length))
        if not drop:
            kept.append(match.group())
            length += len(match.group())
    whole = "".join([*kept, text[at:]])
    for kind, start in opened:
        if kind == "F":
            stop = whole.find("\n\n", start)
            spans.append((start, stop if stop >= 0 else len(whole)))
    return whole, spans


def ours(old: str, new: str) -> Told:
    """This project's redline."""
    called: list[bool] = []
    touched = 0
    for op, text in runs(compared(_snapshot(old), _snapshot(new))):
        count = len(_WORD.findall(text))
        touched += count if op in {Op.INS, Op.DEL} else 0
        if op is not Op.DEL:
            called += [op is Op.INS] * count
    return called, touched


def _snapshot(text: str) -> Snapshot:
    return Snapshot("edition.md", text.encode(), MediaType.TEXT)


def by_words(old: str, new: str) -> Told:
    """A diff by words (difflib)."""
    before, after = _words(old), _words(new)
    called = [True] * len(after)
    kept = 0
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        called[block.b : block.b + block.size] = [False] * block.size
        kept += block.size
    return called, len(before) + len(after) - 2 * kept


def by_paragraphs(old: str, new: str) -> Told:
    """A diff by paragraphs (difflib)."""
    before, after = old.split("\n\n"), new.split("\n\n")
    called: list[bool] = []
    touched = 0
    for tag, first, end, new_first, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        come = sum(len(_words(one)) for one in after[new_first:new_end])
        called += [tag != "equal"] * come
        if tag != "equal":
            touched += come + sum(len(_words(one)) for one in before[first:end])
    return called, touched


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def acts(folder: Path, stride: int) -> list[Act]:
    """The Acts of the set that are whole and not too long."""
    found = []
    for path in every(list(folder.glob("*.old.md")), stride):
        newer = path.with_name(path.name.replace(".old", ".new"))
        if (
            path.name.removesuffix(".old.md") in INCOMPLETE
            or max(path.stat().st_size, newer.stat().st_size) >= MOST
        ):
            continue
        found.append(act(path.read_text(), newer.read_text()))
    return found


def score(found: Sequence[tuple[Act, Told, Told]]) -> Scores:
    """The figures over all Acts: each with what a redliner told, and what a diff by words tells."""
    sums: Counter[str] = Counter()
    for one, (called, touched), (least, least_touched) in found:
        sums["called"] += sum(called)
        sums["least"] += sum(least)
        sums["touched"] += touched
        sums["least touched"] += least_touched
        sums["inside"] += sum(new for new, mark in zip(called, one.marks, strict=True) if mark)
        by_mark: dict[int, list[bool]] = {}
        for new, mark in zip(called, one.marks, strict=True):
            by_mark.setdefault(mark, []).append(new)
        by_mark.pop(0, None)
        hit = [flags for flags in by_mark.values() if any(flags)]
        sums["marks"] += len(by_mark)
        sums["found"] += len(hit)
        sums["runs"] += sum(
            new and not before for flags in hit for before, new in zip([False, *flags], flags, strict=False)
        )
    return {
        "precision": sums["inside"] / max(1, sums["called"]),
        "marks": sums["found"] / max(1, sums["marks"]),
        "runs a mark": sums["runs"] / max(1, sums["found"]),
        "over least": sums["called"] / max(1, sums["least"]),
        "to read": sums["touched"] / max(1, sums["least touched"]),
    }


def scores(folder: Path, stride: int) -> Scores:
    """Ours, those of which more is better."""
    found = [(one, ours(one.old, one.new), ours(one.old, one.new)) for one in acts(folder, stride)]
    told = score(found)
    return {"precision": told["precision"], "marks": told["marks"], "runs to a mark": 1 / told["runs a mark"]}


def compare(folder: Path, stride: int) -> None:
    """Ours beside the diffs that people use."""
    found = acts(folder, stride)
    print(f"{described()}; {len(found)} Acts")
    least = [by_words(one.old, one.new) for one in found]
    print(
        "\n| redliner | precision | marks | runs a mark | over least | to read | CPU seconds |\n|---|---|---|---|---|---|---|"
    )
    for name, redliner in (
        ("almoner", ours),
        ("difflib, by words", by_words),
        ("difflib, by paragraphs", by_paragraphs),
    ):
        begun = process_time()
        told = [redliner(one.old, one.new) for one in found]
        seconds = process_time() - begun
        figures = score(list(zip(found, told, least, strict=True)))
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in figures.values())} | {seconds:.1f} |")
    _race()


def _race() -> None:
    """The speed of redlines of a long edition."""
    made = editions(7, paragraphs=800, share=0.1, changed=0.25)
    old, new = "\n\n".join(made.old), "\n\n".join(made.new)
    print(f"\n{len(made.new)} paragraphs, {len(new.split()):,} words, CPU seconds, median of three:")
    for name, redliner in (("almoner", ours), ("difflib, by words", by_words), ("redlines", _redlines())):
        if redliner is None:
            print(f"- {name}: not installed (`make setup-bench`)")
            continue
        taken = []
        for _ in range(3 if redliner is ours else 1):
            begun = process_time()
            redliner(old, new)
            taken.append(process_time() - begun)
        print(f"- {name}: {statistics.median(taken):.2f}")


def _redlines() -> Redliner | None:
    try:
        from redlines import Redlines
    except ImportError:
        return None

    def redliner(old: str, new: str) -> Told:
        return [bool(Redlines(old, new).output_markdown)], 0

    return redliner
