"""A page that is an issue of a briefing or newsletter: its own title, date and author."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.lines import dates, headings
from almoner.pipeline.model import Block, BlockKind, Briefing
from almoner.pipeline.split.flow.page import Page, set_aside_after

_SIGNATURE_NAME: Final = re.compile(r"[A-Z][^\W\d_]+(?:[ '-][A-Z][^\W\d_]+){1,3}")
_HEAD: Final = 6


def briefing(page: Page) -> Briefing | None:
    """The issue's own title, date and author, where the page's first lines say that it is an issue."""
    heads = [*page.document.blocks[:_HEAD]]
    if page.document.title and heads:
        heads.insert(0, Block(BlockKind.HEADING, page.document.title, heads[0].place))
    for block in heads:
        if not headings.names_periodical(block.text) or not headings.is_heading_like(block.text):
            continue
        printed = dates.mentions(block.text, page.order)
        if not headings.names_issue(block.text) and not (
            printed and headings.section_of(block.text) is None and page.letter_end
        ):
            continue
        when = printed[0].when("the issue's own title") if printed else None
        return Briefing(block.text, when.value if when else None, _signature(page))
    return None


def _signature(page: Page) -> str | None:
    """The name under the sign-off."""
    if page.letter_end is None:
        return None
    below = set_aside_after(page, page.letter_end)
    return next((block.text for block in below[:2] if _SIGNATURE_NAME.fullmatch(block.text)), None)
