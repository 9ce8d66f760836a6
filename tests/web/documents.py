"""Documents with items in them, made without reading anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.names import publishers_named
from almoner.records.ingest.models import Document, Sighting, Snapshot, Source
from almoner.records.store import snapshot_folder


def make_document(
    items: Sequence[Item],
    *,
    captured: datetime,
    source: str = "Harbour news",
    publisher: str = "Harbour Trust",
    licence: str = "own",
    content: bytes = b"<html><script>alert(1)</script><p>As it was captured.",
    **fields: Any,
) -> Document:
    """A document of a source that shows `items` in this order, its bytes in the store."""
    of, _ = Source.objects.get_or_create(
        name=source, defaults={"publisher": publishers_named([publisher])[publisher], "licence": licence}
    )
    snapshot = Snapshot.objects.create(
        source=of,
        sha256=snapshot_folder().put(content),
        size=len(content),
        media_type="text/html",
        captured_at=captured,
    )
    document = Document.objects.create(snapshot=snapshot, path=f"/srv/inbox/{source}.html", **fields)
    for position, item in enumerate(items):
        first = 10 * position + 1
        Sighting.objects.create(
            document=document, item=item, position=position, first_line=first, last_line=first + 7
        )
    return document
