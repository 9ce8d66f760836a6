"""What a check found, kept: items, the source's state and its next time in one commit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction

from almoner.pipeline.gather import Check, Gathered
from almoner.pipeline.ports import Answer
from almoner.records.ingest import breaker, schedule
from almoner.records.ingest.breaker import is_unwell
from almoner.records.ingest.enums import Ending, Trigger
from almoner.records.ingest.models import Run, Source
from almoner.records.ingest.outcomes import ImportOutcome
from almoner.records.ingest.schedule import News, Watch
from almoner.records.ingest.services import keep
from almoner.records.ingest.store import snapshot_folder

PROBLEMS: Final = 20
"""Problems that a run names one by one."""

_WATCHED: Final = (
    "address", "interval", "interval_asked", "failures", "state", "state_reason", "next_check_at", "moved_to",
    "moved_times", "moved_since",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """A source that was checked: when that began, and what was found."""

    source: Source
    check: Check
    started: datetime
    trigger: Trigger = Trigger.SCHEDULE


def settle(
    done: Sequence[Checked], lease: str, now: datetime, *, chance: Callable[[], float] = random.random
) -> list[Run]:
    """Keep what was found and set each source's next time, all in one transaction; give the lease back.

    A source whose lease is no longer `lease` was taken by another in the meantime, and is left to it. Returns the
    runs of those for which there is something to say; a check that found nothing new leaves only its time.
    """
    for checked in done:
        for gathered in checked.check.gathered:
            # Before the transaction: nothing else waits while bytes go to the disk.
            snapshot_folder().put(gathered.snapshot.content)
    with transaction.atomic():
        ours = Source.objects.select_for_update().filter(lease=lease).in_bulk([one.source.pk for one in done])
        runs = [
            _settle(checked, ours[checked.source.pk], now, chance())
            for checked in done
            if checked.source.pk in ours
        ]
        told = [run for run in runs if run is not None]
        Run.objects.bulk_create(told)
        breaker.note([(one.source.host, is_unwell(one.check)) for one in done], now)
    return told


def _settle(checked: Checked, source: Source, now: datetime, chance: float) -> Run | None:
    check = checked.check
    outcomes = [] if check.failure else [_keep(source, gathered, now) for gathered in check.gathered]
    added = sum(outcome.added for outcome in outcomes)
    problems = [str(problem) for problem in ([check.failure] if check.failure else []) + check.problems]
    problems += [str(problem) for outcome in outcomes for problem in outcome.problems]
    watch = schedule.after(
        Watch(**{name: getattr(source, name) for name in _WATCHED}), _news(check, added), now, chance
    )
    for name in _WATCHED:
        setattr(source, name, getattr(watch, name))
    source.lease, source.lease_until = "", None
    source.checked_at = now
    source.last_error = str(check.failure)[:500] if check.failure else ""
    if check.failure is None:
        source.succeeded_at = now
        source.tried_at = source.tried_at or now
        if check.first is not None:
            source.etag, source.last_modified = _fitting(check.first)
    if added:
        source.changed_at = now
    source.save()
    if check.unchanged and checked.trigger == Trigger.SCHEDULE:
        return None
    return Run(
        source=source,
        trigger=checked.trigger,
        started_at=checked.started,
        ended_at=now,
        ending=Ending.FAILED if check.failure else Ending.CHANGED if added else Ending.UNCHANGED,
        requests=check.requests,
        size=check.size,
        added=added,
        seen_again=sum(outcome.seen_again for outcome in outcomes),
        problems=problems[:PROBLEMS],
    )


def _keep(source: Source, gathered: Gathered, now: datetime) -> ImportOutcome:
    reading = replace(gathered.reading, items=tuple(gathered.items))
    return keep(reading, gathered.snapshot, source, now=now)


def _news(check: Check, added: int) -> News:
    answer = check.first
    return News(
        changed=bool(added),
        failure=check.failure,
        wait_until=answer.wait_until if answer else None,
        moved_to=answer.moved_to if answer else "",
        same_items=added == 0,
    )


def _fitting(answer: Answer) -> tuple[str, str]:
    """The validators as columns take them: whole, or not at all. Half an ETag would never match."""
    etag, modified = answer.validators.etag, answer.validators.last_modified
    return etag if len(etag) <= 500 else "", modified if len(modified) <= 100 else ""
