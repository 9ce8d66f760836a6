"""Lists of entries of one line each, with the date or the credit on the line; text may follow an entry."""

from __future__ import annotations

from almoner.pipeline.lines import credit, entries, headings
from almoner.pipeline.model import BlockKind, Splitting
from almoner.pipeline.split.page import Page

LAYOUT = "entries"


def split(page: Page) -> Splitting | None:
    """Cut at lines that are entries of one shape, where there are two or more; else None."""
    shared = sum(credit.has_suffix(block.text) for block in page.blocks) >= 2
    shapes: dict[str, list[int]] = {}
    for index, block in enumerate(page.blocks):
        entry = (
            entries.read(block.text, page.order, shared=shared) if block.kind is not BlockKind.RULE else None
        )
        if (
            entry is not None
            and entry.shape in {"date", "credit"}
            and not headings.names_periodical(entry.title)
        ):
            shapes.setdefault(entry.shape, []).append(index)
    if not shapes:
        return None
    starts = max(shapes.values(), key=len)
    if len(starts) < 2:
        return None
    if len(starts) == 2 and sum(line is not None for line in page.metadata) >= 2:
        return None
    # Dated lines scattered through a long text are its own affairs, not a list.
    if len(starts) < 0.2 * len(page.blocks):
        return None
    ends = [*(start - 1 for start in starts[1:]), len(page.blocks) - 1]
    return Splitting(
        tuple(
            page.cut(
                first,
                last,
                first,
                LAYOUT,
                "a title with its date or credit on one line, as others on the page",
            )
            for first, last in zip(starts, ends, strict=True)
        )
    )
