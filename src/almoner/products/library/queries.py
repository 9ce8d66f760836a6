"""Reads of the library."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Final

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower, Substr, Upper

from almoner.pipeline.model import Kind
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.enums import Licence, Status
from almoner.records.catalogue.facets import Choice, Facet, choices, narrow
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.topics import topic_name
from almoner.records.ingest.models import Document

KEPT_KINDS: Final = (Kind.GUIDANCE, Kind.RESOURCE, Kind.STATISTICS, Kind.CONSULTATION)
"""What people come back for. News, notices, questions and courses are found in newsfeed and briefings."""

NO_LETTER: Final = "0-9"
"""The shelf of titles that begin with anything but A to Z."""
NO_YEAR: Final = "undated"

FACETS: Final = {
    "kind": Facet("kind", "kind"),
    "topic": Facet("topics__topic", "topics__topic", topic_name),
    "audience": Facet("audiences__audience", "audiences__audience", AUDIENCES.name),
    "category": Facet("categories__slug", "categories__name"),
    "year": Facet("year", "year"),
    "publisher": Facet("publisher__slug", "publisher__name"),
    "letter": Facet("letter", "letter"),
}

_ARTICLES = ("the ", "an ", "a ")
_QUOTES = ("“", "‘", '"', "'")
_LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class NoCopy(Enum):
    """Why readers may not see the copy of a document: its licence, what became of an item in it, or of itself."""

    LICENCE = "licence"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


def _library() -> QuerySet[Item]:
    """Published items of the kept kinds, each with its `year`, and its `shelf_title` and `letter`: the title
    without an opening quotation mark or article. A title that may name a child or a victim stands under no letter and
    in no order of its own, or the shelf would spell what the list leaves out."""
    title_from = [When(title__startswith=quote, then=Substr("title", 2)) for quote in _QUOTES]
    articles = [
        When(bare_title__istartswith=article, then=Substr("bare_title", len(article) + 1))
        for article in _ARTICLES
    ]
    text = CharField()
    return (
        published()
        .filter(kind__in=[kind.value for kind in KEPT_KINDS])
        .annotate(
            year=Case(
                When(~Q(published=""), then=Substr("published", 1, 4)),
                When(~Q(added=""), then=Substr("added", 1, 4)),
                default=Value(NO_YEAR),
                output_field=text,
            ),
            bare_title=Case(
                When(~Q(private_names=[]), then=Value("")), *title_from, default=F("title"), output_field=text
            ),
        )
        .annotate(shelf_title=Lower(Case(*articles, default=F("bare_title"), output_field=text)))
        .annotate(first=Upper(Substr("shelf_title", 1, 1)))
        .annotate(
            letter=Case(
                When(first__in=_LETTERS, then=F("first")), default=Value(NO_LETTER), output_field=text
            )
        )
    )


def shelves(chosen: Mapping[str, str], *, newest_first: bool = False) -> QuerySet[Item]:
    """Library items that have all the chosen facets, by title or newest first, as a card shows them.

    Each carries `letter` and `year`, the shelf it stands on in either order.
    """
    order = ("-sorts_at", "-pk") if newest_first else ("shelf_title", "-sorts_at", "-pk")
    return (
        narrow(_library(), FACETS, chosen)
        .order_by(*order)
        .select_related("publisher", "comment")
        .prefetch_related("categories", "topics", "audiences", "sightings__document")
        .defer("text", "html")
    )


def library_choices(
    chosen: Mapping[str, str], only: Collection[str] = tuple(FACETS)
) -> dict[str, tuple[Choice, ...]]:
    """What the library can be narrowed to, by the facets in `only`."""
    return choices(_library(), {name: FACETS[name] for name in only}, chosen)


def item_by_key(key: str) -> Item | None:
    """An item of any status, with all that its page shows; who may see it is for the page to decide."""
    return (
        Item.objects.filter(key=key)
        .select_related("publisher")
        .prefetch_related(
            "categories", "topics", "audiences", "events", "findings", "sightings__document__snapshot__source"
        )
        .first()
    )


def why_no_copy(document: Document) -> NoCopy | None:
    """Why readers may not see the copy of a whole document; None if they may.

    It holds every item in it, so each of them must be published, and the licence of the source and of each
    item must let its own words be shown.
    """
    if document.snapshot.removed_at:
        return NoCopy.REMOVED
    free = [licence.value for licence in Licence if licence.allows_full_text]
    inside = set(
        Item.objects.filter(sightings__document__snapshot=document.snapshot_id)
        .order_by()
        .values_list("status", "licence")
        .distinct()
    )
    if document.snapshot.source.licence not in free or any(licence not in free for _, licence in inside):
        return NoCopy.LICENCE
    statuses = {status for status, _ in inside}
    if Status.WAITING in statuses:
        return NoCopy.WAITING
    return NoCopy.WITHDRAWN if Status.WITHDRAWN in statuses else None
