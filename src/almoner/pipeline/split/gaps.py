"""Items set apart by wider gaps or drawn rules, with narrower gaps inside."""

from __future__ import annotations

from collections import Counter

from almoner.pipeline.lines import entries, headings
from almoner.pipeline.model import Block, BlockKind, Cut, Splitting
from almoner.pipeline.split.page import Page, is_prose, is_title

LAYOUT = "gaps"


def split(page: Page) -> Splitting | None:
    """Groups between gaps wider than the page's usual one; a group is an item when it holds running text."""
    usual = Counter(block.gap for block in page.blocks[1:] if block.gap).most_common(1)
    if not usual:
        return None
    wide = usual[0][0] + 1
    groups = _groups(page, wide)
    with_text = [
        (first, last)
        for first, last in groups
        if last > first and any(map(is_prose, page.blocks[first : last + 1]))
    ]
    alone = sum(last == first for first, last in groups)
    if len(with_text) < 2 or alone > len(with_text):
        return None
    if len(with_text) < 3 and any(headings.names_periodical(block.text) for block in page.blocks[:2]):
        return None
    # A page whose every title stands apart from its text has wide gaps inside items: not this layout.
    if sum(last - first >= 2 for first, last in with_text) < 0.5 * len(with_text):
        return None
    # Dated lines say more than gaps: where they stand apart from the text, gaps run through the items.
    anchors = [
        index
        for index, line in enumerate(page.metadata)
        if line is not None and (line.has_date or line.relative)
    ]
    anchors += [index for index, block in enumerate(page.blocks) if _is_dated_entry(block, page)]
    inside = sum(any(first <= index <= last for first, last in with_text) for index in anchors)
    if len(anchors) >= 2 and (inside < 0.8 * len(anchors) or len(anchors) > 1.5 * len(with_text)):
        return None
    return Splitting(tuple(_cut(page, first, last) for first, last in with_text))


def _is_dated_entry(block: Block, page: Page) -> bool:
    entry = entries.read(block.text, page.order) if len(block.text) <= 200 else None
    return entry is not None and entry.published is not None


def _groups(page: Page, wide: int) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    start: int | None = None
    for index, block in enumerate(page.blocks):
        breaks = block.gap >= wide or block.kind is BlockKind.RULE
        if breaks and start is not None:
            groups.append((start, index - 1))
            start = None
        if start is None and block.kind is not BlockKind.RULE:
            start = index
    if start is not None:
        groups.append((start, len(page.blocks) - 1))
    return groups


def _cut(page: Page, first: int, last: int) -> Cut:
    title = first if is_title(page.blocks[first]) else None
    if (
        title is None
        and page.metadata[first] is not None
        and first < last
        and is_title(page.blocks[first + 1])
    ):
        title = first + 1
    if title == first and page.metadata[first] is not None and first < last:
        title = first + 1 if is_title(page.blocks[first + 1]) else None
    metadata_at = [index for index in (first, last) if page.metadata[index] is not None and index != title]
    why = "a wider gap than usual stands before it" + (
        "" if title is not None else "; it opens with a paragraph, not a title"
    )
    return page.cut(first, last, title, LAYOUT, why, metadata_at=metadata_at)
