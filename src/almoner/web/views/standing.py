"""Pages that stand by themselves: help, leaving, feeds, about, privacy, accessibility, what was withdrawn, and errors."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from almoner.lib.helplines import NATIONS, UNITED_KINGDOM
from almoner.lib.listing import joined
from almoner.products.feedback.services import KEPT
from almoner.products.newsfeed.queries import newsfeed_choices, sources
from almoner.products.pages.queries import about_page
from almoner.products.statements.enums import Statement
from almoner.products.statements.queries import said
from almoner.records.catalogue.models import Item
from almoner.web.headers import keep_from_search_engines


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Who to call."""
    context = {"title": "Get help now", "lines": UNITED_KINGDOM, "nations": NATIONS}
    return render(request, "pages/help.html", context)


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """How to leave quickly, and what that does not do."""
    return render(request, "pages/leaving.html", {"title": "Leaving this site quickly"})


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """What the reader's own browser remembers, if it may: nothing of it is known here."""
    return render(request, "pages/saved.html", {"title": "Saved for later"})


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """All feeds in all formats."""
    choices = newsfeed_choices({})
    context = {
        "title": "Feeds",
        "groups": [
            ("By topic", "topic", choices["topic"]),
            ("By audience", "audience", choices["audience"]),
            ("By category", "category", choices["category"]),
            ("By publisher", "publisher", choices["publisher"]),
        ],
        "sources": sources(),
    }
    return render(request, "pages/feeds.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is and who runs it: what the office says of itself, then what the software says."""
    title = f"About {settings.SITE_NAME}"
    context = {"title": title, "operator": settings.OPERATOR, "page": about_page()}
    return render(request, "pages/about.html", context)


@require_safe
def statement(request: HttpRequest, name: str) -> HttpResponse:
    """A statement of whoever runs the site (`products.statements`); what they have not said yet is said to be open."""
    found = Statement(name)
    answers = said(found)
    missing = [one.question.heading for one in answers if not one.words]
    if found in (Statement.PRIVACY, Statement.COMPLAINTS) and not (settings.OPERATOR and settings.CONTACT):
        missing.insert(0, "who they are and how to reach them")
    context = {
        "title": found.label,
        "operator": settings.OPERATOR,
        "answers": answers,
        "missing": joined([f"“{heading}”" for heading in missing]),
        "kept_days": KEPT.days,
    }
    return render(request, f"pages/{found.value}.html", context)


def withdrawn(request: HttpRequest, what: str, gone: Item | None = None) -> HttpResponse:
    """The page in the place of something that was withdrawn; `what` is a noun for it. Of an item that is still in the
    records it says when that was, and what readers are told of why."""
    day = timezone.localdate(gone.withdrawn_at).isoformat() if gone and gone.withdrawn_at else ""
    context = {"title": "Withdrawn", "what": what, "gone": gone, "day": day}
    answer = render(request, "pages/withdrawn.html", context, status=HTTPStatus.GONE)
    keep_from_search_engines(answer)
    return answer


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """What programs that fetch pages are asked to leave alone."""
    closed = "".join(f"Disallow: {reverse(name)}\n" for name in ("web:search", "wagtailadmin_home"))
    sitemap = f"Sitemap: {settings.SITE_ADDRESS}{reverse('sitemap')}\n"
    return HttpResponse(f"User-agent: *\n{closed}{sitemap}", content_type="text/plain; charset=utf-8")


def server_error(_request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours. It needs no database and no settings, which may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
