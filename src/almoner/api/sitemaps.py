"""Sitemaps: the pages that search engines may know (sitemaps.org, protocol 0.9).

What names a child or victim is not among them, nor what waits or was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from almoner.api.entries import absolute
from almoner.pipeline.taxonomy.audiences import audiences
from almoner.pipeline.taxonomy.topics import topics
from almoner.products.briefing.queries import issues, own_briefings
from almoner.products.pages.queries import shown_pages
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.guidance.models import Work

A_FILE: Final = 10_000
"""Items in one sitemap; the protocol allows 50,000 addresses."""
STANDING: Final = (
    "front", "newsfeed", "archive", "library", "reading_lists", "guidance", "briefings", "topics", "audiences", "glossary", "feeds", "help", "leaving",
    "write", "embed", "saved", "about", "privacy", "retention", "complaints", "naming", "accessibility",
)  # fmt: skip
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """All sitemaps: one of the standing pages, and as many as the items take."""
    files = -(-_items().count() // A_FILE)
    addresses = [reverse("sitemap_pages"), *(reverse("sitemap_items", args=[n]) for n in range(files))]
    return _xml("sitemapindex", "sitemap", ((address, None) for address in addresses))


@require_safe
def standing_pages(_request: HttpRequest) -> HttpResponse:
    """Pages that are always there, a page for each topic, audience and work, the issues of our own briefings, and what the
    office wrote."""
    addresses = [reverse(f"web:{name}") for name in STANDING]
    addresses += [reverse("web:topic", args=[topic]) for topic in topics()]
    addresses += [reverse("web:audience", args=[audience]) for audience in audiences()]
    addresses += [reverse("web:work", args=[slug]) for slug in Work.objects.values_list("slug", flat=True)]
    own = shown_pages().filter(private_names=[])
    addresses += [page.get_absolute_url() for page in own if page.get_absolute_url() not in addresses]
    addresses += [briefing.get_absolute_url() for briefing in own_briefings()]
    addresses += [issue.get_absolute_url() for issue in issues()[:A_FILE]]
    return _xml("urlset", "url", ((address, None) for address in addresses))


@require_safe
def items(_request: HttpRequest, number: int) -> HttpResponse:
    """Items, oldest first, so that what is in a sitemap changes little."""
    rows = _items().order_by("pk").values_list("key", "changed_at")[number * A_FILE : (number + 1) * A_FILE]
    if not rows:
        raise Http404("no such sitemap")
    return _xml("urlset", "url", ((reverse("web:item", args=[key]), changed) for key, changed in rows))


def _items() -> QuerySet[Item]:
    return published().filter(private_names=[])


def _xml(root: str, entry: str, addresses: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for address, changed in addresses:
        when = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
        lines.append(f"<{entry}><loc>{escape(absolute(address))}</loc>{when}</{entry}>")
    lines.append(f"</{root}>\n")
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")
