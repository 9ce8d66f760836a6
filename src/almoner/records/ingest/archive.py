"""What was captured, to be handed on with its addresses and dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from almoner.pipeline import model
from almoner.pipeline.errors import Unreadable
from almoner.records.ingest.models import Document, Source
from almoner.records.store import snapshot_folder


def captured(
    source: Source | None = None, since: datetime | None = None
) -> Iterator[model.Snapshot | Unreadable]:
    """Every document whose bytes are kept, of one source or of all, captured at or after `since`, oldest first. What
    is missing or damaged comes as the error that says so."""
    documents = Document.objects.filter(snapshot__removed_at=None).select_related("snapshot__source")
    if source is not None:
        documents = documents.filter(snapshot__source=source)
    if since is not None:
        documents = documents.filter(snapshot__captured_at__gte=since)
    for document in documents.order_by("snapshot__captured_at", "pk").iterator(200):
        try:
            yield captured_as(document)
        except Unreadable as error:
            yield error


def captured_as(document: Document) -> model.Snapshot:
    """The bytes of one document, as the pipeline takes them. `Unreadable`, without saying where on the disk, if they
    are missing or damaged."""
    kept = document.snapshot
    try:
        content = snapshot_folder().get(kept.sha256)
    except Unreadable as error:
        raise Unreadable(
            f"{kept.source}, {kept.captured_at:%Y-%m-%d %H:%M}",
            error.stage,
            error.problem,
            advice=error.advice,
        ) from error
    return model.Snapshot(
        document.path,
        content,
        model.MediaType(kept.media_type),
        document.path if "://" in document.path else "",
        kept.captured_at.isoformat(),
    )
