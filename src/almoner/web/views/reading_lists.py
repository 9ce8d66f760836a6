"""Reading lists that editors made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from almoner.products.library.models import ReadingList
from almoner.products.library.reading_lists import entries_of, public_lists
from almoner.web.cards import card
from almoner.web.views.exports import EXPORTS, references
from almoner.web.views.items import may_edit


@require_safe
def reading_lists(request: HttpRequest) -> HttpResponse:
    """All of them."""
    context = {"here": "library", "title": "Reading lists", "lists": public_lists()}
    return render(request, "pages/reading_lists.html", context)


@require_safe
def reading_list(request: HttpRequest, key: str) -> HttpResponse:
    """One list with its items in order. An editor sees one that is not public yet."""
    found = _find(request, key)
    context = {
        "here": "library",
        "title": found.title,
        "list": found,
        "entries": [(card(entry.item), entry.comment) for entry in entries_of(found)],
        "exports": EXPORTS,
    }
    return render(request, "pages/reading_list.html", context)


@require_safe
def reading_list_references(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Its items as references."""
    found = _find(request, key)
    return references([entry.item for entry in entries_of(found)], form, found.key)


def _find(request: HttpRequest, key: str) -> ReadingList:
    lists = ReadingList.objects.all() if may_edit(request) else ReadingList.objects.filter(is_public=True)
    return get_object_or_404(lists, key=key)
