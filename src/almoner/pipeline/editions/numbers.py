"""The numbers that paragraphs are printed with: "94.", "94A", "1.2.3", "(a)(ii)", "8.—(1)(a)", "Part one", "Annex F"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SPELT: Final = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_WORDS: Final = _SPELT.split()
_DIVISION: Final = r"(?:part|chapter|schedule|annex|appendix|section|title)"
_PART: Final = r"\(\s?[^\W_]{1,5}\s?\)\s*"
_NUMBER: Final = re.compile(
    rf"""(?:
      (?P<division>{_DIVISION})\s+(?P<which>\d{{1,3}}[a-z]?|[a-z]|[ivxl]{{1,6}}|{"|".join(_WORDS)})\b(?:\s*[.:—–-](?=\s|\Z))?\s*
    | (?P<plain>\d{{1,3}}[a-z]{{0,3}}(?:\.\d{{1,3}}[a-z]?)*)
      (?:[.)](?=\s|\Z|—)\s*|\s*(?=[—(])|\s+(?=["'“‘(]?(?-i:[A-Z]))|(?=\Z)|\.(?=(?-i:[A-Z])|[“"]))
      [—–-]*\s*(?P<under>(?:{_PART})*)
    | (?P<parts>(?:{_PART})+)
    | (?P<lower>[a-z]|[ivx]{{1,5}})[.)]\s+
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_WITHIN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, its parts to compare by (lower case, without stops and brackets), and where the words
    after it begin. `division` is "part", "annex" … where it numbers one, `bracketed` whether the first part is in
    brackets or a letter, and so stands below a paragraph."""

    printed: str
    parts: tuple[str, ...]
    body: int
    division: str = ""
    bracketed: bool = False


def number(text: str) -> Number | None:
    """The number that a paragraph begins with, or None. A number that begins a sentence ("12 months after…") is
    none, nor is a year."""
    found = _NUMBER.match(text)
    if found is None or not found.group().strip():
        return None
    parts = tuple(part.lower() for part in _WITHIN.findall(found["which"] or found.group()))
    division = (found["division"] or "").lower()
    if found["plain"]:
        parts = (found["plain"].lower(), *(part.lower() for part in _WITHIN.findall(found["under"] or "")))
    elif division and parts[0] in _WORDS:
        parts = (str(_WORDS.index(parts[0]) + 1),)
    bracketed = not division and found["plain"] is None
    if bracketed and any(not _is_step(part) for part in parts):
        return None
    return Number(found.group().strip().rstrip("—–-:").strip(), parts, found.end(), division, bracketed)


_ROMAN: Final = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})\Z")


def _is_step(part: str) -> bool:
    """Whether a word in brackets counts something: (a), (iv), (12), (2A), (aa)."""
    return (
        len(part) == 1
        or part[0].isdigit()
        or (len(part) <= 4 and _ROMAN.match(part) is not None)
        or (len(part) <= 3 and len(set(part)) == 1)
        or (len(part) == 2 and part.isalpha())
    )


def steps(parts: tuple[str, ...]) -> tuple[int, ...]:
    """How deep each part of a number in brackets stands: digits 1, letters 2, small Roman numerals 3."""
    return tuple(
        1 if part[0].isdigit() else 3 if len(part) > 1 and _ROMAN.match(part) else 2 for part in parts
    )
