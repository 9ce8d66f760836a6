"""Stories and threads: what happened, who told of it and when, and what it belongs to over years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from almoner.lib.listing import joined
from almoner.pipeline.editions.hunks import exact_hunks
from almoner.pipeline.editions.model import Hunk
from almoner.pipeline.extract.figures import figures_in
from almoner.pipeline.model import Figure, MentionKind, Place, Promise
from almoner.records.catalogue.addresses import story_is_gone, story_leads_to
from almoner.records.catalogue.enums import Stands
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.promises import kept, key, promises_of
from almoner.records.catalogue.relations import ItemCopy, Story, Thread
from almoner.records.catalogue.stories import followed_by, threads_of, told_in
from almoner.records.search.shown import public_title
from almoner.web.cards import Card, card, credit
from almoner.web.listing import page_of, pages_beside
from almoner.web.views.standing import withdrawn

MOST: Final = 60
"""Items of a story that its page shows."""
_WORKS: Final = frozenset({MentionKind.GUIDANCE.value, MentionKind.ACT.value})


@dataclass(frozen=True, slots=True)
class Said:
    """A figure, and the item that it stands in."""

    what: Figure
    card: Card


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise, the item that it stands in, and the item that tells that it was kept, if an editor found one."""

    what: Promise
    card: Card
    kept_by: Item | None

    @property
    def kept_title(self) -> str:
        """What the item that tells of it is called."""
        return public_title(self.kept_by) if self.kept_by else ""


@dataclass(frozen=True, slots=True)
class Told:
    """An item of a story. `differences` from what it is a copy of, where it is one and its words may be shown."""

    card: Card
    is_copy: bool
    differences: tuple[Hunk, ...]


@require_safe
def story(request: HttpRequest, key: str) -> HttpResponse:
    """A story: its items in time order, their sources, what was counted and promised, the guidance concerned. One that
    nothing is left of leads on to where its items are told now; if all were withdrawn, it says so (410)."""
    found = Story.objects.filter(key=key).first()
    items = list(_with_all(found)[:MOST]) if found else []
    if found is None or not items:
        return _no_longer(request, key)
    first = next((item for item in items if _original(item) is None), items[0])
    told = [_told(item) for item in items]
    context = {
        "title": public_title(first),
        "story": found,
        "told": told,
        "sources": joined(list(dict.fromkeys(name for item in items if (name := credit(item)[0])))),
        "figures": _changed(told),
        "promises": _promises(told),
        "works": _works(items),
        "threads": threads_of(told_in(found)),
    }
    return render(request, "pages/story.html", context)


@require_safe
def thread(request: HttpRequest, subject: str) -> HttpResponse:
    """Everything about a work, programme or promise, newest first, by year."""
    found = get_object_or_404(Thread, subject=subject)
    items = (
        followed_by(found)
        .select_related("publisher", "comment")
        .prefetch_related("categories", "topics", "audiences", "sightings__document")
        .defer("text", "html")
    )
    page = page_of(items, request.GET.get("page", ""), 40)
    if not page.paginator.count:
        raise Http404("nothing is published of this")
    years = [
        {"name": year, "cards": [card(item) for item in group]}
        for year, group in groupby(
            page.object_list, key=lambda item: "No date given" if item.is_undated else str(item.sorts_at.year)
        )
    ]
    context = {
        "title": found.name,
        "thread": found,
        "years": years,
        "page": page,
        **pages_beside(request.path, page),
    }
    return render(request, "pages/thread.html", context)


def _no_longer(request: HttpRequest, key: str) -> HttpResponse:
    """The answer for a story that has nothing to show."""
    if told := story_leads_to(key):
        return redirect(told, permanent=True)
    if story_is_gone(key):
        return withdrawn(request, "story")
    raise Http404("no such story")


def _with_all(found: Story) -> Any:
    return (
        told_in(found)
        .select_related("publisher", "comment", "as_copy__original")
        .prefetch_related("categories", "topics", "audiences", "sightings__document", "mentions")
    )


def _told(item: Item) -> Told:
    original = _original(item)
    return Told(card(item), original is not None, _differences(item, original))


def _original(item: Item) -> Item | None:
    """What an item is a copy of."""
    copy: ItemCopy | None = getattr(item, "as_copy", None)
    return copy.original if copy is not None and copy.standing == Stands.NEAR else None


def _may_be_quoted(item: Item) -> bool:
    """Whether its words may stand away from its own page."""
    return item.shows_full_text and not item.private_names


def _differences(item: Item, original: Item | None) -> tuple[Hunk, ...]:
    if original is None or not (_may_be_quoted(item) and _may_be_quoted(original)):
        return ()
    return exact_hunks(original.text, item.text)


def _figures(told: Told) -> Iterable[Said]:
    item = told.card.item
    if told.is_copy or not _may_be_quoted(item):
        return
    for text in item.text.split("\n"):
        for figure in figures_in(text, Place()):
            yield Said(figure, told.card)


def _changed(told: Sequence[Told]) -> list[list[Said]]:
    """What more than one item counts, with another result: its figures in time order."""
    counted: dict[tuple[str, str, str], list[Said]] = {}
    for one in told:
        for said in _figures(one):
            figure = said.what
            if figure.counts:
                subject = (figure.unit, figure.of or "", figure.counts.casefold())
                counted.setdefault(subject, []).append(said)
    return [
        series
        for series in counted.values()
        if len({said.card.item.pk for said in series}) > 1 and len({said.what.sentence for said in series}) > 1
        and len({said.what.value for said in series}) > 1
    ]  # fmt: skip


def _promises(told: Sequence[Told]) -> list[Promised]:
    """What the items promise, copies aside, and what was kept of it."""
    quoted = [one.card for one in told if not one.is_copy and _may_be_quoted(one.card.item)]
    marks = kept([card.item for card in quoted])
    return [
        Promised(promise, card, mark.kept_by if mark else None)
        for card in quoted
        for promise in promises_of(card.item)
        for mark in [marks.get((card.item.pk, key(promise.sentence)))]
    ]


def _works(items: Iterable[Item]) -> list[str]:
    """The guidance and Acts that the items name, the most named first."""
    counts: dict[str, int] = {}
    for item in items:
        for mention in item.mentions.all():
            if mention.kind in _WORKS:
                name = f"{mention.name} ({mention.edition})" if mention.edition else mention.name
                counts[name] = counts.get(name, 0) + mention.count
    return sorted(counts, key=lambda name: (-counts[name], name))
