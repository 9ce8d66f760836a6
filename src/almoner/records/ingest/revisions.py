"""What a publisher changed in an item that is known: noted, and taken over where nobody need look first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from almoner.records.catalogue.enums import Status, VersionState
from almoner.records.catalogue.models import Item, ItemFinding, ItemVersion
from almoner.records.catalogue.services import take_over
from almoner.records.ingest.rows import ItemRows

_FIELDS: Final = (
    "title", "title_is_printed", "summary", "text", "html", "links", "link", "published", "published_precision",
    "published_as_printed", "updated", "updated_precision", "updated_as_printed", "credit_source", "credit_outlet",
    "credit_author", "credit_byline", "credit_as_printed", "private_names", "change_notes",
    "fingerprint",
)  # fmt: skip
"""What a new version of an item brings with it."""
_SILENT: Final = frozenset({"html", "fingerprint", "links", "title_is_printed", "change_notes"})
"""Fields in which a difference alone is no change that anybody would call one."""


def note(
    changed: Sequence[tuple[Item, ItemRows]], *, captured: datetime, now: datetime, trusted: bool
) -> int:
    """Keep a version of each item that its publisher changed; returns how many there are.

    It is taken over at once where the item still waits for an editor, who then sees the newest words with their
    findings, and where the source is `trusted` and the new words have no findings. Else readers see the former
    words until an editor has decided. What was withdrawn stays so.
    """
    noted = 0
    for item, row in changed:
        was, becomes = _difference(item, row.item)
        if not becomes.keys() - _SILENT:
            continue
        noted += 1
        item.versions.filter(state=VersionState.WAITING).update(state=VersionState.SUPERSEDED, decided_at=now)
        version = ItemVersion.objects.create(item=item, captured_at=captured, was=was, now=becomes)
        if item.status == Status.WAITING:
            take_over(version, now=now)
            item.findings.filter(settled_at=None).delete()
            for found in row.findings:
                found.item = item
            ItemFinding.objects.bulk_create(row.findings)
        elif item.status == Status.PUBLISHED and trusted and row.may_go_out:
            take_over(version, now=now)
    return noted


def _difference(item: Item, new: Item) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, before and after, without those that an editor corrected. An empty value is no news:
    pages leave things out more often than they take them back."""
    different = [
        name
        for name in _FIELDS
        if name not in item.corrected
        and (new_value := getattr(new, name)) not in ("", [], None)
        and new_value != getattr(item, name)
    ]
    if "text" in item.corrected:
        different = [name for name in different if name not in ("html", "fingerprint")]
    if "fingerprint" in different and Item.objects.filter(fingerprint=new.fingerprint).exists():
        different.remove("fingerprint")
    return {name: getattr(item, name) for name in different}, {name: getattr(new, name) for name in different}
