"""One check of one source: ask, read, ask on, until nothing more is wanted.

Knows no database and no clock: the fetcher, the adapter and what is known already are given. What comes out says
everything that happened, so that it can be kept, or only shown before a source is added.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.errors import FetchError, PipelineError
from almoner.pipeline.model import Item, Reading, Snapshot
from almoner.pipeline.ports import Adapter, Answer, Fetcher, Known, Validators, Wanted
from almoner.pipeline.run import read
from almoner.pipeline.sources.rules.rule import Rule, choose

MOST_REQUESTS: Final = 60
"""Requests in one check. What is left over is new at the next check still."""


@dataclass(slots=True)
class Gathered:
    """A snapshot, what was read from it, and the items of it that are to be kept."""

    snapshot: Snapshot
    reading: Reading
    items: list[Item]


@dataclass(slots=True)
class Check:
    """What came of a check.

    `first` is the answer it began with, None where there was none; `failure` is why the check as a whole failed
    (its first answer could not be had or read), None where it did not. `problems` are those of single documents.
    `unfinished` is set where something that was wanted was left for the next check, which must then look at all of
    it anew: a source that says "nothing has changed" would hide it.
    """

    first: Answer | None = None
    gathered: list[Gathered] = field(default_factory=list)
    failure: PipelineError | None = None
    problems: list[PipelineError] = field(default_factory=list)
    requests: int = 0
    size: int = 0
    unfinished: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether the source says that nothing has changed since the last check."""
        return self.failure is None and self.first is not None and self.first.snapshot is None


def nothing_known(addresses: Collection[str]) -> Set[str]:
    """For a source that nothing has been kept from."""
    del addresses
    return frozenset()


def check(
    address: str,
    adapter: Adapter,
    fetcher: Fetcher,
    *,
    validators: Validators = Validators(),  # noqa: B008, frozen
    known: Known = nothing_known,
    rules: Sequence[Rule] = (),
    most: int = MOST_REQUESTS,
    enough: Callable[[], bool] = bool,
) -> Check:
    """Check the source at `address`. `validators` are those of its last first answer, `rules` what is known
    of its pages; once `enough` is true, nothing more is asked for. Never raises `PipelineError`: what failed is in the result, and one bad document does not stop the
    rest."""
    result = Check()
    queue: deque[tuple[Wanted, Gathered | None]] = deque()
    try:
        queue.extend((wanted, None) for wanted in adapter.first(address))
    except PipelineError as error:
        result.failure = error
        return result
    asked: set[str] = set()
    while queue and result.requests < most and not (result.requests and enough()):
        wanted, found_in = queue.popleft()
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
            reading = read(answer.snapshot, rule=choose(rules, answer.snapshot.address))
            step = adapter.step(wanted, reading, known)
        except PipelineError as error:
            if is_first:
                result.failure = error
                continue
            result.problems.append(error)
            if found_in is not None and wanted.card is not None:
                found_in.items.append(wanted.card)
            if isinstance(error, FetchError) and error.wait_until is not None:
                # The host asks us to go. What it still has for us is new at the next check.
                result.unfinished = True
                break
            continue
        gathered = Gathered(answer.snapshot, reading, list(step.items))
        result.gathered.append(gathered)
        queue.extend((further, gathered) for further in step.wanted)
    result.unfinished |= any(wanted.address not in asked for wanted, _ in queue)
    return result
