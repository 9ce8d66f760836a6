"""Pages that are an issue of something: a briefing, a bulletin, a newsletter with its own title, date, author."""

from __future__ import annotations

import re

from almoner.pipeline.lines import dates, headings
from almoner.pipeline.model import Briefing
from almoner.pipeline.split.page import Page

_NAME = re.compile(r"[A-Z][^\W\d_]+(?:[ '-][A-Z][^\W\d_]+){1,3}")


def issue_of(page: Page) -> Briefing | None:
    """The issue's own title, date and author, where the page's title or first lines say that it is one."""
    heads = [block.text for block in page.document.blocks[:6]]
    if page.document.title:
        heads.insert(0, page.document.title)
    for text in heads:
        if not headings.names_periodical(text) or not headings.is_heading_like(text):
            continue
        printed = dates.mentions(text, page.order)
        dated = bool(printed) and headings.section_of(text) is None and page.letter_end is not None
        if headings.names_issue(text) or dated:
            when = printed[0].when("the issue's own title") if printed else None
            return Briefing(text, when.value if when else None, _signature(page))
    return None


def _signature(page: Page) -> str | None:
    """The name under the sign-off, or the author in the page's head."""
    if page.letter_end is not None:
        below = page.set_aside[page.set_aside.index(page.letter_end) + 1 :]
        name = next((block.text for block in below[:2] if _NAME.fullmatch(block.text)), None)
        if name is not None:
            return name
    return page.document.metadata.get("author")
