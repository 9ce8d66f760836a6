"""Filling a service with the sample content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from almoner.demo.reading_lists import READING_LISTS
from almoner.demo.sources import SOURCES, SampleSource
from almoner.demo.works import create_sample_guidance
from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.products.library.models import ReadingList
from almoner.products.library.services import set_entries
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.models import Item, ItemFinding, Publisher
from almoner.records.catalogue.queries import published, waiting
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.services import publish, settle
from almoner.records.ingest.enums import Trust
from almoner.records.ingest.models import Document, Source
from almoner.records.ingest.services import import_snapshot

EDITOR: Final = "demo-editor@almoner.example"
"""Who approves the sample items. The account is closed: nobody can sign in with it."""

REASON: Final = "Sample content: read before it was added, and it can stand as it is."

_NOTES: Final = frozenset(kind.code for kind in FINDINGS.values() if kind.gravity is Gravity.NOTE)


@dataclass(frozen=True, slots=True)
class DemoData:
    """How many items of the sample sources readers can see, and how many wait for an editor."""

    published: int
    waiting: int


def create_demo_data(*, now: datetime) -> DemoData:
    """Add the sample sources, read their pages, publish what an editor would, make its reading lists and add the sample
    guidance.

    Items of trusted sources that carry nothing graver than notes (no date, a copy) are approved by the demo
    editor, whose reason stands with each finding. What needs a decision stays in the queue, so that the
    newsroom has something to show. Run again, it adds nothing and leaves alone what anybody has changed,
    withdrawn or sent back since.
    """
    with transaction.atomic():
        new: list[int] = []
        for sample in SOURCES:
            source = source_of(sample)
            arrived = [
                outcome.document.pk
                for page in sample.pages
                if (outcome := import_snapshot(page.snapshot(), source, now=now)).added
            ]
            new += arrived
            if source.trust == Trust.AUTO:
                approve(arrived, now)
        while relate_waiting():
            pass
        if new:
            _make_lists()
    create_sample_guidance(now=now)
    return DemoData(_ours(published()).count(), _ours(waiting()).count())


def source_of(sample: SampleSource) -> Source:
    """The source, made with its publisher if it is new; an administrator may have changed it since."""
    known = Source.objects.filter(name=sample.name).first()
    if known is not None:
        return known
    publisher, _ = Publisher.objects.get_or_create(
        name=sample.publisher, defaults={"slug": sample.slug, "website": sample.website}
    )
    return Source.objects.create(
        name=sample.name,
        publisher=publisher,
        address=sample.address,
        trust=sample.trust,
        licence=Licence.OWN,
    )


def approve(documents: list[int], now: datetime) -> None:
    """Publish what waits in these documents with nothing but notes, each note settled with the reason."""
    items = list(waiting().filter(sightings__document__in=documents).distinct())
    findings = list(ItemFinding.objects.filter(item__in=items, settled_at=None))
    kept_back = {found.item_id for found in findings if found.code not in _NOTES}
    if not items:
        return
    editor, is_new = Person.objects.get_or_create(
        email=EDITOR, defaults={"first_name": "Demo", "last_name": "editor", "is_active": False}
    )
    if is_new:
        editor.set_unusable_password()
        editor.save(update_fields=["password"])
    for found in findings:
        if found.item_id not in kept_back:
            settle(found, editor, now, REASON)
    publish([item for item in items if item.pk not in kept_back], now=now)


def _make_lists() -> None:
    """The reading lists that are not there yet, of those of their items that readers see."""
    for sample in READING_LISTS:
        reading_list, is_new = ReadingList.objects.get_or_create(
            title=sample.title, defaults={"description": sample.description, "is_public": True}
        )
        if is_new:
            titles = [title for title, _ in sample.entries]
            items = {item.title: item for item in _ours(published()).filter(title__in=titles)}
            set_entries(
                reading_list, [(items[title], why) for title, why in sample.entries if title in items]
            )


def _ours(items: QuerySet[Item]) -> QuerySet[Item]:
    names = [sample.name for sample in SOURCES]
    return items.filter(
        sightings__document__in=Document.objects.filter(snapshot__source__name__in=names)
    ).distinct()
