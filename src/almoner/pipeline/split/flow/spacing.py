"""What empty lines mean on a page: on one they part the records, on another every paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.split.flow.line import Line
from almoner.pipeline.split.page import RULED

_MOST_WIDTHS: Final = 6
"""So that a page with a different gap before every line costs no more than another."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """A gap of `wide` empty lines or more parts records; `sure` (0 to 1) says how far the page bears that out."""

    wide: int
    sure: float
    used: float
    """How far the page parts anything at all by empty lines, 0 to 1."""


def spacing(lines: Sequence[Line]) -> Spacing:
    """The width of gap that cuts the page into groups which look most like whole records."""
    widths = sorted({line.block.gap for line in lines[1:] if line.block.gap})[:_MOST_WIDTHS]
    used = min(1.0, 4 * sum(line.block.gap > 0 for line in lines[1:]) / max(1, len(lines)))
    found = [Spacing(width, _sure(lines, width), used) for width in widths]
    return max(found, key=lambda spacing: (spacing.sure, spacing.wide), default=Spacing(1, 0.0, used))


def _sure(lines: Sequence[Line], width: int) -> float:
    """The share of the groups that are whole: a title or a line about the item first, and more below it."""
    whole = broken = 0.0
    group: list[Line] = []
    for line in [*lines, None]:
        if group and (line is None or line.block.gap >= width):
            if len(group) > 1 and any(other.is_prose for other in group):
                opens = _opens(group, width)
                whole += opens
                broken += 1.0 - opens
            elif len(group) == 1 and not group[0].is_context:
                broken += 1.0 if group[0].is_prose else 0.5
            group = []
        if line is not None:
            group.append(line)
    few, enough = (1, 3) if width >= RULED else (2, 5)  # a rule is drawn on purpose
    return whole / (whole + broken) * min(1.0, (whole - few) / (enough - few)) if whole > few else 0.0


def _opens(group: Sequence[Line], width: int) -> float:
    """How far a group begins like a record (0 to 1): two empty lines are left on purpose, one perhaps not."""
    first, last = group[0], group[-1]
    opens = 1.0 if first.is_heading_like or first.metadata is not None else 0.5 if width == 1 else 0.75
    ends_in_heading = last.is_heading_like and not last.closes and last.metadata is None
    return 0.5 * opens if ends_in_heading else opens
