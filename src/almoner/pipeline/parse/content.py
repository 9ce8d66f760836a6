"""A piece of mark-up or text that a structured format carries: as blocks, and as mark-up that is safe to show."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.model import Block, Link, Place
from almoner.pipeline.page import addresses
from almoner.pipeline.page.tracking import untracked
from almoner.pipeline.parse import limits

MAX_MARKUP: Final = 1_000_000
"""Characters of one piece; a report of 300 pages has fewer. What comes after is left out and reported."""
MAX_ENTITIES: Final = 50_000
""""&" in one piece: the sanitiser's time grows with the square of their number."""

_TAGS: Final = frozenset(
    """
    a abbr address b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td
    tfoot th thead time tr u ul var
    """.split()  # noqa: SIM905
)
_DROPPED_WHOLE: Final = frozenset(
    """
    applet audio button canvas embed form frame frameset head iframe math noembed noframes noscript object script
    select style svg template textarea title video xml
    """.split()  # noqa: SIM905
)
_ATTRIBUTES: Final = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}
_TOP_HEADING: Final = re.compile(r"(</?)h1(?=[\s>])", re.IGNORECASE)
_BOX: Final = re.compile(
    r"(</?)(?:section|article|main|aside|header|footer|nav|center|fieldset|legend|hgroup|dialog)(?=[\s>])",
    re.IGNORECASE,
)
_FORMULA: Final = re.compile(r"</?(?:math|m(?:row|i|o|n|text|s|sup|sub|frac|sqrt|space|style|fenced|table|tr|td|over|under))\b[^>]*>", re.IGNORECASE)  # fmt: skip
_NO_DECLARATION: Final = re.compile(r"<!(?!--|\[|doctype\s[^<>]*>)", re.IGNORECASE)
_BARE_SPAN: Final = re.compile(r"</?span>")


@dataclass(frozen=True, slots=True)
class Content:
    """Blocks in reading order, all at one place, and safe mark-up ("" for plain text). `cut`: it was too long."""

    blocks: tuple[Block, ...] = ()
    html: str = ""
    cut: bool = False

    @property
    def text(self) -> str:
        """All words of the blocks, in one line."""
        return " ".join(block.text for block in self.blocks)


def of_markup(markup: str, base: str, place: Place, *, furnished: bool = False) -> Content:
    """Read `markup`; its links are made absolute by `base` ("" if unknown) and freed of tracking.

    `furnished`: it may hold the furniture of a page, as posts of blogs do (buttons to share, boxes to subscribe),
    which is then in no block. In the mark-up that is given back there is no script, style, picture, frame, form or
    event handler, and no address but of the web, mail and telephone.
    """
    from selectolax.lexbor import LexborHTMLParser

    from almoner.pipeline.page import furniture
    from almoner.pipeline.page.blocks import blocks
    from almoner.pipeline.page.view import PageView
    from almoner.pipeline.parse.grow import grow

    whole = markup
    markup = _NO_DECLARATION.sub(
        "&lt;!", "&".join(markup[:MAX_MARKUP].split("&", MAX_ENTITIES)[:MAX_ENTITIES])
    )
    cut = len(markup) < len(whole)
    if "<math" in markup:
        markup = _FORMULA.sub("", markup)
    markup, left_out = limits.bounded(markup)
    growth = grow(LexborHTMLParser(markup))
    aside = (
        furniture.roots(growth.tags, growth.parents, growth.ends, growth.attributes, growth.texts)
        if furnished
        else frozenset[int]()
    )
    tree = growth.tree(aside, base)
    found = blocks(PageView(tree), 0, len(tree.tags), aside)
    return Content(
        tuple(_placed(block, place) for block in found), _safe(markup, base), cut or bool(left_out)
    )


def of_text(text: str, place: Place) -> Content:
    """Read plain text: paragraphs, lists and addresses as they are printed."""
    from almoner.pipeline.parse.text import parse_text

    document = parse_text("", text[:MAX_MARKUP])
    return Content(
        tuple(_placed(block, place) for block in document.blocks if block.text), cut=len(text) > MAX_MARKUP
    )


def _safe(markup: str, base: str) -> str:
    """`markup`, which is bounded, with nothing in it that runs, loads, hides or tracks. It has no landmark and no heading of rank 1:
    these are the page's own on which it is shown."""
    import nh3

    def checked(_tag: str, attribute: str, value: str) -> str | None:
        if attribute != "href":
            return value if len(value) <= 200 else None
        href = untracked(addresses.absolute(value, base))
        return href if href.partition(":")[0].lower() in _SCHEMES else None

    clean = nh3.clean(
        _BOX.sub(r"\1div", _TOP_HEADING.sub(r"\1h2", markup)),
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes=_ATTRIBUTES,
        attribute_filter=checked,
        url_schemes=_SCHEMES,
    )
    return _BARE_SPAN.sub("", clean).strip()


def _placed(block: Block, place: Place) -> Block:
    links = tuple(Link(untracked(link.href), link.text) for link in block.links)
    return replace(
        block,
        place=place,
        links=links,
        footnotes=tuple(replace(note, place=place) for note in block.footnotes),
    )
