"""Forms of lines from lines that were read: "Posted 3 March 2025 in Health" → "Posted {date} in {category}"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from almoner.pipeline.lines import metadata
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import Cut, Role
from almoner.pipeline.sources.rules import form

COMMON: Final = 0.2
"""A form that fewer of the records have is an exception."""
MOST: Final = 4


def phrase(line: str, order: Order) -> str | None:
    """The form of a metadata line, with a slot for each value that is read in it; None where it has none."""
    said = metadata.read(line, order)
    if said is None or any(brace in line for brace in "{}"):
        return None
    values = [
        ("date", said.published.as_printed if said.published is not None else None),
        ("updated", said.updated.as_printed if said.updated is not None else None),
        ("source", said.source),
        ("author", said.author or said.byline),
        ("category", said.categories[0] if len(said.categories) == 1 else None),
    ]
    found = " ".join(line.split())
    for name, value in values:
        if value and found.count(value) == 1:
            found = found.replace(value, f"{{{name}}}")
    try:
        return found if form.parse(found).slots else None
    except form.BadForm:
        return None


def common(cuts: Sequence[Cut], order: Order) -> list[tuple[str, int]]:
    """The forms of these records' metadata lines, each with the number of lines that have it, commonest first."""
    counted: Counter[str] = Counter()
    for cut in cuts:
        counted.update(found for block in cut.blocks(Role.METADATA) if (found := phrase(block.text, order)))
    return [
        (found, times) for found, times in counted.most_common(MOST) if times >= max(2, COMMON * len(cuts))
    ]


def opening(cuts: Sequence[Cut], order: Order) -> str | None:
    """The form of the line with which nearly all of these records start; None where they share none."""
    first = [cut.parts[0] for cut in cuts if cut.parts]
    counted = Counter(
        phrase(part.block.text, order) if part.role is Role.METADATA else _marked(part.block.text)
        for part in first
    )
    found, times = counted.most_common(1)[0] if counted else (None, 0)
    return found if found is not None and times >= 0.9 * len(cuts) else None


def _marked(title: str) -> str | None:
    """The form of a title with a mark or a number before it."""
    mark, _, rest = title.partition(" ")
    number = mark.rstrip(".):")
    if not rest:
        return None
    if number.isdigit() and mark != number:
        return f"{{number}}{mark[len(number) :]} {{title}}"
    return f"{mark} {{title}}" if mark and not any(map(str.isalnum, mark)) else None
