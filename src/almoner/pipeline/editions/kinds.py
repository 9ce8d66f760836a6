"""What a change means: whether it alters what people must do, makes it clearer, or sets a fact, a comma or a number
right; and which of the words that bind came or went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from almoner.pipeline.editions.model import Change, Hunk, Kind, Op
from almoner.pipeline.editions.words import keys

_WEIGHT: Final = re.compile(
    r"""\b(?:must(?:\ not)?|should(?:\ not)?|shall(?:\ not)?|may(?:\ not|\ only)?|need(?:s|ed)?\ (?:not|to)|(?:is|are|be)\ (?:not\ )?
    (?:required|expected|obliged|advised|encouraged|entitled|responsible|prohibited)|ha(?:s|ve)\ (?:a\ (?:statutory\ |legal\ )?duty|to)
    |cannot|can(?:\ not)?|could|statutory|mandatory|optional|immediately|without\ delay|as\ soon\ as\ (?:possible|practicable))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_FACT: Final = re.compile(
    r"""(?:https?://|www\.)\S+ | \S+@\S+ | [£€$]?\d[\d,./:–-]*(?:%|st|nd|rd|th)?(?:\s?(?:am|pm|million|billion))?
    | \b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b
    | \b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b | \b[A-Z][\w’'-]*\b""",
    re.VERBOSE,
)
_EXPLAINS: Final = re.compile(
    r"\b(?:for example|such as|including|includes?|e\.g|i\.e|that is|this means|in other words|note that|see (?:also )?"
    r"(?:the )?(?:paragraph|annex|part|section|guidance)|further (?:information|guidance)|more information|also known as"
    r"|known as|defined as|refers? to|can be found|is available)\b",
    re.IGNORECASE,
)
_LIGHT_WORDS: Final = (
    "a an the and or but of to in on at by for from with as that which who whom whose this these those it "
    "its their his her they he she there is are was were be been being also any all both such own other "
    "so then than if when where into within upon per"
)
_LIGHT: Final = frozenset(_LIGHT_WORDS.split())
_ENDINGS: Final = re.compile(r"(?:ise|ize|isation|ization|ising|izing|ised|ized|s|es|ed|ing)\Z")


def meaning(hunks: Sequence[Hunk]) -> Change:
    """What a change in a paragraph's words means. `hunks` hold some that came or went, or type that differs."""
    gone = [hunk.old for hunk in hunks if hunk.op is Op.DEL]
    come = [hunk.new for hunk in hunks if hunk.op is Op.INS]
    if not gone and not come:
        return Change(Kind.EDITORIAL, "only capitals, punctuation or spaces changed")
    weight = _weight(hunks)
    if weight:
        return Change(Kind.SUBSTANTIVE, "a word that binds came or went", weight)
    was, now = " ".join(gone), " ".join(come)
    if _are_facts(was) and _are_facts(now):
        return Change(Kind.FACTUAL, "only dates, numbers, names or addresses changed")
    if _stems(was) == _stems(now):
        return Change(Kind.EDITORIAL, "only small words, capitals or spelling changed")
    if not _stems(was) and _EXPLAINS.search(now):
        return Change(Kind.CLARIFICATION, "words were added that explain or point to more")
    return Change(Kind.SUBSTANTIVE, "words that carry meaning changed")


def addition(text: str) -> Change:
    """What a paragraph means that was not there before."""
    return Change(Kind.SUBSTANTIVE, "it is new", tuple(("", word) for word in _bound(text)))


def removal(text: str) -> Change:
    """What it means that a paragraph is gone."""
    return Change(Kind.SUBSTANTIVE, "it is gone", tuple((word, "") for word in _bound(text)))


def swap_in_words(gone: str, come: str) -> str:
    """A word that binds as it came, went or was swapped: "must: new", "should: gone", "should → must"."""
    if gone and come:
        return f"{gone} → {come}"
    return f"{come}: new" if come else f"{gone}: gone"


def _bound(text: str) -> list[str]:
    return sorted(set(_binding(text)))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _weight(hunks: Sequence[Hunk]) -> tuple[tuple[str, str], ...]:
    """The words that bind, as they came, went or were swapped, each taken with the words around it: "must not" is
    no "must"."""
    was = Counter(_binding("".join(hunk.old for hunk in hunks)))
    now = Counter(_binding("".join(hunk.new for hunk in hunks)))
    gone, come = sorted((was - now).elements()), sorted((now - was).elements())
    swaps = list(zip(gone, come, strict=False))
    rest = [(word, "") for word in gone[len(swaps) :]] + [("", word) for word in come[len(swaps) :]]
    return tuple(swaps + rest)


def _binding(text: str) -> list[str]:
    return [
        _plain(found.group())
        for found in _WEIGHT.finditer(text)
        if not (
            found.group()[0] == "M" and found.group().lower().startswith("may") and _is_month(text, found)
        )
    ]


def _is_month(text: str, found: re.Match[str]) -> bool:
    """Whether a "May" is the month: a number stands beside it."""
    return bool(
        re.search(r"\d(?:st|nd|rd|th)?\s*\Z", text[: found.start()])
        or re.match(r"\s*\d", text[found.end() :])
    )


def _are_facts(text: str) -> bool:
    rest = _FACT.sub(" ", text)
    return all(word in _LIGHT for word in keys(rest)) and (not text.strip() or _FACT.search(text) is not None)


def _stems(text: str) -> list[str]:
    return sorted(_ENDINGS.sub("", word) for word in keys(text) if word not in _LIGHT)
