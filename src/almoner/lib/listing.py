"""Several names in one sentence."""

from __future__ import annotations

from collections.abc import Sequence


def joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"; "" for none."""
    *others, last = names or ("",)
    return f"{', '.join(others)} and {last}" if others else last
