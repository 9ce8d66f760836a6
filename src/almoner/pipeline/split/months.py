"""Short entries under headings that name a month: amendment lists, archives by month."""

from __future__ import annotations

import re

from almoner.pipeline.lines import dates, headings
from almoner.pipeline.model import BlockKind, Cut, Splitting
from almoner.pipeline.split.page import Page, is_prose, is_title

LAYOUT = "months"
_MONTH_ALONE = re.compile(r"(?:" + "|".join(name for name in dates.MONTHS if len(name) > 4 or name in {"may", "june", "july"}) + r")\Z", re.IGNORECASE)  # fmt: skip
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d\Z")


def split(page: Page) -> Splitting | None:
    """Entries between month headings, at least two of which have entries; else None."""
    marks = [index for index, block in enumerate(page.blocks) if _is_month(block.text, page.order)]
    sections = [
        (mark, (marks[n + 1] if n + 1 < len(marks) else len(page.blocks)) - 1)
        for n, mark in enumerate(marks)
        if (marks[n + 1] if n + 1 < len(marks) else len(page.blocks)) > mark + 1
    ]
    if len(sections) < 2 or len(sections) < 0.5 * len(marks):
        return None
    found: list[Cut] = []
    year = None
    for mark, last in sections:
        year = next(
            (page.blocks[i] for i in range(mark, -1, -1) if _YEAR_ALONE.match(page.blocks[i].text)), year
        )
        context = [year] if year is not None and _MONTH_ALONE.match(page.blocks[mark].text) else []
        for first, end, title in _entries(page, mark + 1, last):
            found.append(
                page.cut(
                    first,
                    end,
                    title,
                    LAYOUT,
                    "an entry under a month's heading",
                    context=[*context, page.blocks[mark]],
                )
            )
    return Splitting(tuple(found)) if len(found) >= 2 else None


def _is_month(text: str, order: dates.Order) -> bool:
    if len(text) > 40:
        return False
    if _MONTH_ALONE.match(text.strip(" :")):
        return True
    found = dates.mentions(text, order)
    return len(found) == 1 and found[0].day is None and dates.is_only_date(text, order)


def _entries(page: Page, first: int, last: int) -> list[tuple[int, int, int | None]]:
    """(first, last, title) of each entry: titles with the text below them, or else a line each."""
    indexes = [
        index for index in range(first, last + 1)
        if page.blocks[index].kind is not BlockKind.RULE and not _YEAR_ALONE.match(page.blocks[index].text)
    ]  # fmt: skip
    if any(page.blocks[index].gap == 0 for index in indexes[1:]) and any(
        page.blocks[index].gap for index in indexes[1:]
    ):
        starts = [index for n, index in enumerate(indexes) if n == 0 or page.blocks[index].gap]
        ends = [*(start - 1 for start in starts[1:]), indexes[-1]]
        return [
            (start, end, start if is_title(page.blocks[start]) or _is_entry(page, start) else None)
            for start, end in zip(starts, ends, strict=True)
        ]
    prose = [index for index in indexes if is_prose(page.blocks[index])]
    heads = [index for index in indexes if headings.is_heading_like(page.blocks[index].text)]
    if (
        prose
        and heads
        and heads[0] == indexes[0]
        and len(prose) >= 0.3 * len(indexes)
        and len(heads) < len(indexes)
    ):
        return [
            (head, (heads[n + 1] if n + 1 < len(heads) else last + 1) - 1, head)
            for n, head in enumerate(heads)
        ]  # fmt: skip
    return [
        (index, index, index if is_title(page.blocks[index]) or _is_entry(page, index) else None)
        for index in indexes
    ]


def _is_entry(page: Page, index: int) -> bool:
    block = page.blocks[index]
    return block.kind is BlockKind.LIST_ITEM and headings.is_title_like(block.text)
