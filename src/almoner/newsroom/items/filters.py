"""How the list of items is narrowed down."""

from __future__ import annotations

from typing import Final

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.admin.filters import WagtailFilterSet

from almoner.newsroom.queue import ORDER, open_findings, without_findings
from almoner.pipeline.findings import FINDINGS
from almoner.records.catalogue.enums import KIND_CHOICES, Status
from almoner.records.catalogue.models import Category, Item, Publisher
from almoner.records.catalogue.queries import changed_by_publisher
from almoner.records.ingest.links import dead_links

NONE: Final = "none"
"""The filter's value for items without an open finding."""


class ItemFilters(WagtailFilterSet):  # type: ignore[misc]
    """Status, finding, kind, publisher, category."""

    status = django_filters.ChoiceFilter(choices=Status, widget=forms.RadioSelect, empty_label="All")
    finding = django_filters.ChoiceFilter(
        label="Finding",
        choices=[(NONE, "No open finding"), *((code, FINDINGS[code].name) for code in ORDER)],
        method="by_finding",
        widget=forms.RadioSelect,
        empty_label="All",
    )
    changed = django_filters.ChoiceFilter(
        label="Changed by its publisher",
        choices=[("on", "Waits for a decision")],
        method="by_change",
        widget=forms.RadioSelect,
        empty_label="All",
    )
    link = django_filters.ChoiceFilter(
        label="Its address",
        choices=[("dead", "No longer works")],
        method="by_link",
        widget=forms.RadioSelect,
        empty_label="All",
    )
    kind = django_filters.MultipleChoiceFilter(choices=KIND_CHOICES, widget=forms.CheckboxSelectMultiple)
    publisher = django_filters.ModelChoiceFilter(queryset=Publisher.objects.all(), empty_label="All")
    category = django_filters.ModelChoiceFilter(
        field_name="categories", label="Category", queryset=Category.objects.all(), empty_label="All"
    )

    class Meta:
        model = Item
        fields = ()

    def by_finding(self, items: QuerySet[Item], _name: str, code: str) -> QuerySet[Item]:
        """Items with an open finding of this code, or with none at all."""
        if code == NONE:
            return without_findings(items)
        return items.filter(Exists(open_findings().filter(item=OuterRef("pk"), code=code)))

    def by_change(self, items: QuerySet[Item], _name: str, _value: str) -> QuerySet[Item]:
        """Items whose publisher changed something that an editor has not decided about."""
        return items.filter(changed_by_publisher())

    def by_link(self, items: QuerySet[Item], _name: str, _value: str) -> QuerySet[Item]:
        """Items whose own address no longer works."""
        return items.filter(pk__in=dead_links().values("item"))
