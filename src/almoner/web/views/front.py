"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from almoner.products.briefing.queries import blocks, briefings
from almoner.products.library.queries import library_choices
from almoner.products.newsfeed.queries import extent, newest
from almoner.records.search.shown import public_title
from almoner.web.cards import cards
from almoner.web.listing import Address, facet_links

NEWEST = 7


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What is new, the latest briefing, and the way into the library."""
    briefing = briefings().first()
    shelves = facet_links(
        library_choices({}, only=("kind", "category")),
        {"kind": "By kind", "category": "By category"},
        Address(reverse("web:library"), {}, {}),
    )
    context = {
        "cards": cards(newest({})[:NEWEST]),
        "extent": extent(),
        "briefing": briefing,
        "contents": [public_title(item) for item in blocks(briefing)] if briefing else [],
        "shelves": shelves.values(),
    }
    return render(request, "pages/front.html", context)
