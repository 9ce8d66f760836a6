"""What came from sources lately: how many new items a day, and how soon after they were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from django.db.models import Count
from django.utils import timezone

from almoner.pipeline.model import Precision
from almoner.records.catalogue import moments
from almoner.records.ingest.models import Sighting, Source

DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Flow:
    """New items of a source on each of the last `DAYS` days, oldest first, and for each of which it is known the time
    from published to captured. An item that was printed with a day alone counts in whole days."""

    days: tuple[int, ...]
    delays: tuple[timedelta, ...]

    @property
    def delay(self) -> timedelta | None:
        """The median of these times; None where none is known."""
        return (
            timedelta(seconds=median(each.total_seconds() for each in self.delays)) if self.delays else None
        )

    @property
    def total(self) -> int:
        """Items in all these days."""
        return sum(self.days)


def flows(sources: Sequence[Source], now: datetime) -> dict[int, Flow]:
    """What came from each of these sources, by primary key, in one query.

    What was published before the source was first read tells nothing about the delay: it was an archive.
    """
    today = timezone.localtime(now).date()
    since = now - timedelta(days=DAYS)
    seen = (
        Sighting.objects.filter(
            document__snapshot__source__in=[source.pk for source in sources], item__captured_at__gte=since
        )
        .order_by()
        .values_list("document__snapshot__source", "item__captured_at", "item__published")
        .annotate(items=Count("item", distinct=True))
    )
    began = {source.pk: source.tried_at for source in sources}
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * DAYS)
    delays: dict[int, list[timedelta]] = defaultdict(list)
    days: dict[datetime, date] = {}  # what one check brought was captured at one moment
    for source, captured, published, items in seen:
        day = days.get(captured) or days.setdefault(captured, timezone.localtime(captured).date())
        age = (today - day).days
        if 0 <= age < DAYS:
            counts[source][DAYS - 1 - age] += items
        delay = _delay(published, captured, began[source])
        if delay is not None:
            delays[source] += [delay] * items
    return {pk: Flow(tuple(counts[pk]), tuple(delays[pk])) for pk in began}


def _delay(published: str, captured: datetime, began: datetime | None) -> timedelta | None:
    if began is None:
        return None
    try:
        begins, precision = moments.read(published)
    except ValueError:
        return None
    if begins < began or precision not in {Precision.DAY, Precision.MINUTE}:
        return None
    if precision is Precision.DAY:
        days = (timezone.localtime(captured).date() - timezone.localtime(begins).date()).days
        return timedelta(days=max(days, 0))
    return max(captured - begins, timedelta())
