"""What an editor says beside a change: what it means, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from almoner.records.guidance.models import Edition, Note
from almoner.records.guidance.queries import edition_before


def key_of(change: Mapping[str, Any]) -> tuple[str, bool]:
    """By what a note belongs to a change of a kept redline: its first paragraph's address, and whether it is gone."""
    return (change["new"] or change["old"])[0], not change["new"]


def write_note(
    edition: Edition,
    address: str,
    *,
    meaning: str,
    to_do: str,
    now: datetime,
    is_gone: bool = False,
    by: Any = None,
) -> Note | None:
    """Say what a change to a paragraph of this edition means, and what to do; empty words take the note away, and None is
    returned. `is_gone`: the paragraph stood in an earlier edition and is not in this one.

    `ValidationError` where no edition has such a paragraph.
    """
    meaning, to_do = meaning.strip(), to_do.strip()
    if not (meaning or to_do):
        Note.objects.filter(edition=edition, address=address, is_gone=is_gone).delete()
        return None
    where = edition_before(edition) if is_gone else edition
    if where is None or not where.paragraphs.filter(address=address).exists():
        raise ValidationError(
            {"address": f"There is no paragraph “{address}” in {where or 'an earlier edition'}."}
        )
    said = {"meaning": meaning, "to_do": to_do, "written_at": now, "written_by": by}
    return Note.objects.update_or_create(edition=edition, address=address, is_gone=is_gone, defaults=said)[0]
