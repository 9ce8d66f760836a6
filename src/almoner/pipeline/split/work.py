"""A PDF or Word file: one work, unless it is an issue of something that holds several items.

Guidance, reports and letters are read whole, however many headings they have; newsletters, briefings and collected
releases are cut like any other flow of lines.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from almoner.pipeline.lines import headings, metadata
from almoner.pipeline.model import Block, BlockKind, Cut, Decision, Part, Role, Splitting
from almoner.pipeline.split import flow
from almoner.pipeline.split.flow.cuts import span
from almoner.pipeline.split.issues import issue_of
from almoner.pipeline.split.page import Page

LAYOUT: Final = "work"
HEAD: Final = 12
"""Blocks at the beginning among which the work's own date and names stand."""
MANY_NUMBERED: Final = 8
_NUMBERED: Final = re.compile(r"\(?\d{1,3}[A-Z]{0,2}[.)]\s|\d{1,2}(?:\.\d{1,3}){1,3}\.?\s")


def split(page: Page) -> Splitting | None:
    """The items of a paged document; None where it has no words."""
    blocks = page.document.blocks
    if not blocks:
        return None
    why = _holds_items(page)
    if why:
        found = flow.split(page)
        if found is not None and len(found.cuts) > 1:
            return Splitting(
                found.cuts, decisions=(*found.decisions, Decision("split", "an issue of several items", why))
            )
    return Splitting((_whole(page),))


def _holds_items(page: Page) -> str:
    """What says that the document holds several items; "" where nothing does."""
    blocks = page.document.blocks
    if (
        sum(
            block.kind is not BlockKind.HEADING and _NUMBERED.match(block.text) is not None
            for block in blocks
        )
        >= MANY_NUMBERED
    ):
        return ""
    dated = sum(
        above.kind is BlockKind.HEADING
        and (line := metadata.read(below.text, page.order)) is not None
        and line.has_date
        for above, below in pairwise(blocks)
    )
    if dated >= 2:
        return f"{dated} headings have a date below them"
    named = page.document.title or ""
    if issue_of(page) is not None or (headings.names_periodical(named) and headings.names_issue(named)):
        return "it calls itself an issue of something"
    return ""


def _whole(page: Page) -> Cut:
    """The document as one item: its title, the lines about it near the title, and all else as its text."""
    blocks = page.document.blocks
    title = next(
        (n for n, block in enumerate(blocks[:HEAD]) if block.kind is BlockKind.HEADING and block.level == 1),
        None,
    )
    parts: list[Part] = []
    if title is None and page.document.title:
        printed = Block(BlockKind.HEADING, page.document.title, blocks[0].place, page.document.title, 1)
        parts.append(Part(Role.TITLE, printed))
    in_head = True
    for n, block in enumerate(blocks):
        in_head = in_head and n < HEAD and not headings.is_sentence(block.text)
        if n == title:
            parts.append(Part(Role.TITLE, block))
        elif in_head and (
            metadata.read(block.text, page.order) is not None or (title is not None and n < title)
        ):
            parts.append(Part(Role.METADATA, block))
        elif block.kind is not BlockKind.RULE:
            parts.append(Part(Role.BODY, block))
    why = "no part of it is dated or credited by itself"
    return Cut(tuple(parts), span(blocks), LAYOUT, decisions=(Decision("split", "one work", why),))
