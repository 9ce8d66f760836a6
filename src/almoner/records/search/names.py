"""Keeping the names of children and victims out of the index, and so out of every search and snippet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from almoner.records.search import fts5
from almoner.records.search.words import has_word, plain

GAP: Final = "…"
"""What stands in place of a name."""

_POSSESSIVE: Final = re.compile(r"['’ʼ＇]s?$", re.IGNORECASE)
_BETWEEN_PARTS: Final = re.compile(r"[\s\-‐‑–]+")
_MARKED: Final = re.compile(f"{fts5.START}[^{fts5.END}]*{fts5.END}(?:['’ʼ＇][sS]?\\b)?")
_GAPS: Final = re.compile(rf"{GAP}(?:[\s\-‐‑–]*{GAP})+")


def without_names(fields: Sequence[str], names: Iterable[str]) -> list[str]:
    """The fields with a gap in place of each name: whole, each capitalised part of it (each part, where none
    is), written as one word, and with or without a possessive. Case and accents do not count."""
    phrases: set[str] = set()
    joined: set[str] = set()
    for name in names:
        parts = [_POSSESSIVE.sub("", part) for part in _BETWEEN_PARTS.split(plain(name)) if has_word(part)]
        if not parts:
            continue
        phrases.add(" ".join(parts))
        phrases.update([part for part in parts if part[0].isupper()] or parts)
        if len(parts) > 1:
            joined.add("".join(parts))
    if not phrases:
        return list(fields)
    marked = fts5.mark(fields, sorted(phrases), sorted(joined))
    return [_GAPS.sub(GAP, _MARKED.sub(GAP, field)) for field in marked]
