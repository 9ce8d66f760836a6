"""The feeds: of everything, of a topic, of an audience, of a category, of a publisher, of a source, of a saved search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from almoner.api.entries import Feed, absolute, entries
from almoner.api.json_feed import json_feed
from almoner.api.queries import LENGTH, last_change, newest_items, seen_in
from almoner.api.xml_feeds import atom, rss
from almoner.lib.prose import xml_text
from almoner.pipeline.taxonomy.audiences import audiences
from almoner.pipeline.taxonomy.topics import topics
from almoner.products.alerts.services import find
from almoner.records.catalogue.models import Category, Publisher
from almoner.records.ingest.models import Source
from almoner.records.search.queries import newest_with
from almoner.web.headers import keep_from_search_engines

FORMS: Final[dict[str, tuple[Callable[[Feed], str], str]]] = {
    "rss": (rss, "application/rss+xml; charset=utf-8"),
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json; charset=utf-8"),
}
"""How each form is written, and its media type."""


@require_safe
def everything(_request: HttpRequest, form: str) -> HttpResponse:
    """Everything that is published."""
    return _answer(
        form,
        Q(),
        settings.SITE_NAME,
        "News, guidance and resources about safeguarding",
        reverse("api:feed", args=[form]),
        reverse("web:newsfeed"),
    )


@require_safe
def of_category(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What is published in a category."""
    category = get_object_or_404(Category, slug=slug)
    return _answer(
        form,
        Q(categories=category),
        f"{settings.SITE_NAME}: {category.name}",
        f"News, guidance and resources in the category {category.name}",
        reverse("api:category_feed", args=[slug, form]),
        f"{reverse('web:newsfeed')}?category={slug}",
    )


@require_safe
def of_topic(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What is published about a topic, and about those under it."""
    topic = topics().get(slug)
    if topic is None:
        raise Http404("There is no such topic.")
    return _answer(
        form,
        Q(topics__topic=topic.id),
        f"{settings.SITE_NAME}: {topic.name}",
        f"News, guidance and resources about: {topic.name}",
        reverse("api:topic_feed", args=[slug, form]),
        reverse("web:topic", args=[slug]),
    )


@require_safe
def of_audience(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What concerns an audience; a sector with the roles in it."""
    audience = audiences().get(slug)
    if audience is None:
        raise Http404("There is no such audience.")
    return _answer(
        form,
        Q(audiences__audience=audience.id),
        f"{settings.SITE_NAME}: for {audience.in_a_sentence}",
        f"News, guidance and resources that concern: {audience.name}",
        reverse("api:audience_feed", args=[slug, form]),
        reverse("web:audience", args=[slug]),
    )


@require_safe
def of_publisher(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What came from a publisher."""
    publisher = get_object_or_404(Publisher, slug=slug)
    return _answer(
        form,
        Q(publisher=publisher),
        f"{settings.SITE_NAME}: {publisher.name}",
        f"News, guidance and resources from {publisher.name}",
        reverse("api:publisher_feed", args=[slug, form]),
        f"{reverse('web:newsfeed')}?publisher={slug}",
    )


@require_safe
def of_source(_request: HttpRequest, number: str, form: str) -> HttpResponse:
    """What was seen in a source."""
    source = get_object_or_404(Source, pk=number)
    return _answer(
        form,
        seen_in(source),
        f"{settings.SITE_NAME}: {source.name}",
        f"News, guidance and resources from {source.name}",
        reverse("api:source_feed", args=[number, form]),
        reverse("web:feeds"),
    )


@require_safe
def of_saved_search(_request: HttpRequest, key: str, form: str) -> HttpResponse:
    """What a saved search finds now, what came last first. Its words stand neither in the address nor in the feed."""
    saved = find(key, today=timezone.localdate())
    if saved is None:
        raise Http404("There is no such saved search.")
    response = _answer(
        form,
        Q(pk__in=newest_with(saved.words, saved.chosen, limit=2 * LENGTH)),  # copies among them become one
        f"{settings.SITE_NAME}: {saved.name}",
        "News, guidance and resources that a saved search finds",
        reverse("api:saved_search_feed", args=[key, form]),
        reverse("web:saved_search", args=[key]),
    )
    keep_from_search_engines(response)
    return response


def _answer(form: str, scope: Q, title: str, description: str, path: str, page: str) -> HttpResponse:
    """The feed; `ConditionalGetMiddleware` adds the ETag and turns an unchanged one into a 304."""
    write, media_type = FORMS[form]
    feed = Feed(
        xml_text(title), xml_text(description), absolute(path), absolute(page), entries(newest_items(scope))
    )
    response = HttpResponse(write(feed), content_type=media_type)
    # What is withdrawn must go from feeds as well, and it takes its date with it: so not the feed's own.
    changed = last_change()
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"  # what is public may be read by feed readers in browsers
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
