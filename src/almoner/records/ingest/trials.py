"""A rule tried on what was captured: what it reads, and which items of the past it would have read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from almoner.pipeline import model, run
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules import Pair, Rule
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest import revisions
from almoner.records.ingest.archive import captured_as
from almoner.records.ingest.models import Document, Source
from almoner.records.ingest.rows import ItemRows, item_rows
from almoner.records.ingest.rules import fitting

LARGEST: Final = 3_000_000
"""Bytes of a page on which rules are tried: somebody waits for it."""
PAGES: Final = 20
"""The newest pages among which one is chosen."""
PAST: Final = 10
PAST_BYTES: Final = 3_000_000
"""Earlier pages that are read again to tell what would change, and how much of them altogether."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A page as it is read with one rule (or none), beside how it is read with another. `is_for` is whether the rule
    is for the page's address."""

    before: model.Reading
    after: model.Reading
    pairs: tuple[Pair, ...]
    is_for: bool


@dataclass(frozen=True, slots=True)
class PastItem:
    """What a rule would have made of an item: in which document, before and after, and the item as it is kept; None
    where it is not."""

    document: Document
    pair: Pair
    kept: Item | None


@dataclass(frozen=True, slots=True)
class Past:
    """What a rule would have changed in earlier pages: the items that come out otherwise, how many are the same, how
    many pages were read, and how many were not: too many, too large or unreadable."""

    different: tuple[PastItem, ...]
    same: int
    pages: int
    left_out: int


def pages_of(source: Source) -> list[Document]:
    """The newest pages of a source on which a rule can be tried, newest first."""
    return list(
        Document.objects.filter(
            snapshot__source=source, snapshot__removed_at=None, snapshot__size__lte=LARGEST
        )
        .select_related("snapshot__source")
        .order_by("-snapshot__captured_at", "-pk")[:PAGES]
    )


def attempt(snapshot: model.Snapshot, rule: Rule | None, beside: Rule | None) -> Trial:
    """Read a page with `rule`, and with `beside`, each only where it is for the page's address.

    Raises `PipelineError` where the page cannot be read at all.
    """
    wanted, other = fitting(rule, snapshot.address), fitting(beside, snapshot.address)
    after = run.read(snapshot, rule=wanted)
    before = after if wanted is other else run.read(snapshot, rule=other)
    return Trial(before, after, rules.compare(before.items, after.items), rule is None or wanted is not None)


def past(documents: list[Document], rule: Rule | None, beside: Rule | None) -> Past:
    """What `rule` would have changed in these documents, beside how they are read with `beside`."""
    different: list[PastItem] = []
    same = pages = size = 0
    for document in documents[:PAST]:
        size += document.snapshot.size
        if size > PAST_BYTES:
            break
        try:
            trial = attempt(captured_as(document), rule, beside)
        except PipelineError:
            continue
        pages += 1
        same += sum(pair.same for pair in trial.pairs)
        different.extend(_told(document, trial))
    return Past(tuple(different), same, pages, len(documents) - pages)


def read_again(found: Past, now: datetime) -> int:
    """Give the items that still wait for an editor the words that a rule now reads, each as its newest page has it, with
    the findings of these; returns how many became others. What an editor corrected stays, and so does everything that
    readers see or that was withdrawn: there the words were decided on."""
    changed: dict[int, tuple[Item, ItemRows]] = {}
    for one in found.different:
        item, read = one.kept, one.pair.after
        if item is None or read is None or one.pair.before is None or item.status != Status.WAITING:
            continue
        if item.pk not in changed and (read.title.strip() or read.text.strip()):
            row = item_rows(read, 1, licence=item.licence, captured=item.captured_at, now=now)
            changed[item.pk] = (item, row)
    with in_turn():
        return sum(
            revisions.note([pair], captured=pair[0].captured_at, now=now, trusted=False)
            for pair in changed.values()
        )


def _told(document: Document, trial: Trial) -> Iterator[PastItem]:
    changed = [pair for pair in trial.pairs if not pair.same]
    if not changed:
        return
    seen = list(document.sightings.select_related("item"))
    by_title = {sighting.item.title: sighting.item for sighting in reversed(seen)}
    # A title may have changed since, by its publisher or an editor; the place in the document has not.
    by_place = {sighting.position: sighting.item for sighting in seen}
    places = {id(item): place for place, item in enumerate(trial.before.items, 1)}
    for pair in changed:
        titles = [item.title for item in (pair.before, pair.after) if item is not None]
        kept = next((by_title[title] for title in titles if title in by_title), None)
        if kept is None and len(seen) == len(trial.before.items):
            kept = by_place.get(places.get(id(pair.before), 0))
        yield PastItem(document, pair, kept)
