"""One source: how it is doing beside what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from almoner.newsroom.records import RecordPageView
from almoner.newsroom.sources.actions import Question
from almoner.newsroom.sources.chart import chart, delay, freshness
from almoner.records.catalogue.models import Item
from almoner.records.ingest import care
from almoner.records.ingest.enums import State
from almoner.records.ingest.flow import flows
from almoner.records.ingest.models import Run, Source
from almoner.records.ingest.standing import Word, plainly, standing

CHECKS: Final = 50
"""Runs on a page of all of them."""
RUNS: Final = 8
ITEMS: Final = 8
PROBLEMS: Final = 5
"""How many runs, items, and problems of one run are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """A run as it is shown: how long it took in words, and its problems without the name of the source."""

    run: Run
    took: str
    problems: list[str]
    more: int


class SourceEditView(RecordPageView):
    """One source: its state, what it did lately, its newest items, its settings."""

    template_name = "newsroom/sources/edit.html"
    object: Source

    def save_instance(self) -> Source:
        """Save by the service, which begins anew at another address."""
        care.change(self.object, self.form.changed_data, timezone.now())
        return self.object

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The form, and what stands beside it."""
        context: dict[str, Any] = super().get_context_data(**named)
        source = Source.objects.select_related("publisher").get(pk=self.object.pk)
        flow = flows([source], timezone.now())[source.pk]
        told = standing(source)
        return context | {
            "source": source,
            "standing": told,
            "error": plainly(source.last_error, source) if source.failures else "",
            "chart": chart(flow.days),
            "delay": delay(flow.delay),
            "freshness": freshness(flow.delays),
            "runs": [tell(run, source) for run in source.runs.all()[:RUNS]],
            "has_more_runs": source.runs.count() > RUNS,
            "newest": list(
                Item.objects.filter(pk__in=source.item_keys.values("item")).order_by("-captured_at", "-pk")[
                    :ITEMS
                ]
            ),
            "may_check": source.state == State.ACTIVE and told.word != Word.FILES,
            "may_watch": source.state != State.ACTIVE and told.word != Word.FILES,
            "may_let_in": source.state == State.HELD,
        }


def tell(run: Run, source: Source) -> Told:
    """A run as it is shown."""
    problems = [plainly(str(problem), source) for problem in run.problems]
    return Told(run, _took(run), problems[:PROBLEMS], max(0, len(problems) - PROBLEMS))


def _took(run: Run) -> str:
    if run.ended_at is None:
        return ""
    seconds = (run.ended_at - run.started_at).total_seconds()
    if seconds < 1:
        return "under a second"
    return (
        f"{seconds:.0f} second{'' if round(seconds) == 1 else 's'}"
        if seconds < 120
        else delay(run.ended_at - run.started_at)
    )


class ChecksView(Question):
    """All checks of a source that there is something to say about, newest first."""

    permission = "view"
    page_title = "Checks"
    header_icon = "history"

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """A page of them; with `problems`, only those that had any."""
        only_failed = "problems" in request.GET
        runs = self.source.runs.exclude(problems=[]) if only_failed else self.source.runs.all()
        page = Paginator(runs, CHECKS).get_page(request.GET.get("p"))
        context = self.get_context_data() | {
            "source": self.source,
            "only_failed": only_failed,
            "page": page,
            "runs": [tell(run, self.source) for run in page.object_list],
        }
        return render(request, "newsroom/sources/checks.html", context)
