"""Where a list goes on: the address of its next page."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.model import Document
from almoner.pipeline.page import addresses
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.view import PageView

_SAYS_NEXT = re.compile(
    r"(?:go\s+to\s+)?(?:the\s+)?next(?:\s+(?:page|results?|set\s+of\s+pages|page\s+of\s+results|\d{1,4}|\d{1,3}\s+\w+))?(?:\s*:?\s*\d+\s+of\s+\d+)?(?:\s*next)?"
    r"|older(?:\s+(?:posts?|entries|news|articles|items|stories))?|previous\s+entries",
    re.IGNORECASE,
)
_HINT = re.compile("next|older|previous", re.IGNORECASE)
_ARROWS: Final = frozenset({"›", "»", ">", ">>", "→", "▶", "❯"})
_AROUND_WORDS: Final = " ›»><→▶❯…·|"
_PAGING = re.compile(
    r"(?<![a-z])(?:pag(?:er|ers|ination|inate|inator|ing|es|enav|enavi)|page-?numbers?|nav-?links|posts-?nav\w*)(?![a-z])",
    re.IGNORECASE,
)
_FEW: Final = 8
"""Nodes in a link of a few words and a picture."""
_LONGEST: Final = 60
"""Characters of a link that leads to the next page, white space around them included."""
_NUMBER: Final = 4
_NO_PAGE: Final = ("#", "mailto:", "tel:", "javascript:")


def following(document: Document, view: PageView) -> tuple[str, str]:
    """The address of the list's next page and how it was found; two empty strings where there is none.

    What the page's head says goes first (`<link rel="next">`, HTML Standard), then a link marked so, then one that
    says so in words, then an arrow or the next number among numbered pages.
    """
    said = document.metadata.get("next", "")
    if said and not said.startswith(_NO_PAGE):
        return addresses.absolute(said, view.base), "the page's head says so"
    best, worth, why = "", 0, ""
    number = 0
    tags, ends = view.tags, view.ends
    for node, given in enumerate(view.attributes):
        if not given or ends[node] - node > _FEW:
            continue
        if number == 0 and "class" in given and _is_current(view, node):
            number = _number(view.text(node))
            continue
        if tags[node] != "a":
            continue
        href = given.get("href", "")
        if not href or href[0] == "#" or len(view.texts[min(node + 1, len(tags) - 1)]) > _LONGEST:
            continue
        value, reason = _worth(view, node, number)
        if value > worth:
            found = view.href(node)
            if found and found != document.address:
                best, worth, why = found, value, reason
    return best, why


def _worth(view: PageView, node: int, number: int) -> tuple[int, str]:
    given = view.attributes[node]
    if "rel" in given and "next" in given["rel"].lower().split():
        return 5, "a link is marked as leading to the next page"
    if given["href"].startswith(_NO_PAGE):
        return 0, ""
    text = view.text(node)
    named = (text, given.get("aria-label", ""), given.get("title", ""))
    if _HINT.search(" ".join(named)) is not None and any(
        _SAYS_NEXT.fullmatch(clean(said).strip(_AROUND_WORDS)) for said in named if said
    ):
        pages = _among_pages(view, node)
        return (4 if pages else 3), "a link says that it leads to the next page"
    if len(text) > _NUMBER:
        return 0, ""
    if text in _ARROWS and _among_pages(view, node):
        return 2, "an arrow beside numbered pages"
    if number and text == str(number + 1) and _among_pages(view, node):
        return 1, "the number after the current page's"
    return 0, ""


def _is_current(view: PageView, node: int) -> bool:
    """Whether an element is the current page's number among the others."""
    named = view.attributes[node]["class"]
    return ("current" in named or "active" in named) and _among_pages(view, node)


def _number(text: str) -> int:
    bare = text.removeprefix("Page ").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 5 else 0


def _among_pages(view: PageView, node: int) -> bool:
    """Whether one of the next elements around is named as a row of pages."""
    for _ in range(6):
        given = view.attributes[node]
        if given:
            named = f"{given.get('class', '')} {given.get('id', '')} {given.get('aria-label', '')}"
            if len(named) > 5 and _PAGING.search(named):
                return True
        node = view.parents[node]
        if node <= 0:
            return False
    return False
