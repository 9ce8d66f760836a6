"""Search. Words come by POST, so that they stand in no address, history or log; a link with ?q= works too."""

from __future__ import annotations

import re
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from almoner.products.alerts import services as saved
from almoner.products.alerts.models import SavedSearch
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.topics import TOPICS, topics_shown
from almoner.records.search import own_texts
from almoner.records.search.narrowing import NAMES
from almoner.records.search.queries import COUNTED, SearchPage, search
from almoner.records.search.suggestions import suggestions
from almoner.web.cards import card
from almoner.web.headers import keep_from_search_engines
from almoner.web.listing import facet_buttons, read_chosen

LONGEST: Final = 400
"""Characters of a query that are read."""
OURS: Final = 3
"""Pages of ours, and issues of our own briefings, that are shown beside what was found."""
HEADINGS: Final = {
    "kind": "Kind",
    "topic": "Topic",
    "audience": "Whom it concerns",
    "publisher": "Publisher",
    "year": "Year",
    "place": "Place named",
}
"""What each way to narrow a search is called."""
_YEAR: Final = re.compile(r"[0-9]{4}")


@csrf_exempt  # it changes nothing, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("q")
@sensitive_variables("words", "asked", "context")
def search_page(request: HttpRequest) -> HttpResponse:
    """The form, and what was found, which buttons narrow down and let go again."""
    asked = request.POST if request.method == "POST" else request.GET
    words = " ".join(asked.get("q", "").split())[:LONGEST]
    number = asked.get("page", "")
    chosen = _chosen(asked)
    found = search(
        words,
        chosen=chosen,
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        with_choices=True,
    )
    items = [hit.item for hit in found.hits]
    TOPICS.fetch(items)
    AUDIENCES.fetch(items)
    prefetch_related_objects([item for item in items if not topics_shown(item)], "categories")
    undated = [item for item in items if not (item.published or item.added)]
    prefetch_related_objects(undated, "sightings__document")  # a briefing may date them
    context = {
        "here": "search",
        "title": "Search",
        "words": words,
        "ours": own_texts.find(words, OURS) if found.page == 1 and not chosen else (),
        "found": found,
        "cards": [card(hit.item, hit) for hit in found.hits],
        "previous": found.page - 1,
        "next": found.page + 1 if found.page < found.pages else 0,
        "method": "post" if request.method == "POST" else "get",
        "kept": chosen.items(),
        "kept_days": saved.KEPT.days,
        **_narrowing(found, chosen),
    }
    response = render(request, "pages/search.html", context)
    # Not `no-store`: with it, going back from an item to what was found ends in the browser's error page.
    response["Cache-Control"] = "private, no-cache"
    keep_from_search_engines(response)
    return response


@csrf_exempt
@require_POST  # what is typed stands in no address
@sensitive_post_parameters("q")
@sensitive_variables()
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """What somebody who is typing may be looking for, for the script that shows it under the box."""
    found = suggestions(request.POST.get("q", ""))
    response = JsonResponse({"suggestions": [asdict(each) for each in found]})
    response["Cache-Control"] = "no-store"
    keep_from_search_engines(response)
    return response


@csrf_exempt  # whoever asks has no account, and a token would need a cookie
@require_POST
@sensitive_post_parameters("q")
@sensitive_variables()
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep a search as a feed, as the reader has asked for, and say where it is. There is no address to come back to
    that would show the words."""
    words = " ".join(request.POST.get("q", "").split())[:LONGEST]
    kept = saved.save(
        words, _chosen(request.POST), name=request.POST.get("name", ""), today=timezone.localdate()
    )
    return _about_saved(request, kept, status=HTTPStatus.CREATED if kept else HTTPStatus.BAD_REQUEST)


@csrf_exempt  # the key is all it takes
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search(request: HttpRequest, key: str) -> HttpResponse:
    """Where a saved search can be removed. Its words are not shown."""
    found = saved.find(key, today=timezone.localdate())
    if found is None:
        raise Http404("There is no such saved search.")
    if request.method == "POST":
        saved.remove(key)
        found = None
    return _about_saved(request, found)


def _about_saved(request: HttpRequest, kept: SavedSearch | None, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"here": "search", "title": "Saved search", "saved": kept, "failed": status >= 400}
    response = render(request, "pages/saved_search.html", context, status=status)
    response["Cache-Control"] = "private, no-store"  # once it is removed, no kept page says that it is there
    keep_from_search_engines(response)
    return response


def _chosen(asked: QueryDict) -> dict[str, str]:
    """What is chosen: what the form kept, with the choice of the button that was pressed put in or taken away, or the
    years that were typed."""
    chosen = read_chosen(asked, NAMES)
    name, _, value = read_chosen(asked, ["choose"]).get("choose", "").partition(":")
    if name in NAMES:
        chosen[name] = value
    if "first" in asked:
        chosen["year"] = _span(asked.get("first", ""), asked.get("last", ""))
    return {name: value for name, value in chosen.items() if value and name != asked.get("drop")}


def _span(first: str, last: str) -> str:
    """Two years as they were typed, as one choice; what is no year is passed over."""
    first, last = (year if _YEAR.fullmatch(year) else "" for year in (first.strip(), last.strip()))
    return first if first == last else f"{first}-{last}"


def _narrowing(found: SearchPage, chosen: dict[str, str]) -> dict[str, Any]:
    facets = facet_buttons(found.choices, HEADINGS, chosen) if found.choices else {}
    first, _, last = chosen.get("year", "").partition("-")
    return {
        "facets": [facet for facet in facets.values() if facet.choices],
        "chosen": [facet for facet in facets.values() if facet.chosen],
        "ways_out": sorted(
            ((facet, found.without[name]) for name, facet in facets.items() if found.without.get(name)),
            key=lambda way: -way[1],
        ),
        "counted": COUNTED,
        "first": first,
        "last": last,
    }
