"""One check of one source: ask, read, ask on, until nothing more is wanted.

Knows no database and no clock: the fetcher, the adapter and what is known already are given. What comes out says
everything that happened, so that it can be kept, or only shown before a source is added.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from almoner.pipeline.errors import FetchError, PipelineError
from almoner.pipeline.fetch.waiting import fresh_for
from almoner.pipeline.model import Item, Reading, Snapshot
from almoner.pipeline.parse.mail import mbox
from almoner.pipeline.ports import (
    Adapter,
    Answer,
    Fetcher,
    Inbox,
    Known,
    Seen,
    Signatures,
    Taken,
    Validators,
    Wanted,
)
from almoner.pipeline.run import read
from almoner.pipeline.sources.newsletter import Door, Verdict
from almoner.pipeline.sources.rules.rule import Rule, choose

MOST_DOCUMENTS: Final = 200
MOST_BYTES: Final = 64 * 1024 * 1024
"""New documents, and bytes in them, that are taken from a mailbox or a folder in one check; the rest comes with the
next ones."""
MOST_REQUESTS: Final = 60
"""Requests in one check. What is left over is new at the next check still."""
_NOT_THERE: Final = frozenset({404, 410})


@dataclass(slots=True)
class Gathered:
    """A snapshot, what was read from it, and the items of it that are to be kept; of a message, how it was judged."""

    snapshot: Snapshot
    reading: Reading
    items: list[Item]
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A message that waits for an editor: it is kept, and was not read."""

    snapshot: Snapshot
    verdict: Verdict


@dataclass(slots=True)
class Check:
    """What came of a check.

    `first` is the answer it began with, None where there was none; `failure` is why the check as a whole failed
    (its first answer could not be had or read), None where it did not. `problems` are those of single documents.
    `asked` are the seconds between checks that the source asks for, in its first document and the answer's headers;
    None where it gave no document.
    `unfinished` is set where something that was wanted was left for the next check, which must then look at all of
    it anew: a source that says "nothing has changed" would hide it. `looked` are the addresses that need not be read
    again while a list marks them so.
    """

    first: Answer | None = None
    gathered: list[Gathered] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    failure: PipelineError | None = None
    problems: list[PipelineError] = field(default_factory=list)
    requests: int = 0
    size: int = 0
    unfinished: bool = False
    looked: dict[str, str] = field(default_factory=dict)
    asked: int | None = None

    def snapshots(self) -> Iterator[Snapshot]:
        """All that is to be kept."""
        yield from (one.snapshot for one in self.gathered)
        yield from (one.snapshot for one in self.withheld)

    @property
    def unchanged(self) -> bool:
        """Whether the source says that nothing has changed since the last check."""
        is_empty = self.first is not None and self.first.snapshot is None
        return self.failure is None and is_empty and not (self.gathered or self.withheld)


def _asked(reading: Reading, answer: Answer) -> int:
    fresh = int(fresh_for(answer.headers).total_seconds())
    return max(fresh, int(reading.document.metadata.get("feed:interval", "0")))


def nothing_known(addresses: Collection[str]) -> Mapping[str, str]:
    """For a source that nothing has been kept from."""
    del addresses
    return {}


def check(
    address: str,
    adapter: Adapter,
    fetcher: Fetcher,
    *,
    validators: Validators = Validators(),  # noqa: B008, frozen
    known: Known = nothing_known,
    seen: Seen | None = None,
    rules: Sequence[Rule] = (),
    most: int = MOST_REQUESTS,
    enough: Callable[[], bool] = bool,
) -> Check:
    """Check the source at `address`. `validators` are those of its last first answer, `rules` what is known
    of its pages, `seen` what was read from it before; once `enough` is true, nothing more is asked for. Lists come first, then the pages that they name,
    the oldest first: so a check that ends early leaves the newest, which the next one meets at once. Never raises
    `PipelineError`: what failed is in the result, and one bad document does not stop the rest."""
    result = Check()
    lists: deque[tuple[Wanted, Gathered | None]] = deque()
    pages: list[tuple[Wanted, Gathered | None]] = []
    try:
        lists.extend((wanted, None) for wanted in adapter.first(address))
    except PipelineError as error:
        result.failure = error
        return result
    asked: set[str] = set()
    whole: dict[str, str] = {}
    while (lists or pages) and result.requests < most and not (result.requests and enough()):
        wanted, found_in = lists.popleft() if lists else pages.pop()
        if wanted.address in asked:
            continue
        asked.add(wanted.address)
        is_first = result.requests == 0
        result.requests += 1
        try:
            answer = fetcher.fetch(wanted, validators if is_first else Validators())
            if is_first:
                result.first = answer
            if answer.snapshot is None:
                continue
            result.size += len(answer.snapshot.content)
            reading = read(answer.snapshot, rule=choose(rules, answer.snapshot.address), seen=seen)
            if is_first:
                result.asked = _asked(reading, answer)
            step = adapter.step(wanted, reading, known)
        except PipelineError as error:
            if is_first:
                result.failure = error
                continue
            result.problems.append(error)
            if found_in is not None and wanted.card is not None:
                found_in.items.append(wanted.card)
            _after_problem(result, wanted, error)
            if isinstance(error, FetchError) and error.wait_until is not None:
                # The host asks us to go. What it still has for us is new at the next check.
                result.unfinished = True
                break
            continue
        gathered = Gathered(answer.snapshot, reading, list(step.items))
        result.gathered.append(gathered)
        (result.looked if wanted.is_leaf else whole)[wanted.address] = wanted.mark
        result.looked.update((passed.address, passed.mark) for passed in step.passed)
        lists.extend((further, gathered) for further in step.wanted if not further.is_leaf)
        pages.extend((further, gathered) for further in step.wanted if further.is_leaf)
    result.unfinished |= any(wanted.address not in asked for wanted, _ in (*lists, *pages))
    if not result.unfinished:
        result.looked.update(whole)
    return result


def collect(
    address: str,
    inbox: Inbox,
    taken: Taken,
    *,
    since: str = "",
    door: Door | None = None,
    signatures: Signatures = lambda _: (),
    rules: Sequence[Rule] = (),
    enough: Callable[[], bool] = bool,
) -> Check:
    """Check the source at `address` by what has arrived in its inbox since a position. With a `door`, messages alone
    are taken, and those that it does not let in are withheld. What the source gave before is passed over. Never
    raises `PipelineError`, and one bad document does not stop the rest; a message that was let in and cannot be read is
    withheld too, so that somebody sees it."""
    result = Check()
    try:
        for found in inbox.collect(since):
            result.requests += 1
            if isinstance(found, PipelineError):
                result.problems.append(found)
                continue
            for snapshot in _messages(found) if door is not None else (found,):
                if not taken.bytes(snapshot.content):
                    _take(snapshot, result, taken, door, signatures, rules)
            if (
                len(result.gathered) + len(result.withheld) >= MOST_DOCUMENTS
                or result.size >= MOST_BYTES
                or enough()
            ):
                break
    except PipelineError as error:
        if not (result.gathered or result.withheld):
            result.failure = error
            return result
        result.problems.append(error)
    result.first = Answer(Wanted(address, "inbox"), address, 200, None, Validators(inbox.position))
    return result


def _messages(found: Snapshot) -> Iterator[Snapshot]:
    """The messages of a mailbox file, each a snapshot of its own; anything else as it is."""
    if not mbox.is_mbox(found.content):
        yield found
        return
    for content, _ in mbox.messages(found.content):
        yield replace(found, content=content)


def _take(
    snapshot: Snapshot,
    result: Check,
    taken: Taken,
    door: Door | None,
    signatures: Signatures,
    rules: Sequence[Rule],
) -> None:
    result.size += len(snapshot.content)
    verdict = door.judge(snapshot.content, signatures) if door is not None else None
    if verdict is not None and verdict.wait:
        result.withheld.append(Withheld(snapshot, verdict))
        return
    if verdict is not None and _was_sent_before(verdict, taken, result):
        return
    try:
        reading = read(snapshot, rule=choose(rules, snapshot.address))
    except PipelineError as error:
        result.problems.append(error)
        if verdict is not None:
            wait = f"It was let in, and cannot be read: {error.problem}"
            result.withheld.append(Withheld(snapshot, replace(verdict, wait=wait)))
        return
    result.gathered.append(Gathered(snapshot, reading, list(reading.items), verdict))


def _was_sent_before(verdict: Verdict, taken: Taken, result: Check) -> bool:
    name = verdict.envelope.message_id
    now = {one.verdict.envelope.message_id for one in result.gathered if one.verdict is not None}
    return bool(name) and (name in now or taken.message(name))


def _after_problem(result: Check, wanted: Wanted, error: PipelineError) -> None:
    """What is not there, or can never be read, is not asked for again in this state; the rest is tried again, unless
    its card stands for it."""
    if error.permanent or getattr(error, "status", 0) in _NOT_THERE:
        result.looked[wanted.address] = wanted.mark
    elif wanted.card is None or wanted.mark:
        result.unfinished = True
