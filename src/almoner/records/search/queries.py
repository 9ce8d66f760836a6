"""Finding published items by words. What somebody searches for is never written down anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.views.decorators.debug import sensitive_variables

from almoner.records.catalogue.models import Item
from almoner.records.search.entries import Marked
from almoner.records.search.index import current
from almoner.records.search.language import END, START
from almoner.records.search.words import understand

Fragment: TypeAlias = tuple[str, bool]
"""A piece of text, and whether it is a match. Never mark-up: a page escapes the text and marks it itself."""

_MARKED: Final = re.compile(f"{START}([^{END}]*){END}")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An item that was found, with its title and the words around the match."""

    item: Item
    title: tuple[Fragment, ...]
    snippet: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of an answer. `total` counts all hits, `pages` is at least 1, `page` lies within.

    `matches_all` is false where no item has all the words, and those that have some were taken instead.
    """

    hits: tuple[SearchHit, ...]
    total: int
    page: int
    pages: int
    matches_all: bool = True


@sensitive_variables()  # keeps the words out of error reports
def search(words: str, *, page: int = 1, per_page: int = 20) -> SearchPage:
    """The published items that have all of `words`, best first; if there are none, those that have any.

    `words` is whatever was typed: words, "phrases", -words to leave out, the last word as a beginning. A page
    beyond the last gives the last. Nothing typed gives no hits.
    """
    query = understand(words)
    if not query.wanted:
        return SearchPage((), 0, 1, 1)
    index, matches_all = current(), True
    total = index.count(query, every=True)
    if not total and len(query.wanted) > 1:
        matches_all = False
        total = index.count(query, every=False)
    if not total:
        return SearchPage((), 0, 1, 1)
    pages = -(-total // per_page)
    page = min(max(page, 1), pages)
    best = index.find(query, every=matches_all, limit=per_page, offset=(page - 1) * per_page)
    items = Item.objects.select_related("publisher").prefetch_related("categories", "topics").in_bulk(best)
    marked = {each.item_id: each for each in index.mark(query, list(items.values()), every=matches_all)}
    hits = tuple(
        SearchHit(items[pk], _fragments(marked[pk].title), _snippet(items[pk], marked[pk]))
        for pk in best
        if pk in marked
    )
    return SearchPage(hits, total, page, pages, matches_all)


def _snippet(item: Item, marked: Marked) -> tuple[Fragment, ...]:
    """From the summary; from the text only where the match is there and the licence lets us show it."""
    shows_text = item.shows_full_text and START not in marked.summary
    if shows_text and (START in marked.text or not marked.summary):
        return _fragments(marked.text)
    return _fragments(marked.summary)


def _fragments(marked: str) -> tuple[Fragment, ...]:
    pieces = _MARKED.split(marked)  # text, match, text, match, …, text
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)
