"""Where one inline element ends and the next begins without a space, as buttons, labels and tags in a row do.

A page's style draws them apart; read as they stand, "3 beds" and "2 baths" would be "3 beds2 baths".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from almoner.pipeline.page.elements import BLOCKS

_IN_WORDS: Final = frozenset(
    """
    b i em strong u s q sub sup font mark ins del code kbd samp var tt big wbr ruby rb rt rp abbr acronym bdi bdo cite
    dfn strike nobr
    """.split()  # noqa: SIM905
)
"""Elements that mark a part of a word as readily as a whole one."""

_ANCHORS: Final = ("¶", "#", "§", "🔗")
"""What generators of documentation print behind a heading as a link to itself."""


def unmark(tags: Sequence[str], parents: Sequence[int], texts: list[str]) -> None:
    """Take out of `texts` the signs that are links, and nothing but the address of what they stand behind."""
    for sign in _ANCHORS:
        node = -1
        for _ in range(texts.count(sign)):
            node = texts.index(sign, node + 1)
            if tags[parents[node]] == "a":
                texts[node] = ""


def part(tags: Sequence[str], parents: Sequence[int], ends: Sequence[int], texts: list[str]) -> None:
    """Put a space between the words of neighbouring inline elements that are drawn apart.

    A tree's columns go in; `texts` is changed. Parted are letters and digits at the joint of two links, and of
    other elements where a new word seems to begin: a capital or a digit stands there.
    """
    for node, text in enumerate(texts):
        if not text or not tags[node - 1] or not text[0].isalnum():
            continue
        before = node - 1
        while tags[before] and before and tags[before] not in BLOCKS and tags[before] != "br":
            before -= 1
        closed, opened = parents[before], parents[node]
        if tags[before] or ends[closed] > node or opened < before or not texts[before][-1].isalnum():
            continue
        if tags[closed] in BLOCKS or (tags[closed] in _IN_WORDS and tags[opened] in _IN_WORDS):
            continue
        last, first = texts[before][-1], text[0]
        if tags[closed] == tags[opened] == "a" or (not first.islower() and not (last + first).isupper()):
            texts[node] = f" {text}"
