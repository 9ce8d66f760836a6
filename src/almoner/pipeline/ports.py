"""What the pipeline is given from outside, as Protocols, and the values that pass through them.

`fetch` answers a `Wanted` with an `Answer`; adapters in `sources` say what is wanted next; the records keep
snapshots and states. So each side is tested without the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.model import Item, MediaType, Reading, Snapshot


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with: opaque, sent back to the letter (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to be fetched for a source.

    `role` is the adapter's own word for what it is ("feed", "page", "item"). `media_type` is what is expected
    there, None where the answer decides. `accept` is the request's Accept header, "" for the default. `card` is the
    item as a list showed it, where this is that item's own page: it fills what the page lacks, and is kept where
    the page cannot be had. `is_leaf`: nothing further follows from it. `mark` is what a list says of its state, such
    as the time of its last change: opaque, and noted once it was read.
    """

    address: str
    role: str
    media_type: MediaType | None = None
    accept: str = ""
    card: Item | None = None
    is_leaf: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed: the status (301, 302, 303, 307, 308) and where it led."""

    status: int
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request that succeeded.

    `snapshot` is None where nothing has changed since the validators that were sent (304). `address` is where
    it was found in the end, `hops` how we got there. `wait_until` is a moment before which the server asks not to
    be asked again (Cache-Control), already held within reason.
    """

    wanted: Wanted
    address: str
    status: int
    snapshot: Snapshot | None
    validators: Validators = field(default_factory=Validators)
    hops: tuple[Hop, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_until: datetime | None = None

    @property
    def moved_to(self) -> str:
        """Where it has moved to for good; "" unless every hop says so."""
        return (
            self.hops[-1].address if self.hops and all(hop.status in (301, 308) for hop in self.hops) else ""
        )


class Fetcher(Protocol):
    """The only way to the network."""

    def fetch(self, wanted: Wanted, known: Validators) -> Answer:
        """The answer to one request; a leaf of `FetchError` where there is none."""


@dataclass(frozen=True, slots=True)
class Step:
    """What an adapter makes of one answer: the items to keep, and what else is wanted now, the newest first.

    `passed` is what shall count as read although nobody asks for it: the archive behind a list.
    """

    items: tuple[Item, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    passed: tuple[Wanted, ...] = ()


Known = Callable[[Collection[str]], Mapping[str, str]]
"""Of these addresses, those that were read or kept from this source already, each with the mark that it had then
("" where it had none)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read from a source before: `among` says which of some digests are those of records that were kept.
    `depends_on` is what their reading depends on beside their document, as a rule."""

    among: Callable[[Collection[str]], Set[str]]
    depends_on: str = ""


class Adapter(Protocol):
    """How one sort of source is gathered. Pure: it decides, others fetch and keep."""

    def first(self, address: str) -> tuple[Wanted, ...]:
        """What a check of the source at `address` begins with."""

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:
        """What follows from the reading of an answer."""


class Clock(Protocol):
    """The time, from outside."""

    def __call__(self) -> datetime:
        """Now, with its zone."""


class SignatureResult(StrEnum):
    """What became of a signature, in the words of RFC 8601, 2.7.1."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NONE = "none"
    TEMPERROR = "temperror"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature on a message: the domain that signed, whether it holds, and why not, in words."""

    domain: str
    result: SignatureResult
    why: str = ""


Signatures = Callable[[bytes], tuple[Signature, ...]]
"""What became of the signatures on a message."""


class Inbox(Protocol):
    """A place where documents arrive one by one, each to be taken once: a mailbox, a folder. For one look."""

    @property
    def position(self) -> str:
        """What to give `collect` the next time, were the taking to end with what was yielded last. Opaque."""

    def collect(self, since: str) -> Iterator[Snapshot | PipelineError]:
        """What has arrived since a position ("" for all), one at a time; the error in the place of what cannot be
        had. Raises a leaf of `PipelineError` where no more can be had at all."""


class Taken(Protocol):
    """What a source has given before."""

    def bytes(self, content: bytes) -> bool:
        """Whether these very bytes were taken."""

    def message(self, message_id: str) -> bool:
        """Whether a message of this identifier was let in."""
