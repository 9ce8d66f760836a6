"""What somebody typed into the search box, understood. Every input has a meaning; none is an error."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_LENGTH: Final = 1000
"""Characters that are read of a query. What comes after is passed over."""
MAX_TERMS: Final = 32
SHORTEST_PREFIX: Final = 3
"""A last word shorter than this stands for itself only: "a" would begin half of all words."""

_STOP_WORDS = (
    "a about also an and any are as at be been by can did do does for from had has have how i if in into is it its "
    "many me much my no not of on or other our s should so such than that the their them there these they this "
    "those to was we were what when where which who whom whose why will with would you your"
)
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())
"""Words that nearly every document has. They are passed over beside other words, never on their own."""

_QUOTES: Final = str.maketrans("“”„‟«»＂", '"' * 7)
_HELD_BY_NO_INDEX: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
"""Unicode's categories Cc, Cs and Co."""
_TERM: Final = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase to look for. With `is_prefix`, longer words that begin so count as well."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that are wanted, and terms that must not be there."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


def understand(words: str) -> Query:
    """Read a query: words, "phrases", and -words or -"phrases" to leave out. A query of nothing but left-out
    words is taken as plain words."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    last_is_word = False
    for found in _TERM.finditer(plain(words[:MAX_LENGTH]).translate(_QUOTES)):
        phrase, word = found["phrase"], found["word"] or ""
        minus = found["minus"] == "-" or word.startswith("-")
        text = (word.lstrip("-") if phrase is None else phrase).strip()
        if has_word(text):
            (unwanted if minus else wanted).append(Term(text))
            last_is_word = phrase is None and not minus
    if not wanted:
        return Query(tuple(unwanted[:MAX_TERMS]), ())
    kept = _without_stop_words(wanted[:MAX_TERMS])
    if last_is_word and kept[-1] == wanted[-1] and _may_go_on(kept[-1].text):
        kept[-1] = Term(kept[-1].text, is_prefix=True)
    return Query(tuple(kept), tuple(unwanted[:MAX_TERMS]))


def plain(text: str) -> str:
    """Text without control characters and halves of surrogate pairs, which no index can hold, and without private
    characters, which the index keeps for itself."""
    return _HELD_BY_NO_INDEX.sub(" ", text)


def has_word(text: str) -> bool:
    """Whether an index would see a word in it: a letter or a digit."""
    return any(letter.isalnum() or unicodedata.category(letter)[0] in "LN" for letter in text)


def _may_go_on(word: str) -> bool:
    """Whether it may be the beginning of a word that somebody has not finished typing."""
    return len(word) >= SHORTEST_PREFIX and word[-1].isalnum() and word.casefold() not in STOP_WORDS


def _without_stop_words(terms: list[Term]) -> list[Term]:
    kept = [term for term in terms if term.text.casefold() not in STOP_WORDS]
    return kept or terms
