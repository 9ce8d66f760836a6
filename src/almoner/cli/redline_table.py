"""A comparison as a table of changes for people, gravest first within the order of the new edition."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator

from almoner.pipeline.editions.kinds import swap_in_words
from almoner.pipeline.editions.model import Comparison, Kind, Op, Passage
from almoner.pipeline.editions.renumbering import in_sentences
from almoner.pipeline.editions.runs import joined, runs_of

_SIGNS = {Op.SAME: "{}", Op.MOVED: "{}", Op.INS: "[+{}+]", Op.DEL: "[-{}-]"}
AROUND = 60
"""Characters of what stayed that are shown on either side of a change."""


def redline_table(comparison: Comparison) -> str:
    """What changed, a line or two a change, with what came as [+…+] and what went as [-…-]."""
    width = max(72, min(140, shutil.get_terminal_size((110, 40)).columns))
    return "\n".join(_table(comparison, width)) + "\n"


def _table(comparison: Comparison, width: int) -> Iterator[str]:
    yield f"{comparison.old.source} → {comparison.new.source} · {comparison.alike:.0%} of the text stayed"
    counts = Counter(passage.change.kind for passage in comparison.changes if passage.change is not None)
    yield "  " + (
        " · ".join(f"{counts[kind]} {kind.value}" for kind in Kind if counts[kind]) or "nothing changed"
    )
    for sentence in in_sentences(comparison):
        yield from textwrap.wrap(sentence, width, initial_indent="  ", subsequent_indent="    ")
    for passage in comparison.changes:
        if passage.change is not None and passage.change.kind is not Kind.RENUMBERING:
            yield from _lines(comparison, passage, width)


def _lines(comparison: Comparison, passage: Passage, width: int) -> Iterator[str]:
    change, match = passage.change, passage.match
    assert change is not None
    was = ", ".join(comparison.old.paragraphs[index].address for index in match.olds) or "–"
    now = ", ".join(comparison.new.paragraphs[index].address for index in match.news) or "–"
    fate = f"{match.fate.value}, moved" if match.moved else match.fate.value
    weight = "".join(f" · {swap_in_words(gone, come)}" for gone, come in change.weight)
    yield f"  {was} → {now}  {change.kind.value} ({fate}): {change.reason}{weight}"
    text = "".join(_shown(op, text) for op, text in joined(runs_of(passage)))
    yield from textwrap.wrap(
        " ".join(text.split()), width, initial_indent="      ", subsequent_indent="      "
    )


def _shown(op: Op, text: str) -> str:
    if op in {Op.SAME, Op.MOVED}:
        return (
            text
            if len(text) <= 2 * AROUND
            else f"{text[:AROUND].rsplit(' ', 1)[0]} … {text[-AROUND:].split(' ', 1)[-1]}"
        )
    core = text.strip()
    return _SIGNS[op].format(core) + text[len(text.rstrip()) :] if core else text
