"""Whether the snapshots and editions that the database names are all there, byte for byte, and what else lies beside them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from almoner.pipeline.errors import Unreadable
from almoner.records.guidance.models import Edition
from almoner.records.ingest.models import Snapshot
from almoner.records.store import UNSETTLED, Kept, snapshot_folder

_STEP: Final = 500

Told = Callable[[int, int], None]
"""Hears how many snapshots were checked, of how many."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A snapshot, or an edition of guidance, whose bytes are gone (`missing`) or are not what was kept."""

    of: Snapshot | Edition
    missing: bool


def verify(told: Told = lambda *_: None) -> Iterator[Fault]:
    """Hash again every snapshot that the database names, and yield those that are missing or damaged, oldest first; then
    the files of editions. What several sources gave is hashed once a source. What was removed by rule is not looked
    for."""
    named = Snapshot.objects.filter(removed_at=None)
    total, folder = named.count() + Edition.objects.count(), snapshot_folder()
    rows: Iterator[Snapshot | Edition] = chain(
        named.select_related("source").order_by("captured_at", "pk").iterator(_STEP),
        Edition.objects.select_related("work").order_by("pk").iterator(_STEP),
    )
    for number, row in enumerate(rows, start=1):
        try:
            folder.get(row.sha256)
        except Unreadable:
            yield Fault(row, missing=folder.file(row.sha256) is None)
        told(number, total)


def unnamed() -> Iterator[Kept]:
    """The files that no row names: what was removed by rule, what a broken-off check left."""
    for some in _in_steps(snapshot_folder().files()):
        named = named_among({file.sha256 for file in some})
        yield from (file for file in some if file.sha256 not in named)


def named_among(sha256s: Collection[str]) -> Set[str]:
    """Of these SHA-256s, those of bytes that some row still names."""
    asked = list(sha256s)
    rows = Snapshot.objects.filter(sha256__in=asked, removed_at=None)
    editions = Edition.objects.filter(sha256__in=asked)
    return {
        *rows.order_by().values_list("sha256", flat=True),
        *editions.order_by().values_list("sha256", flat=True),
    }


def is_settled(file: Kept) -> bool:
    """Whether a file is old enough for its row to have been written, if ever it is. By the clock of the disk."""
    return file.put_at <= time.time() - UNSETTLED


def tidy() -> tuple[int, int]:
    """Remove the files that no row names once they are a day old; returns how many, and their bytes on the disk."""
    removed = size = 0
    for some in _in_steps(file for file in unnamed() if is_settled(file)):
        named = named_among({file.sha256 for file in some})  # somebody may have kept them again meanwhile
        for file in some:
            if file.sha256 not in named:
                snapshot_folder().remove(file)
                removed, size = removed + 1, size + file.size
    return removed, size


def _in_steps(files: Iterable[Kept]) -> Iterator[list[Kept]]:
    rest = iter(files)
    while some := list(islice(rest, _STEP)):
        yield some
