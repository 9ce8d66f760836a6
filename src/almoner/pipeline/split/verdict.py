"""Whether a page is a list or one article: what repeats on it is weighed against its running text."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.model import Document
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.shapes import Pattern
from almoner.pipeline.split.story import Story

_ARTICLE_TYPE = re.compile(
    r"\b(?:news|blog|report|tech|scholarly)?-?(?:article|posting|blogposting|newsarticle)\b", re.IGNORECASE
)
_LIST_CLASSES: Final = frozenset(
    """
    archive category tag blog home post-type-archive search-results tax-product_cat tax-product_tag term-page
    """.split()  # noqa: SIM905
)
_ARTICLE_CLASS = re.compile(
    r"single(?:-post|-news)?|postid-\d+|(?:page-)?node-type-+(?:article|news|blog|post|story|press)[\w-]*"
)
"""What WordPress and Drupal call the body of a page that is one post."""
_WORD = re.compile(r"[^\W\d_]{2,}")
HEADLINE: Final = 5
"""So many words at the end of an address are a headline's: lists have a name of one or two."""
_DATED_PATH = re.compile(r"/(?:19|20)\d\d(?:/\d\d?){0,2}/[^/]+\Z")
_LIST_ADDRESS = re.compile(
    r"/(?:categor(?:y|ies)|product-category|tags?|topics?|collections?|archives?|browse|search|c)/[^/]|/(?:shop|blog|search|archives?)/?\Z"
)
EVIDENCE: Final = 0.6
"""In what share of a list's records something must show that they are entries: a date, or a link that leads."""
MIN_TYPED: Final = 1_000
"""Characters outside its records that make a page an article that says it is one."""
CATALOGUE: Final = 6
"""How many times the page's running text its headed records must hold to outweigh that it says it is an article."""
MANY: Final = 8
FEW: Final = 5
"""So many headings that lead elsewhere are a list where the page says that it is one."""
CARD: Final = 300
"""So many records of so few characters, each with a link, are entries, if the link stands first in some."""
TEASER: Final = 400
STORY: Final = 1_500
LONG_ENTRY: Final = 150
"""Characters of running text in each record that are more than a teaser."""
UNNAMED: Final = 0.3
"""Where fewer of the records have a heading or a date, nothing tells them apart but their shape."""
LEAST: Final = 300
"""Characters that an article has at least, wherever its text is hidden from us."""
WORTH_OF_DATED: Final = 60
"""What a dated entry counts at least, however short: a row of a table says all in a few words."""


def is_list(view: PageView, document: Document, pattern: Pattern, told: Story, prose: list[int]) -> bool:
    """Whether the records are what the page is about, rather than the running text around them."""
    listed = says_list(document)
    if _evidence(view, pattern, listed=listed) < EVIDENCE:
        return False
    if len(pattern.records) >= FEW and min(pattern.headed, pattern.led) >= 0.8 and listed:
        return True
    start, stop = told.container, view.ends[told.container]
    count = len(pattern.records)
    within = sum(start <= first < stop for first, _ in pattern.records) >= 0.5 * count
    inside = sum(prose[last] - prose[first] for first, last in pattern.records)
    outside = _outside(pattern, prose, start, stop) if within else told.prose
    stated = says_article(document)
    typed = stated or _looks_article(document)
    row = view.tags[pattern.records[0][0]] == "tr"
    if (
        count >= 2 * MANY
        and min(pattern.headed, pattern.led) >= 0.9
        and pattern.worth > CATALOGUE * prose[-1]
    ):
        return True  # a feature that is a catalogue, published like an article
    if not row and max(pattern.dated, pattern.headed) < UNNAMED and inside > LONG_ENTRY * count:
        return False  # paragraphs with links in them
    if typed:
        outside = max(outside, prose[-1] - inside, LEAST) if told.prose else LEAST
        if outside >= MIN_TYPED and not (row and pattern.dated >= 0.6):
            return False
        if stated and not row and (pattern.dated < 0.5 and inside > LONG_ENTRY * count):
            return False
    if (
        pattern.bare > 0.8
        and outside >= STORY
        and pattern.headed < 0.5
        and not (row or (within and pattern.dated >= 0.6))
    ):
        return False  # however long a list of links is, a whole story beside it is what the page is about
    below = prose[pattern.records[0][0]] - prose[start] > 0.9 * outside
    if pattern.dated >= 0.6 and max(pattern.linked, pattern.headed) >= 0.6:
        return max(pattern.worth, WORTH_OF_DATED * count) > outside * _dated_weight(
            count, typed=typed, row=row, within=within, below=below
        )
    if (
        not typed
        and count >= 2 * MANY
        and min(pattern.headed, pattern.led) >= 0.85
        and (within or outside < STORY)
    ):
        return True  # so many headings that lead elsewhere are a front page
    weight = 5.0 if typed else 0.7
    if not within and below:
        weight *= 3
    if count <= 3:
        weight *= 1.5
    if pattern.bare > 0.8:
        weight = max(weight, 2.0)
    return pattern.worth > weight * outside


def _outside(pattern: Pattern, prose: list[int], start: int, stop: int) -> int:
    """Running text before, after and between the records; a teaser's length after each is its own."""
    position, total = start, 0
    first = True
    for begin, end in pattern.records:
        if start <= begin < stop:
            gap = prose[begin] - prose[max(position, start)]
            total += gap if first else max(0, gap - TEASER)
            position = max(position, end)
            first = False
    return total + max(0, prose[stop] - prose[position])


def says_article(document: Document) -> bool:
    """Whether the page's head says that it is one article."""
    said = document.metadata
    if says_list(document):
        return False
    kind = f"{said.get('og:type', '')} {said.get('jsonld:type', '')}"
    return "article:published_time" in said or _ARTICLE_TYPE.search(kind) is not None


def _looks_article(document: Document) -> bool:
    """Whether the page's theme calls it a single post, or its address ends like a headline's."""
    if document.tree is None or says_list(document):
        return False
    named = document.tree.attributes[0].get("class", "").lower().split()
    if any(map(_ARTICLE_CLASS.fullmatch, named)):
        return True
    said = document.metadata
    address = (said.get("canonical") or said.get("og:url") or document.address).split("?")[0]
    path = urlsplit(address).path.rstrip("/")
    words = len(_WORD.findall(path.rsplit("/", 1)[-1].rsplit(".", 1)[0]))
    return words >= (2 if _DATED_PATH.search(path) else HEADLINE)


def says_list(document: Document) -> bool:
    """Whether the page says that it is a list: in its head, its address, or in what its theme calls it."""
    said = document.metadata
    if "article:published_time" in said or document.tree is None:
        return False
    if "jsonld:lists" in said or said.get("og:type", "").startswith("product.group"):
        return True
    address = (said.get("canonical") or said.get("og:url") or document.address).split("?")[0]
    named = document.tree.attributes[0].get("class", "").lower().split()
    if "single" in named or said.get("jsonld:type", "webpage") != "webpage":
        return False
    return not _LIST_CLASSES.isdisjoint(named) or _LIST_ADDRESS.search(address) is not None


def _evidence(view: PageView, pattern: Pattern, *, listed: bool) -> float:
    """In what share of the records something shows that they are entries."""
    found = max(pattern.dated, pattern.led)
    if view.tags[pattern.records[0][0]] in {"tr", "dt"}:
        found = max(found, 0.8 * pattern.linked)
    count = len(pattern.records)
    if (
        pattern.linked >= 0.95
        and (pattern.led >= 0.4 or listed)
        and count >= MANY
        and pattern.size < CARD * count
    ):
        found = max(found, 0.7)
    if max(pattern.linked, pattern.headed) < 0.3 and pattern.size > 2 * CARD * count and found < 0.9:
        return 0.0  # dated, but nothing names or leads: chapters of one text
    return found


def _dated_weight(count: int, *, typed: bool, row: bool, within: bool, below: bool) -> float:
    if typed:
        return 1.5
    if row:
        return 0.25
    if not within and below:
        return 1.0  # cards below a story, or beside it, lead on to other stories
    return 0.6 if (below and count <= 6) or count == 2 else 0.25
