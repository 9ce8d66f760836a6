"""New items that may be new versions of known ones: the same source, the same title, other words.

Where an item has neither an id, nor an address, nor a day, nothing says whether a changed text is the same item
(see `identity`). Then an editor is asked, so that what was withdrawn or held does not come back by itself under
its old title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import ItemFinding
from almoner.records.ingest.identity import REPEATING_KINDS
from almoner.records.ingest.models import Sighting, Source
from almoner.records.ingest.rows import ItemRows


def with_version_findings(
    new: Sequence[tuple[Source, Sequence[ItemRows]]],
) -> list[list[ItemRows]]:
    """The rows of new items of several sources; those that share their title with a known item of their source, and do
    not differ from it in their date, have the finding `version_of`. One query."""
    asked = {row.item.title for _, rows in new for row in rows if _tells(row)}
    seen = Sighting.objects.filter(
        document__snapshot__source__in=[source for source, _ in new], item__title__in=asked
    )
    known: dict[tuple[int, str], list[tuple[str, str]]] = {}
    if asked:
        what = ("document__snapshot__source", "item__title", "item__published", "item__status")
        for source, title, published, status in seen.order_by().values_list(*what).distinct():
            known.setdefault((source, title), []).append((published, status))
    return [[_asked(row, known.get((source.pk, row.item.title), [])) for row in rows] for source, rows in new]


def _tells(row: ItemRows) -> bool:
    """Whether its title says which item it is."""
    return row.item.title_is_printed and row.item.kind not in REPEATING_KINDS


def _asked(row: ItemRows, known: Sequence[tuple[str, str]]) -> ItemRows:
    """`known` are the days and states of the items of its title."""
    own = row.item.published
    same = sorted(status for published, status in known if not (published and own) or published == own)
    if not same or not _tells(row):
        return row
    states = ", ".join(dict.fromkeys(Status(status).label.lower() for status in same))
    message = f"An item of this title from this source is known, with other words ({states})."
    return replace(
        row, findings=(*row.findings, ItemFinding(item=row.item, code="version_of", message=message))
    )
