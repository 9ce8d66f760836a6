"""Which edition an item means: the one it names, else the one in force on its day; and whether that still holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy import entries
from almoner.records.catalogue import moments
from almoner.records.catalogue.models import Item, ItemMention
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, Work
from almoner.records.guidance.queries import works
from almoner.records.guidance.standing import Standing, in_force, in_force_from, standings


@dataclass(frozen=True, slots=True)
class Concern:
    """That an item mentions a work that is kept. `edition` is the one it means; None where that one is not kept, or none
    was in force on its day. `year` is the one that the item names, "" for none. `standing` is what the edition is on the
    day of asking: `standing.by` has taken its place."""

    work: Work
    edition: Edition | None
    year: str
    standing: Standing


def concerns(items: Iterable[Item], today: date) -> dict[int, list[Concern]]:
    """The works that items mention, by the items' primary keys, in the order of their mentions. A fixed number of
    queries."""
    by_pk = {item.pk: item for item in items}
    mentions = list(
        ItemMention.objects.filter(item__in=by_pk, kind=MentionKind.GUIDANCE.value)
        .order_by("pk")
        .values_list("item", "known", "edition")
    )
    kept = {work.known: work for work in works().filter(known__in={known for _, known, _ in mentions} - {""})}
    found: dict[int, list[Concern]] = {pk: [] for pk in by_pk}
    for pk, known, year in mentions:
        if (work := kept.get(known)) is not None:
            editions = list(work.editions.all())
            meant = edition_meant(editions, year, _day(by_pk[pk]))
            told = standings(editions, today)
            found[pk].append(Concern(work, meant, year, told[meant.pk] if meant is not None else Standing()))
    return found


def edition_meant(editions: Sequence[Edition], year: str, day: date) -> Edition | None:
    """The edition of a work, of all that are kept (newest first), that somebody means on a day who names this year, or
    none. Of several editions of one year, it is the one in force on that day, else the newest that was out."""
    if not year:
        return in_force(editions, day)
    named = [edition for edition in editions if edition.year == year]
    held = in_force(editions, day)
    if held in named:
        return held
    return next((edition for edition in named if edition.sorts_on <= day), named[-1] if named else None)


def known_editions(kept: Collection[str]) -> Mapping[str, tuple[entries.Edition, ...]]:
    """The editions of the works with these known names, oldest first: as they are kept here, and where a year is not kept
    as the taxonomy has it. Works that are not kept are left out."""
    found: dict[str, tuple[entries.Edition, ...]] = {}
    for work in works().filter(known__in=set(kept) - {""}):
        by_year = {edition.year: edition for edition in entries.editions().get(work.known, ())}
        for edition in reversed(work.editions.all()):
            start = in_force_from(edition)
            if edition.year and start is not None:
                by_year[edition.year] = entries.Edition(
                    edition.year, EditionStatus.IN_FORCE.value, start.begins.isoformat()
                )
        found[work.known] = tuple(by_year[year] for year in sorted(by_year))
    return found


def _day(item: Item) -> date:
    return item.in_time_at.astimezone(moments.LONDON).date()
