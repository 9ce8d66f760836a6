"""The list of sources: how each is doing, and what comes from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views import generic

from almoner.newsroom.sources.chart import chart, delay
from almoner.records.catalogue import moments
from almoner.records.ingest.enums import AdapterName, State, Trust
from almoner.records.ingest.flow import Flow, flows
from almoner.records.ingest.models import Source
from almoner.records.ingest.standing import Word, broken, standing, standing_as, word_for

WIDE = "newsroom-items__wide"
"""The class of columns that a narrow screen shows under the name instead."""


class SourceFilters(WagtailFilterSet):  # type: ignore[misc]
    """How it is doing, how it is watched, how far it is trusted; or only what is broken."""

    broken = django_filters.ChoiceFilter(
        label="Broken",
        choices=[("on", "Only what is broken")],
        method="by_broken",
        widget=forms.RadioSelect,
        empty_label="All",
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=Word.choices, method="by_word", widget=forms.RadioSelect, empty_label="All"
    )
    adapter = django_filters.ChoiceFilter(
        label="Watched as", choices=AdapterName, widget=forms.RadioSelect, empty_label="All"
    )
    trust = django_filters.ChoiceFilter(choices=Trust, widget=forms.RadioSelect, empty_label="All")

    class Meta:
        model = Source
        fields = ()

    def by_word(self, sources: QuerySet[Source], _name: str, word: str) -> QuerySet[Source]:
        """Sources that do so."""
        return standing_as(sources, word)

    def by_broken(self, sources: QuerySet[Source], _name: str, _value: str) -> QuerySet[Source]:
        """Sources that somebody should look at."""
        return broken(sources)


class NameColumn(TitleColumn):  # type: ignore[misc]
    """The name and the publisher; on a narrow screen also what would stand in columns of its own."""

    cell_template_name = "newsroom/sources/name_cell.html"

    def get_cell_context_data(self, instance: Source, parent_context: dict[str, Any]) -> dict[str, Any]:
        """What the cell shows."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        shown: Standing = instance.shown  # type: ignore[attr-defined]
        context |= {
            "publisher": instance.publisher,
            "facts": shown.facts,
            "problem": shown.problem,
        }
        return context


class StateColumn(Column):  # type: ignore[misc]
    """How it is doing, in a word."""

    cell_template_name = "newsroom/sources/state_cell.html"


class FlowColumn(Column):  # type: ignore[misc]
    """What came in 30 days, as bars with words."""

    cell_template_name = "newsroom/sources/flow_cell.html"

    def get_cell_context_data(self, instance: Source, parent_context: dict[str, Any]) -> dict[str, Any]:
        """What the cell shows."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"total": instance.shown.total}  # type: ignore[attr-defined]


class Standing:
    """What the list shows of one source."""

    def __init__(self, source: Source, flow: Flow) -> None:
        told = standing(source)
        self.word = told.word
        self.chart = chart(flow.days)
        self.total = flow.total
        self.delay = delay(flow.delay) or "not known"
        self.succeeded = _moment(source.succeeded_at) or "never"
        self.next = _moment(source.next_check_at if source.state == State.ACTIVE else None) or "none planned"
        self.problem = told.sentence if told.is_broken else ""
        self.facts = [
            told.word.label,
            f"last success: {self.succeeded}",
            f"next check: {self.next}",
            f"{self.total} new in 30 days",
        ]


class SourceIndexView(generic.IndexView):  # type: ignore[misc]
    """The list of sources."""

    table_classname = "listing newsroom-items"
    default_ordering = "name"

    @cached_property
    def columns(self) -> list[Column]:
        """What stands in the list."""
        return [
            NameColumn("name", get_url=self.get_edit_url, sort_key="name"),
            StateColumn("state", accessor=word_for, classname=WIDE),
            Column("succeeded", label="Last success", accessor="shown.succeeded", sort_key="succeeded_at", classname=WIDE),
            Column("next", label="Next check", accessor="shown.next", sort_key="next_check_at", classname=WIDE),
            FlowColumn("flow", label="New in 30 days", accessor="shown.chart", classname=WIDE),
            Column("delay", label="Half captured within", accessor="shown.delay", classname=WIDE),
        ]  # fmt: skip

    def get_base_queryset(self) -> QuerySet[Source]:
        """The sources, with their publishers."""
        sources: QuerySet[Source] = super().get_base_queryset()
        return sources.select_related("publisher")

    def get_table(self, object_list: Any) -> Table:
        """The table; what came from all the sources on this page is read at once."""
        sources = list(object_list)
        found = flows(sources, timezone.now())
        for source in sources:
            source.shown = Standing(source, found[source.pk])
        return super().get_table(sources)


def _moment(when: datetime | None) -> str:
    if when is None:
        return ""
    local = timezone.localtime(when)
    return f"{local:%-d %b %Y} at {moments.clock(local)}"
