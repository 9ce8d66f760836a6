"""The title of a page that is one article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Block, BlockKind, Document, Place
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.view import PageView

_SAID: Final = (
    "og:title",
    "jsonld:headline",
    "twitter:title",
    "itemprop:headline",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "parsely-title",
)
_WORD = re.compile(r"\w+")
_SUFFIX = re.compile(r"\s+(?:[|•·»«–—:/-]|::|\|\|)\s+")


@dataclass(frozen=True, slots=True)
class Headline:
    """The title's block, the nodes it stands in (-1 where it stands only in the page's head), and why."""

    block: Block | None
    start: int
    stop: int
    why: str


def find(document: Document, view: PageView, container: int) -> Headline:
    """The heading that the page's head confirms; else what the head says; else the first heading."""
    said = [document.metadata[key] for key in _SAID if document.metadata.get(key)]
    named = document.title or ""
    confirmed = [_plain(text) for text in (*said, named) if text]
    candidates = [node for node in range(len(view.tags)) if view.tags[node] in {"h1", "h2"}]
    best, worth = -1, 0.0
    text_of = {}
    for node in candidates:
        text = text_of[node] = view.text(node)
        plain = _plain(text)
        if not plain or len(text) > 300:
            continue
        value = 1.0 if view.tags[node] == "h1" else 0.3
        if any(plain == other for other in confirmed[:-1]):
            value += 3
        elif any(plain in other for other in confirmed) and len(plain) > 8:
            value += 1.5 + min(1.0, len(plain) / max(1, max(map(len, confirmed))))
        elif any(len(other) > 12 and other in plain for other in confirmed[:-1]):
            value += 1.5
        if container <= node < view.ends[container]:
            value += 0.5
        if _in_aside(view, node):
            value -= 0.8
        if value > worth + 1e-9:
            best, worth = node, value
    if best >= 0 and worth >= 1.0:
        return Headline(_block(view, best, text_of[best]), best, view.ends[best], "its title is a heading")
    text = next(iter(said), "") or named
    text = without_site(text, document.publisher)
    if text:
        block = Block(BlockKind.HEADING, text, Place(css="html > head > title"), raw=text, level=1)
        return Headline(block, -1, -1, "its title stands in the page's head")
    return Headline(None, -1, -1, "it has no title")


def without_site(title: str, publisher: str | None) -> str:
    """A page's title without the site's name before or after it."""
    pieces = _SUFFIX.split(clean(title))
    if len(pieces) < 2:
        return clean(title)
    site = _plain(publisher or "")
    if (site and _plain(pieces[-1]) in site) or (site and site in _plain(pieces[-1])):
        return title[: title.rindex(pieces[-1])].rstrip(" |•·»«–—:/-")
    if len(pieces[-1].split()) <= 4 and len(pieces[0]) > len(pieces[-1]):
        return title[: title.rindex(pieces[-1])].rstrip(" |•·»«–—:/-")
    return clean(title)


def _block(view: PageView, node: int, text: str) -> Block:
    level = int(view.tags[node][1])
    return Block(
        BlockKind.HEADING,
        text,
        Place(css=view.css(node)),
        raw=text,
        level=level,
        html=f"<h{level}>{view.inline_html(list(range(node + 1, view.ends[node])))}</h{level}>",
    )


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _in_aside(view: PageView, node: int) -> bool:
    while node > 0:
        if node in view.tree.aside:
            return True
        node = view.parents[node]
    return False
