"""Whether a text is in a language whose figures and promises can be read."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Final

_OURS: Final = frozenset(
    {"en", "eng", "cy", "cym", "wel", "gd", "gla", "ga", "gle", "gv", "kw", "sco", "und", "mul"}
)
"""Codes (ISO 639) of languages that print numbers as English does, and of none in particular."""
_ENGLISH: Final = frozenset({"the", "and", "of"})
"""Of these one stands in nearly every English text, and in few others."""


def is_foreign(language: str | None, seen: Iterable[Set[str]]) -> bool:
    """Whether a document says that it is in another language, and none of an item's blocks, whose words are `seen`
    (`lines.glance`), speaks against it. There "4.000 Euro" are four thousand, and "will" is no promise."""
    code = (language or "").strip().lower()[:3].rstrip("-_")
    return code.isalpha() and code not in _OURS and all(map(_ENGLISH.isdisjoint, seen))
