"""A page that is one article: a title, one metadata line near it, and running text."""

from __future__ import annotations

from almoner.pipeline.lines import headings
from almoner.pipeline.model import Splitting
from almoner.pipeline.split.page import Page, is_prose
from almoner.pipeline.split.records import best_template, cuts, metadata_runs

LAYOUT = "article"


def split(page: Page) -> Splitting | None:
    """One item, where a single metadata line near the top belongs to a title; else None."""
    runs = metadata_runs(page)
    if (
        len(runs) != 1
        or runs[0][0] > 6
        or any(headings.names_periodical(block.text) for block in page.blocks[:2])
    ):
        return None
    template, score = best_template(page, runs)
    if score < 0.9 or template.title_offset is None or not any(map(is_prose, page.blocks)):
        return None
    return Splitting(tuple(cuts(page, runs, template)))
