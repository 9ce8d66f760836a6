"""Where the names of topics stand in a text: word for word, the longest one at each place, none inside another.

Singular and plural are one, and so are small and large letters, but an abbreviation counts only as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from almoner.pipeline.taxonomy.index import WORD, key
from almoner.pipeline.taxonomy.topics import Topic, topics

_PART: Final = re.compile(r"[^.!?;:\n•|]+(?:\.(?=\w)[^.!?;:\n•|]+)*")
"""What names do not reach over: sentences, lines, points of a list."""
_SHORTEST_PLURAL: Final = 4
_NO_PLURAL: Final = ("ss", "us", "is")


class Naming(NamedTuple):
    """What a phrase says of a topic. `is_hint`: it stands for other things, too."""

    topic: str
    is_hint: bool


class Found(NamedTuple):
    """A phrase in a text: where it begins, how it is printed, and what it says, which may be nothing."""

    start: int
    printed: str
    namings: tuple[Naming, ...]


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    short: str
    """An abbreviation as it must be printed; empty for other phrases."""
    namings: tuple[Naming, ...]


def find(text: str, *, abbreviations: bool = True) -> Iterator[Found]:
    """The phrases in a text, in order; without `abbreviations` where all is in capitals, which makes words of them."""
    phrases = _phrases()
    for part in _PART.finditer(text):
        places = list(WORD.finditer(text, part.start(), part.end()))
        words = [_stem(place[0]) for place in places]
        at = 0
        while at < len(words):
            step = 1
            for phrase in phrases.get(words[at], ()):
                length = len(phrase.words)
                if tuple(words[at : at + length]) != phrase.words:
                    continue
                if phrase.short and not (abbreviations and _is_printed_so(places[at][0], phrase.short)):
                    continue
                start, end = places[at].start(), places[at + length - 1].end()
                yield Found(start, text[start:end], phrase.namings)
                step = length
                break
            at += step


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """All phrases by their first word, the longest first."""
    said: dict[tuple[tuple[str, ...], str], dict[str, Naming | None]] = {}
    for topic in topics().values():
        for phrase, short, naming in _said_of(topic):
            words = tuple(_stem(word) for word in WORD.findall(phrase))
            said.setdefault((words, short), {}).setdefault(topic.id, naming)
    found: dict[str, list[_Phrase]] = {}
    for (words, short), namings in said.items():
        meant = tuple(naming for naming in namings.values() if naming is not None)
        found.setdefault(words[0], []).append(_Phrase(words, short, meant))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: (len(phrase.words), bool(phrase.short)), reverse=True)
    return found


def _said_of(topic: Topic) -> Iterator[tuple[str, str, Naming | None]]:
    """Each phrase of a topic with the abbreviation that it is, if it is one, and what it says."""
    for phrase in topic.unless:
        yield phrase, "", None
    for name in (*topic.names, *topic.former_names):
        yield name.rstrip("?"), "", Naming(topic.id, name.endswith("?"))
    for name in topic.abbreviations:
        yield name.rstrip("?"), name.rstrip("?"), Naming(topic.id, name.endswith("?"))


def _is_printed_so(word: str, short: str) -> bool:
    return word.removesuffix("’s").removesuffix("'s") in (short, f"{short}s")


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """A word without the "s" of a plural or a possessive."""
    word = key(word)
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > _SHORTEST_PLURAL else word[:-1]
