"""How much a stem counts by how few items have it, and the two numbers of BM25 (Robertson and Zaragoza 2009)."""

from __future__ import annotations

import math
from typing import Final

from almoner.records.search.vocabulary import Size

K1: Final = 1.2
"""How soon another occurrence of a word adds nothing more."""
B: Final = 0.6
"""How much a long text is held against it."""


def rarity(items: int, size: Size) -> float:
    """The inverse document frequency of a stem that so many items have, never below 0."""
    return math.log(1 + max(0, size.items - items + 0.5) / (items + 0.5))
