"""Document → items as cuts, by the structure that repeats on the page.

`split` tries the layouts in order; each returns None where the page is not of its shape. What a layout needs
to know about a line it asks `pipeline.lines`; no layout knows a publisher.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from almoner.pipeline.lines import dates
from almoner.pipeline.model import Cut, Decision, Document, MediaType, Role, Splitting
from almoner.pipeline.split import articles, entries, gaps, headings, months, numbered, records
from almoner.pipeline.split.issues import issue_of
from almoner.pipeline.split.page import Page, open_page
from almoner.pipeline.split.roles import with_roles

Layout = Callable[[Page], Splitting | None]

# The surest evidence first: a line of one shape at every item, then gaps, then the look of headings.
LAYOUTS: tuple[tuple[str, Layout], ...] = (
    ("gaps", gaps.split),
    ("entries", entries.split),
    ("records", records.split),
    ("months", months.split),
    ("numbered", numbered.split),
    ("article", articles.split),
    ("headings", headings.split),
)


def split(document: Document, order: dates.Order | None = None) -> Splitting:
    """The items of a document, each with the role of each of its blocks. A page without items has none.

    `order` is the order of numeric dates; None works it out from the page.
    """
    order = order or dates.page_order(block.text for block in document.blocks)
    page = open_page(document, order)
    if document.media_type is MediaType.HTML:
        from almoner.pipeline.split.listing import split_page  # the DOM's shapes matter only to pages

        splitting = split_page(document)
        if splitting is not None:
            return _complete(page, with_roles(splitting, page), splitting.cuts[0].layout)
    if not page.blocks:
        return Splitting(
            (), decisions=(Decision("split", "no items", "nothing but page furniture was found"),)
        )
    for name, layout in LAYOUTS:
        splitting = layout(page)
        if splitting is not None:
            return _complete(page, splitting, name)
    return Splitting(
        (),
        page.title,
        page.publisher,
        decisions=(Decision("split", "no items", "no line reads like a sentence or an entry"),),
    )


def _complete(page: Page, splitting: Splitting, layout: str) -> Splitting:
    """The splitting with what the page says about itself: its issue, title and publisher."""
    issue = issue_of(page) if len(splitting.cuts) > 1 else None
    if issue is not None:
        cuts = tuple(map(_without_stray_link, splitting.cuts))
        splitting = replace(splitting, cuts=cuts, briefing=issue, title=issue.title)
    return page.complete(splitting, layout)


def _without_stray_link(cut: Cut) -> Cut:
    """A piece of an issue has an address of its own only where its title leads there."""
    titles = cut.blocks(Role.TITLE)
    return cut if any(block.links for block in titles) else replace(cut, link=None)
