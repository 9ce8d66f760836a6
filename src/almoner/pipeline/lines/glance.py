"""A first glance at a text: which words stand in it, and with which letters they begin.

Most lines hold nothing of what a grammar looks for. Whether they can is told by their words alone, much faster than
by trying each expression: so a text's words are taken once, and every grammar names the words without which it need
not look, whole or by their heads. A glance may let too much pass, never too little.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import Final

LENGTH: Final = 4
"""Letters of a word that are looked at: enough to tell most apart, few enough to hold for all forms of one."""
_APART: Final = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)
_WORD: Final = re.compile(r"[^\W_]+")


def words(text: str) -> set[str]:
    """Every run of letters and digits in `text`, in small letters."""
    lower = text.lower()
    # Plain letters are parted as bytes and without an expression, the fastest way by far.
    return set(lower.encode().translate(_APART).decode().split() if lower.isascii() else _WORD.findall(lower))


@lru_cache(maxsize=2)
def words_of(text: str) -> Set[str]:
    """The words of a text that several ask for one after another."""
    return words(text)


def seen(text: str) -> set[str]:
    """The words of `text` and, of each, the head."""
    found = words(text)
    found.update([word[:LENGTH] for word in found])
    return found


def heads_of(listed: str) -> frozenset[str]:
    """The heads of the words in a list that is parted by white space."""
    return frozenset([word[:LENGTH] for word in words(listed)])
