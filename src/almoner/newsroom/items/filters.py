"""How the list of items is narrowed down."""

from __future__ import annotations

from typing import Final

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.admin.filters import WagtailFilterSet

from almoner.newsroom import proposals
from almoner.newsroom.queue import ORDER, open_findings, without_findings
from almoner.pipeline.findings import FINDINGS
from almoner.pipeline.taxonomy.topics import topics
from almoner.records.catalogue.enums import KIND_CHOICES, Status
from almoner.records.catalogue.models import Category, Item, ItemTopic, Publisher
from almoner.records.catalogue.queries import changed_by_publisher
from almoner.records.ingest.links import dead_links
from almoner.records.ingest.models import Sighting, Source

NONE: Final = "none"
"""The filter's value for items without an open finding."""


class ItemFilters(WagtailFilterSet):  # type: ignore[misc]
    """Status, finding, source, topic, kind, publisher, category."""

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
    proposed = django_filters.ChoiceFilter(
        label="Changes that somebody proposes",
        choices=[("on", "Waits for a decision")],
        method="by_proposal",
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
    source = django_filters.ModelChoiceFilter(
        label="Seen at", queryset=Source.objects.all(), method="by_source", empty_label="All"
    )
    topic = django_filters.ChoiceFilter(
        choices=lambda: sorted(
            ((topic.id, topic.name) for topic in topics().values()), key=lambda choice: choice[1]
        ),
        method="by_topic",
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

    def by_source(self, items: QuerySet[Item], _name: str, source: Source) -> QuerySet[Item]:
        """Items that were seen at a source."""
        return items.filter(
            Exists(Sighting.objects.filter(item=OuterRef("pk"), document__snapshot__source=source))
        )

    def by_topic(self, items: QuerySet[Item], _name: str, topic: str) -> QuerySet[Item]:
        """Items about a topic, or about a narrower one."""
        return items.filter(Exists(ItemTopic.objects.filter(item=OuterRef("pk"), topic=topic)))

    def by_change(self, items: QuerySet[Item], _name: str, _value: str) -> QuerySet[Item]:
        """Items whose publisher changed something that an editor has not decided about."""
        return items.filter(changed_by_publisher())

    def by_proposal(self, items: QuerySet[Item], _name: str, _value: str) -> QuerySet[Item]:
        """Items for which somebody proposes a change."""
        return items.filter(proposals.proposed())

    def by_link(self, items: QuerySet[Item], _name: str, _value: str) -> QuerySet[Item]:
        """Items whose own address no longer works."""
        return items.filter(pk__in=dead_links().values("item"))
