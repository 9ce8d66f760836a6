"""The names as trees of words, so that the longest one at a place is found in one walk.

A trie (Fredkin 1960) over words rather than letters: only words with a capital are looked up as first words, which
costs next to nothing on text that names nothing known, and a tree is only grown for first words that are met.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from almoner.pipeline.taxonomy.entries import Named, named

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_LETTERS: Final = re.compile(r"[^\W_]+")
_NEXT: Final = re.compile(r"[\s\-‐‑–,:;()/!?.'’]{1,4}([^\W_]+(?:['’][^\W_]+)*|&)")
_APOSTROPHES: Final = frozenset("'’")
_OWNER: Final = frozenset({"'s", "’s"})
_HARD: Final = frozenset(",:;()/.?")
SMALL: Final = frozenset({"of", "for", "and", "the", "in", "on", "to", "with", "at", "upon", "de", "y", "if"})
_LENIENT: Final = frozenset({"department", "ministry"})


class Leaf(NamedTuple):
    """A name at the end of its walk. `hard` are the gaps (bits) in which it has a comma, a colon or a bracket itself;
    `capitals` are the words that must have a capital."""

    named: Named
    hard: int
    capitals: tuple[int, ...]


class Node:
    """The words that can follow, and the names that end here."""

    __slots__ = ("following", "leaves")

    def __init__(self) -> None:
        self.following: dict[str, Node] = {}
        self.leaves: list[Leaf] = []


class Hit(NamedTuple):
    """A name found in a text: half open, without a possessive "s"."""

    start: int
    end: int
    named: Named


@cache
def names_by_stem() -> Mapping[str, list[Named]]:
    """Every name under the stem of its first word; what follows is only worked out where it is met (see `_tree`)."""
    found: dict[str, list[Named]] = {}
    for each in named():
        match = _LETTERS.match(each.printed)
        assert match is not None, each.printed
        stem = match[0].lower()
        found.setdefault(stem, []).append(each)
        if each.is_short or each.printed[match.end() : match.end() + 2] in (
            "'s",
            "’s",
        ):  # "MARACs", "Barnardos"
            found.setdefault(stem + "s", []).append(each)
    return found


@cache
def _tree(stem: str) -> Node:
    """The names whose first word has this stem, as a tree of words."""
    root = Node()
    for each in names_by_stem()[stem]:
        words = WORD.findall(each.printed)
        keys = [key(word) for word in words]
        leaf = Leaf(each, _hard_gaps(each.printed), _capitals(words, keys))
        if each.is_short and not keys[0].startswith(stem):
            keys[0] += "s"
        node = root
        for word in keys:
            node = node.following.setdefault(word, Node())
        node.leaves.insert(0, leaf)  # the names at one node are looked at from the last
    return root


def may_name(seen: Set[str]) -> bool:
    """Whether a name may stand in a text with these words (`lines.glance`): its first word does, and its last."""
    stems = _stems()
    if stems.isdisjoint(seen):
        return False
    for stem in stems & seen:
        last = _last_words(stem)
        if not last or not last.isdisjoint(seen):
            return True
    return False


@cache
def _stems() -> frozenset[str]:
    return frozenset(names_by_stem())


@cache
def _last_words(stem: str) -> frozenset[str]:
    """How the last words of the names with this stem may begin in a text; none where one of them is a single word."""
    found: set[str] = set()
    for each in names_by_stem()[stem]:
        words = WORD.findall(each.printed)
        if len(words) == 1:
            return frozenset()
        last = key(words[-1])
        found |= {last, last.removesuffix("s"), *map(str.lower, _LETTERS.findall(words[-1]))}
    return frozenset(found)


def key(word: str) -> str:
    """A word as the tree has it: small letters, no apostrophe, "and" for "&"."""
    if word == "&":
        return "and"
    return (word.replace("'", "").replace("’", "") if not word.isalnum() else word).lower()


def content(words: list[str]) -> list[str]:
    """The words of a name that carry it."""
    return [word for word in words if word not in SMALL]


def walk(text: str, start: int, stem: str) -> Sequence[Hit]:
    """The names that begin at `start`, longest first. `stem` is one of `names_by_stem`, and stands there."""
    node: Node | None = _tree(stem)
    end = start + len(stem)
    word = stem
    if text[end : end + 1] in _APOSTROPHES:
        match = WORD.match(text, start)
        assert match is not None
        word, end = match[0], match.end()
    found: list[tuple[Leaf, tuple[int, ...], int, int]] = []
    starts: tuple[int, ...] = (start,)
    gaps = 0
    while True:
        assert node is not None
        following = node.following
        if word[-2:] in _OWNER:
            owned = following.get(key(word[:-2]))
            if owned is not None:
                found += [(leaf, starts, end - 2, gaps) for leaf in owned.leaves]
            word = key(word)
        node = following.get(word) or following.get(key(word))
        if node is None:
            break
        if node.leaves:
            found += [(leaf, starts, end, gaps) for leaf in node.leaves]
        if not node.following:
            break
        match = _NEXT.match(text, end)
        if match is None:
            break
        at = match.start(1)
        if at - end > 1 and not _HARD.isdisjoint(text[end:at]):
            gaps |= 1 << len(starts) - 1
        starts += (at,)
        word, end = match[1].lower(), match.end()
    if not found:
        return ()
    return [
        Hit(start, end, leaf.named)
        for leaf, words, end, hard in reversed(found)
        if not hard & ~leaf.hard and _is_set_so(text, leaf, words, end)
    ]


def _is_set_so(text: str, leaf: Leaf, words: tuple[int, ...], end: int) -> bool:
    """Whether the letters are large and small as in the name."""
    if leaf.named.is_short:
        shown = text[words[0] : end]
        return shown == leaf.named.printed or shown == leaf.named.printed + "s"
    return all(text[words[index]].isupper() for index in leaf.capitals)


def _hard_gaps(printed: str) -> int:
    if _HARD.isdisjoint(printed):
        return 0
    bits, spans = 0, list(WORD.finditer(printed))
    for index, (one, other) in enumerate(pairwise(spans)):
        if not _HARD.isdisjoint(printed[one.end() : other.start()]):
            bits |= 1 << index
    return bits


def _capitals(words: list[str], keys: list[str]) -> tuple[int, ...]:
    """The words whose capitals matter: long names, and titles in sentence case, are known without."""
    if len(content(keys)) > 2 or keys[0] in _LENIENT:
        return (0,)
    return tuple(index for index, word in enumerate(words) if word[0].isupper())
