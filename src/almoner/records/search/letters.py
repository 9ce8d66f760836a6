"""Stems as letters: each stem of the vocabulary has a number, and each number is written as one letter of Unicode.

So an item's stems are a short text. Whether one has a stem or a phrase, and how often, is asked of that text by the
fastest means that Python and a database have, and stems that came first, which are mostly the frequent ones, take up
one or two bytes. Numbers for which there is no letter left are written as two that stand for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

FIELD: Final = "\x01"
"""Stands between the fields of an item. It is no letter."""

_FIRST: Final = 0x10  # what is below parts fields; PostgreSQL holds no NUL
_SKIPPED: Final = range(0xD800, 0xE000)
"""Surrogates, which no text holds."""
PAIRED: Final = 0xF0000
"""From here on a character is half of what a number is written as."""
_SECOND: Final = 0x100000
_PLANE: Final = 0x10000


def letter(number: int) -> str:
    """What a number from 1 is written as."""
    code = number + _FIRST - 1
    if code >= _SKIPPED.start:
        code += len(_SKIPPED)
    if code < PAIRED:
        return chr(code)
    first, second = divmod(code - PAIRED, _PLANE)
    return chr(PAIRED + first) + chr(_SECOND + second)


def numbers(letters: str) -> Iterator[int]:
    """The numbers that letters stand for, in order. What parts fields is passed over."""
    high = 0
    for code in map(ord, letters):
        if code >= _SECOND:
            code = PAIRED + (high - PAIRED) * _PLANE + code - _SECOND
        elif code >= PAIRED:
            high = code
            continue
        if code >= _FIRST:
            yield code - _FIRST + 1 - (len(_SKIPPED) if code >= _SKIPPED.stop else 0)
