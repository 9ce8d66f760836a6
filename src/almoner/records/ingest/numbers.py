"""What there is and how it goes, as numbers for whoever runs the service. The queries do not grow with the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Coalesce

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.ingest import heartbeat, leases
from almoner.records.ingest.enums import Ending, State
from almoner.records.ingest.models import Run, Snapshot, Source


@dataclass(frozen=True, slots=True)
class Number:
    """One number: its name, what it counts, and its values by label, ("", "") where there is but one. `grows` is set
    for what only ever grows."""

    name: str
    meaning: str
    values: dict[tuple[str, str], float]
    grows: bool = False


_ONE: Final = ("", "")


def numbers(now: datetime) -> list[Number]:
    """All of them, as of `now`. Seven queries."""
    states = dict(Source.objects.order_by().values_list("state").annotate(n=Count("pk")))
    failing = Source.objects.filter(state=State.ACTIVE, failures__gt=0)
    runs = Run.objects.order_by().values_list("ending").annotate(n=Count("pk"))
    spent = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    ended = Run.objects.exclude(ended_at=None).aggregate(
        n=Count("pk"), spent=Coalesce(Sum(spent), timedelta(0), output_field=DurationField())
    )
    items = dict(Item.objects.order_by().values_list("status").annotate(n=Count("pk")))
    kept = Snapshot.objects.aggregate(
        n=Count("pk", filter=Q(removed_at=None)), size=Sum("size", filter=Q(removed_at=None)), all=Count("pk")
    )
    by_ending = dict(runs)
    beat = heartbeat.last()
    return [
        Number("sources", "Sources by state.", _each("state", State.values, states)),
        Number("sources_failing", "Sources whose last check failed.", {_ONE: failing.count()}),
        Number("sources_overdue", "Sources that are due and unchecked.", {_ONE: leases.due(now).count()}),
        Number(
            "runs_total",
            "Checks that there was something to say about, by how they ended.",
            _each("ending", Ending.values, by_ending),
            grows=True,
        ),
        Number(
            "run_seconds_total",
            "Seconds these checks took.",
            {_ONE: ended["spent"].total_seconds()},
            grows=True,
        ),
        Number("items", "Items by status.", _each("status", Status.values, items)),
        Number("snapshots", "Snapshots whose bytes are kept.", {_ONE: kept["n"]}),
        Number("snapshot_bytes", "Bytes of these snapshots, unpacked.", {_ONE: kept["size"] or 0}),
        Number("snapshots_removed", "Snapshots removed by rule.", {_ONE: kept["all"] - kept["n"]}),
        Number(
            "watch_seconds_since_alive",
            "Seconds since the watch last gave a sign of life; -1 if it never did.",
            {_ONE: (now - beat.last).total_seconds() if beat else -1},
        ),
    ]


def _each(label: str, values: list[str], found: dict[str, int]) -> dict[tuple[str, str], float]:
    return {(label, value): found.get(value, 0) for value in values}
