"""What came from sources lately: how many new items a day, and how soon after they were published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from statistics import median
from typing import Final

from django.db.models import Case, CharField, Count, Value, When
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

    What was published before the source was first read tells nothing about the delay: it was an archive. The database
    counts it together, whenever it was published, so that a great archive costs little.
    """
    today = timezone.localtime(now).date()
    began = {source.pk: source.tried_at for source in sources}
    seen = (
        Sighting.objects.filter(
            document__snapshot__source__in=list(began), item__captured_at__gte=now - timedelta(days=DAYS)
        )
        .order_by()
        .values_list("document__snapshot__source", "item__captured_at", _published(began.values()))
        .annotate(items=Count("item", distinct=True))
    )
    counts = {pk: [0] * DAYS for pk in began}
    delays: dict[int, list[timedelta]] = {pk: [] for pk in began}
    day_of, begins = cache(_day_of), cache(_begins)  # what one check brought was captured at one moment
    for source, captured, published, items in seen:
        age = (today - day_of(captured)).days
        if 0 <= age < DAYS:
            counts[source][DAYS - 1 - age] += items
        first, begun = began[source], begins(published)
        if first is None or begun is None or begun[0] < first:
            continue
        delays[source] += [_delay(*begun, captured, day_of)] * items
    return {pk: Flow(tuple(counts[pk]), tuple(delays[pk])) for pk in began}


def _published(began: Iterable[datetime | None]) -> Case:
    """When an item was published; "" for what was published before any of the sources was read. ISO 8601 sorts as text;
    a day is left, since the printed one may be that of another zone."""
    first = min((each for each in began if each is not None), default=None)
    if first is None:
        return Case(default=Value(""), output_field=CharField())
    since = timezone.localtime(first).date() - timedelta(days=1)
    return Case(When(item__published__gte=since.isoformat(), then="item__published"), default=Value(""))


def _day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _begins(published: str) -> tuple[datetime, Precision] | None:
    """When it was published, where that is known to the day."""
    try:
        begins, precision = moments.read(published)
    except ValueError:
        return None
    return (begins, precision) if precision in {Precision.DAY, Precision.MINUTE} else None


def _delay(
    begins: datetime, precision: Precision, captured: datetime, day_of: Callable[[datetime], date]
) -> timedelta:
    if precision is Precision.DAY:
        return timedelta(days=max((day_of(captured) - day_of(begins)).days, 0))
    return max(captured - begins, timedelta())
