"""Newsfeed, its archive by month, and library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from almoner.products.library import queries as library_queries
from almoner.products.newsfeed import queries as newsfeed_queries
from almoner.records.catalogue.models import Item
from almoner.web.cards import cards
from almoner.web.listing import Address, FacetLinks, facet_links, page_of, read_chosen
from almoner.web.views.exports import EXPORTS

NEWSFEED_HEADINGS: Final = {
    "kind": "Kind",
    "topic": "Topic",
    "audience": "Whom it concerns",
    "category": "Category",
    "publisher": "Publisher",
}
LIBRARY_HEADINGS: Final = {
    "kind": "Kind",
    "topic": "Topic",
    "audience": "Whom it concerns",
    "category": "Category",
    "year": "Year",
    "publisher": "Publisher",
    "letter": "First letter",
}
LETTERS: Final = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", library_queries.NO_LETTER)


@require_safe
def newsfeed(request: HttpRequest, year: int = 0, month: int = 0, *, undated: bool = False) -> HttpResponse:
    """Everything that is published, or what is of a month or has no date, newest first."""
    address = Address(request.path, read_chosen(request.GET, newsfeed_queries.FACETS), {})
    try:
        first = date(year, month, 1) if year else newsfeed_queries.NO_MONTH if undated else None
    except ValueError as error:
        raise Http404("There is no such month.") from error
    if first == newsfeed_queries.NO_MONTH and not undated:
        raise Http404("Nothing is as old as that.")
    newest = partial(newsfeed_queries.newest, month=first)
    page = page_of(newest(address.chosen), request.GET.get("page", ""), 20)
    facets = facet_links(
        newsfeed_queries.newsfeed_choices(address.chosen, month=first), NEWSFEED_HEADINGS, address
    )
    context = {
        "here": "news",
        "month": None if undated else first,
        "undated": undated,
        "cards": cards(page.object_list),
        "ways_out": _ways_out(page, facets, address, newest),
        "kinds": facets["kind"],
        "facets": [facets[name] for name in ("topic", "audience", "category", "publisher")],
        **_listing(page, facets, address),
    }
    return render(request, "pages/newsfeed.html", context)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months of the newsfeed by year, each with how much is in it."""
    years = [
        (year, list(months))
        for year, months in groupby(newsfeed_queries.months(), key=lambda month: month.first.year)
    ]
    context = {
        "here": "news",
        "title": "News by month",
        "years": years,
        "undated": newsfeed_queries.undated(),
    }
    return render(request, "pages/archive.html", context)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What is worth keeping, by title or by year."""
    newest_first = request.GET.get("order") == "newest"
    chosen = read_chosen(request.GET, library_queries.FACETS)
    address = Address(request.path, chosen, {"order": "newest"} if newest_first else {})
    items = library_queries.shelves(chosen, newest_first=newest_first)
    page = page_of(items, request.GET.get("page", ""), 20)
    facets = facet_links(library_queries.library_choices(chosen), LIBRARY_HEADINGS, address)
    letters = {choice.value: choice for choice in facets["letter"].choices}
    context = {
        "here": "library",
        "ways_out": _ways_out(page, facets, address, library_queries.shelves),
        "shelves": _shelves(page.object_list, "year" if newest_first else "letter"),
        "letters": [(letter, letters.get(letter)) for letter in LETTERS],
        "facets": [facets[name] for name in ("kind", "topic", "audience", "category", "year", "publisher")],
        "newest_first": newest_first,
        "exports": [
            (form, name, address.at(reverse("web:library_references", args=[form]))) for form, name in EXPORTS
        ],
        "by_title": address.with_extra("order", ""),
        "by_date": address.with_extra("order", "newest"),
        **_listing(page, facets, address),
    }
    return render(request, "pages/library.html", context)


def _ways_out(
    page: Page[Item],
    facets: Mapping[str, FacetLinks],
    address: Address,
    items: Callable[[Mapping[str, str]], QuerySet[Item]],
) -> list[dict[str, Any]]:
    """Where nothing has all that is chosen: what each choice costs, the one that gives most back first."""
    if page.paginator.count or not address.chosen:
        return []
    ways = [
        {
            "heading": facet.heading,
            "name": facet.chosen.name,
            "address": address.with_choice(name, None),
            "items": items(
                {other: value for other, value in address.chosen.items() if other != name}
            ).count(),
        }
        for name, facet in facets.items()
        if facet.chosen
    ]
    return sorted((way for way in ways if way["items"]), key=lambda way: -int(str(way["items"])))


def _listing(page: Page[Item], facets: dict[str, FacetLinks], address: Address) -> dict[str, Any]:
    """What the two pages have in common."""
    number = page.number
    return {
        "page": page,
        "chosen": [facet for facet in facets.values() if facet.chosen],
        "everything": address.path,
        "newer": address.with_extra("page", str(number - 1)) if page.has_previous() else "",
        "older": address.with_extra("page", str(number + 1)) if page.has_next() else "",
    }


def _shelves(items: Iterable[Item], shelf: str) -> list[dict[str, Any]]:
    """The items of a page on their shelves, each with its name."""
    return [{"name": name, "cards": cards(group)} for name, group in groupby(items, key=attrgetter(shelf))]
