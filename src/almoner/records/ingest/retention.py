"""Retention by rule: what a source's rule no longer lets us keep is removed, for good and without coming back.

A snapshot loses its bytes when it is older than its source's months and every item in it is withdrawn or was last
seen there before that, too. Items that were never published, or were withdrawn, go with the last snapshot they were
seen in; their names stay as tombstones. Published items stay. Rows first, bytes last: whatever breaks in between
leaves a file that no row names, which is tidied away a day later.
"""

from __future__ import annotations

import calendar
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from almoner.pipeline.ports import Clock
from almoner.records.catalogue.addresses import remember_items
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest.identity import digest
from almoner.records.ingest.models import ItemKey, Sighting, Snapshot, Source
from almoner.records.ingest.verification import is_settled, named_among, tidy
from almoner.records.store import snapshot_folder

BATCH: Final = 50
"""Snapshots that are removed in one transaction, so that nothing else waits for long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed of a source: snapshots, items, and the bytes on the disk that this set free."""

    source: Source
    snapshots: int
    items: int
    size: int

    def __str__(self) -> str:
        return f"{self.source}: {self.snapshots} snapshots, {self.items} items, {self.size} bytes on the disk"


def months_before(now: datetime, months: int) -> datetime:
    """The same day and time `months` earlier; the month's last day where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    last = calendar.monthrange(max(year, 1), month + 1)[1]
    return now.replace(year=max(year, 1), month=month + 1, day=min(now.day, last))


def retain(now: datetime, *, most: int | None = None) -> list[Removed]:
    """Remove what the rules no longer let us keep, up to `most` snapshots of each source; nothing left to remove is
    an empty list. What is removed is logged."""
    removed: list[Removed] = []
    for source in Source.objects.exclude(keep_months=None):
        with in_turn():
            one, hashes = _forget(source, now, most)
        for sha256 in hashes:
            _remove_bytes(sha256)
        if one.snapshots:
            log.info("removed by rule: %s", one)
            removed.append(one)
    return removed


def would_remove(now: datetime) -> list[Removed]:
    """What `retain` would remove; nothing is."""
    with in_turn():
        found = [_forget(source, now, None)[0] for source in Source.objects.exclude(keep_months=None)]
        transaction.set_rollback(True)
    return [one for one in found if one.snapshots]


def sweep(clock: Clock, stop: threading.Event, alive: Callable[[], None]) -> None:
    """The day's turn: all that the rules remove, in small batches, then files that no row names. `alive` is called
    after each batch."""
    while not stop.is_set() and retain(clock(), most=BATCH):
        alive()
    if not stop.is_set():
        tidy()


def expired(source: Source, now: datetime) -> QuerySet[Snapshot]:
    """The snapshots of a source that its rule no longer lets us keep, oldest first."""
    if source.keep_months is None:
        return Snapshot.objects.none()
    since = months_before(now, source.keep_months)
    seen_since = Sighting.objects.filter(
        item=OuterRef("item"), document__snapshot__source=source, document__snapshot__captured_at__gte=since
    )
    held_by = (
        Sighting.objects.filter(document__snapshot=OuterRef("pk"))
        .exclude(item__status=Status.WITHDRAWN)
        .filter(Exists(seen_since))
    )
    return Snapshot.objects.filter(
        ~Exists(held_by), source=source, removed_at=None, captured_at__lt=since
    ).order_by("captured_at", "pk")


def _forget(source: Source, now: datetime, most: int | None) -> tuple[Removed, list[str]]:
    """Mark snapshots as removed and delete the items that go with them. Returns the SHA-256s nobody names now."""
    snapshots = list(expired(source, now)[:most])
    pks = [snapshot.pk for snapshot in snapshots]
    Snapshot.objects.filter(pk__in=pks).update(removed_at=now)
    kept_elsewhere = Sighting.objects.filter(item=OuterRef("pk"), document__snapshot__removed_at=None)
    going = (
        Item.objects.exclude(status=Status.PUBLISHED)
        .filter(~Exists(kept_elsewhere), sightings__document__snapshot__in=pks)
        .order_by()
        .distinct()
    )
    items = list(going.values_list("pk", flat=True))
    _bury(items)
    remember_items(Item.objects.filter(pk__in=items, status=Status.WITHDRAWN).only("key"))
    Item.objects.filter(pk__in=items).delete()  # empties `item` of their keys
    hashes = {snapshot.sha256 for snapshot in snapshots}
    hashes -= named_among(hashes)
    files = [file for sha256 in hashes if (file := snapshot_folder().file(sha256))]
    return Removed(source, len(snapshots), len(items), sum(file.size for file in files)), sorted(hashes)


def _bury(items: list[int]) -> None:
    """A tombstone at each source where an item was seen, also where it came in before names were kept."""
    seen = Sighting.objects.filter(item__in=items).order_by()
    ItemKey.objects.bulk_create(
        (
            ItemKey(source_id=source, digest=digest("words", fingerprint))
            for source, fingerprint in seen.values_list(
                "document__snapshot__source", "item__fingerprint"
            ).distinct()
        ),
        ignore_conflicts=True,
    )


def _remove_bytes(sha256: str) -> None:
    """Remove a file that no row names, unless somebody has put it there again within a day: then it is tidied later
    if still nobody names it."""
    file = snapshot_folder().file(sha256)
    if file is not None and is_settled(file) and not named_among({sha256}):
        snapshot_folder().remove(file)
