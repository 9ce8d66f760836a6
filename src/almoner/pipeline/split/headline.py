"""The title of a page that is one article: the heading that the page's head confirms, or what the head says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Block, BlockKind, Document, Place
from almoner.pipeline.page.elements import HEADINGS
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.view import PageView

_SAID: Final = (
    "og:title", "jsonld:headline", "twitter:title", "itemprop:headline", "citation_title", "dc.title", "dcterms.title",
    "sailthru.title", "parsely-title", "title",
)  # fmt: skip
_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s+(?:[|•·»«–—:/-]|::|\|\||//|--)\s+|\s*[|»]\s*|:\s+")
_SITE_SEPARATOR = re.compile(r"\s+(?:[|•·»«–—/-]|::|\|\||//|--)\s+|\s*[|»]\s*")
_GENERIC: Final = frozenset(
    """
    menu navigation search suche content contents main inhalt hauptinhalt hauptnavigation metanavigation servicemenü
    hauptmenü breadcrumb kategorien categories archiv archive news home startseite aktuelles kontakt contact related
    share comments kommentare seiten pages newsletter cookies
    """.split()  # noqa: SIM905
)
_STARTS_WITH_DATE = re.compile(r"\W*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\W*\d{1,2}\.?\s+[^\W\d]+\s+\d{4}")
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+|home/?|[a-z]{2}/?)?", re.IGNORECASE)
MAX_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Headline:
    """The title's block, the nodes it stands in (-1 where it stands only in the page's head), and why."""

    block: Block | None
    start: int
    stop: int
    why: str


def find(document: Document, view: PageView, container: int, first_text: int) -> Headline:
    """The best heading for the running text that begins at node `first_text` in `container`."""
    site = _plain(document.publisher or "")
    said = [clean(document.metadata[key]) for key in _SAID if document.metadata.get(key)]
    said = [text for text in said if text and _plain(text) != site]
    named = document.title or ""
    named_bare = [without_site(named, document.publisher)] if named else []
    wholes = {_plain(text) for text in (*said, named) if text}
    pieces = _pieces([*said, named], site)
    best, worth, shown = -1, 0.8, ""
    for node, tag in enumerate(view.tags):
        rank = HEADINGS.get(tag)
        if rank is None or rank > 3:
            continue
        text = view.text(node)
        plain = _plain(text)
        if not plain or len(text) > MAX_LENGTH:
            continue
        value, part = _confirmed(text, plain, wholes, pieces, [*said, *named_bare])
        value += 0.8 if rank == 1 else 0.3 if rank == 2 else -0.2
        value += 0.3 if container <= node < view.ends[container] else 0.0
        value += 0.3 if node < first_text else -0.6
        if plain == site or plain in _GENERIC or _leads_home(view, node):
            value -= 3.0
        if value > worth:
            best, worth, shown = node, value, part
    if best >= 0:
        return Headline(_block(view, best, shown), best, view.ends[best], "its title is a heading")
    text = without_site(said[0] if said else named, document.publisher)
    if text:
        block = Block(BlockKind.HEADING, text, Place(css="html > head > title"), raw=text, level=1)
        return Headline(block, -1, -1, "its title stands in the page's head")
    return Headline(None, -1, -1, "it has no title")


def _leads_home(view: PageView, node: int) -> bool:
    """Whether a heading is the site's own name: a link to its front page."""
    for inner in range(max(0, node - 1), min(view.ends[node], node + 4)):
        if view.tags[inner] == "a" and (inner > node or view.ends[inner] >= view.ends[node]):
            return _HOME.fullmatch(view.attributes[inner].get("href", "")) is not None
    return False


def without_site(title: str, publisher: str | None) -> str:
    """A page's title without the site's name before or after it."""
    title = clean(title)
    cuts = list(_SITE_SEPARATOR.finditer(title))
    if not cuts:
        return title
    site = _plain(publisher or "")
    last, first = _plain(title[cuts[-1].end() :]), _plain(title[: cuts[0].start()])
    if site and first and (first in site or site in first):
        return title[cuts[0].end() :]
    if (site and last and (last in site or site in last)) or len(last.split()) <= 4:
        shorter = title[: cuts[-1].start()]
        if len(shorter) >= 8:
            return shorter
    return title


def _confirmed(
    text: str, plain: str, wholes: set[str], pieces: set[str], said: list[str]
) -> tuple[float, str]:
    """How far the page's head confirms a heading, and the heading without what stands beside the title in it."""
    if plain in wholes:
        return 4.0, text
    if plain in pieces:
        return 3.0 + min(0.5, len(plain) / 200), text
    for title in said:
        bare = clean(title)
        if len(bare) >= 12 and bare.lower() in text.lower():
            at = text.lower().index(bare.lower())
            rest = text[at + len(bare) :]
            if at and not rest.strip(" .!?"):
                return 3.5, text[at:]
            if not at:
                return 3.2, text if not _STARTS_WITH_DATE.match(rest) else text[: len(bare)]
    words = set(plain.split())
    for piece in sorted(wholes | pieces, key=len, reverse=True):
        others = set(piece.split())
        if len(words & others) >= 0.6 * len(words | others) and len(words & others) > 1:
            return 2.2, text
        if len(others) > 2 and plain.startswith(piece):
            return 2.4, text
        if len(words) > 2 and plain in piece:
            return 1.6, text
    return 0.0, text


def _pieces(titles: list[str], site: str) -> set[str]:
    """The parts of titles between separators, and runs of parts from the start; the site's name is none."""
    found: set[str] = set()
    for title in titles:
        cuts = list(_SEPARATOR.finditer(title))
        bounds = [0, *(cut.end() for cut in cuts)]
        ends = [*(cut.start() for cut in cuts), len(title)]
        for number, start in enumerate(bounds):
            for end in ends[number:]:
                piece = _plain(title[start:end])
                if piece and piece != site:
                    found.add(piece)
            if number > 6:
                break
    return found


def _block(view: PageView, node: int, text: str) -> Block:
    level = HEADINGS[view.tags[node]]
    return Block(
        BlockKind.HEADING,
        text,
        Place(css=view.css(node)),
        raw=view.text(node),
        level=level,
    )


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
