"""New items that may be new versions of known ones: the same source, the same title, other words.

Where an item has neither an id, nor an address, nor a day, nothing says whether a changed text is the same item
(see `identity`). Then an editor is asked, so that what was withdrawn or held does not come back by itself under
its old title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from almoner.records.catalogue.models import Item, ItemFinding
from almoner.records.ingest.identity import REPEATING_KINDS
from almoner.records.ingest.models import Source
from almoner.records.ingest.rows import ItemRows


def with_version_findings(rows: Sequence[ItemRows], source: Source) -> list[ItemRows]:
    """The rows of new items; those that share their title with a known item of the source, and do not differ from
    it in their date, have the finding `version_of`. One query."""
    asked = {
        row.item.title for row in rows if row.item.title_is_printed and row.item.kind not in REPEATING_KINDS
    }
    seen = Item.objects.filter(sightings__document__snapshot__source=source, title__in=asked)
    known: dict[str, list[Item]] = {}
    for item in seen.only("title", "published", "status").distinct() if asked else ():
        known.setdefault(item.title, []).append(item)
    return [_asked(row, known.get(row.item.title, [])) for row in rows]


def _asked(row: ItemRows, known: list[Item]) -> ItemRows:
    same = [
        item
        for item in known
        if not (item.published and row.item.published) or item.published == row.item.published
    ]
    if not same or not row.item.title_is_printed or row.item.kind in REPEATING_KINDS:
        return row
    states = ", ".join(dict.fromkeys(item.get_status_display().lower() for item in same))
    message = f"An item of this title from this source is known, with other words ({states})."
    return replace(
        row, findings=(*row.findings, ItemFinding(item=row.item, code="version_of", message=message))
    )
