"""Sources watched round the clock: what is due is claimed, checked by several threads, and kept by one.

Checks wait for servers, so they overlap; keeping is one writer, as SQLite has it. The sources of one host stand in
one line, so that a slow host holds one thread and no more.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final

from django.db import connection

from almoner.pipeline import gather
from almoner.pipeline.errors import Malformed, StageBroken
from almoner.pipeline.gather import Check
from almoner.pipeline.ports import Clock, Fetcher, Seen, Validators
from almoner.pipeline.registry import INBOXES, adapter_named
from almoner.pipeline.sources import rules
from almoner.records import rounds
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.topic_learning import learn_waiting
from almoner.records.guidance.proposals import propose_waiting
from almoner.records.ingest import breaker, heartbeat, inboxes, leases, retention
from almoner.records.ingest.checks import Checked, settle
from almoner.records.ingest.enums import Trigger
from almoner.records.ingest.inboxes import Opened
from almoner.records.ingest.models import Run, Source
from almoner.records.ingest.queries import known_addresses, known_entries

THREADS: Final = 8
BATCH: Final = 512
"""Sources that are claimed at a time."""
PATIENCE: Final = 0.25
"""Seconds in which more checks may become ready, to be kept in the same commit: a commit is what costs most."""
HELD: Final = 2.0
"""Seconds for which what has news waits for more of its kind while other checks go on: what many sources brought costs
little more to keep than what one did."""
MOST_HELD: Final = 64
MOST_BYTES_HELD: Final = 4 * 1024 * 1024
"""Checks with news that wait, and bytes in them."""
DRY: Final = 1.0
"""Seconds until the next look, where there was less to claim than we would have taken."""
NAP: Final = 10.0
"""Seconds between two looks at what is due."""
LONGEST_NAP: Final = 600.0
"""After fault upon fault of ours (a full disk, say), so that servers are not asked again and again for nothing."""

DAY: Final = timedelta(days=1)
"""Between two turns of removing what the sources' rules no longer let us keep."""

Told = Callable[[Sequence[Run], int], None]
log = logging.getLogger(__name__)


def watch(fetcher: Fetcher, clock: Clock, stop: threading.Event) -> None:
    """Gather what is due, again and again, until `stop` is set."""

    def alive() -> None:
        with suppress(OSError):  # a disk that refuses is for the health check to say
            heartbeat.beat(clock())

    with suppress(OSError):
        heartbeat.begin(clock())
    swept: datetime | None = None

    def gather_and_relate() -> None:
        nonlocal swept
        Gathering(fetcher, clock, stop=stop, alive=alive).run()
        learn_waiting()
        relate_waiting()
        propose_waiting(clock())
        if swept is None or clock() - swept >= DAY:
            swept = clock()
            retention.sweep(clock, stop, alive)

    def rest(seconds: float) -> None:
        _rest(seconds, stop, alive)

    rounds.go_round(gather_and_relate, stop, name="gathering", nap=NAP, longest_nap=LONGEST_NAP, rest=rest)


def _rest(seconds: float, stop: threading.Event, alive: Callable[[], None]) -> None:
    """Wait, and give signs of life: who waits for room on the disk is not dead."""
    while seconds > 0 and not stop.is_set():
        alive()
        stop.wait(min(seconds, NAP))
        seconds -= NAP


@dataclass(frozen=True, slots=True)
class _Left:
    """Sources of a line that were not checked (primary keys), and whether only because it was too `late`."""

    lease: str
    sources: list[int]
    late: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """The sources of one host that are to be checked one after the other, under one lease."""

    host: str
    lease: str
    sources: Sequence[Source]


class Gathering:
    """One sweep over the sources that are due, or over those in `only` (primary keys), due or not.

    With `takes_all`, however many new items there are are taken in. `told` hears after each commit which runs there is something to say about, and how many sources were checked; `alive` is called several times a second while the sweep goes on. `open_inbox` leads to mailboxes and folders, by default to those that the settings name.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        clock: Clock,
        *,
        only: Collection[int] | None = None,
        trigger: Trigger = Trigger.SCHEDULE,
        takes_all: bool = False,
        stop: threading.Event | None = None,
        told: Told | None = None,
        alive: Callable[[], None] = lambda: None,
        open_inbox: Callable[[Source], Opened] | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._only = None if only is None else set(only)
        self._trigger = trigger
        self._takes_all = takes_all
        self._stop = stop or threading.Event()
        self._told = told
        self._alive = alive
        self._open_inbox = open_inbox or partial(inboxes.open_inbox, clock=clock)
        self._waiting: SimpleQueue[_Line | None] = SimpleQueue()
        self._done: SimpleQueue[Checked] = SimpleQueue()
        self._held: list[Checked] = []
        self._held_since = 0.0
        self._ended: SimpleQueue[tuple[str, _Left]] = SimpleQueue()
        self._busy: set[str] = set()
        self._dry_until = 0.0

    def run(self) -> int:
        """Check until nothing is left, or until told to stop; returns how many sources were checked. What was
        claimed and not checked is due as it was."""
        total, claims = 0, []
        with ThreadPoolExecutor(THREADS, thread_name_prefix="gather") as pool:
            threads = [pool.submit(self._work) for _ in range(THREADS)]
            try:
                while True:
                    self._alive()
                    if self._wants_more(len(self._busy)) and not self._stop.is_set():
                        claims.append(self._claim())
                    if not self._busy:
                        return total + self._keep(all_of_it=True)
                    ended = self._next_ended()
                    total += self._keep()
                    for left in ended:
                        self._give_back(left)
                    for thread in threads:
                        if thread.done():  # never, but by a fault of ours
                            thread.result()
            finally:
                self._stop_lines()
                leases.give_back([claim.lease for claim in claims])

    def _next_ended(self) -> list[_Left]:
        """What is left of lines that have ended, all of the same moment; none if that takes long."""
        lines: list[_Left] = []
        with suppress(Empty):
            host, left = self._ended.get(timeout=0.2)
            self._wait_for_others()
            while True:
                self._busy.discard(host)
                lines.append(left)
                host, left = self._ended.get_nowait()
        return lines

    def _wait_for_others(self) -> None:
        """Let more lines end, as long as the threads do not run out of them."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            under_way = len(self._busy) - self._ended.qsize() - 1
            if under_way <= 0 or self._wants_more(under_way):
                return
            time.sleep(PATIENCE / 10)

    def _wants_more(self, under_way: int) -> bool:
        """Whether the threads would run out of lines while we keep what is ready, if there may be more."""
        return not under_way or (under_way < BATCH // 2 and time.monotonic() >= self._dry_until)

    def _claim(self) -> leases.Claim:
        claim = leases.claim(self._clock(), BATCH, only=self._only, busy=self._busy)
        if len(claim.sources) < BATCH:
            self._dry_until = time.monotonic() + DRY
        if self._only is not None:
            self._only -= {source.pk for source in claim.sources}
        by_host: dict[str, list[Source]] = defaultdict(list)
        for source in claim.sources:
            by_host[source.host].append(source)
        for host, sources in by_host.items():
            self._busy.add(host)
            self._waiting.put(_Line(host, claim.lease, sources))
        return claim

    def _work(self) -> None:
        """What a thread does: one line after the other."""
        try:
            while (line := self._waiting.get()) is not None:
                self._ended.put((line.host, self._check_line(line.lease, line.sources)))
        finally:
            connection.close()  # a thread's connection is its own, and would stay open with it

    def _check_line(self, lease: str, line: Sequence[Source]) -> _Left:
        """Check the sources of one host one after the other; stop where the host is unwell again and again, and
        where the lease would not last. Returns what is left."""
        unwell = 0
        for number, source in enumerate(line):
            started = self._clock()
            late = source.lease_until is None or source.lease_until - started < leases.LEASE - leases.START
            if self._stop.is_set() or unwell >= breaker.FAILURES or late:
                return _Left(lease, [each.pk for each in line[number:]], late)
            check = self._check(source, started + leases.CHECK)
            unwell = unwell + 1 if breaker.is_unwell(check) else 0
            takes_all = self._takes_all or source.lets_in
            self._done.put(Checked(source, check, started, self._trigger, takes_all))
        return _Left(lease, [])

    def _give_back(self, left: _Left) -> None:
        if left.sources:
            leases.give_back([left.lease], left.sources)
            if left.late and self._only is not None:
                self._only.update(left.sources)

    def _check(self, source: Source, until: datetime) -> Check:
        def known(addresses: Collection[str]) -> Mapping[str, str]:
            return known_addresses(source, addresses)

        try:
            if source.adapter in INBOXES:
                return inboxes.collect(source, self._open_inbox(source), lambda: self._clock() >= until)
            return gather.check(
                source.address,
                adapter_named(source.adapter),
                self._fetcher,
                validators=Validators(source.etag, source.last_modified),
                known=known,
                seen=Seen(partial(known_entries, source)),
                rules=(rules.load(source.rule, source.name),) if source.rule.strip() else (),
                enough=lambda: self._clock() >= until,
            )
        except rules.InvalidRule as error:
            return Check(failure=Malformed(source.name, "rules", f"its rule is wrong: {error}"))
        except Exception as error:  # a mistake of ours about one source never stops the others
            log.exception("checking %s failed", source)
            return Check(failure=StageBroken(source.name, "gather", f"failed unexpectedly ({error!r})."))

    def _keep(self, *, all_of_it: bool = False) -> int:
        """Keep what is ready, in one commit; what has news only once there is enough of it, or `all_of_it` is to be kept."""
        done: list[Checked] = []
        with suppress(Empty):
            while True:
                checked = self._done.get_nowait()
                if checked.has_news and not self._held:
                    self._held_since = time.monotonic()
                (self._held if checked.has_news else done).append(checked)
        if all_of_it or self._is_enough():
            done += self._held
            self._held = []
        if done:
            runs = settle(done, self._clock())
            if self._told is not None:
                self._told(runs, len(done))
        return len(done)

    def _is_enough(self) -> bool:
        return (
            len(self._held) >= MOST_HELD
            or time.monotonic() - self._held_since >= HELD
            or sum(checked.check.size for checked in self._held) >= MOST_BYTES_HELD
        )

    def _stop_lines(self) -> None:
        """Nothing of ours goes on behind the sweep: lines that have not begun never do."""
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()
        for _ in range(THREADS):
            self._waiting.put(None)
