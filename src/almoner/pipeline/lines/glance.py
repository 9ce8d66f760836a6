"""A first glance at a text: with which letters its words begin.

Most lines hold nothing of what a grammar looks for. Whether they can is told by their words alone, much faster than
by trying each expression: so a text's heads are taken once, and every grammar names the words without which it need
not look. A glance may let too much pass, never too little.
"""

from __future__ import annotations

import re
from typing import Final

LENGTH: Final = 4
"""Letters of a word that are looked at: enough to tell most apart, few enough to hold for all forms of one."""
_APART: Final = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_HEAD: Final = re.compile(rf"([^\W_]{{1,{LENGTH}}})[^\W_]*")


def heads(text: str) -> set[str]:
    """The first letters, in small letters, of every run of letters and digits in `text`."""
    lower = text.lower()
    # Plain letters are parted without an expression: it is the shorter way through a long paragraph.
    if lower.isascii():
        return {word[:LENGTH] for word in lower.translate(_APART).split()}
    return set(_HEAD.findall(lower))


def heads_of(words: str) -> frozenset[str]:
    """The heads of the words in a list that is parted by white space."""
    return frozenset(heads(words))
