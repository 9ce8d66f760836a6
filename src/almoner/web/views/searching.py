"""Search. Words come by POST, so that they stand in no address, history or log; a link with ?q= works too."""

from __future__ import annotations

from typing import Final

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from almoner.records.search.queries import search
from almoner.web.cards import card
from almoner.web.headers import keep_from_search_engines

LONGEST: Final = 400
"""Characters of a query that are read."""


@csrf_exempt  # it changes nothing, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("q")
def search_page(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    asked = request.POST if request.method == "POST" else request.GET
    words = " ".join(asked.get("q", "").split())[:LONGEST]
    number = asked.get("page", "")
    found = search(words, page=int(number) if number.isdecimal() and len(number) < 7 else 1)
    prefetch_related_objects([hit.item for hit in found.hits], "sightings__document")
    context = {
        "here": "search",
        "title": "Search",
        "words": words,
        "found": found,
        "cards": [card(hit.item, hit) for hit in found.hits],
        "previous": found.page - 1,
        "next": found.page + 1 if found.page < found.pages else 0,
        "method": "post" if request.method == "POST" else "get",
    }
    response = render(request, "pages/search.html", context)
    # Not `no-store`: with it, going back from an item to what was found ends in the browser's error page.
    response["Cache-Control"] = "private, no-cache"
    keep_from_search_engines(response)
    return response
