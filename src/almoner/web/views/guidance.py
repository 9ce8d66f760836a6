"""Guidance: the works, a work with its editions and what happened to it, an edition's own words, the days to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from almoner.pipeline.model import Kind, MediaType
from almoner.records.guidance import queries
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Comparison, Edition, Work
from almoner.records.guidance.standing import Standing, in_force, standings
from almoner.web.calendar import MEDIA_TYPE, Day, calendar
from almoner.web.captured import FORMATS, as_file
from almoner.web.cards import Card, card
from almoner.web.redlines import KINDS

NEWEST: int = 12
"""Items of a work's page; the others are one click away."""
ENTRIES: int = 30
"""Comparisons in a feed."""


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """An edition, and what it is today."""

    edition: Edition
    standing: Standing


@dataclass(frozen=True, slots=True)
class Happened:
    """Something in a work's time line: an edition's status from a day, or an item about the work."""

    day: date
    edition: Edition | None = None
    words: str = ""
    since: str = ""
    card: Card | None = None


@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """All works, each with the edition in force and what comes next."""
    today = timezone.localdate()
    works = []
    for work in queries.works():
        editions = list(work.editions.all())
        told = standings(editions, today)
        works.append((work, [ShownEdition(one, told[one.pk]) for one in editions]))
    return render(request, "pages/guidance.html", {"here": "guidance", "title": "Guidance", "works": works})


@require_safe
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """A work: its editions with what each is today, what changed last, and what happened in time order."""
    found = _work(slug)
    today = timezone.localdate()
    editions = list(found.editions.all())
    told = standings(editions, today)
    context = {
        "here": "guidance",
        "title": found.title,
        "work": found,
        "editions": [ShownEdition(one, told[one.pk]) for one in editions],
        "changed": _last_change(editions, today),
        "timeline": _timeline(found),
        "is_followed": bool(found.known),
    }
    return render(request, "pages/work.html", context)


@require_safe
def edition(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """An edition: what it is, and its paragraphs where its licence lets readers see them."""
    found = get_object_or_404(queries.editions(), work__slug=slug, slug=name)
    editions = list(queries.editions().filter(work=found.work_id))
    context = {
        "here": "guidance",
        "title": f"{found.work.title}: {found.name}",
        "edition": found,
        "standing": standings(editions, timezone.localdate())[found.pk],
        "paragraphs": queries.paragraphs(found) if found.shows_full_text else (),
        "format": FORMATS[MediaType(found.media_type)][0],
        "others": [one for one in editions if one.pk != found.pk],
    }
    return render(request, "pages/edition.html", context)


@require_safe
def edition_file(_request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The file of an edition as its publisher gave it, where its licence lets us pass it on. No browser runs it."""
    found = get_object_or_404(queries.editions(), work__slug=slug, slug=name)
    if not found.shows_full_text:
        raise Http404("its licence does not let us pass it on")
    ending = FORMATS[MediaType(found.media_type)][1]
    return as_file(found.sha256, f"{slug}-{name}.{ending}", found.media_type)


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """To the comparison of the two editions that a form names."""
    names = [request.GET.get(side, "") for side in ("old", "new")]
    found = {one.slug: one for one in queries.editions().filter(work__slug=slug, slug__in=names)}
    if not all(name in found for name in names):
        raise Http404("no such edition")
    if names[0] == names[1]:
        return redirect("web:edition", slug, names[0])
    return redirect("web:redline", slug, *names)


@require_safe
def days(_request: HttpRequest, slug: str = "") -> HttpResponse:
    """The days on which editions get a status, of one work or of all, as a calendar."""
    found = _work(slug) if slug else None
    rows = queries.status_rows(found)
    events = [
        Day(
            f"guidance-status-{row.pk}@{settings.SITE_ADDRESS.split('://', 1)[-1]}",
            row.begins,
            f"{row.edition}: {row.get_status_display().lower()}",
            settings.SITE_ADDRESS + reverse("web:edition", args=(row.edition.work.slug, row.edition.slug)),
            row.said_at.astimezone(UTC),
        )
        for row in rows
    ]
    name = f"{found.name}: days of its editions" if found else "Guidance: days of its editions"
    response = HttpResponse(calendar(name, events), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slug or "guidance"}.ics"'
    return response


@require_safe
def feed(_request: HttpRequest, slug: str = "") -> HttpResponse:
    """What changed between editions, of one work or of all, as an Atom feed (RFC 4287), newest first."""
    found = _work(slug) if slug else None
    site = settings.SITE_ADDRESS
    link = site + (reverse("web:work", args=(slug,)) if found else reverse("web:guidance"))
    own = site + (reverse("web:work_feed", args=(slug,)) if found else reverse("web:guidance_feed"))
    made = Atom1Feed(
        title=f"{found.title if found else 'Guidance'}: what changed",
        link=link,
        description=None,
        language="en-GB",
        feed_url=own,
        author_name=settings.SITE_NAME,
    )
    for one in queries.comparisons(found)[:ENTRIES]:
        slugs = (one.new.work.slug, one.old.slug, one.new.slug)
        address = site + reverse("web:redline", args=slugs)
        made.add_item(
            title=f"{one.new.work.name}: what changed from {one.old.name} to {one.new.name}",
            link=address,
            description=in_short(one),
            unique_id=address,
            updateddate=one.made_at,
            pubdate=one.made_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def in_short(comparison: Comparison) -> str:
    """What changed, counted: "31 changes: 26 substantive, 5 factual. In 18 of them words that bind came or went."."""
    kinds = [
        f"{comparison.kinds[kind]} {name.lower()}"
        for kind, name in KINDS.items()
        if comparison.kinds.get(kind)
    ]
    if not kinds:
        return "No words changed."
    count = sum(comparison.kinds.get(kind, 0) for kind in KINDS)
    binding = (
        f" In {comparison.binding} of them words that bind (must, should, may) came or went."
        if comparison.binding
        else ""
    )
    return f"{count} change{'s' if count != 1 else ''}: {', '.join(kinds)}.{binding}"


def _work(slug: str) -> Work:
    return get_object_or_404(queries.works(), slug=slug)


def _last_change(editions: list[Edition], today: date) -> dict[str, object] | None:
    """What changed with the edition in force, as far as it was compared with the one before that was in force."""
    current = in_force(editions, today)
    if current is None:
        return None
    before = next(
        (
            one
            for one in editions[editions.index(current) + 1 :]
            if any(row.status == EditionStatus.IN_FORCE for row in one.statuses.all())
        ),
        None,
    )
    if before is None:
        return None
    kept = queries.comparisons().filter(old=before, new=current)
    found = kept.annotate(sentences=F("redline__renumbering_in_words")).first()
    return {
        "old": before,
        "new": current,
        "short": in_short(found) if found else "",
        "sentences": found.sentences if found else (),
    }


def _timeline(found: Work) -> list[Happened]:
    """What happened and will happen, newest first: statuses of editions, and items about the work."""
    rows = [
        Happened(row.begins, row.edition, row.get_status_display(), row.since)
        for row in queries.status_rows(found)
    ]
    items = (
        queries.items_about(found)
        .select_related("publisher", "comment")
        .prefetch_related("categories", "topics", "audiences", "sightings__document")
        .defer("text", "html")[:NEWEST]
    )
    told = [
        Happened(
            timezone.localdate(item.in_time_at),
            words="Consultation" if item.kind == Kind.CONSULTATION else "",
            card=card(item),
        )
        for item in items
    ]
    return sorted((*rows, *told), key=lambda one: one.day, reverse=True)
