"""The list of issues: what each briefing does next, and what came out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from almoner.newsroom.briefings.base import OfIssues
from almoner.newsroom.records import number_sent
from almoner.products.briefing.enums import CAME_OUT, AnswerState, Rhythm
from almoner.products.briefing.models import Answer, Briefing, Issue
from almoner.products.briefing.queries import issues
from almoner.products.briefing.services.issues import compose, start_issue

LATEST: Final = 20
"""Published issues that are listed."""


class IssuesView(OfIssues):
    """The briefings, each with its open issue or a button that starts one, and the issues that came out."""

    page_title = "Issues"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        context = self.get_context_data() | {
            "rows": [(one, open_issue(one), issues(one).first()) for one in Briefing.objects.all()],
            "published": issues()[:LATEST],
            "answers": Answer.objects.filter(state=AnswerState.WAITING).count(),
        }
        return render(request, "newsroom/briefings/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start the next issue of a briefing, with what there is to tell."""
        briefing = get_object_or_404(Briefing, pk=number_sent(request.POST.get("briefing")))
        now, today = timezone.now(), timezone.localdate()
        last = issues(briefing).first()
        due = last.on + timedelta(days=Rhythm(briefing.rhythm).days) if last else today
        found = start_issue(briefing, max(due, today), now=now)
        if not found.entries.exists():
            compose(found, now=now)
        return redirect("issues:compose", found.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def open_issue(briefing: Briefing) -> Issue | None:
    """The issue of a briefing that is being made."""
    return briefing.issues.exclude(state__in=CAME_OUT).select_related("briefing").first()
