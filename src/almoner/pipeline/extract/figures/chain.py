"""Pieces of numbers that stand close enough together to be one: a chain, and how each hangs on the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from almoner.pipeline.extract.figures.tokens import Token, tokens

_LONGEST: Final = 24
"""No number has more pieces than this; what is longer is cut, so that reading stays linear."""
_GAP: Final = 18
_LINKS: Final = {
    "": "space", "-": "hyphen", "‐": "hyphen", "‑": "hyphen",
    "and": "and", "- and -": "and", "-and-": "and",
    "and a": "and a", "and an": "and a", "a": "a", "of a": "of a", "of": "of",
    "point": "point", "over": "over",
    "in": "ratio", "- in -": "ratio", "-in-": "ratio", "in every": "ratio", "in each": "ratio",
    "out of": "ratio", "out of every": "ratio", "of every": "ratio",
}  # fmt: skip


class Chain:
    """Some pieces in a row. `links[i]` says how piece `i + 1` hangs on piece `i`."""

    __slots__ = ("links", "pieces", "text")

    def __init__(self, text: str, first: Token) -> None:
        self.text = text
        self.pieces = [first]
        self.links: list[str] = []

    def isa(self, index: int, *kinds: str) -> bool:
        """Whether there is a piece at `index`, of one of these kinds."""
        return index < len(self.pieces) and self.pieces[index].kind in kinds

    def linked(self, index: int, *links: str) -> bool:
        """Whether the piece at `index` hangs on the one before it by one of `links`."""
        return 0 < index < len(self.pieces) and self.links[index - 1] in links

    def before(self, position: int, width: int = 16) -> str:
        """The characters before a position."""
        return self.text[max(0, position - width) : position]

    def after(self, position: int) -> str:
        """The characters behind a position."""
        return self.text[position : position + 24]


def chains(text: str) -> Iterator[Chain]:
    """All pieces of `text`, as chains in order."""
    chain: Chain | None = None
    for token in tokens(text):
        link = _link(text, chain.pieces[-1].end, token.start) if chain is not None else None
        if chain is None or link is None or len(chain.pieces) >= _LONGEST:
            if chain is not None:
                yield chain
            chain = Chain(text, token)
        else:
            chain.links.append(link)
            chain.pieces.append(token)
    if chain is not None:
        yield chain


def _link(text: str, left: int, right: int) -> str | None:
    if not 0 < right - left <= _GAP:
        return None
    gap = text[left:right]
    if gap == " ":
        return "space"
    if gap.isspace():
        return None if "\n" in gap else "space"
    return _LINKS.get(" ".join(gap.replace("-", " - ").split()).lower())
