"""Names that are nearly those of a known organisation: "South Wale Poilce", "Ofstead", "Deparment for Education".

Words are compared one by one by their optimal string alignment distance, in which a letter left out, put in, changed
or swapped with its neighbour counts one (Damerau 1964: four in five misspellings are one such slip). The first letter of
a word is hardly ever the wrong one (Yannakoudakis and Fawthrop 1983), so that names are looked up by first letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy.entries import FOLDER, Entry, named
from almoner.pipeline.taxonomy.index import SMALL, WORD, key

SHORTEST: Final = 6
"""Letters that a single word has at least: shorter ones have too many neighbours."""

_SLIPS: Final = 2
_STEM: Final = 4
_VOWELS: Final = "aeiou"
_LONG: Final = 3
"""Words of a name that is known although a singular stands for a plural in it ("National Police Chief Council").

The other way round it is mostly meant: "youth justice boards"."""


class _Known(NamedTuple):
    printed: str
    entry: Entry
    words: tuple[str, ...]
    small: tuple[str, ...]


class Near(NamedTuple):
    """A known name that words come near to."""

    printed: str
    entry: Entry


def holds_word_of(words: Sequence[str]) -> bool:
    """Whether one of these words (small letters) stands in a known name with the same signature."""
    return not _words_by_signature().get(_signature(words), frozenset()).isdisjoint(map(_bare, words))


@cache
def bearing_words() -> frozenset[str]:
    """The words of names of several, with and without a possessive "s"."""
    words = frozenset[str]().union(*_words_by_signature().values())
    return words | {word[:-1] for word in words if word.endswith("s")}


@cache
def _words_by_signature() -> Mapping[str, frozenset[str]]:
    return {
        signature: frozenset(form for known in each for word in known.words for form in (word, f"{word}s"))
        for signature, each in _names().items()
        if len(signature) > 1
    }


def _bare(word: str) -> str:
    return word if word.isalnum() else key(word)


@lru_cache(maxsize=1 << 14)
def is_like_single(word: str) -> bool:
    """Whether a word (small letters), or it with an "s" behind an apostrophe, comes near to a known single name."""
    shapes = _single_shapes()
    if f"{word[:2]}{len(word)}" not in shapes and f"{word[:2]}{len(word) + 2}" not in shapes:
        return False
    return nearest(word) is not None or nearest(word + "s") is not None


def begins_alike(words: Sequence[str]) -> bool:
    """Whether the first or the last of these words (small letters) has the first two letters that it has in a known
    name with the same signature: a quick answer. Hardly any slip is in both."""
    signature = _signature(words)
    return f"{signature} {words[0][:2]}" in _edges() or f"{words[-1][:2]} {signature}" in _edges()


@cache
def _edges() -> frozenset[str]:
    found: set[str] = set()
    for signature, each in _names().items():
        for known in each:
            found |= {f"{signature} {known.words[0][:2]}", f"{known.words[-1][:2]} {signature}"}
    return frozenset(found)


@lru_cache(maxsize=4096)
def nearest(printed: str, short: str = "") -> Near | None:
    """The known organisation that these words nearly name; None where they name one, or come near to none.

    `short` is the abbreviation that the text gives beside them: where it is the known one's, a whole word may be
    another of the same stem ("Teacher Regulation Agency (TRA)").
    """
    words = [key(word) for word in WORD.findall(printed)]
    bearing = tuple(word for word in words if word not in SMALL)
    small = tuple(word for word in words if word in SMALL)
    best: tuple[int, _Known] | None = None
    for known in _names().get(_signature(bearing), ()):
        slips = _slips(bearing, known)
        if slips is None and short and short in _shorts().get(known.entry.id, ()):
            slips = _of_one_stem(bearing, known)
        if slips == 0:
            # Only the small words may differ: "Department of Transport".
            if small == known.small or not (small and known.small):
                return None
            slips = 1
        if slips is not None and (best is None or slips < best[0]):
            best = slips, known
    return None if best is None else Near(best[1].printed, best[1].entry)


def may_be_near(word: str) -> bool:
    """Whether a single word, as printed, comes near to a known single name."""
    shaped = len(word) >= SHORTEST - 1 and word[:2].lower() + str(len(word)) in _single_shapes()
    return shaped and any(map(is_like_single, WORD.findall(word.lower())))


@cache
def signatures() -> frozenset[str]:
    """The first letters of the bearing words of each known name."""
    return frozenset(_names())


@cache
def _names() -> Mapping[str, list[_Known]]:
    """The names long enough to be misspelt and known again, by the first letters of the words that bear them."""
    found: dict[str, list[_Known]] = {}
    for each in named():
        if each.is_short or each.needs_evidence or each.entry.kind is not MentionKind.ORGANISATION:
            continue
        words = [key(word) for word in WORD.findall(each.printed)]
        bearing = tuple(word for word in words if word not in SMALL)
        if len(bearing) > 1 or (len(bearing[0]) >= SHORTEST and bearing[0].isalpha()):
            small = tuple(word for word in words if word in SMALL)
            found.setdefault(_signature(bearing), []).append(_Known(each.printed, each.entry, bearing, small))
    return found


@cache
def singles() -> frozenset[str]:
    """The names that are borne by one word."""
    return frozenset(
        known.words[0] for signature, each in _names().items() if len(signature) == 1 for known in each
    )


@cache
def _single_shapes() -> frozenset[str]:
    lengths = (-1, 0, 1, 2, 3)  # with an apostrophe, and an "s" behind it
    return frozenset(
        f"{word[0]}{second}{len(word) + more}"
        for word in singles()
        for second in {word[1], *(_VOWELS if word[1] in _VOWELS else ())}  # "Bernardo's"
        for more in lengths
    )


@cache
def _ordinary() -> frozenset[str]:
    """Words that lie near to a word of a known name and are words themselves: "polish", "counsel", "protection"."""
    words = (FOLDER / "ordinary_words.txt").read_text(encoding="utf-8").split()
    return frozenset(words) | {word for each in _names().values() for known in each for word in known.words}


def _signature(bearing: Sequence[str]) -> str:
    return "".join(word[0] for word in bearing)


def _slips(words: tuple[str, ...], known: _Known) -> int | None:
    """How many slips lie between the words and the name; None where it is too many, or no slip at all."""
    odd = [(word, right) for word, right in zip(words, known.words, strict=True) if word != right]
    if len(words) >= _LONG and len(odd) == 1 and odd[0][0] + "s" == odd[0][1]:
        return 1
    total = changed = 0
    for word, right in odd:
        if abs(len(word) - len(right)) > _SLIPS or (word[:2] != right[:2] and word[-2:] != right[-2:]):
            return None
        allowed = 0 if len(right) < 4 else 1 if len(right) < 9 else 2
        slips = distance(word, right, allowed)
        if slips > allowed or word in _ordinary():
            return None
        total += slips
        changed += 1
    if not changed:
        return 0
    if len(words) == 1 and total > 1:
        return None
    return total if total <= _SLIPS and 2 * changed <= len(words) + 1 else None


def _of_one_stem(words: tuple[str, ...], known: _Known) -> int | None:
    """One slip, where one word alone differs, and only in how it ends."""
    odd = [(word, right) for word, right in zip(words, known.words, strict=True) if word != right]
    return 1 if len(words) > 2 and len(odd) == 1 and odd[0][0][:_STEM] == odd[0][1][:_STEM] else None


@cache
def _shorts() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in named():
        if each.is_short:
            found.setdefault(each.entry.id, set()).add(each.printed)
    return found


def distance(one: str, other: str, most: int) -> int:
    """The optimal string alignment distance of two words; `most` + 1 as soon as it is known to be more."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, right in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != right))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return last[-1]
