"""A page that is one article: a title, one run of metadata lines near it or at its end, and running text."""

from __future__ import annotations

from almoner.pipeline.lines import headings
from almoner.pipeline.model import Splitting
from almoner.pipeline.split.page import Page, is_prose, is_title
from almoner.pipeline.split.records import TEMPLATES, Fit, agreement, cuts, metadata_runs

LAYOUT = "article"
_NEAR_TOP = 6


def split(page: Page) -> Splitting | None:
    """One item, where the page's only metadata lines belong to one title; else None."""
    runs = metadata_runs(page)
    if len(runs) != 1 or not any(map(is_prose, page.blocks)) or _is_issue(page):
        return None
    first, last = runs[0]
    if first <= _NEAR_TOP:
        fits = [
            Fit(runs, template, agreement(page, runs, template))
            for template in TEMPLATES
            if template.title_offset is not None
        ]
        best = max(fits, key=lambda fit: fit.agreement + 0.15 * (fit.template.title_offset == -2))
        return Splitting(tuple(cuts(page, best))) if best.agreement >= 0.8 else None
    line = page.metadata[first]
    if (
        line is not None
        and last >= len(page.blocks) - 2
        and line.labels[0] in {"published", "updated", "added"}
    ):
        title = next(
            (i for i in range(first) if is_title(page.blocks[i]) and len(headings.words(page.blocks[i].text)) >= 3), None
        )  # fmt: skip
        start = title if title is not None else 0
        cut = page.cut(
            start, last, title, LAYOUT, "its date stands at the end of the page", metadata_at=[first, last]
        )
        return Splitting((cut,))
    return None


def _is_issue(page: Page) -> bool:
    return any(
        headings.names_periodical(block.text) and len(headings.words(block.text)) <= 8
        for block in page.blocks[:2]
    )
