"""Our own briefings: the archive of each, an issue as a page, a print and a calendar, and the feed of issues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from almoner.lib.written import as_html
from almoner.pipeline.model import Precision
from almoner.products.briefing.content import Content, Told, content_of
from almoner.products.briefing.enums import IssueState
from almoner.products.briefing.letters import minutes
from almoner.products.briefing.models import Issue
from almoner.products.briefing.print_file import print_file
from almoner.products.briefing.queries import issues, own_briefings, questions
from almoner.records.catalogue import moments
from almoner.web.calendar import MEDIA_TYPE, Day, calendar
from almoner.web.cards import host_of
from almoner.web.headers import keep_from_search_engines
from almoner.web.listing import page_of, pages_beside
from almoner.web.views.items import may_edit
from almoner.web.views.standing import withdrawn

ENTRIES: Final = 20
"""Issues in the feed."""


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry with its words as mark-up, and the site its publisher's page is on."""

    told: Told
    words: SafeString
    host: str


@require_safe
def archive(request: HttpRequest, key: str) -> HttpResponse:
    """The issues of a briefing, newest first."""
    found = get_object_or_404(own_briefings(), key=key)
    page = page_of(issues(found), request.GET.get("page", ""), 30)
    context = {
        "here": "briefings",
        "title": found.name,
        "briefing": found,
        "page": page,
        **pages_beside(request.path, page),
        "asks": questions(found).exists(),
    }
    return render(request, "pages/own_briefing.html", context)


@require_safe
def issue(request: HttpRequest, key: str, number: int, audience: str = "") -> HttpResponse:
    """One issue, or its edition for an audience. An editor sees one that is not published yet."""
    found = _issue(request, key, number)
    if found.state == IssueState.WITHDRAWN:
        return withdrawn(request, "issue")
    content = _content(found, audience)
    context = {
        "here": "briefings",
        "title": content.title,
        "issue": found,
        "content": content,
        "minutes": minutes(content),
        "opening": mark_safe(as_html(content.opening, level=2)),  # noqa: S308, made of escaped words
        "closing": mark_safe(as_html(content.closing, level=2)),  # noqa: S308
        "parts": [(part, [_shown(told) for told in part.entries]) for part in content.parts],
        "editions": [(code, content_of(found, code).for_whom) for code in found.briefing.audiences],
        "previous": issues(found.briefing).filter(number__lt=found.number).order_by("-number").first(),
        "next": issues(found.briefing).filter(number__gt=found.number).order_by("number").first(),
    }
    response = render(request, "pages/issue.html", context)
    if found.published_at is None:
        keep_from_search_engines(response)
    return response


@require_safe
def as_print(request: HttpRequest, key: str, number: int, audience: str = "") -> HttpResponse:
    """The issue as a PDF."""
    found = _issue(request, key, number)
    if found.state == IssueState.WITHDRAWN:
        return withdrawn(request, "issue")
    content = _content(found, audience)
    response = HttpResponse(print_file(content).content, content_type="application/pdf")
    name = "-".join(filter(None, (key, str(number), audience)))
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_safe
def days(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What is dated in an issue, as a calendar."""
    found = _issue(request, key, number)
    if found.state == IssueState.WITHDRAWN:
        return withdrawn(request, "issue")
    response = HttpResponse(
        calendar(found.title, _days(content_of(found), found.published_at or found.changed_at)),
        content_type=MEDIA_TYPE,
    )
    response["Content-Disposition"] = f'attachment; filename="{key}-{number}.ics"'
    return response


@require_safe
def feed(_request: HttpRequest, key: str) -> HttpResponse:
    """The issues of a briefing as an Atom feed (RFC 4287), newest first, each whole."""
    found = get_object_or_404(own_briefings(), key=key)
    site = settings.SITE_ADDRESS
    made = Atom1Feed(
        title=found.name,
        link=site + found.get_absolute_url(),
        description=None,
        language="en-GB",
        feed_url=site + reverse("web:own_briefing_feed", args=(key,)),
        author_name=settings.SITE_NAME,
    )
    for one in issues(found)[:ENTRIES]:
        content = content_of(one)
        made.add_item(
            title=content.title,
            link=content.page,
            description=_in_short(content),
            unique_id=content.page,
            updateddate=one.published_at,
            pubdate=one.published_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _issue(request: HttpRequest, key: str, number: int) -> Issue:
    if number > 1_000_000:  # more than a database can be asked for
        raise Http404("no such issue")
    found = get_object_or_404(Issue.objects.select_related("briefing"), briefing__key=key, number=number)
    if found.published_at is None and not may_edit(request):
        raise Http404("no such issue")
    return found


def _content(found: Issue, audience: str) -> Content:
    if audience and audience not in found.briefing.audiences:
        raise Http404("no such edition")
    return content_of(found, audience)


def _shown(told: Told) -> ShownEntry:
    words = as_html(told.blocks, level=4 if told.title else 3)
    return ShownEntry(told, mark_safe(words), host_of(told.source))  # noqa: S308, made of escaped words


def _in_short(content: Content) -> str:
    lists = (
        format_html(
            "<h3>{}</h3><ul>{}</ul>",
            part.heading,
            format_html_join("", "<li>{}</li>", ((told.title,) for told in part.entries if told.title)),
        )
        for part in content.parts
    )
    return format_html_join("", "{}", ((one,) for one in lists))


def _days(content: Content, said_at: datetime) -> Iterator[Day]:
    for one in content.dates:
        begins, precision = moments.read(one.starts)
        has_hours = precision is Precision.MINUTE
        yield Day(
            uid=one.uid,
            day=begins.astimezone(moments.LONDON).date(),
            title=one.title,
            address=one.page,
            said_at=said_at.astimezone(UTC),
            begins=begins if has_hours else None,
            ends=moments.read(one.ends)[0] if has_hours and one.ends else None,
        )
