"""From a snapshot to records: the bytes first, then all that was read from them in one transaction.

Whatever breaks in between leaves either a snapshot's file that nothing points to yet, which does no harm, or
everything. So an import can always be run again.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from almoner.pipeline import model, run
from almoner.records.catalogue.columns import cut
from almoner.records.catalogue.names import publishers_named
from almoner.records.catalogue.services import relicense
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest.models import Source
from almoner.records.ingest.outcomes import ImportOutcome
from almoner.records.ingest.queries import first_seen_at
from almoner.records.ingest.recording import Found, known_outcome, record
from almoner.records.ingest.rules import rule_for
from almoner.records.store import snapshot_folder


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
    with in_turn():
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
    known = known_outcome(snapshot, source)
    if known is not None:
        return known
    reading = run.read(snapshot, rule=rule_for(source, snapshot.address))
    return keep(reading, snapshot, source, now=now)


def keep(reading: model.Reading, snapshot: model.Snapshot, source: Source, *, now: datetime) -> ImportOutcome:
    """Keep a snapshot's bytes, and what was read from it, as `import_snapshot` does."""
    if known := known_outcome(snapshot, source):
        return known
    snapshot_folder().put(snapshot.content)
    return record(Found(reading, snapshot, source), now=now)
