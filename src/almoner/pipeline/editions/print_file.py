"""A comparison as a PDF that holds to PDF/UA-1 (ISO 14289-1): tagged, with a title and a language, set by Typst.

What came and went is said in words, "[added: …]" and "[removed: …]", since a screen reader tells neither colour nor
lines through words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from pathlib import PurePath
from typing import Any, Final

from almoner.lib.typeset import Print, printable, typeset
from almoner.pipeline.editions.kinds import swap_in_words
from almoner.pipeline.editions.model import Change, Comparison, Edition, Kind, Op, Passage
from almoner.pipeline.editions.renumbering import in_sentences
from almoner.pipeline.editions.runs import joined, runs_of
from almoner.pipeline.model import BlockKind

DEEPEST: Final = 6


def print_file(comparison: Comparison, *, made: datetime) -> Print:
    """The new edition with all that came, went and moved, each change with its kind and its reason. `made` is the date
    that the file bears."""
    template = resources.files(__package__).joinpath("print.typ").read_bytes()
    return typeset(template, _told(comparison), made=made)


def _told(comparison: Comparison) -> dict[str, Any]:
    title = printable(comparison.new.title or comparison.old.title) or "Redline"
    count = sum(map(_is_marked, comparison.passages))
    return {
        "title": f"{title}: what changed",
        "summary": [
            f"From {_name(comparison.old)} to {_name(comparison.new)}. "
            f"{comparison.alike:.0%} of the text stayed; {count} passage{'s' if count != 1 else ''} changed.",
            *(found.message for found in comparison.findings),
            *in_sentences(comparison),
        ],
        "passages": list(_passages(comparison)),
    }


def _name(edition: Edition) -> str:
    return PurePath(edition.source).name


def _is_marked(passage: Passage) -> bool:
    """Whether it is said to have changed. What only bears another number is told in the summary, all at once."""
    return passage.change is not None and passage.change.kind is not Kind.RENUMBERING


def _passages(comparison: Comparison) -> Iterator[dict[str, Any]]:
    deep = 1
    for passage in comparison.passages:
        match = passage.match
        edition, index = (comparison.new, match.news) if match.news else (comparison.old, match.olds)
        first = edition.paragraphs[index[0]]
        level = 0
        if first.kind is BlockKind.HEADING:
            # The title is the only heading of the first level, and no level is left out on the way down.
            level = deep = min(max(2, first.level), deep + 1, DEEPEST)
        about = _about(passage.change) if passage.change is not None and _is_marked(passage) else ""
        yield {
            "level": level,
            "about": about,
            "runs": list(_runs(passage)),
        }


def _runs(passage: Passage) -> Iterator[tuple[str, str]]:
    """The runs of a passage, the spaces around marked words outside of their marks."""
    found = [(op, shown) for op, text in joined(runs_of(passage)) if (shown := printable(text))]
    found[-1] = found[-1][0], found[-1][1].rstrip("\n")
    was_marked = False
    for op, text in found:
        if op in {Op.SAME, Op.MOVED} or not text.strip():
            yield Op.SAME.value, text
            was_marked = False
            continue
        if was_marked or text[0].isspace():
            yield Op.SAME.value, " "
        yield op.value, text.strip()
        was_marked = not text[-1].isspace()
        if not was_marked:
            yield Op.SAME.value, " "


def _about(change: Change) -> str:
    swaps = "".join(f"; {swap_in_words(gone, come)}" for gone, come in change.weight)
    return f"{change.kind.value.capitalize()}: {change.reason}{swaps}."
