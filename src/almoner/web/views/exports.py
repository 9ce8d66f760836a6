"""References to be taken along: of the library or a part of it, and of one item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from almoner.products.library import queries
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.web.headers import keep_from_search_engines
from almoner.web.listing import read_chosen
from almoner.web.references import Reference, as_bibtex, as_csv, as_ris, reference

FORMS: Final[dict[str, tuple[Callable[[Iterable[Reference]], str], str]]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "bib": (as_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (as_ris, "application/x-research-info-systems; charset=utf-8"),
}
"""How each form is written, and its media type."""
EXPORTS: Final = (
    ("csv", "CSV, for a spreadsheet"),
    ("bib", "BibTeX"),
    ("ris", "RIS, for reference managers"),
)
"""The forms by what readers call them."""
MOST: Final = 5_000
"""References in one file; the newest, where there are more."""


@require_safe
def library(request: HttpRequest, form: str) -> HttpResponse:
    """The library as it is narrowed down."""
    chosen = read_chosen(request.GET, queries.FACETS)
    items = queries.shelves(chosen, newest_first=True)[:MOST]
    return references(items, form, "library")


@require_safe
def item(_request: HttpRequest, key: str, form: str) -> HttpResponse:
    """One item that readers see."""
    found = queries.item_by_key(key)
    if found is None or found.status != Status.PUBLISHED:
        raise Http404("no such item")
    return references([found], form, found.key)


def references(items: Iterable[Item], form: str, name: str) -> HttpResponse:
    """These items as a file, in one of `FORMS`."""
    write, media_type = FORMS[form]
    response = HttpResponse(write(map(reference, items)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    keep_from_search_engines(response)
    return response
