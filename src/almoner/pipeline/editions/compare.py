"""Two editions → all that happened between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from almoner.pipeline.editions import kinds
from almoner.pipeline.editions.align import align
from almoner.pipeline.editions.hunks import hunks
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
from almoner.pipeline.editions.numbers import number
from almoner.pipeline.editions.renumbering import renumbering
from almoner.pipeline.editions.words import keys
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Place

HARDLY: Final = 0.15
"""The share of common text below which two documents are hardly editions of one."""


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
        return _come_or_gone(before, after, was, now, match)
    renumbered = _parts(was) != _parts(now)
    words = hunks(before, after)
    change = _change(match, was, now, words, renumbered=renumbered)
    if match.moved:
        words = tuple(Hunk(Op.MOVED, one.old, one.new) if one.op is Op.SAME else one for one in words)
    return Passage(match, _number(was, now, match, renumbered=renumbered), words, renumbered, change)


def _first(edition: Edition, indexes: tuple[int, ...]) -> Paragraph | None:
    return edition.paragraphs[indexes[0]] if indexes else None


def _words(edition: Edition, indexes: tuple[int, ...]) -> str:
    """The text of paragraphs, of the first without its number, which is compared apart."""
    if not indexes:
        return ""
    first, *rest = (edition.paragraphs[index] for index in indexes)
    return BREAK.join([first.text[first.body :], *(one.text for one in rest)])


def _come_or_gone(
    before: str, after: str, was: Paragraph | None, now: Paragraph | None, match: Match
) -> Passage:
    if now is not None:
        number, words = now.text[: now.body], Hunk(Op.INS, "", after)
        return Passage(match, _some(Hunk(Op.INS, "", number)), _some(words), change=kinds.addition(after))
    number, words = (was.text[: was.body] if was is not None else ""), Hunk(Op.DEL, before, "")
    return Passage(match, _some(Hunk(Op.DEL, number, "")), _some(words), change=kinds.removal(before))


def _some(*found: Hunk) -> tuple[Hunk, ...]:
    return tuple(one for one in found if one.old or one.new)


def _number(was: Paragraph, now: Paragraph, match: Match, *, renumbered: bool) -> tuple[Hunk, ...]:
    before, after = was.text[: was.body], now.text[: now.body]
    if renumbered:
        return _some(Hunk(Op.DEL, before, ""), Hunk(Op.INS, "", after))
    return _some(Hunk(Op.MOVED if match.moved else Op.SAME, before, after))


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


def _parts(paragraph: Paragraph) -> tuple[str, ...]:
    found = number(paragraph.number + " ") if paragraph.number else None
    return found.parts if found is not None else tuple(keys(paragraph.number))


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
