"""The front page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from almoner.products.briefing.content import content_of
from almoner.products.briefing.queries import blocks, briefings, issues
from almoner.products.library.queries import library_choices
from almoner.products.newsfeed.queries import extent, newest
from almoner.records.search.shown import public_title
from almoner.web.cards import cards
from almoner.web.listing import Address, facet_links

NEWEST: Final = 7
IN_SHORT: Final = 6
"""Titles of an issue of ours that stand here; the issue has them all."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest issue of a briefing: its day (ISO 8601, or ""), title and address, and titles out of it."""

    day: str
    title: str
    address: str
    contents: list[str]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What is new, the latest briefing, and the way into the library."""
    shelves = facet_links(
        library_choices({}, only=("kind", "category")),
        {"kind": "By kind", "category": "By category"},
        Address(reverse("web:library"), {}, {}),
    )
    context = {
        "cards": cards(newest({})[:NEWEST]),
        "extent": extent(),
        "briefing": _latest(),
        "shelves": shelves.values(),
    }
    return render(request, "pages/front.html", context)


def _latest() -> Latest | None:
    """Our own newest issue; where there is none yet, the newest that we read."""
    if issue := issues().first():
        titles = (told.title for told in content_of(issue).entries if told.title)
        return Latest(
            issue.on.isoformat(), issue.title, issue.get_absolute_url(), list(islice(titles, IN_SHORT))
        )
    if briefing := briefings().first():
        day = briefing.briefing_date.isoformat() if briefing.briefing_date else ""
        address = reverse("web:briefing", args=(briefing.key,))
        return Latest(
            day, briefing.briefing_title, address, [public_title(item) for item in blocks(briefing)]
        )
    return None
