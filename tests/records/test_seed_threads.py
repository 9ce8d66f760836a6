"""The five seed documents, kept and related: what they tell together over years. They stand beside the repository and
are no part of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from almoner.pipeline.fetch.files import snapshots
from almoner.pipeline.model import Snapshot
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.relations import Thread
from almoner.records.ingest.services import import_snapshot, source_named

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

pytestmark = [
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here"),
    pytest.mark.django_db,
]


@pytest.fixture
def seeds(now: datetime) -> None:
    """All five, each from a source of its own, published and related."""
    for found in snapshots([str(SEEDS)]):
        assert isinstance(found, Snapshot)
        name = Path(found.address).name
        import_snapshot(found, source_named(name), now=now)
    Item.objects.update(status=Status.PUBLISHED)
    while relate_waiting():
        pass


def documents(item: Item) -> set[str]:
    """The numbers of the documents that an item was seen in."""
    return {Path(sighting.document.path).name[:3] for sighting in item.sightings.select_related("document")}


def told(subject: str) -> set[str]:
    """The documents that a thread's items were seen in."""
    items = Thread.objects.get(subject=subject).items.all()
    return set().union(*(documents(item) for item in items))


@pytest.mark.usefixtures("seeds")
def test_seeds_are_held_together_by_items_and_threads() -> None:
    shared = [item for item in Item.objects.all() if documents(item) >= {"000", "001"}]
    assert len(shared) == 2, "each of the two that both have is one item"
    assert told("csa-strategy") >= {"000", "001", "003"}
    assert told("kcsie") >= {"000", "001", "003"}
    assert told("county-lines") >= {"000", "001", "003", "004"}
    assert all(item.threads.filter(subject="county-lines").exists() for item in shared)
