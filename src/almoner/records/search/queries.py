"""Finding published items by words. What somebody searches for is never written down anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from django.views.decorators.debug import sensitive_variables

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.facets import Choice
from almoner.records.catalogue.models import Comment, Item
from almoner.records.search import narrowing, ranking
from almoner.records.search.entries import Marked, Row
from almoner.records.search.index import Index, current
from almoner.records.search.language import END, START, marked_rows
from almoner.records.search.names import without_names
from almoner.records.search.question import Question, ask
from almoner.records.search.spelling import meant
from almoner.records.search.words import plain, understand

Fragment: TypeAlias = tuple[str, bool]
"""A piece of text, and whether it is a match. Never mark-up: a page escapes the text and marks it itself."""

COUNTED: Final = ranking.COUNTED
"""Matches that are counted, and the newest that are looked at to say what a choice would leave."""

_MARKED: Final = re.compile(f"{START}([^{END}]*){END}")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An item that was found, with its title and the words around the match; `comment` are those of ours to it."""

    item: Item
    title: tuple[Fragment, ...]
    snippet: tuple[Fragment, ...]
    comment: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of an answer. `total` counts what matches, and no further than to `COUNTED`; `listed` are the best, up to
    `ranking.CANDIDATES`, on so many `pages` (at least 1). `page` lies within.

    `matches_all` is false where none of the best has all the words, and those that have some were taken instead.
    """

    hits: tuple[SearchHit, ...]
    total: int
    page: int
    pages: int
    matches_all: bool = True
    listed: int = 0
    meant: str = ""
    """The words with another spelling, where no item has them as they were typed and what is shown has that one."""
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    """What the answer can be narrowed to, by the names in `narrowing.NAMES`, each counted under what is chosen in the
    others among up to `COUNTED` matches; empty unless it was asked for."""
    without: Mapping[str, int] = field(default_factory=dict)
    """How many there would be without each of the choices, up to `COUNTED`; empty unless it was asked for."""


@sensitive_variables()  # keeps the words out of error reports
def search(
    words: str,
    *,
    chosen: Mapping[str, str] | None = None,
    page: int = 1,
    per_page: int = 10,
    with_choices: bool = False,
) -> SearchPage:
    """The published items that have all of `words`, best first; if there are none, or where the words are a question
    (there are many, or no title has one of them), those that have any.

    `words` is whatever was typed: words, "phrases", -words to leave out, the last word as a beginning. `chosen` narrows
    the answer (see `narrowing.narrowed`). A page beyond the last gives the last. Nothing typed gives no hits.
    """
    query = understand(words)
    if not query.wanted:
        return SearchPage((), 0, 1, 1)
    index, question, chosen = current(), ask(query), chosen or {}
    found = ranking.ranked(index, question, narrowing.narrowed(chosen))
    choices, without = (
        _choices(index, question, chosen, found) if with_choices and found.matches_any else ({}, {})
    )
    best = found.best
    if not best:
        return SearchPage((), 0, 1, 1, found.matches_all, choices=choices, without=without)
    pages = -(-len(best) // per_page)
    page = min(max(page, 1), pages)
    shown = best[(page - 1) * per_page : page * per_page]
    # Whether they are published is looked at afterwards: asked for it, SQLite goes through all that are.
    found_items = Item.objects.select_related("publisher", "comment").order_by().in_bulk(shown)
    items = {pk: item for pk, item in found_items.items() if item.status == Status.PUBLISHED}
    rows = [_shown(items[pk]) for pk in shown if pk in items]
    marked, comments = marked_rows(rows, *_to_mark(question)), _comments(rows, question)
    hits = tuple(
        SearchHit(items[each.item_id], _fragments(each.title), _snippet(each), comments.get(each.item_id, ()))
        for each in marked
    )
    matches = (
        text for hit in hits for text, is_match in (*hit.title, *hit.snippet, *hit.comment) if is_match
    )
    return SearchPage(
        hits,
        len(found.newest),
        page,
        pages,
        found.matches_all,
        len(best),
        meant(words, question, matches),
        choices,
        without,
    )


@sensitive_variables()
def newest_with(
    words: str, chosen: Mapping[str, str], *, limit: int, among: Sequence[int] | None = None
) -> list[int]:
    """The primary keys of the published items that have all of `words` and are as `chosen` says, those that came last
    first. Both as for `search`. With `among`, only these items are looked at."""
    query = understand(words)
    if not query.wanted:
        return []
    narrowed = narrowing.narrowed(chosen)
    if among is not None:
        narrowed = replace(narrowed, among=tuple(among))
    question = replace(ask(query), narrowed=narrowed)
    return current().newest(question, every=True, in_title=False, limit=limit)


def _choices(
    index: Index, question: Question, chosen: Mapping[str, str], found: ranking.Ranking
) -> tuple[dict[str, tuple[Choice, ...]], dict[str, int]]:
    """What was found can be narrowed to, and how many there would be without each choice: one query more for each."""

    def without(name: str) -> Sequence[int]:
        others = {other: value for other, value in chosen.items() if other != name}
        asked = replace(question, narrowed=narrowing.narrowed(others))
        return index.newest(asked, every=found.every, in_title=False, limit=COUNTED)

    matches = {name: without(name) for name in chosen}
    all_chosen = narrowing.counted(found.newest)
    counts = {
        name: narrowing.counted(matches[name]) if name in matches else all_chosen for name in narrowing.NAMES
    }
    return narrowing.choices(counts, chosen), {name: len(items) for name, items in matches.items()}


def _to_mark(question: Question) -> tuple[list[str], list[str]]:
    """The phrases that are marked, and the beginnings of words."""
    wanted = question.query.wanted
    phrases = [term.text for term in wanted]
    phrases += [" ".join(phrase) for concept in question.wanted for phrase in concept.phrases[1:]]
    return phrases, [term.text for term in wanted if term.is_prefix]


def _shown(item: Item) -> Row:
    """What of an item may be shown: its text only where the licence lets us."""
    text = item.text if item.shows_full_text else ""
    own: Comment | None = getattr(item, "comment", None)
    title, summary, text, comment = without_names(
        [plain(field) for field in (item.title, item.summary, text, own.words if own else "")],
        item.private_names,
    )
    return Row(item.pk, title, summary, text, "", "", comment)


def _comments(rows: Sequence[Row], question: Question) -> dict[int, tuple[Fragment, ...]]:
    """Of the items that have a comment of ours, what stands in it around the words, by primary key."""
    said = [Row(row.item_id, "", row.comment, "", "", "") for row in rows if row.comment]
    return {each.item_id: _fragments(each.summary) for each in marked_rows(said, *_to_mark(question))}


def _snippet(marked: Marked) -> tuple[Fragment, ...]:
    """From the summary; from the text where the match is there."""
    if START not in marked.summary and (START in marked.text or not marked.summary):
        return _fragments(marked.text)
    return _fragments(marked.summary)


def _fragments(marked: str) -> tuple[Fragment, ...]:
    pieces = _MARKED.split(marked)  # text, match, text, match, …, text
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)
