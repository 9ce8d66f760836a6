"""What changed between two editions of a work: as a page, a table, a checklist, and as files to take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from almoner.pipeline.editions.print_file import print_file
from almoner.pipeline.editions.word_file import word_file
from almoner.records.guidance import queries
from almoner.records.guidance.comparisons import compare, in_full
from almoner.records.guidance.models import Comparison, Paragraph
from almoner.records.guidance.queries import in_order
from almoner.web.redlines import (
    BINDING,
    KINDS,
    Chosen,
    Part,
    ShownChange,
    became,
    changes_of,
    part_headings,
    shown_parts,
)
from almoner.web.spreadsheet import spreadsheet
from almoner.web.views.guidance import in_short

LONGEST: Final = 400
"""Paragraphs of the longest edition whose unchanged ones stand folded on the page; those of a longer one are a click away."""
MOST_ASKED: Final = 60
"""Letters of a paragraph's number that is asked for."""
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS: Final = (
    "change", "kind", "words that bind", "reason", "older paragraph", "newer paragraph", "part", "before", "after",
    "for whom", "what it means", "what to do",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Redline:
    """A comparison with all that its pages stand on. `shows_words`: the licences of both editions let readers see them."""

    comparison: Comparison
    old: list[Paragraph]
    new: list[Paragraph]
    shows_words: bool

    def parts(self, chosen: Chosen) -> list[Part]:
        """The newer edition by parts, as far as the choice lets it through."""
        redline = self.comparison.redline
        if not self.shows_words:
            redline = {**redline, "changes": [{**one, "words": []} for one in redline["changes"]]}
        return shown_parts(redline, self.old, self.new, queries.notes(self.comparison.new), chosen)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the page can be narrowed down to, and where that leads; chosen, its link takes it away."""

    name: str
    address: str
    is_chosen: bool


@require_safe
def redline(request: HttpRequest, slug: str, old: str, new: str) -> HttpResponse:
    """The newer edition with what came, went and moved in it, in one column or two."""
    found = _redline(slug, old, new)
    chosen = _chosen(request)
    parts = found.parts(chosen)
    is_long = len(found.new) > LONGEST
    asked = request.GET.get("paragraph", "")[:MOST_ASKED].strip()
    context = {
        **_shared(request, found),
        "parts": parts,
        "count": sum(1 for _ in changes_of(parts)),
        "chosen": chosen,
        "choices": _choices(request, found),
        "is_side": request.GET.get("view") == "side",
        "view_address": _with(request, "view", "" if request.GET.get("view") == "side" else "side"),
        "is_long": is_long,
        "asked": asked,
        "became": became(found.comparison.redline, found.old, asked) if asked else None,
    }
    return render(request, "pages/redline.html", context)


@require_safe
def table(request: HttpRequest, slug: str, old: str, new: str) -> HttpResponse:
    """All changes as a table."""
    found = _redline(slug, old, new)
    context = {**_shared(request, found), "changes": list(changes_of(found.parts(_chosen(request))))}
    return render(request, "pages/redline_table.html", context)


@require_safe
def checklist(request: HttpRequest, slug: str, old: str, new: str) -> HttpResponse:
    """What to read and do, to be ticked off on paper; for one audience, where one is chosen."""
    found = _redline(slug, old, new)
    chosen = _chosen(request)
    context = {
        **_shared(request, found),
        "parts": [part for part in found.parts(chosen) if any(changes_of([part]))],
        "chosen": chosen,
        "choices": _choices(request, found)["audience"],
    }
    return render(request, "pages/redline_checklist.html", context)


@require_safe
def as_csv(_request: HttpRequest, slug: str, old: str, new: str) -> HttpResponse:
    """All changes as CSV, a row each."""
    found = _redline(slug, old, new)
    parts = found.parts(Chosen())
    names = {part.address: part.name for part in parts}
    written = spreadsheet(COLUMNS, (_cells(one, names.get(one.part, "")) for one in changes_of(parts)))
    return _file(written, "text/csv; charset=utf-8", found.comparison, "csv")


@require_safe
def as_word(_request: HttpRequest, slug: str, old: str, new: str) -> HttpResponse:
    """The newer edition as a Word file with tracked changes."""
    comparison = _redline(slug, old, new, words=True).comparison
    made = comparison.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    content = word_file(in_full(comparison.old, comparison.new), author=settings.SITE_NAME, date=made)
    return _file(content, _WORD, comparison, "docx")


@require_safe
def as_print(_request: HttpRequest, slug: str, old: str, new: str) -> HttpResponse:
    """The same as a PDF for print and for screen readers."""
    comparison = _redline(slug, old, new, words=True).comparison
    made = print_file(in_full(comparison.old, comparison.new), made=comparison.made_at)
    return _file(made.content, "application/pdf", comparison, "pdf")


@require_safe
def as_json(_request: HttpRequest, slug: str, old: str, new: str) -> HttpResponse:
    """The comparison as `docs/redline.schema.json` describes it; without words where these may not be shown."""
    found = _redline(slug, old, new)
    told = found.comparison.redline
    if not found.shows_words:
        told = {**told, "runs": [], "changes": [{**one, "words": []} for one in told["changes"]]}
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = _disposition(found.comparison, "json")
    return response


def _redline(slug: str, old: str, new: str, *, words: bool = False) -> Redline:
    """`Http404` where there are no two such editions; with `words`, where these may not be shown."""
    found = {one.slug: one for one in queries.editions().filter(work__slug=slug, slug__in=(old, new))}
    if len(found) < 2:
        raise Http404("no two such editions")
    shows_words = all(one.shows_full_text for one in found.values())
    if words and not shows_words:
        raise Http404("the licence of one of them does not let us show its words")
    comparison = compare(found[old], found[new], now=timezone.now())
    if words:
        return Redline(comparison, [], [], shows_words)
    rows: tuple[list[Paragraph], list[Paragraph]] = (
        list(queries.paragraphs(found[old])),
        list(queries.paragraphs(found[new])),
    )
    return Redline(comparison, *rows, shows_words)


def _shared(request: HttpRequest, found: Redline) -> dict[str, Any]:
    comparison = found.comparison
    old, new = comparison.old, comparison.new
    return {
        "here": "guidance",
        "title": f"{new.work.title}: what changed from {old.name} to {new.name}",
        "work": new.work,
        "old": old,
        "new": new,
        "shows_words": found.shows_words,
        "short": in_short(comparison),
        "alike": round(comparison.alike * 100),
        "sentences": comparison.redline["renumbering_in_words"],
        "warnings": [one["message"] for one in comparison.redline["findings"]],
        "is_back": not in_order(old, new),
        "narrowed": request.GET.urlencode(),
    }


def _chosen(request: HttpRequest) -> Chosen:
    return Chosen(*(request.GET.get(name, "")[:200] for name in ("part", "kind", "audience")))


def _choices(request: HttpRequest, found: Redline) -> dict[str, list[Choice]]:
    kinds = {
        **({BINDING: "Words that bind"} if found.comparison.binding else {}),
        **{kind: name for kind, name in KINDS.items() if found.comparison.kinds.get(kind)},
    }
    audiences = dict.fromkeys(audience for row in (*found.new, *found.old) for audience in row.audiences)
    return {
        "part": _links(request, "part", part_headings(found.new)),
        "kind": _links(request, "kind", kinds),
        "audience": _links(request, "audience", {one: one for one in audiences}),
    }


def _links(request: HttpRequest, name: str, values: dict[str, str]) -> list[Choice]:
    now = request.GET.get(name, "")
    return [
        Choice(words, _with(request, name, "" if value == now else value), value == now)
        for value, words in values.items()
    ]


def _with(request: HttpRequest, name: str, value: str) -> str:
    """This page's address with one thing chosen otherwise."""
    kept = {
        key: request.GET[key]
        for key in ("part", "kind", "audience", "view")
        if key != name and request.GET.get(key)
    }
    query = urlencode({**kept, **({name: value} if value else {})})
    return f"{request.path}?{query}" if query else request.path


def _cells(change: ShownChange, part: str) -> Sequence[str]:
    note = change.note
    return (
        str(change.place), change.name, "; ".join(change.swaps), change.reason, ", ".join(change.olds),
        ", ".join(change.news), part, change.text("old"), change.text("new"), "; ".join(change.audiences),
        note.meaning if note else "", note.to_do if note else "",
    )  # fmt: skip


def _file(content: str | bytes, media_type: str, comparison: Comparison, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = _disposition(comparison, ending)
    return response


def _disposition(comparison: Comparison, ending: str) -> str:
    old, new = comparison.old, comparison.new
    name = f"{new.work.slug}-{old.slug}-to-{new.slug}"
    return f'attachment; filename="{name}.{ending}"'
