"""Pieces under headings of one rank: how a newsletter is built whose mark-up shows nothing else that repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from almoner.pipeline.lines import furniture
from almoner.pipeline.model import Block, BlockKind, Cut, Decision, Part, Place, Role, Splitting

LAYOUT: Final = "headings"
INTRODUCTION: Final = 200
"""Letters before the first heading, or under one of a higher rank, that are an item rather than a masthead."""


def split(blocks: Sequence[Block]) -> Splitting | None:
    """A piece for each heading of the rank that stands over most text; None where there are not two such.

    Headings of a higher rank are the context of those below them, those of a lower one part of their text.
    """
    heads = [at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.text]
    over_text = Counter(
        blocks[at].level
        for at in heads
        if at + 1 < len(blocks) and blocks[at + 1].kind is not BlockKind.HEADING
    )
    if not over_text:
        return None
    level = min(over_text, key=lambda rank: (-over_text[rank], rank))
    bounds = [at for at in heads if blocks[at].level <= level]
    cuts: list[Cut] = []
    if _letters(blocks[: bounds[0]]) >= INTRODUCTION:
        cuts.append(_cut(None, blocks[: bounds[0]], ()))
    context: tuple[Block, ...] = ()
    for at, end in zip(bounds, [*bounds[1:], len(blocks)], strict=True):
        if blocks[at].level < level:
            context = (*(above for above in context if above.level < blocks[at].level), blocks[at])
            if _letters(blocks[at + 1 : end]) >= INTRODUCTION:
                cuts.append(_cut(blocks[at], blocks[at + 1 : end], context[:-1]))
        else:
            cuts.append(_cut(blocks[at], blocks[at + 1 : end], context))
    if over_text[level] < 2:
        return None
    why = f"{over_text[level]} headings of rank {level} stand over text"
    return Splitting(tuple(cuts), decisions=(Decision("split", f"layout {LAYOUT}", why),))


def _letters(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _cut(title: Block | None, below: Sequence[Block], context: tuple[Block, ...]) -> Cut:
    """A heading with its text. What leads on is its own address, unless the heading leads somewhere itself."""
    link = next((one.href for one in title.links), None) if title is not None else None
    parts = [Part(Role.TITLE, title)] if title is not None else []
    for block in below:
        leads_on = furniture.is_more_link(block.text) and len(block.links) == 1
        if leads_on and (link is None or link == block.links[0].href):
            link = block.links[0].href
            parts.append(Part(Role.METADATA, block))
        else:
            parts.append(Part(Role.BODY, block))
    place: Place = parts[0].block.place
    why = "a heading with the text under it" if title is not None else "the text before the first heading"
    decision = Decision("split", f"item: {parts[0].block.text[:80]}", why)
    return Cut(tuple(parts), place, LAYOUT, context, link, (decision,))
