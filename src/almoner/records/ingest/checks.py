"""What a check found, kept: items, the source's state and its next time in one commit."""

from __future__ import annotations

import hashlib
import logging
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import InterfaceError, OperationalError, connection, transaction

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.gather import Check, Gathered
from almoner.pipeline.ports import Answer, Validators
from almoner.records.catalogue.columns import cut, storable
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest import breaker, letters, schedule
from almoner.records.ingest.breaker import is_unwell
from almoner.records.ingest.enums import Ending, Trigger
from almoner.records.ingest.identity import page_digest
from almoner.records.ingest.models import PageMark, Run, Source
from almoner.records.ingest.outcomes import Flood, ImportOutcome
from almoner.records.ingest.queries import removed_among
from almoner.records.ingest.recording import STAGE, Found, record, record_all
from almoner.records.ingest.schedule import News, Watch
from almoner.records.ingest.small_rows import write
from almoner.records.store import snapshot_folder

LONGEST_ADDRESS: Final = 1_000
"""Characters of an address that a source's row holds; a longer one is not taken over."""
PROBLEMS: Final = 20
"""Problems that a run names one by one."""

MOST_NEW: Final = 300
MOST_NEW_AT_FIRST: Final = 3_000
"""New items in one check that are taken in without asking somebody; at first, a whole archive may come."""

TOGETHER: Final = 1_000
"""Records of several sources that are kept together: queries are saved by then, and memory is not yet spent."""

PUT_AT_ONCE: Final = 8
"""Snapshots that are written to the store at a time."""

Kept = tuple[list[ImportOutcome], Flood | None]
"""What came of keeping what a source gave."""

log = logging.getLogger(__name__)
_WATCHED: Final = (
    "interval", "interval_asked", "failures", "state", "state_reason", "next_check_at", "moved_to", "moved_times",
    "moved_since",
)  # fmt: skip
_NOTED: Final = (
    "lease", "lease_until", "checked_at", "succeeded_at", "changed_at", "tried_at", "last_error", "etag",
    "last_modified",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """A source that was checked, as it was claimed: when that began, why, and what was found. `takes_all` is set where
    somebody has looked at a flood of new items and lets them in."""

    source: Source
    check: Check
    started: datetime
    trigger: Trigger = Trigger.SCHEDULE
    takes_all: bool = False

    @property
    def has_news(self) -> bool:
        """Whether there is something to keep."""
        return bool(self.check.gathered or self.check.withheld)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to keep, and nothing to note but that all is as it was."""
        check, source = self.check, self.source
        return (
            check.unchanged
            and not check.looked
            and self.trigger == Trigger.SCHEDULE
            and not (self.takes_all or source.moved_to)
            and check.first is not None
            and not check.first.moved_to
            and check.first.validators == Validators(source.etag, source.last_modified)
        )


def settle(
    done: Sequence[Checked], now: datetime, *, chance: Callable[[], float] = random.random
) -> list[Run]:
    """Keep what was found and set each source's next time, all in one transaction; give the leases back.

    A source whose lease is no longer the one it was checked under was taken by another in the meantime, and is left
    to it. Returns the runs of those for which there is something to say; a check that found nothing new leaves only
    its time.
    """
    quiet: list[Checked] = []
    loud: list[Checked] = []
    for one in done:
        (quiet if one.is_quiet else loud).append(one)
    _put([(one.source.pk, snapshot.content) for one in loud for snapshot in one.check.snapshots()])
    with in_turn():
        _put_off(quiet, now, chance)
        ours = _locked(loud)
        held = [(checked, ours[checked.source.pk]) for checked in loud if checked.source.pk in ours]
        kept = _keep_all(held, now)
        runs = [
            _settle(checked, source, outcomes, flood, now, chance())
            for (checked, source), (outcomes, flood) in zip(held, kept, strict=True)
        ]
        _mark(
            (source, checked.check.looked)
            for (checked, source), (_, flood) in zip(held, kept, strict=True)
            if checked.check.failure is None and flood is None
        )
        _write(ours.values())
        told = [run for run in runs if run is not None]
        Run.objects.bulk_create(told)
        breaker.note([(one.source.host, is_unwell(one.check)) for one in done], now)
    return told


def _put(came: Sequence[tuple[int, bytes]]) -> None:
    """Keep bytes, each with the primary key of its source. Before the transaction: nothing else waits while they go
    to the disk; and several at a time, since the disk takes no longer over several."""
    hashes = [hashlib.sha256(content).hexdigest() for _, content in came]
    removed = removed_among(set(hashes))
    wanted = {
        sha256: content
        for (source, content), sha256 in zip(came, hashes, strict=True)
        if (source, sha256) not in removed
    }
    if wanted:
        folder = snapshot_folder()
        with ThreadPoolExecutor(min(len(wanted), PUT_AT_ONCE), thread_name_prefix="put") as pool:
            for _ in pool.map(folder.put, wanted.values()):
                pass


def _put_off(quiet: Sequence[Checked], now: datetime, chance: Callable[[], float]) -> None:
    """Set the next time of sources that are as they were, where the lease is still ours. One statement, and
    no row is read for it: nearly all checks are of this kind."""
    if not quiet:
        return
    moment = connection.ops.adapt_datetimefield_value
    at = moment(now)
    rows = []
    for checked in quiet:
        source, answer = checked.source, checked.check.first
        wait_until = answer.wait_until if answer is not None else None
        interval, due = schedule.after_quiet(
            source.interval, source.interval_asked, wait_until, now, chance()
        )
        rows.append((interval, moment(due), at, at, at, source.pk, source.lease))
    table = connection.ops.quote_name(Source._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET interval = %s, next_check_at = %s, failures = 0, last_error = '', "  # noqa: S608, a name of our own
            "checked_at = %s, succeeded_at = %s, tried_at = COALESCE(tried_at, %s), lease = '', lease_until = NULL "
            "WHERE id = %s AND lease = %s",
            rows,
        )


def _locked(loud: Sequence[Checked]) -> dict[int, Source]:
    """Their rows as they are now, by primary key, where the lease is still ours."""
    if not loud:
        return {}
    leases = {one.source.pk: one.source.lease for one in loud}
    rows = Source.objects.select_for_update().in_bulk(leases)
    return {pk: row for pk, row in rows.items() if row.lease == leases[pk]}


def _watch(source: Source) -> Watch:
    return Watch(source.address, **{name: getattr(source, name) for name in _WATCHED})


def _settle(
    checked: Checked,
    source: Source,
    outcomes: Sequence[ImportOutcome],
    flood: Flood | None,
    now: datetime,
    chance: float,
) -> Run | None:
    check = checked.check
    added = sum(outcome.added for outcome in outcomes)
    changed = sum(outcome.changed for outcome in outcomes)
    problems = [str(problem) for problem in ([check.failure] if check.failure else []) + check.problems]
    problems += [str(problem) for outcome in outcomes for problem in outcome.problems]
    problems += [str(flood)] if flood else []
    problems += _waiting(len(check.withheld))
    watch = schedule.after(_watch(source), _news(check, outcomes, flood), now, chance)
    for name in _WATCHED:
        setattr(source, name, getattr(watch, name))
    if watch.address != source.address:
        source.address = watch.address
        source.save(update_fields=["address"])
    source.lease, source.lease_until = "", None
    source.checked_at = now
    source.last_error = storable(str(check.failure))[:500] if check.failure else ""
    if check.failure is None:
        if source.lets_in and checked.takes_all:
            source.lets_in = False
            Source.objects.filter(pk=source.pk).update(lets_in=False)
        source.succeeded_at = now
        source.tried_at = source.tried_at or now
        if check.first is not None:
            if not (check.unfinished or flood):
                source.etag, source.last_modified = _fitting(check.first)
            elif check.first.snapshot is not None:
                # What was not taken in must come again, whole: then "not modified" is no answer for us.
                source.etag, source.last_modified = "", ""
    if added or changed:
        source.changed_at = now
    if check.unchanged and checked.trigger == Trigger.SCHEDULE:
        return None
    return Run(
        source=source,
        trigger=checked.trigger,
        started_at=checked.started,
        ended_at=now,
        ending=_ending(check, flood, bool(added or changed)),
        requests=check.requests,
        size=check.size,
        added=added,
        changed=changed,
        seen_again=sum(outcome.seen_again for outcome in outcomes),
        problems=[storable(problem) for problem in problems[:PROBLEMS]],
    )


def _write(sources: Iterable[Source]) -> None:
    """Save what checks change in sources, in one statement for all."""
    by_name = {field.name: field for field in Source._meta.concrete_fields}
    fields = [by_name[name] for name in (*_WATCHED, *_NOTED)]
    columns = ", ".join(f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields)
    table = connection.ops.quote_name(Source._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {columns} WHERE id = %s",  # noqa: S608, names of our own
            [
                [
                    *(field.get_db_prep_save(getattr(source, field.attname), connection) for field in fields),
                    source.pk,
                ]
                for source in sources
            ],
        )


def _keep_all(held: Sequence[tuple[Checked, Source]], now: datetime) -> list[Kept]:
    """Keep everything of each source, or nothing where it is a flood. What is one document, as it nearly always is, is
    kept together with others; whatever stops that is found when each is kept by itself."""
    kept: dict[int, Kept] = {}
    for some in _together(held):
        found = [
            _found(checked.check.gathered[0], source, _most_new(checked, source)) for checked, source in some
        ]
        try:
            came = record_all(found, now=now)
        except (PipelineError, OperationalError, InterfaceError):
            raise  # a full disk or a lost database: no fault of these sources
        except Exception:
            log.exception("keeping what %d sources gave failed; each is kept by itself", len(some))
            continue
        for (_, source), one in zip(some, came, strict=True):
            kept[source.pk] = ([], one) if isinstance(one, Flood) else ([one], None)
    return [kept.get(source.pk) or _keep(checked, source, now) for checked, source in held]


def _together(held: Sequence[tuple[Checked, Source]]) -> Iterator[list[tuple[Checked, Source]]]:
    """Those that gave one document and no message, several at a time, with up to `TOGETHER` records."""
    some: list[tuple[Checked, Source]] = []
    records = 0
    for checked, source in held:
        check = checked.check
        if check.failure or check.withheld or [one.verdict for one in check.gathered] != [None]:
            continue
        own = len(check.gathered[0].items) + len(check.gathered[0].reading.document.passed)
        if some and records + own > TOGETHER:
            yield some
            some, records = [], 0
        some.append((checked, source))
        records += own
    if some:
        yield some


def _found(gathered: Gathered, source: Source, most_new: int | None) -> Found:
    """A document of a check, with those of its items that are to be kept."""
    reading = replace(gathered.reading, items=tuple(gathered.items))
    return Found(reading, gathered.snapshot, source, most_new)


def _most_new(checked: Checked, source: Source) -> int | None:
    return None if checked.takes_all else MOST_NEW if source.succeeded_at else MOST_NEW_AT_FIRST


def _keep(checked: Checked, source: Source, now: datetime) -> Kept:
    if checked.check.failure is not None:
        return [], None
    most = _most_new(checked, source)
    outcomes: list[ImportOutcome] = []
    try:
        with transaction.atomic():
            for gathered in checked.check.gathered:
                left = None if most is None else most - sum(outcome.added for outcome in outcomes)
                outcomes.append(record(_found(gathered, source, left), now=now))
                if gathered.verdict is not None:
                    letters.let_in_at_once(
                        outcomes[-1].document.snapshot, gathered.snapshot, gathered.verdict
                    )
            for withheld in checked.check.withheld:
                letters.withhold(withheld, source, now)
    except Flood as flood:
        return [], flood
    except (PipelineError, OperationalError, InterfaceError):
        raise  # a full disk or a lost database: no fault of this source
    except Exception as error:
        # One source that cannot be kept, whatever is wrong with it, never stops the rest.
        log.exception("keeping what %s gave failed", source)
        checked.check.failure = StageBroken(source.name, STAGE, f"could not be kept ({error!r:.200}).")
        return [], None
    return outcomes, None


def _waiting(letters: int) -> list[str]:
    if not letters:
        return []
    return [f"{letters} message{'s wait' if letters > 1 else ' waits'} for an editor to look at the sender."]


def _mark(looked: Iterable[tuple[Source, Mapping[str, str]]]) -> None:
    """Note which pages were read, and how their list marked them."""
    marks = {
        (source.pk, page_digest(address)): cut(PageMark, "mark", mark)
        for source, pages in looked
        for address, mark in pages.items()
    }
    write(
        PageMark,
        ("source_id", "digest", "mark"),
        ((source, name, mark) for (source, name), mark in marks.items()),
        unique=("source_id", "digest"),
    )


def _ending(check: Check, flood: Flood | None, news: bool) -> Ending:
    if check.failure is not None:
        return Ending.FAILED
    if flood is not None:
        return Ending.HELD
    return Ending.CHANGED if news else Ending.UNCHANGED


def _news(check: Check, outcomes: Sequence[ImportOutcome], flood: Flood | None) -> News:
    answer = check.first
    added = sum(outcome.added for outcome in outcomes)
    old = sum(outcome.seen_again + outcome.changed for outcome in outcomes)
    return News(
        changed=bool(added or any(outcome.changed for outcome in outcomes)),
        failure=check.failure,
        wait_until=answer.wait_until if answer else None,
        asked=check.asked,
        moved_to=answer.moved_to if answer and len(answer.moved_to) <= LONGEST_ADDRESS else "",
        # A maintenance page, or another site, shows none of what was there; a feed that moved shows most of it.
        same_items=check.unchanged or old > added,
        held=str(flood)[:300] if flood else "",
    )


def _fitting(answer: Answer) -> tuple[str, str]:
    """The validators as columns take them: whole, or not at all. Half an ETag would never match."""
    etag, modified = answer.validators.etag, answer.validators.last_modified
    return etag if len(etag) <= 500 else "", modified if len(modified) <= 100 else ""
