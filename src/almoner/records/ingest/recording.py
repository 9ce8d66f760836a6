"""What was read, kept: the documents of many sources in one transaction, and with as many queries as for one.

A source that has news brings little of it, and a query costs more than a row. So what several sources brought is kept
together, each source's documents told apart by its own names all the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from typing import Final

from almoner.pipeline import model
from almoner.pipeline.fetch.files import STANDARD_INPUT
from almoner.records.catalogue import moments
from almoner.records.catalogue.columns import cut
from almoner.records.catalogue.models import (
    Item,
    ItemAudience,
    ItemDue,
    ItemEvent,
    ItemFinding,
    ItemMention,
    ItemTopic,
)
from almoner.records.catalogue.names import categories_named, publishers_named
from almoner.records.catalogue.services import publish
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest import revisions
from almoner.records.ingest.arrivals import SIGHTING, Arrivals, Incoming, sort
from almoner.records.ingest.editions import with_edition_findings
from almoner.records.ingest.enums import AdapterName, Trust
from almoner.records.ingest.identity import canonical
from almoner.records.ingest.models import Document, EntryDigest, ItemKey, Sighting, Snapshot, Source
from almoner.records.ingest.outcomes import Flood, ImportOutcome, Problem
from almoner.records.ingest.queries import known_pairs
from almoner.records.ingest.rows import ItemRows, document_row, item_rows
from almoner.records.ingest.small_rows import write
from almoner.records.ingest.versions import with_version_findings
from almoner.records.store import snapshot_folder

STAGE: Final = "records"
EARLIEST_CAPTURE: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""A capture before this is a file whose time was never set."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source gave, and what was read from it. Over `most_new` new items are a flood."""

    reading: model.Reading
    snapshot: model.Snapshot
    source: Source
    most_new: int | None = None


@dataclass(frozen=True, slots=True)
class _Coming:
    """What was found beside its rows, which are not saved yet; `row` is that of the snapshot where the same bytes of
    the source are known."""

    found: Found
    sha256: str
    row: Snapshot | None
    captured: datetime
    problems: Sequence[Problem]
    incoming: Incoming


def record(found: Found, *, now: datetime) -> ImportOutcome:
    """Keep what was read from one snapshot, as `record_all` does. `Flood` where it is one."""
    came = record_all([found], now=now)[0]
    if isinstance(came, Flood):
        raise came
    return came


def record_all(found: Sequence[Found], *, now: datetime) -> list[ImportOutcome | Flood]:
    """Keep what was read from snapshots of different sources, whose bytes lie in the store: all of it or, if that
    fails, nothing. The number of queries does not depend on how many there are, but for what publishers changed.

    An item that was seen before, here or in any other document, gets one more sighting, and a version where its
    publisher has changed it. One that cannot be kept is named in the outcome's `problems`, and the rest is kept.
    New items wait for an editor; those of a source that is trusted with it are published, unless they or the
    document as a whole have findings. A `Flood` stands where nothing was recorded of what a source gave.
    """
    with in_turn():
        hashes = [hashlib.sha256(one.snapshot.content).hexdigest() for one in found]
        snapshots = _snapshots(found, hashes)
        came: dict[int, ImportOutcome | Flood] = {}
        fresh: list[int] = []
        for number, (one, sha256) in enumerate(zip(found, hashes, strict=True)):
            row = snapshots.get((one.source.pk, sha256))
            if row is not None and (known := _outcome_of(row, one.snapshot)):
                came[number] = known
            else:
                fresh.append(number)
        passed = _passed([found[number] for number in fresh])
        coming = {
            number: _coming(found[number], hashes[number], snapshots, some, now)
            for number, some in zip(fresh, passed, strict=True)
        }
        arrivals = _sort(coming, came)
        kept = [coming[number] for number in arrivals]
        came |= zip(arrivals, _keep(kept, list(arrivals.values()), now), strict=True)
    return [came[number] for number in range(len(found))]


def known_outcome(snapshot: model.Snapshot, source: Source) -> ImportOutcome | None:
    """The outcome for a document that was imported before."""
    sha256 = hashlib.sha256(snapshot.content).hexdigest()
    row = Snapshot.objects.filter(source=source, sha256=sha256).order_by().first()
    return _outcome_of(row, snapshot) if row else None


def _outcome_of(row: Snapshot, snapshot: model.Snapshot) -> ImportOutcome | None:
    document = row.documents.filter(path=cut(Document, "path", _path(snapshot))).first()
    return ImportOutcome(document, seen_again=document.sightings.count()) if document else None


def _snapshots(found: Sequence[Found], hashes: Sequence[str]) -> dict[tuple[int, str], Snapshot]:
    """The rows of those bytes that a source gave before, by its primary key and their SHA-256."""
    rows = Snapshot.objects.filter(source__in=[one.source for one in found], sha256__in=set(hashes))
    return {(row.source_id, row.sha256): row for row in rows.order_by()}


def _passed(found: Sequence[Found]) -> list[list[tuple[model.Passed, int]]]:
    """The records that were passed over, each with the primary key of its item. What is removed in this moment is
    not among them: it is read when it comes again."""
    passed = [(one.source.pk, one.reading.document.passed) for one in found]
    items = known_pairs(EntryDigest, {(pk, record.digest) for pk, records in passed for record in records})
    return [
        [(record, item) for record in records if (item := items.get((pk, record.digest))) is not None]
        for pk, records in passed
    ]


def _coming(
    found: Found,
    sha256: str,
    snapshots: Mapping[tuple[int, str], Snapshot],
    passed: Sequence[tuple[model.Passed, int]],
    now: datetime,
) -> _Coming:
    captured = captured_of(found.snapshot, now)
    rows, problems = rows_of(found.reading, found.source, captured, now)
    home = home_of(found.snapshot, found.source, rows)
    row = snapshots.get((found.source.pk, sha256))
    return _Coming(found, sha256, row, captured, problems, Incoming(found.source, rows, home, passed))


def _sort(coming: Mapping[int, _Coming], came: dict[int, ImportOutcome | Flood]) -> dict[int, Arrivals]:
    """Which item each row is, by the numbers of what came. Floods go to `came`; the others are then looked at without
    them: what stands in both is new with one of those."""
    left = dict(coming)
    while left:
        arrivals = dict(zip(left, sort([one.incoming for one in left.values()]), strict=True))
        floods = {
            number: Flood(one.found.source.name, STAGE, new, one.found.most_new)
            for number, one in left.items()
            if one.found.most_new is not None and (new := len(arrivals[number].new)) > one.found.most_new
        }
        if not floods:
            return arrivals
        came |= floods
        left = {number: one for number, one in left.items() if number not in floods}
    return {}


def _keep(coming: Sequence[_Coming], arrivals: Sequence[Arrivals], now: datetime) -> list[ImportOutcome]:
    documents = _documents(coming)
    sources = [one.found.source for one in coming]
    new = _save(arrivals, documents, sources)
    _note_entries(coming, arrivals)
    trusted = [
        source.trust == Trust.AUTO and not document.findings
        for source, document in zip(sources, documents, strict=True)
    ]
    changed = [
        revisions.note(some.changed, captured=one.captured, now=now, trusted=is_trusted)
        for one, some, is_trusted in zip(coming, arrivals, trusted, strict=True)
    ]
    going = [
        row.item
        for rows, is_trusted in zip(new, trusted, strict=True)
        if is_trusted
        for row in rows
        if row.may_go_out
    ]
    out = {item.pk for item in publish(going, now=now).published} if going else set()
    outcomes = []
    for one, document, rows, changes in zip(coming, documents, new, changed, strict=True):
        published = sum(row.item.pk in out for row in rows)
        outcomes.append(
            ImportOutcome(
                document,
                added=len(rows),
                changed=changes,
                seen_again=len(one.incoming.rows) - len(rows) - changes + len(one.incoming.passed),
                waiting=len(rows) - published,
                published=published,
                findings=sum(len(row.findings) for row in rows) + len(document.findings),
                problems=tuple(one.problems),
            )
        )
    return outcomes


def _documents(coming: Sequence[_Coming]) -> list[Document]:
    """The documents, saved with their snapshots."""
    snapshots = [
        one.row
        or Snapshot(
            source=one.found.source,
            sha256=one.sha256,
            size=len(one.found.snapshot.content),
            media_type=one.found.reading.document.media_type.value,
            captured_at=one.captured,
        )
        for one in coming
    ]
    Snapshot.objects.bulk_create([snapshot for snapshot in snapshots if snapshot.pk is None])
    documents = []
    for one, snapshot in zip(coming, snapshots, strict=True):
        if snapshot.removed_at:  # the same bytes, found in another place
            snapshot_folder().put(one.found.snapshot.content)
            snapshot.removed_at, snapshot.captured_at = None, one.captured
            snapshot.save(update_fields=["removed_at", "captured_at"])
        document = document_row(one.found.reading, _path(one.found.snapshot))
        document.snapshot = snapshot
        documents.append(document)
    return Document.objects.bulk_create(documents)


def rows_of(
    reading: model.Reading, source: Source, captured: datetime, now: datetime
) -> tuple[list[ItemRows], list[Problem]]:
    """The rows of a reading's items, not yet saved, and what cannot be kept."""
    rows: list[ItemRows] = []
    problems: list[Problem] = []
    undated = _undated_at(reading, source)
    for position, item in zip(_positions(reading), reading.items, strict=False):
        try:
            rows.append(
                item_rows(item, position, licence=source.licence, captured=captured, now=now, undated=undated)
            )
        except Exception as error:  # one bad item, whatever is wrong with it, never stops the rest
            problems.append(Problem(reading.document.source, STAGE, str(item.place), str(error)))
    return rows, problems


def _undated_at(reading: model.Reading, source: Source) -> datetime | None:
    """Where what has no date of its own stands: on the day of the briefing it stands in; behind all that has a date,
    where it may have been there for years before we looked; None where it has appeared since we last did."""
    if reading.briefing and reading.briefing.date:
        with suppress(ValueError):
            return moments.read(reading.briefing.date)[0]
    if source.adapter == AdapterName.FILES or source.succeeded_at is None:
        return moments.UNDATED
    return None


def _positions(reading: model.Reading) -> Iterator[int]:
    """Which of all records of the document each item is."""
    passed = {record.position for record in reading.document.passed}
    return (position for position in count(1) if position not in passed)


def _note_entries(coming: Sequence[_Coming], arrivals: Sequence[Arrivals]) -> None:
    """Keep by what the entries are known that were read now, so that they are not read again as they stand."""
    known: dict[tuple[int, int], str] = {}
    for one, some in zip(coming, arrivals, strict=True):
        reading = one.found.reading
        if len(reading.document.digests) != len(reading.items):
            continue
        digests = dict(zip(_positions(reading), reading.document.digests, strict=False))
        for row, item in zip(some.rows, some.items, strict=True):
            if item is not None:
                known[one.found.source.pk, item.pk] = digests[row.sighting.position]
    write(
        EntryDigest,
        ("source_id", "item_id", "digest"),
        ((source, item, digest) for (source, item), digest in known.items()),
        unique=("source_id", "item_id"),
    )


def _save(
    arrivals: Sequence[Arrivals], documents: Sequence[Document], sources: Sequence[Source]
) -> list[list[ItemRows]]:
    """Save the rows of new items, every sighting and every name. Returns the new ones of each source."""
    new = with_edition_findings(
        with_version_findings([(source, some.new) for source, some in zip(sources, arrivals, strict=True)])
    )
    rows = list(chain.from_iterable(new))
    publishers = publishers_named(
        row.publisher
        for source, some in zip(sources, new, strict=True)
        if source.publisher_id is None
        for row in some
    )
    for source, some in zip(sources, new, strict=True):
        for row in some:
            row.item.publisher = source.publisher or publishers.get(row.publisher)
    Item.objects.bulk_create(row.item for row in rows)
    categories = categories_named(name for row in rows for name in row.categories)
    tagged = dict.fromkeys(
        (row.item.pk, categories[name].pk) for row in rows for name in row.categories if name in categories
    )
    Item.categories.through.objects.bulk_create(
        Item.categories.through(item_id=item, category_id=category) for item, category in tagged
    )
    ItemEvent.objects.bulk_create(event for row in rows for event in row.events)
    ItemMention.objects.bulk_create(mention for row in rows for mention in row.mentions)
    ItemTopic.objects.bulk_create(topic for row in rows for topic in row.topics)
    ItemAudience.objects.bulk_create(audience for row in rows for audience in row.audiences)
    ItemDue.objects.bulk_create(due for row in rows for due in row.dues)
    ItemFinding.objects.bulk_create(found for row in rows for found in row.findings)
    write(
        Sighting,
        SIGHTING,
        (
            sighting
            for some, document in zip(arrivals, documents, strict=True)
            for sighting in some.sightings(document.pk)
        ),
    )
    write(
        ItemKey,
        ("source_id", "digest", "item_id"),
        (
            (source.pk, name, item)
            for some, source in zip(arrivals, sources, strict=True)
            for name, item in some.names()
        ),
        unique=("source_id", "digest"),
    )
    return new


def home_of(snapshot: model.Snapshot, source: Source, rows: Sequence[ItemRows]) -> str:
    """The address that names none of the items: that of the page they all stand on. An item's own page names it: were
    it not so, a list's items would never be known, and their pages asked for at each check."""
    own = len(rows) == 1 and source.address and canonical(snapshot.address) != canonical(source.address)
    return "" if own else snapshot.address


def captured_of(snapshot: model.Snapshot, now: datetime) -> datetime:
    """When a snapshot was captured; `now` where it does not say, or says what cannot be."""
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
