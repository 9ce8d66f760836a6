"""Audiences, a page each: what concerns a sector, a role in it, or people whom something is written for."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from almoner.pipeline.taxonomy.audiences import AudienceKind, audiences
from almoner.products.newsfeed.queries import newest, newsfeed_choices
from almoner.web.cards import cards

NEWEST: Final = 10
"""Items on an audience's page; the others are one click away."""
HEADINGS: Final = {
    AudienceKind.SECTOR: "Sectors",
    AudienceKind.ROLE: "Roles",
    AudienceKind.PEOPLE: "Written for",
}


@require_safe
def every_audience(request: HttpRequest) -> HttpResponse:
    """All audiences, each with how many items concern it."""
    counts = {choice.value: choice.items for choice in newsfeed_choices({}, only=["audience"])["audience"]}
    groups = [
        (heading, [(each, counts.get(each.id, 0)) for each in audiences().values() if each.kind is kind])
        for kind, heading in HEADINGS.items()
    ]
    return render(request, "pages/audiences.html", {"title": "Audiences", "groups": groups})


@require_safe
def one_audience(request: HttpRequest, audience: str) -> HttpResponse:
    """Who an audience is, the sectors it is part of or the roles in it, and the newest items that concern it."""
    known = audiences()
    found = known.get(audience)
    if found is None:
        raise Http404("There is no such audience.")
    items = newest({"audience": found.id})
    context = {
        "title": found.name,
        "audience": found,
        "broader": [known[each] for each in found.broader],
        "narrower": [each for each in known.values() if found.id in each.broader],
        "cards": cards(items[:NEWEST]),
        "number": items.count(),
    }
    return render(request, "pages/audience.html", context)
