"""News as a numbered list: a number and a title on a line, its text below."""

from __future__ import annotations

import re

from almoner.pipeline.lines import headings
from almoner.pipeline.model import BlockKind, Splitting
from almoner.pipeline.split.page import Page, is_prose, is_title

LAYOUT = "numbered"
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+")


def split(page: Page) -> Splitting | None:
    """Cut at lines numbered upwards from 1, each with running text below it, where there are three or more."""
    starts: list[int] = []
    for index, block in enumerate(page.blocks):
        number = _NUMBER.match(block.text) if block.kind is BlockKind.LIST_ITEM else None
        if number and int(number[1]) == len(starts) + 1 and len(block.text) <= headings.MAX_TITLE:
            starts.append(index)
    ends = [*(start - 1 for start in starts[1:]), len(page.blocks) - 1]
    if len(starts) < 3:
        return None
    with_text = sum(
        any(map(is_prose, page.blocks[first + 1 : last + 1]))
        for first, last in zip(starts, ends, strict=True)
    )
    if with_text < 0.7 * len(starts) or starts[0] > 0.3 * len(page.blocks):
        return None
    return Splitting(
        tuple(
            page.cut(first, last, first, LAYOUT, "a numbered title with its text below")
            for first, last in (
                (_title(page, first, last), last) for first, last in zip(starts, ends, strict=True)
            )
        )
    )


def _title(page: Page, first: int, last: int) -> int:
    """The number's own line, or the title below it where the number stands at a picture's caption."""
    below = first + 1
    if (
        below < last
        and is_title(page.blocks[below])
        and not is_prose(page.blocks[below])
        and is_prose(page.blocks[below + 1])
    ):
        return below
    return first
