"""What an import would bring, without keeping anything: what is new, what is known or stands twice, what was found.

Everything is read as by an import, and told apart from what the records hold by the same names; of documents that come
together, later ones are also told apart from earlier ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from almoner.pipeline import model
from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.records.catalogue.models import Item
from almoner.records.ingest.arrivals import Incoming, sort
from almoner.records.ingest.models import Source
from almoner.records.ingest.outcomes import Problem
from almoner.records.ingest.recording import captured_of, home_of, known_outcome, rows_of
from almoner.records.ingest.rows import ItemRows


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would come of one document: the items that would be new, how many would be changed or are there already,
    the findings of the new ones by their codes, and what could not be kept."""

    name: str
    new: tuple[Item, ...]
    changed: int
    seen_again: int
    findings: Counter[str]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Outlook:
    """What would come of several documents, looked at one after the other."""

    _names: set[tuple[int, str]] = field(default_factory=set)
    _fingerprints: set[str] = field(default_factory=set)

    def look(
        self, reading: model.Reading, snapshot: model.Snapshot, source: Source, *, now: datetime
    ) -> Foreseen:
        """What would come of this one. `source` may be one that is not saved yet. Nothing is written."""
        known = known_outcome(snapshot, source) if source.pk else None
        if known is not None:
            return Foreseen(snapshot.source, (), 0, known.seen_again, Counter())
        captured = captured_of(snapshot, now)
        rows, problems = rows_of(reading, source, captured, now)
        # No item has a name at a source that has no primary key yet.
        asked = source if source.pk else Source(pk=0, name=source.name, address=source.address)
        arrivals = sort([Incoming(asked, rows, home_of(snapshot, source, rows))])[0]
        new = [
            row
            for row, item, names in zip(arrivals.rows, arrivals.items, arrivals.keys, strict=True)
            if item is row.item and self._is_first(asked.pk or 0, row, names.all())
        ]
        findings = Counter(found.code for row in new for found in row.findings)
        findings.update(found.code for found in reading.findings)
        return Foreseen(
            snapshot.source,
            tuple(row.item for row in new),
            len(arrivals.changed),
            len(rows) - len(new) - len(arrivals.changed),
            findings,
            tuple(problems),
        )

    def _is_first(self, source: int, row: ItemRows, names: Iterable[str]) -> bool:
        """Whether nothing that was looked at before is the same item."""
        named = {(source, name) for name in names}
        is_known = row.item.fingerprint in self._fingerprints or not named.isdisjoint(self._names)
        self._fingerprints.add(row.item.fingerprint)
        self._names |= named
        return not is_known


def gravest(findings: Counter[str]) -> list[tuple[str, int]]:
    """Names of findings with how many there are, in the order of the table of findings, gravest first."""
    gravities, order = list(Gravity), list(FINDINGS)
    sorted_codes = sorted(
        findings, key=lambda code: (gravities.index(FINDINGS[code].gravity), order.index(code))
    )
    return [(FINDINGS[code].name, findings[code]) for code in sorted_codes]
