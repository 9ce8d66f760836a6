"""Which paragraph became which: by their words, never by their numbers.

What is word for word the same and stands once on each side is sure, as far as it runs in order (patience diff,
B. Cohen). Between two sure ones, paragraphs are paired by the words they share, so that the pairs run in order and
share the most (a heaviest chain). What is left over belongs to a neighbour that was split or merged, has moved, or
came or went.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from almoner.pipeline.editions.chain import Pair, chain
from almoner.pipeline.editions.model import Fate, Match, Paragraph
from almoner.pipeline.editions.words import keys
from almoner.pipeline.model import BlockKind

ALIKE: Final = 0.35
"""The share of words from which on two paragraphs in the same place may be one (Dice)."""
MOVED_ALIKE: Final = 0.7
"""The same for paragraphs in different places."""
MIN_MOVED: Final = 5
"""Words from which on a paragraph elsewhere is taken for the same one that moved."""
TAKEN_OVER: Final = 0.6
"""The share of a paragraph's words that must come from what its neighbour lost, for the two to be parts of one."""
ALL_PAIRS: Final = 900
COMMON: Final = 30
"""A word in more paragraphs of a stretch than this tells nothing about which became which."""
TRIED: Final = 6
_NOTHING: Final = re.compile(
    r"\W*(?:(?:repealed|revoked|omitted|deleted|removed|withdrawn|spent|reserved|not used|no longer used|not in use)\W*)?",
    re.IGNORECASE,
)
"""What stands for words that are gone, where the number is kept."""
_Words = tuple[str, ...]


class _Side:
    """One edition's paragraphs by their words, without numbers."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.words: list[_Words] = [_words(paragraph) for paragraph in paragraphs]
        self.headings = [paragraph.kind is BlockKind.HEADING for paragraph in paragraphs]
        self.at: dict[_Words, list[int]] = defaultdict(list)
        for index, words in enumerate(self.words):
            self.at[words].append(index)
        self._bags: dict[int, Counter[str]] = {}

    def bag(self, index: int) -> Counter[str]:
        """A paragraph's words with how often each stands there."""
        bag = self._bags.get(index)
        if bag is None:
            bag = self._bags[index] = Counter(self.words[index])
        return bag


def _words(paragraph: Paragraph) -> _Words:
    body = paragraph.text[paragraph.body :]
    return keys(body) or (body or paragraph.number,)


def align(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Match, ...]:
    """What became of each paragraph, in the order of the new ones; what was removed stands where it stood.

    Each index of both sides is in exactly one match.
    """
    olds, news = _Side(old), _Side(new)
    pairs = dict(_in_order(olds, news))
    moved = dict(_moves(olds, news, pairs))
    pairs |= _emptied(old, new, pairs, moved)
    groups = _groups(olds, news, pairs, moved)
    return tuple(_ordered(olds, news, groups, moved))


def _in_order(olds: _Side, news: _Side) -> Iterator[tuple[int, int]]:
    sure = chain(
        (at[0], news.at[words][0], len(words) + 1.0)
        for words, at in olds.at.items()
        if len(at) == 1 and len(news.at.get(words, ())) == 1
    )
    ends = [(-1, -1, 0.0), *sure, (len(olds.words), len(news.words), 0.0)]
    for (old, new, _), (next_old, next_new, _) in pairwise(ends):
        if old >= 0:
            yield old, new
        stretch = range(old + 1, next_old), range(new + 1, next_new)
        for paired in chain(_alike(olds, news, *stretch)):
            yield paired[0], paired[1]


def _alike(olds: _Side, news: _Side, old: range, new: range) -> Iterator[Pair]:
    """Pairs in a stretch that may be one paragraph, weighed by how many words they share."""
    for i, j in _candidates(olds, news, old, new):
        share = _share(olds, news, i, j)
        if share >= ALIKE:
            yield i, j, share * share * (len(olds.words[i]) + len(news.words[j]) + 1)


def _candidates(olds: _Side, news: _Side, old: range, new: range) -> Iterable[tuple[int, int]]:
    if len(old) * len(new) <= ALL_PAIRS:
        return ((i, j) for i in old for j in new)
    return _by_rare_words(olds, news, old, new)


def _by_rare_words(
    olds: _Side, news: _Side, old: Iterable[int], new: Iterable[int]
) -> Iterator[tuple[int, int]]:
    holding: dict[str, list[int]] = defaultdict(list)
    same: dict[_Words, list[int]] = defaultdict(list)
    for i in old:
        same[olds.words[i]].append(i)
        for word in olds.bag(i):
            holding[word].append(i)
    for j in new:
        shared: Counter[int] = Counter()
        for word in news.bag(j):
            at = holding.get(word, ())
            if len(at) <= COMMON:
                shared.update(at)
        likely = {i for i, _ in shared.most_common(TRIED)}
        likely.update(same.get(news.words[j], ())[:COMMON])
        for i in sorted(likely):
            yield i, j


def _share(olds: _Side, news: _Side, i: int, j: int) -> float:
    """The share of words that two paragraphs have in common (Dice's coefficient on bags of words)."""
    old, new = olds.words[i], news.words[j]
    if olds.headings[i] is not news.headings[j] and old != new:
        return 0.0
    if old == new:
        return 1.0
    most = 2 * min(len(old), len(new)) / (len(old) + len(new))
    if most < ALIKE:
        return 0.0
    return 2 * (olds.bag(i) & news.bag(j)).total() / (len(old) + len(new))


def _moves(olds: _Side, news: _Side, pairs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Old → new of what stands elsewhere now: word for word first, then what is much the same."""
    taken = set(pairs.values())
    left = [i for i in range(len(olds.words)) if i not in pairs and len(olds.words[i]) >= MIN_MOVED]
    free = [j for j in range(len(news.words)) if j not in taken and len(news.words[j]) >= MIN_MOVED]
    shares = sorted(
        (-_share(olds, news, i, j), abs(i - j), i, j) for i, j in set(_by_rare_words(olds, news, left, free))
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for share, _, i, j in shares:
        if -share >= MOVED_ALIKE and i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            yield i, j


def _emptied(
    old: Sequence[Paragraph], new: Sequence[Paragraph], pairs: dict[int, int], moved: dict[int, int]
) -> dict[int, int]:
    """Old → new of paragraphs of which only the number is left ("9.—…", "9. [Not used]"), or was: here alone a number
    tells which became which, in the place where both stand, since there are no words to tell it."""
    found: dict[int, int] = {}
    taken = {*pairs.values(), *moved.values()}
    ends = [(-1, -1), *sorted(pairs.items()), (len(old), len(new))]
    for (last_old, last_new), (next_old, next_new) in pairwise(ends):
        i = last_old + 1
        for j in range(last_new + 1, next_new):
            same = next(
                (k for k in range(i, next_old) if k not in moved and _is_emptied(old[k], new[j])), None
            )
            if j not in taken and same is not None:
                found[same], i = j, same + 1
    return found


def _is_emptied(old: Paragraph, new: Paragraph) -> bool:
    """Whether one is the other's number without its words. "9." may stand for "9.—(1)" and what follows it."""
    fuller, emptied = (old, new) if _is_empty(new) else (new, old)
    return (
        bool(emptied.parts)
        and _is_empty(emptied)
        and not _is_empty(fuller)
        and fuller.parts[: len(emptied.parts)] == emptied.parts
    )


def _is_empty(paragraph: Paragraph) -> bool:
    return _NOTHING.fullmatch(paragraph.text, paragraph.body) is not None


def _groups(
    olds: _Side, news: _Side, pairs: dict[int, int], moved: dict[int, int]
) -> dict[int, tuple[list[int], list[int]]]:
    """The pairs with what was split off them or merged into them, by the pair's old index."""
    groups = {i: ([i], [j]) for i, j in (*pairs.items(), *moved.items())}
    of_old = {i: i for i in groups}
    of_new = {j: i for i, (_, (j,)) in groups.items()}
    for j in range(len(news.words)):
        if j not in of_new:
            _join(j, of_new, groups, news, olds, new_side=True)
    for i in range(len(olds.words)):
        if i not in of_old:
            _join(i, of_old, groups, olds, news, new_side=False)
    return groups


def _join(
    index: int,
    of: dict[int, int],
    groups: dict[int, tuple[list[int], list[int]]],
    own: _Side,
    other: _Side,
    *,
    new_side: bool,
) -> None:
    """Puts a paragraph that has no partner to a neighbour's group, if its words are what that one lost."""
    if own.headings[index]:
        return
    words = own.bag(index)
    for neighbour in (index - 1, index + 1):
        key = of.get(neighbour)
        if key is None:
            continue
        mine, theirs = groups[key][::-1] if new_side else groups[key]
        lost: Counter[str] = Counter()
        for partner in theirs:
            lost.update(other.words[partner])
        for kept in mine:
            lost.subtract(own.words[kept])
        if (+lost & words).total() >= max(2.0, TAKEN_OVER * words.total()):
            mine.append(index)
            mine.sort()
            of[index] = key
            return


def _ordered(
    olds: _Side,
    news: _Side,
    groups: dict[int, tuple[list[int], list[int]]],
    moved: dict[int, int],
) -> Iterator[Match]:
    by_new = {mine[0]: (theirs, mine, key in moved) for key, (theirs, mine) in groups.items()}
    in_group = {j for _, mine in groups.values() for j in mine}
    kept = {i for theirs, _ in groups.values() for i in theirs}
    removed = [i for i in range(len(olds.words)) if i not in kept]
    next_removed = 0
    for j in range(len(news.words)):
        if j in by_new:
            theirs, mine, has_moved = by_new[j]
            while not has_moved and next_removed < len(removed) and removed[next_removed] < theirs[0]:
                yield Match((removed[next_removed],), (), Fate.REMOVED)
                next_removed += 1
            yield Match(tuple(theirs), tuple(mine), _fate(olds, news, theirs, mine), has_moved)
        elif j not in in_group:
            yield Match((), (j,), Fate.ADDED)
    for i in removed[next_removed:]:
        yield Match((i,), (), Fate.REMOVED)


def _fate(olds: _Side, news: _Side, theirs: list[int], mine: list[int]) -> Fate:
    if len(theirs) == 1 and len(mine) == 1:
        return Fate.SAME if olds.words[theirs[0]] == news.words[mine[0]] else Fate.EDITED
    if len(theirs) == 1:
        return Fate.SPLIT
    return Fate.MERGED if len(mine) == 1 else Fate.REARRANGED
