"""Bars and words for what comes from a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

WIDTH: Final = 4
"""Of a bar with the gap behind it, in the drawing's own units."""
HEIGHT: Final = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: where its bar stands in the drawing, and how high it is."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A small chart of items a day, and what it says in words."""

    bars: tuple[Bar, ...]
    words: str
    width: int
    height: int = HEIGHT


def chart(days: Sequence[int]) -> Chart:
    """The chart of these days, oldest first."""
    most = max(days, default=0)
    heights = [0 if not day else max(2, round(HEIGHT * day / most)) for day in days]
    bars = tuple(
        Bar(place * WIDTH, HEIGHT - height, height) for place, height in enumerate(heights) if height
    )
    if not most:
        words = f"No new item in {len(days)} days."
    else:
        busy = sum(1 for day in days if day)
        words = (
            f"{_count(sum(days), 'new item')} in {len(days)} days, on {_count(busy, 'day')}; "
            f"at most {most} a day."
        )
    return Chart(bars, words, len(days) * WIDTH)


def delay(time: timedelta | None) -> str:
    """A delay in plain words; "" where none is known."""
    if time is None:
        return ""
    minutes = round(time.total_seconds() / 60)
    if minutes < 90:
        return _count(max(minutes, 1), "minute") if minutes else "at once"
    if minutes < 36 * 60:
        return _count(round(minutes / 60), "hour")
    return _count(round(minutes / 1440), "day")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
