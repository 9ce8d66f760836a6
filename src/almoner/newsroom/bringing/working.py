"""The work on imports, in a thread of the service."""

from __future__ import annotations

from django.utils import timezone

from almoner.newsroom import decisions
from almoner.records import rounds
from almoner.records.catalogue.models import Item
from almoner.records.ingest.importing import watch_imports
from almoner.records.ingest.imports import Import
from almoner.records.ingest.models import Document


def date_undated(made: Import, document: Document) -> None:
    """Give the items of a document that have no date the one that the import says; none where whoever said it has no
    account any more."""
    undated = Item.objects.filter(published="", added="", sightings__document=document).distinct()
    if made.by is not None:
        decisions.date_items(undated, made.undated, made.by, timezone.now())


def start_bringing() -> None:
    """Work on imports in a thread of this process until it ends. The files lie with the process that was asked."""
    rounds.begin("imports", lambda stop: watch_imports(timezone.now, stop, date_undated))
