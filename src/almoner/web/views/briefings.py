"""Briefings: the list of issues, and each issue as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from almoner.lib.prose import source_html
from almoner.pipeline.model import Kind
from almoner.products.briefing.queries import blocks, briefings, issues, own_briefings
from almoner.records.catalogue.models import Item
from almoner.records.search.shown import public_summary, public_title
from almoner.web.cards import host_of, public_credit
from almoner.web.listing import page_of
from almoner.web.questions import take_apart, without_label

LATEST: Final = 4
"""Issues of ours that stand above those of others."""


@dataclass(frozen=True, slots=True)
class Block:
    """One item of a briefing: the label over it, its title, its words where they may be shown, else its
    summary, who it is from, and where it can be read. What names a child or victim has its words, and the
    names, on its own page alone."""

    item: Item
    label: str
    title: str
    words: str
    summary: str
    who: str
    host: str


@require_safe
def briefing_list(request: HttpRequest) -> HttpResponse:
    """Our own briefings with their latest issues, and the issues of others', newest first."""
    page = page_of(briefings(), request.GET.get("page", ""), 30)
    context = {"here": "briefings", "page": page, "own": own_briefings(), "issues": issues()[:LATEST]}
    return render(request, "pages/briefings.html", context)


@require_safe
def briefing(request: HttpRequest, key: str) -> HttpResponse:
    """One issue with its blocks in order."""
    found = briefings().filter(key=key).first()
    if found is None:
        raise Http404("no such briefing")
    context = {
        "here": "briefings",
        "briefing": found,
        "title": found.briefing_title,
        "blocks": [_block(item) for item in blocks(found)],
    }
    return render(request, "pages/briefing.html", context)


def _block(item: Item) -> Block:
    label, title = item.section or item.get_kind_display(), public_title(item)
    shows_words = item.shows_full_text and not item.private_names
    words = source_html(item.html, item.text) if shows_words else ""
    summary = public_summary(item)
    if item.kind == Kind.QUESTION:
        question, words = take_apart(words)
        summary = without_label(summary)
        if question and question != title:  # the section's name stood where a title stands
            label, title = title, question
    return Block(
        item,
        label,
        title,
        words,
        summary,
        public_credit(item)[0],
        "" if item.private_names else host_of(item.link),
    )
