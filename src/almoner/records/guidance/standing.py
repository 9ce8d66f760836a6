"""What an edition is on a day, worked out from the dated statuses of all editions of its work.

Nothing is written down for that: an edition that comes into force takes the place of the one before on that day, by
itself, and what was in force on a day long past can be said as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, StatusRow

_REPLACED: Final = frozenset({EditionStatus.DRAFT, EditionStatus.INFORMATION, EditionStatus.IN_FORCE})
"""What an edition is no longer once a later one is in force."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an edition is on a day: its status, since when (ISO 8601 cut to its precision, "" where nobody said), the
    edition that took its place, and what it becomes next. `status` is None where nothing was said for that day."""

    status: EditionStatus | None = None
    since: str = ""
    by: Edition | None = None
    next: StatusRow | None = None

    @property
    def label(self) -> str:
        """The status in words."""
        return self.status.label if self.status is not None else "Status not known"


def rows_of(edition: Edition) -> list[StatusRow]:
    """What holds of what was said of an edition, in the order in which it holds. Prefetch `statuses`."""
    rows = [row for row in edition.statuses.all() if row.taken_back_at is None]
    return sorted(rows, key=lambda row: (row.begins, row.pk))


def standings(editions: Iterable[Edition], day: date) -> dict[int, Standing]:
    """What each of all editions of one work is on a day, by primary key. Prefetch `statuses`."""
    said = {edition.pk: (edition, rows_of(edition)) for edition in editions}
    starts = sorted(
        (
            (row.begins, edition.sorts_on, row.pk, edition, row)
            for edition, rows in said.values()
            for row in rows
            if row.status == EditionStatus.IN_FORCE and row.begins <= day
        ),
        key=lambda start: start[:3],
    )
    in_force = [(edition, row) for *_, edition, row in starts]
    return {pk: _standing(edition, rows, in_force, day) for pk, (edition, rows) in said.items()}


def _standing(
    edition: Edition, rows: Sequence[StatusRow], in_force: Sequence[tuple[Edition, StatusRow]], day: date
) -> Standing:
    held = [row for row in rows if row.begins <= day]
    coming = next((row for row in rows if row.begins > day), None)
    if not held:
        return Standing(next=coming)
    own, status = held[-1], EditionStatus(held[-1].status)
    after = (own.begins, edition.sorts_on, own.pk)
    later = next(
        (
            (other, row)
            for other, row in in_force
            if other.pk != edition.pk and (row.begins, other.sorts_on, row.pk) > after
        ),
        None,
    )
    if status in _REPLACED and later is not None:
        return Standing(EditionStatus.SUPERSEDED, later[1].since, later[0], coming)
    by = later[0] if later is not None and status is EditionStatus.SUPERSEDED else None
    return Standing(status, own.since, by, coming)


def in_force(editions: Iterable[Edition], day: date) -> Edition | None:
    """The edition of a work that is in force on a day; None where none is. Prefetch `statuses`."""
    known = list(editions)
    told = standings(known, day)
    return next((one for one in known if told[one.pk].status is EditionStatus.IN_FORCE), None)


def in_force_from(edition: Edition) -> StatusRow | None:
    """When an edition first comes, or came, into force; None where nobody said. Prefetch `statuses`."""
    return next((row for row in rows_of(edition) if row.status == EditionStatus.IN_FORCE), None)
