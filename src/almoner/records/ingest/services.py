"""From a snapshot to records: the bytes first, then all that was read from them in one transaction.

Whatever breaks in between leaves either a snapshot's file that nothing points to yet, which does no harm, or
everything. So an import can always be run again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Final

from django.db import transaction
from django.utils import timezone

from almoner.pipeline import model, run
from almoner.pipeline.fetch.files import STANDARD_INPUT
from almoner.records.catalogue.models import Item, ItemEvent, ItemFinding, ItemMention
from almoner.records.catalogue.names import categories_named, publishers_named
from almoner.records.catalogue.services import publish, relicense
from almoner.records.ingest import revisions
from almoner.records.ingest.arrivals import Arrivals, sort
from almoner.records.ingest.enums import Trust
from almoner.records.ingest.identity import canonical
from almoner.records.ingest.models import Document, EntryDigest, ItemKey, Sighting, Snapshot, Source
from almoner.records.ingest.outcomes import Flood, ImportOutcome, Problem
from almoner.records.ingest.queries import first_seen_at, known_entries
from almoner.records.ingest.rows import ItemRows, cut, document_row, item_rows
from almoner.records.ingest.rules import rule_for
from almoner.records.ingest.store import snapshot_folder
from almoner.records.ingest.versions import with_version_findings

STAGE: Final = "records"
EARLIEST_CAPTURE: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""A capture before this is a file whose time was never set."""


def source_named(
    name: str,
    *,
    publisher: str | None = None,
    printed_publisher: str | None = None,
    trust: str | None = None,
    licence: str | None = None,
) -> Source:
    """The source of this name, made if it is new. What is given of the rest is set (another licence also for
    the items that it gave before), what is not stays as it is; `printed_publisher`, which a document names, counts only where the source is new."""
    with transaction.atomic():
        source, is_new = Source.objects.get_or_create(name=cut(Source, "name", name))
        owner = publisher or (printed_publisher if is_new else None)
        given = {
            "publisher": publishers_named([owner]).get(owner) if owner else None,
            "trust": trust,
            "licence": licence,
        }
        different = {
            field: value for field, value in given.items() if value and getattr(source, field) != value
        }
        for field, value in different.items():
            setattr(source, field, value)
        if different:
            source.save(update_fields=list(different))
        if "licence" in different:
            relicense(first_seen_at(source), source.licence, now=timezone.now())
    return source


def import_snapshot(snapshot: model.Snapshot, source: Source, *, now: datetime) -> ImportOutcome:
    """Read a snapshot and keep all that is in it.

    A document that was imported before adds nothing and is not read again. `PipelineError` if it cannot be
    read or its bytes cannot be kept; nothing is recorded then.
    """
    known = _known(_row_of(snapshot, source), snapshot)
    if known is not None:
        return known
    reading = run.read(snapshot, rule=rule_for(source, snapshot.address))
    return keep(reading, snapshot, source, now=now)


def keep(reading: model.Reading, snapshot: model.Snapshot, source: Source, *, now: datetime) -> ImportOutcome:
    """Keep a snapshot's bytes, and what was read from it, as `import_snapshot` does."""
    if known := _known(_row_of(snapshot, source), snapshot):
        return known
    snapshot_folder().put(snapshot.content)
    return record(reading, snapshot, source, now=now)


def record(
    reading: model.Reading,
    snapshot: model.Snapshot,
    source: Source,
    *,
    now: datetime,
    most_new: int | None = None,
) -> ImportOutcome:
    """Keep what was read from a snapshot whose bytes lie in the store.

    An item that was seen before, here or in any other document, gets one more sighting, and a version where its
    publisher has changed it. One that cannot be kept is named in the outcome's `problems`, and the rest is kept.
    New items wait for an editor; those of a source that is trusted with it are published, unless they or the
    document as a whole have findings. `Flood`, with nothing recorded, if over `most_new` items are new.
    """
    captured = _captured(snapshot, now)
    with transaction.atomic():
        row = _row_of(snapshot, source)
        if known := _known(row, snapshot):
            return known
        rows, problems = _rows(reading, source, captured, now)
        passed = _passed(reading, source)
        arrivals = sort(rows, source, _home(snapshot, source, rows), passed)
        if most_new is not None and len(arrivals.new) > most_new:
            raise Flood(source.name, STAGE, len(arrivals.new), most_new)
        document = document_row(reading, _path(snapshot))
        document.snapshot = row or Snapshot.objects.create(
            source=source,
            sha256=hashlib.sha256(snapshot.content).hexdigest(),
            size=len(snapshot.content),
            media_type=reading.document.media_type.value,
            captured_at=captured,
        )
        if document.snapshot.removed_at:  # the same bytes, found in another place
            snapshot_folder().put(snapshot.content)
            document.snapshot.removed_at, document.snapshot.captured_at = None, captured
            document.snapshot.save(update_fields=["removed_at", "captured_at"])
        document.save()
        new = _save(arrivals, document, source)
        _note_entries(reading, arrivals, source)
        trusted = source.trust == Trust.AUTO and not document.findings
        changed = revisions.note(arrivals.changed, captured=captured, now=now, trusted=trusted)
        published = 0
        if trusted:
            published = len(publish([row.item for row in new if row.may_go_out], now=now).published)
    return ImportOutcome(
        document,
        added=len(new),
        changed=changed,
        seen_again=len(rows) - len(new) - changed + len(passed),
        waiting=len(new) - published,
        published=published,
        findings=sum(len(row.findings) for row in new) + len(document.findings),
        problems=tuple(problems),
    )


def _row_of(snapshot: model.Snapshot, source: Source) -> Snapshot | None:
    """The row for these bytes of a source, if it gave them before."""
    sha256 = hashlib.sha256(snapshot.content).hexdigest()
    return Snapshot.objects.filter(source=source, sha256=sha256).order_by().first()


def _known(row: Snapshot | None, snapshot: model.Snapshot) -> ImportOutcome | None:
    """The outcome for a document that was imported before."""
    if row is None:
        return None
    document = row.documents.filter(path=cut(Document, "path", _path(snapshot))).first()
    return ImportOutcome(document, seen_again=document.sightings.count()) if document else None


def _rows(
    reading: model.Reading, source: Source, captured: datetime, now: datetime
) -> tuple[list[ItemRows], list[Problem]]:
    rows: list[ItemRows] = []
    problems: list[Problem] = []
    for position, item in zip(_positions(reading), reading.items, strict=False):
        try:
            rows.append(item_rows(item, position, licence=source.licence, captured=captured, now=now))
        except Exception as error:  # one bad item, whatever is wrong with it, never stops the rest
            problems.append(Problem(reading.document.source, STAGE, str(item.place), str(error)))
    return rows, problems


def _positions(reading: model.Reading) -> Iterator[int]:
    """Which of all records of the document each item is."""
    passed = {record.position for record in reading.document.passed}
    return (position for position in count(1) if position not in passed)


def _passed(reading: model.Reading, source: Source) -> list[tuple[model.Passed, int]]:
    """The records that were passed over, each with the primary key of its item. What is removed in this moment is
    not among them: it is read when it comes again."""
    passed = reading.document.passed
    items = known_entries(source, [record.digest for record in passed]) if passed else {}
    return [(record, items[record.digest]) for record in passed if record.digest in items]


def _note_entries(reading: model.Reading, arrivals: Arrivals, source: Source) -> None:
    """Keep by what the entries are known that were read now, so that they are not read again as they stand."""
    if len(reading.document.digests) != len(reading.items):
        return
    digests = dict(zip(_positions(reading), reading.document.digests, strict=False))
    known = {
        item.pk: digests[row.sighting.position]
        for row, item in zip(arrivals.rows, arrivals.items, strict=True)
        if item is not None
    }
    EntryDigest.objects.bulk_create(
        (EntryDigest(source=source, item_id=item, digest=digest) for item, digest in known.items()),
        update_conflicts=True,
        unique_fields=["source", "item"],
        update_fields=["digest"],
    )


def _save(arrivals: Arrivals, document: Document, source: Source) -> list[ItemRows]:
    """Save the rows of new items, every sighting and every name; the number of queries does not depend on the
    number of rows. Returns the new ones."""
    new = with_version_findings(arrivals.new, source)
    publishers = {} if source.publisher else publishers_named(row.publisher for row in new)
    for row in new:
        row.item.publisher = source.publisher or publishers.get(row.publisher)
    Item.objects.bulk_create(row.item for row in new)
    categories = categories_named(name for row in new for name in row.categories)
    tagged = dict.fromkeys(
        (row.item.pk, categories[name].pk) for row in new for name in row.categories if name in categories
    )
    Item.categories.through.objects.bulk_create(
        Item.categories.through(item_id=item, category_id=category) for item, category in tagged
    )
    ItemEvent.objects.bulk_create(event for row in new for event in row.events)
    ItemMention.objects.bulk_create(mention for row in new for mention in row.mentions)
    ItemFinding.objects.bulk_create(found for row in new for found in row.findings)
    Sighting.objects.bulk_create(arrivals.sightings(document))
    ItemKey.objects.bulk_create(
        (ItemKey(source=source, digest=name, item_id=item) for name, item in arrivals.names()),
        update_conflicts=True,
        unique_fields=["source", "digest"],
        update_fields=["item"],
    )
    return new


def _home(snapshot: model.Snapshot, source: Source, rows: Sequence[ItemRows]) -> str:
    """The address that names none of the items: that of the page they all stand on. An item's own page names it: were
    it not so, a list's items would never be known, and their pages asked for at each check."""
    own = len(rows) == 1 and source.address and canonical(snapshot.address) != canonical(source.address)
    return "" if own else snapshot.address


def _captured(snapshot: model.Snapshot, now: datetime) -> datetime:
    try:
        captured = datetime.fromisoformat(snapshot.captured)
    except ValueError:
        return now
    captured = captured if captured.tzinfo else captured.replace(tzinfo=UTC)
    return min(captured, now) if captured >= EARLIEST_CAPTURE else now


def _path(snapshot: model.Snapshot) -> str:
    """Where the document was found, the same however the path was written."""
    place = snapshot.address or snapshot.source
    return place if place == STANDARD_INPUT or "://" in place else os.path.abspath(place)
