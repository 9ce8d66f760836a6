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


@dataclass(frozen=True, slots=True)
class Share:
    """How many items were captured so soon after being published, and how long their bar is."""

    words: str
    items: int
    length: int


LONGEST_BAR: Final = 100
_SOON: Final = (
    ("within an hour", timedelta(hours=1)),
    ("within 6 hours", timedelta(hours=6)),
    ("within a day", timedelta(days=1)),
    ("within 3 days", timedelta(days=3)),
    ("later", timedelta.max),
)


def freshness(delays: Sequence[timedelta]) -> list[Share]:
    """How soon items were captured, in five steps; nothing where nothing is known."""
    places = [next(place for place, (_, end) in enumerate(_SOON) if each <= end) for each in delays]
    counts = [places.count(place) for place in range(len(_SOON))]
    most = max(counts)
    return [
        Share(words, count, max(2, round(LONGEST_BAR * count / most)) if count else 0)
        for (words, _), count in zip(_SOON, counts, strict=True)
        if most
    ]


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
