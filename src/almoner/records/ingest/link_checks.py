"""Whether the addresses that items lead to still work: asked rarely, one at a time, and never of a host that is unwell.

What an answer means is decided purely (`after`); others store it. A page is called dead only once it has been gone for
days, over several checks: servers have bad weeks, and a reader who is told that a page is gone does not try it.
"""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from almoner.pipeline.errors import (
    AddressRefused,
    Failed,
    FetchError,
    Gone,
    NotAllowed,
    PipelineError,
    TooLarge,
    Walled,
)
from almoner.pipeline.ports import Answer, Clock, Fetcher, Validators, Wanted
from almoner.records import rounds
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest.enums import Health
from almoner.records.ingest.links import note_missing
from almoner.records.ingest.models import Host, ItemLink, LinkedAddress

USUAL: Final = timedelta(days=30)
CLOSED_FOR: Final = timedelta(days=90)
"""Until a page is asked for again that works, and one that we may not look at."""
SHORTEST: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=14)
"""Waits after failures: each twice the one before."""
GONE_TIMES: Final = 3
GONE_FOR: Final = timedelta(days=3)
SILENT_TIMES: Final = 5
SILENT_FOR: Final = timedelta(days=21)
"""Failures in a row, and over how long, after which a page is dead: of a server that says that it is not there, and of
one that does not answer at all."""
JITTER: Final = 0.1
BYTES: Final = 64 * 1024
"""Of an answer that are read: that it comes is what counts."""
BATCH: Final = 20
LEASE: Final = timedelta(minutes=20)
"""Longer than a batch takes if each server uses all its time."""
NAP: Final = 60.0
DAY: Final = timedelta(days=1)
BROKEN: Final = frozenset({Health.FAILING, Health.DEAD})
"""What somebody should look at."""
_NOT_THERE: Final = frozenset({404, 410})
_NOT_FOR_US: Final = frozenset({401, 403, 405, 406, 451})

_WATCHED: Final = ("health", "reason", "moved_to", "failures", "failing_since", "worked_at", "next_check_at")


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of an address: the columns that a check changes."""

    health: str = Health.UNKNOWN
    reason: str = ""
    moved_to: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    worked_at: datetime | None = None
    next_check_at: datetime | None = None


def after(watch: Watch, came: Answer | PipelineError, now: datetime, chance: float) -> Watch:
    """The watch after a check. `chance` is a random number from 0 up to 1, for the jitter."""
    spread = 1 - JITTER + 2 * JITTER * chance
    if isinstance(came, (Answer, TooLarge)):  # what is too long to be read here is there all the same
        moved = came.moved_to if isinstance(came, Answer) else ""
        moved = moved if len(moved) <= 1_000 else ""
        return Watch(Health.MOVED if moved else Health.WORKS, "", moved, 0, None, now, now + USUAL * spread)
    if isinstance(came, AddressRefused):
        return replace(watch, health=Health.CLOSED, reason="It is no public web address.", next_check_at=None)
    if _is_closed(came):
        return replace(
            watch,
            health=Health.CLOSED,
            reason=_plain(came),
            failures=0,
            failing_since=None,
            next_check_at=now + CLOSED_FOR * spread,
        )
    failures, since = watch.failures + 1, watch.failing_since or now
    not_there = isinstance(came, (Gone, Failed)) and came.status in _NOT_THERE
    times, over = (GONE_TIMES, GONE_FOR) if not_there else (SILENT_TIMES, SILENT_FOR)
    is_dead = watch.health == Health.DEAD or (failures >= times and now - since >= over)
    wait = CLOSED_FOR if is_dead else min(SHORTEST * 2 ** min(failures - 1, 6), LONGEST)
    due = now + wait * spread
    asked = came.wait_until if isinstance(came, FetchError) else None
    return replace(
        watch,
        health=Health.DEAD if is_dead else Health.FAILING,
        reason=_plain(came),
        failures=failures,
        failing_since=since,
        next_check_at=max(due, asked) if asked else due,
    )


def _is_closed(error: PipelineError) -> bool:
    """Whether we cannot tell: a person may well get the page that a program is refused."""
    return isinstance(error, (NotAllowed, Walled)) or (
        isinstance(error, Failed) and error.status in _NOT_FOR_US
    )


def _plain(error: PipelineError) -> str:
    """What came of it as a sentence for readers, without what only a technician needs."""
    said = error.problem.partition(": ")[0].rstrip(".").replace("\x00", "")
    said = said[:1].upper() + said[1:] if said.startswith("the ") else f"It {said}"
    return f"{said}."[:300]


def claim(now: datetime, most: int = BATCH) -> Sequence[LinkedAddress]:
    """Take addresses that are due, that published items lead to and that nobody else is checking: one of each host,
    and none of a host that is being left alone."""
    lease = secrets.token_hex(8)
    left_alone = Host.objects.filter(open_until__gt=now).values("name")
    shown = ItemLink.objects.filter(address=OuterRef("pk"), item__status=Status.PUBLISHED)
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    with transaction.atomic():
        wanted = (
            LinkedAddress.objects.filter(free, Exists(shown), next_check_at__lte=now)
            .exclude(host__in=left_alone)
            .order_by("next_check_at", "pk")
        )
        if connection.features.has_select_for_update_skip_locked:
            wanted = wanted.select_for_update(skip_locked=True)
        one_each: dict[str, int] = {}
        for pk, host in wanted.values_list("pk", "host")[: most * 10]:
            one_each.setdefault(host, pk)
        some = list(one_each.values())[:most]
        LinkedAddress.objects.filter(free, pk__in=some).update(lease=lease, lease_until=now + LEASE)
        return list(LinkedAddress.objects.filter(lease=lease))


def check_links(
    fetcher: Fetcher,
    clock: Clock,
    stop: threading.Event,
    *,
    chance: Callable[[], float] = random.random,
) -> int:
    """Check one batch of what is due; returns how many addresses were checked. What was not is due as it was."""
    rows = claim(clock())
    done = 0
    for row in rows:
        if stop.is_set():
            break
        _settle(row, _ask(row.address, fetcher), clock(), chance())
        done += 1
    LinkedAddress.objects.filter(
        pk__in=[row.pk for row in rows[done:]], lease=rows[0].lease if rows else ""
    ).update(lease="", lease_until=None)
    return done


def check_now(
    addresses: Collection[str],
    fetcher: Fetcher,
    clock: Clock,
    *,
    chance: Callable[[], float] = random.random,
) -> list[str]:
    """Look at these addresses now, whoever else is about to; returns those that did not work. One that nobody noted
    (`links.note_links`) is passed over, and one that a host or a program of ours may not be asked for is not broken."""
    broken = []
    for row in LinkedAddress.objects.filter(address__in=addresses):
        lease = secrets.token_hex(8)
        LinkedAddress.objects.filter(pk=row.pk).update(lease=lease, lease_until=clock() + LEASE)
        row.lease = lease
        _settle(row, _ask(row.address, fetcher), clock(), chance())
        row.refresh_from_db()
        if row.health in BROKEN:
            broken.append(row.address)
    return broken


def _ask(address: str, fetcher: Fetcher) -> Answer | PipelineError:
    try:
        return fetcher.fetch(Wanted(address, "link"), Validators())
    except PipelineError as error:
        return error


def _settle(row: LinkedAddress, came: Answer | PipelineError, now: datetime, chance: float) -> None:
    watch = after(Watch(**{name: getattr(row, name) for name in _WATCHED}), came, now, chance)
    LinkedAddress.objects.filter(pk=row.pk, lease=row.lease).update(
        **{name: getattr(watch, name) for name in _WATCHED}, checked_at=now, lease="", lease_until=None
    )


def watch_links(fetcher: Fetcher, clock: Clock, stop: threading.Event) -> None:
    """Check what is due, again and again, until `stop` is set."""
    tidied: datetime | None = None

    def tidy_and_check() -> None:
        nonlocal tidied
        if tidied is None or clock() - tidied >= DAY:
            tidied = clock()
            note_missing(clock())
            with in_turn():  # else one might be linked again at this moment
                LinkedAddress.objects.filter(items=None).delete()
        check_links(fetcher, clock, stop)

    if not stop.wait(NAP):  # a service that has just begun has other things to do
        rounds.go_round(tidy_and_check, stop, name="checking links", nap=NAP)
