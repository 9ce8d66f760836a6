"""The date of an article page, beside the libraries that look for nothing else.

    python -m benchmarks dates [--every N]

The pages of the articles set that state a date. htmldate is asked for the day of first publication. Our figure for
speed is that of the whole reading.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.articles import compare_dates

NEEDS = "articles"


def compare(folder: Path, stride: int) -> None:
    """Ours beside the peers'."""
    compare_dates(folder, stride)
