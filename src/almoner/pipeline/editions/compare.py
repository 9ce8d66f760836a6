"""Two editions → all that happened between them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from almoner.pipeline.editions import kinds
from almoner.pipeline.editions.align import align
from almoner.pipeline.editions.hunks import hunks, replaced
from almoner.pipeline.editions.model import (
    BREAK,
    Change,
    Comparison,
    Edition,
    Hunk,
    Kind,
    Match,
    Op,
    Paragraph,
    Passage,
)
from almoner.pipeline.editions.renumbering import renumbering
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Place

_GOES_ON: Final = re.compile(r"\s*\(")
"""A number that goes on here goes down a rank: "(1)"."""
HARDLY: Final = 0.15
"""The share of common text below which two documents are hardly editions of one."""


@cache
def engine() -> str:
    """What a comparison depends on beside the two texts: a digest of the modules here. A comparison that was kept under
    another one may come out otherwise now."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(module.read_bytes() for module in modules)).hexdigest()


def compare(old: Edition, new: Edition) -> Comparison:
    """What became of each paragraph, in which words, and what that means."""
    matches = align(old.paragraphs, new.paragraphs)
    passages = tuple(_passage(old, new, match) for match in matches)
    alike = _alike(old, new, passages)
    return Comparison(
        old, new, passages, renumbering(old, new, matches), alike, tuple(_findings(old, new, alike))
    )


def _passage(old: Edition, new: Edition, match: Match) -> Passage:
    was, now = _first(old, match.olds), _first(new, match.news)
    before, after = _words(old, match.olds), _words(new, match.news)
    if was is None or now is None:
        change = kinds.addition(after) if was is None else kinds.removal(before)
        number = tuple(replaced(_number(was), _number(now)))
        return Passage(match, number, tuple(replaced(before, after)), change)
    stays = Op.MOVED if match.moved else Op.SAME
    renumbered = was.parts != now.parts
    number = tuple(_renumbered(_number(was), _number(now), stays))
    if number and not renumbered:
        number = (Hunk(stays, _number(was), _number(now)),)
    words = hunks(before, after)
    moved = tuple(Hunk(stays, one.old, one.new) if one.op is Op.SAME else one for one in words)
    judged = words
    if len(match.olds) > 1 or len(match.news) > 1:
        judged = hunks(_plain(old, match.olds), _plain(new, match.news))
    return Passage(match, number, moved, _change(match, was, now, judged, renumbered=renumbered))


def _first(edition: Edition, indexes: tuple[int, ...]) -> Paragraph | None:
    return edition.paragraphs[indexes[0]] if indexes else None


def _words(edition: Edition, indexes: tuple[int, ...]) -> str:
    """The text of paragraphs, of the first without its number, which is compared apart."""
    if not indexes:
        return ""
    first, *rest = (edition.paragraphs[index] for index in indexes)
    return BREAK.join([first.text[first.body :], *(one.text for one in rest)])


def _plain(edition: Edition, indexes: tuple[int, ...]) -> str:
    """The text of paragraphs as if it were one: that it was split or merged changes none of its words."""
    return " ".join(edition.paragraphs[index].text[edition.paragraphs[index].body :] for index in indexes)


def _number(paragraph: Paragraph | None) -> str:
    """A paragraph's number as it stands in its text."""
    return paragraph.text[: paragraph.body] if paragraph is not None else ""


def _renumbered(was: str, now: str, stays: Op) -> Iterator[Hunk]:
    """What became of a number. Of "9.—" and "9.—(1)" the first part stays."""
    first = min(was.rstrip(), now.rstrip(), key=len)
    longer = max(was, now, key=len)
    if first and not first[-1].isalnum() and longer.startswith(first) and _GOES_ON.match(longer, len(first)):
        yield Hunk(stays, first, first)
        was, now = was[len(first) :], now[len(first) :]
    yield from replaced(was, now)


def _change(
    match: Match, was: Paragraph, now: Paragraph, words: tuple[Hunk, ...], *, renumbered: bool
) -> Change | None:
    if any(one.old != one.new for one in words):
        return kinds.meaning(words)
    if was.links != now.links:
        return Change(Kind.FACTUAL, "only the address of a link changed")
    if match.moved:
        return Change(Kind.MOVED, "it stands elsewhere, word for word")
    if len(match.olds) != len(match.news):
        return Change(Kind.EDITORIAL, "its words are the same, in other paragraphs")
    return Change(Kind.RENUMBERING, "only its number changed") if renumbered else None


def _alike(old: Edition, new: Edition, passages: tuple[Passage, ...]) -> float:
    """The share of both editions' text that stayed, in characters."""
    total = sum(len(one.text) for edition in (old, new) for one in edition.paragraphs)
    changed = sum(
        len(hunk.old) + len(hunk.new)
        for passage in passages
        for hunk in (*passage.number, *passage.words)
        if hunk.op is Op.INS or hunk.op is Op.DEL
    )
    return max(0.0, 1 - changed / total) if total else 1.0


def _findings(old: Edition, new: Edition, alike: float) -> Iterator[Finding]:
    yield from old.findings
    yield from new.findings
    if alike < HARDLY:
        message = (
            f"The two documents hardly match: {alike:.0%} of their text is in both. Are they editions of one?"
        )
        yield finding("editions_unlike", message, Place())
