"""Names that are nearly those of organisations we know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from itertools import accumulate
from string import ascii_lowercase
from typing import Final

from almoner.pipeline.extract.mentions.find import ABROAD, hits
from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.lines import glance, vocabulary
from almoner.pipeline.model import Finding, Item, MentionKind
from almoner.pipeline.taxonomy import near
from almoner.pipeline.taxonomy.index import SMALL, key

_CAPITAL: Final = r"[A-Z][\w’'-]*"
_PHRASE: Final = re.compile(rf"{_CAPITAL}(?:(?:,?\s+(?:of|for|and|the|in|&)\b|,)*\s+{_CAPITAL})*")
_WORD: Final = re.compile(r"[^\s,]+")
_PARTS: Final = re.compile(r"[a-z][\w’']*")
_LEADS: Final = vocabulary.words("""
    a an and as at but by for from in its new of on our the their this to when while with chief constable inspector
    sergeant detective superintendent former senior minister source credit photo thanks
    """)
_FOLLOWS: Final = vocabulary.words("""
    and of for in the & chief constable detective guidance inquiry inspection inspections inspector inspectors leads
    officer officers press rating ratings report reports research says spokesman spokesperson spokeswoman staff
    statistics team website
    """)
_SHORT: Final = re.compile(r"[”’\"']?\s\(([A-Z][A-Za-z]{1,9})\)")
_LONGEST: Final = 12
"""Words of a run of capitals that are looked at: a longer one is a heading in capitals."""


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`organisation_unknown`, once for each name; in English only, which the names are in."""
    if record.is_foreign:
        return
    passages = [
        (block.text, block.place)
        for block, seen in zip(record.told, record.seen, strict=True)
        if may_name(seen)
    ]
    passages += [
        (printed, item.place)
        for printed in (item.credit.source, item.credit.outlet)
        if printed and may_name(glance.seen(printed))
    ]
    if not passages:
        return
    named: set[str] = {mention.as_printed for mention in item.mentions}
    for text, place in passages:
        for printed, known in near_misses(text):
            if printed not in named:
                named.add(printed)
                message = (
                    f"“{printed}” is no organisation that we know; “{known}” is one, and nearly the same."
                )
                yield finding("organisation_unknown", message, place)


def may_name(seen: Set[str]) -> bool:
    """Whether a text with these words and heads (`lines.glance`) may come near to a known name: a quick answer.

    Of the words that bear a name of several, one at least is as it should be.
    """
    return not near.bearing_words().isdisjoint(seen) or (
        not _single_heads().isdisjoint(seen) and any(map(near.is_like_single, seen))
    )


@cache
def _single_heads() -> frozenset[str]:
    """The heads (`lines.glance`) that the known single names have with one slip at most in their letters."""
    found: set[str] = set()
    for name in near.singles():
        begin = name[: glance.LENGTH + 1]
        found.add(begin)
        for at in range(1, len(begin)):
            left, right = begin[:at], begin[at:]
            found |= {
                left + right[1:] + name[glance.LENGTH + 1 :][:1],
                left + right[1:2] + right[:1] + right[2:],
            }
            found |= {left + letter + rest for letter in ascii_lowercase for rest in (right, right[1:])}
    return frozenset(each[: glance.LENGTH] for each in found)


def near_misses(text: str) -> Iterator[tuple[str, str]]:
    """The names in a text that come near to a known one: as printed, and the known name."""
    for match in _PHRASE.finditer(text):
        phrase = match[0]
        if " " not in phrase:
            if len(phrase) < near.SHORTEST - 1 or not near.may_be_near(phrase):
                continue
        elif not _may_hold_name(phrase):
            continue
        short = _SHORT.match(text, match.end())
        reached = 0
        for printed, known, start in _windows(phrase, short[1] if short is not None else ""):
            at = match.start() + start
            if start >= reached and not _is_known(text, at, len(printed)) and not _is_abroad(text, at):
                reached = start + len(printed)
                yield printed, known


@lru_cache(maxsize=4096)
def _may_hold_name(phrase: str) -> bool:
    """Whether some of its words begin as a known name's words do: a quick answer, mostly no."""
    if not may_name(glance.seen(phrase)):
        return False
    signatures = near.signatures()
    words = [word for word in _PARTS.findall(phrase.lower()) if word not in SMALL][:_LONGEST]
    firsts = "".join([word[0] for word in words])
    for start in range(len(words) - 1):
        for end in range(start + 2, len(words) + 1):
            if (
                firsts[start:end] in signatures
                and near.begins_alike(words[start:end])
                and near.holds_word_of(words[start:end])
            ):
                return True
    return any(near.may_be_near(word) for word in phrase.split())


@lru_cache(maxsize=4096)
def _windows(phrase: str, short: str) -> tuple[tuple[str, str, int], ...]:
    """The runs of words in a phrase that may be a name of their own and come near to one, longest first.

    `short` is the abbreviation in brackets behind the phrase.
    """
    found: list[tuple[str, str, int]] = []
    words = list(_WORD.finditer(phrase))[:_LONGEST]
    keys = [key(word[0]) or "-" for word in words]
    initials = [_initials(word[0].lower()) for word in words]
    upto = list(accumulate(map(len, initials), initial=0))
    letters = "".join(initials)
    signatures = near.signatures()
    for first in range(len(words)):
        if keys[first] in SMALL or (first and not _may_start(phrase, words, keys, first)):
            continue
        for last in range(len(words) - 1, first - 1, -1):
            ends = last == len(words) - 1 or keys[last + 1] in _FOLLOWS or phrase[words[last].end()] == ","
            if keys[last] in SMALL or not ends:
                continue
            if letters[upto[first] : upto[last + 1]] not in signatures:
                continue
            printed = phrase[words[first].start() : words[last].end()]
            known = near.nearest(printed, short if last == len(words) - 1 else "")
            if known is None and printed.endswith(("'s", "’s")):
                printed = printed[:-2]
                known = near.nearest(printed)
            if known is not None:
                found.append((printed, known.printed, words[first].start()))
    return tuple(found)


def _initials(word: str) -> str:
    """The first letters of a word's parts, in small letters; none of a small word's."""
    if word.isascii() and word.isalpha():  # most have one part
        return "" if word in SMALL else word[0]
    return "".join([part[0] for part in _PARTS.findall(word) if part not in SMALL])


def _may_start(phrase: str, words: list[re.Match[str]], keys: list[str], first: int) -> bool:
    return keys[first - 1] in _LEADS or phrase[words[first - 1].end()] == ","


def _is_known(text: str, start: int, length: int) -> bool:
    """Whether a name that we do know stands there, be it longer; a place in it ("Kent Poilce") is none."""
    return any(
        hit.start < start + length and start < hit.end
        for hit in hits(text)
        if hit.named.entry.kind is not MentionKind.PLACE or hit.end - hit.start > length
    )


def _is_abroad(text: str, start: int) -> bool:
    """Whether it is said to be another country's."""
    around = re.findall(r"[\w.]+", text[max(0, start - 60) : start + 160])
    return not ABROAD.isdisjoint(around)
