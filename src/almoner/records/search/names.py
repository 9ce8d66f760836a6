"""Keeping the names of children and victims out of the index, and so out of every search and snippet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from almoner.records.search.language import END, START, marked_names
from almoner.records.search.words import has_word, plain

GAP: Final = "…"
"""What stands in place of a name."""

_POSSESSIVE: Final = re.compile(r"['’ʼ＇]s?$", re.IGNORECASE)
_BETWEEN_PARTS: Final = re.compile(r"[\s\-‐‑–]+")
_MARKED: Final = re.compile(f"{START}[^{END}]*{END}(?:['’ʼ＇][sS]?\\b)?")
_GAPS: Final = re.compile(rf"{GAP}(?:[\s\-‐‑–]*{GAP})+")


def without_names(fields: Sequence[str], names: Iterable[str]) -> list[str]:
    """The fields with a gap in place of each name: whole, each capitalised part of it (each part, where none
    is), written as one word, as a family, and with or without a possessive. Case and accents do not count."""
    phrases: set[str] = set()
    joined: set[str] = set()
    for name in names:
        parts = [_POSSESSIVE.sub("", part) for part in _BETWEEN_PARTS.split(plain(name)) if has_word(part)]
        if not parts:
            continue
        whole = " ".join(parts)
        for part in (whole, *([part for part in parts if part[0].isupper()] or parts)):
            phrases |= _forms(part)
        if len(parts) > 1:
            joined |= _forms("".join(parts))
    if not phrases:
        return list(fields)
    marked = marked_names(fields, sorted(phrases), sorted(joined))
    return [_GAPS.sub(GAP, _MARKED.sub(GAP, field)) for field in marked]


def _forms(name: str) -> set[str]:
    """A name as it may be written: in other cases that Unicode does not fold back ("Weiß", "WEISS"), and as
    a family ("the Hugheses")."""
    cases = {name, name.upper(), name.lower(), name.casefold()}
    return cases | {f"{case}{ending}" for case in cases for ending in ("s", "es")}
