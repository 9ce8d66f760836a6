"""Document → items as cuts, by the structure that repeats on the page.

A page of HTML is cut by the shapes in its tree (`listing`). Text, and a page whose tree shows nothing, is cut as a
flow of lines (`flow`). What either needs to know about a line it asks `pipeline.lines`; neither knows a publisher.
A structured format has its records from its parser, and they pass through.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from almoner.pipeline.lines import dates
from almoner.pipeline.model import Cut, Decision, Document, MediaType, Role, Splitting
from almoner.pipeline.split import flow, work
from almoner.pipeline.split.bare_credits import with_bare_credits
from almoner.pipeline.split.issues import issue_of
from almoner.pipeline.split.page import Page, open_page

if TYPE_CHECKING:
    from almoner.pipeline.split.given import Given

_PAGED: Final = frozenset({MediaType.PDF, MediaType.WORD})
_STRUCTURED: Final = frozenset({MediaType.XML, MediaType.JSON, MediaType.CSV})


def split(document: Document, order: dates.Order | None = None, given: Given | None = None) -> Splitting:
    """The items of a document, each with the role of each of its blocks. A page without items has none.

    `order` is the order of numeric dates; None works it out from the page. `given` is what is known of a page's
    records beforehand.
    """
    if document.media_type in _STRUCTURED:
        return _as_stated(document)
    if document.media_type is MediaType.MAIL:
        from almoner.pipeline.split import letters  # only mail is a document of documents

        order = order or dates.page_order(block.text for block in document.blocks)
        return letters.split(document, order, lambda form: split(form, order))
    order = order or dates.page_order(block.text for block in document.blocks)
    page = open_page(document, order)
    paged = document.media_type in _PAGED
    splitting = work.split(page) if paged else _by_tree(page, given) or flow.split(page)
    if splitting is not None:
        return _complete(page, splitting)
    why = (
        "no line reads like a sentence or an entry" if page.blocks else "nothing but page furniture was found"
    )
    return Splitting((), document.title, page.publisher, decisions=(Decision("split", "no items", why),))


def _as_stated(document: Document) -> Splitting:
    """The records that the format keeps apart itself: there is nothing to split."""
    why = "the format keeps its records apart itself"
    made = Decision("split", f"{len(document.records)} record(s)", why)
    return Splitting(
        document.records, document.title, document.publisher, decisions=(made,), next_page=document.next_page
    )


def _by_tree(page: Page, given: Given | None) -> Splitting | None:
    if page.document.media_type is not MediaType.HTML:
        return None
    from almoner.pipeline.split.listing import (
        split_as_given,
        split_page,
    )  # the DOM's shapes matter only to pages
    from almoner.pipeline.split.roles import with_roles

    splitting = split_page(page.document) if given is None else split_as_given(page.document, given)
    return with_roles(splitting, page) if splitting is not None else None


def _complete(page: Page, splitting: Splitting) -> Splitting:
    """The splitting with what the page says about itself: its issue, title and publisher."""
    issue = issue_of(page) if len(splitting.cuts) > 1 else None
    if issue is not None:
        cuts = tuple(map(_without_stray_link, splitting.cuts))
        splitting = replace(splitting, cuts=cuts, briefing=issue, title=issue.title)
    layout = splitting.cuts[0].layout if splitting.cuts else "none"
    why = f"{len(splitting.cuts)} item(s) found by the layout '{layout}'"
    return replace(
        splitting,
        cuts=with_bare_credits(splitting.cuts),
        title=splitting.title or page.document.title,
        publisher=splitting.publisher or page.publisher,
        decisions=(Decision("split", f"layout {layout}", why), *splitting.decisions),
    )


def _without_stray_link(cut: Cut) -> Cut:
    """A piece of an issue has an address of its own only where its title leads there."""
    titles = cut.blocks(Role.TITLE)
    return cut if any(block.links for block in titles) else replace(cut, link=None)
