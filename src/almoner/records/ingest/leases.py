"""Who is checking which source. A lease is taken by compare-and-set, so two that try get it once; on PostgreSQL the
second passes over the rows that the first has just locked. One that has run out, because whoever held it died, may be
taken by another. So nothing is checked twice, and nothing stays.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from almoner.records.ingest.enums import AdapterName, Ending, State, Trigger
from almoner.records.ingest.models import Host, Run, Source

LEASE: Final = timedelta(minutes=15)
CHECK: Final = timedelta(minutes=5)
"""After this a check asks for nothing more; its last request may take some minutes on top, where a site wants long
pauses and sends us on."""
START: Final = timedelta(minutes=4)
"""A check that has not begun by then is given back: it might not end within the lease, and would be lost."""

A_HOST: Final = 8
"""Sources of one host in one claim: they are checked one after the other."""
_NOT_FOR_CHECKS: Final = (
    "publisher", "trust", "licence", "topics", "audiences", "region", "senders", "receiver", "keep_months", "tried_at",
    "checked_at", "succeeded_at", "changed_at", "last_error",
)  # fmt: skip
"""What most checks of a source do not ask for; a mailbox's is read when it comes to that."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Sources that are ours to check, under one lease."""

    lease: str
    sources: Sequence[Source]


def due(now: datetime) -> QuerySet[Source]:
    """The sources that are to be checked now and that nobody is checking, those that wait longest first. Those on
    a host that is being left alone are not among them."""
    left_alone = Host.objects.filter(open_until__gt=now).values("name")
    return (
        Source.objects.filter(_free(now), state=State.ACTIVE, next_check_at__lte=now)
        .exclude(adapter=AdapterName.FILES)
        .exclude(host__in=left_alone)
        .order_by("next_check_at", "pk")
    )


def _free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)


def claim(
    now: datetime, most: int, *, only: Collection[int] | None = None, busy: Collection[str] = ()
) -> Claim:
    """Take up to `most` sources that are due, of each host `A_HOST` at most and none of the hosts in `busy`; or
    of those in `only` (primary keys), due or not, all that nobody is checking. A lease that had run out is noted as
    a lost run of its source."""
    lease = secrets.token_hex(8)
    with transaction.atomic():
        wanted = due(now) if only is None else Source.objects.filter(_free(now), pk__in=list(only))
        wanted = wanted.exclude(host__in=list(busy))
        candidates = wanted.values_list("pk", "host")[: most * A_HOST].iterator(most)
        free = wanted.filter(pk__in=_some_of_each_host(candidates, most)).defer(*_NOT_FOR_CHECKS)
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)  # nobody waits for another's claim
        found = list(free)
        taken = Source.objects.filter(_free(now), pk__in=[source.pk for source in found])
        if taken.update(lease=lease, lease_until=now + LEASE) != len(found):
            # Another process was quicker with some of them.
            ours = set(Source.objects.filter(lease=lease).values_list("pk", flat=True))
            found = [source for source in found if source.pk in ours]
        Run.objects.bulk_create(_lost(source, now) for source in found if source.lease and source.lease_until)
        for source in found:
            source.lease, source.lease_until = lease, now + LEASE
    return Claim(lease, found)


def _some_of_each_host(candidates: Iterable[tuple[int, str]], most: int) -> list[int]:
    taken: dict[str, int] = {}
    some: list[int] = []
    for pk, host in candidates:
        if taken.get(host, 0) < A_HOST:
            taken[host] = taken.get(host, 0) + 1
            some.append(pk)
            if len(some) == most:
                break
    return some


def _lost(source: Source, now: datetime) -> Run:
    assert source.lease_until is not None
    return Run(
        source=source,
        trigger=Trigger.SCHEDULE,
        started_at=source.lease_until - LEASE,
        ended_at=now,
        ending=Ending.LOST,
        problems=["The check was broken off, and is done again now."],
    )


def give_back(leases: Collection[str], only: Collection[int] | None = None) -> None:
    """Let go of what is still held under these leases, unchecked, or of those in `only` (primary keys): it is due as it
    was."""
    ours = Source.objects.filter(lease__in=leases)
    if only is not None:
        ours = ours.filter(pk__in=list(only))
    ours.update(lease="", lease_until=None)
