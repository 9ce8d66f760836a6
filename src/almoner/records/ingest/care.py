"""Looking after sources: adding one, pausing it, letting in what was held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from almoner.pipeline.errors import AddressRefused, FetchError, PipelineError
from almoner.pipeline.fetch.addresses import web_address
from almoner.pipeline.gather import check
from almoner.pipeline.model import MediaType, Reading
from almoner.pipeline.ports import Fetcher, Validators, Wanted
from almoner.pipeline.registry import INBOXES, adapter_named
from almoner.pipeline.run import read
from almoner.pipeline.sources import newsletter
from almoner.pipeline.sources.discover import Proposal, proposals
from almoner.records.catalogue.names import publishers_named
from almoner.records.catalogue.services import relicense
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest import inboxes
from almoner.records.ingest.enums import AdapterName, State
from almoner.records.ingest.models import Source
from almoner.records.ingest.queries import first_seen_at

SHOWN_PAGES: Final = 6
"""Requests for a look at a list that has no titles of its own."""
_WATCHING: Final = ("state", "state_reason", "failures", "next_check_at")
_ELSEWHERE: Final = {
    "etag": "", "last_modified": "", "moved_to": "", "moved_times": 0, "moved_since": None, "tried_at": None,
    "succeeded_at": None, "failures": 0, "last_error": "", "lease": "", "lease_until": None,
}  # fmt: skip
"""What is known of a source only as long as it is at the same address, watched in the same way."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What stands at an address: how it might be watched, and the items that it shows now."""

    proposals: tuple[Proposal, ...]
    reading: Reading


def discover(address: str, fetcher: Fetcher) -> Discovery:
    """Look at what stands at `address`. `PipelineError` if it cannot be had or read."""
    place = web_address(address)
    try:
        answer = fetcher.fetch(Wanted(str(place), "discovery"), Validators())
    except FetchError as error:
        raise error.once() from error
    assert answer.snapshot is not None  # nothing was known, so nothing can be unchanged
    reading = read(answer.snapshot)
    robots = _robots(place.origin, fetcher) if reading.document.media_type is MediaType.HTML else ""
    ways = proposals(answer.snapshot, reading, robots)
    section = address.partition("#")[2]
    if section.startswith("/"):  # of a sitemap, only the pages below it are wanted
        ways = [
            replace(way, address=f"{way.address}#{section}") if way.adapter == "sitemap" else way
            for way in ways
        ]
    return Discovery(tuple(ways), reading)


def look(address: str, fetcher: Fetcher) -> Discovery:
    """As `discover`, with the items as the best proposal would show them: of the feed that a page names, not of the
    page. Where that cannot be had, the proposal is dropped and the next one counts."""
    found = discover(address, fetcher)
    here = {address, found.reading.document.source}
    left = list(found.proposals)
    while left:
        if left[0].address in here and left[0].adapter in (AdapterName.FEED, AdapterName.LISTING):
            break
        reading = _as_watched(left[0], fetcher)
        if reading is not None:
            title = reading.document.title or found.reading.document.title
            return Discovery(tuple(left), replace(reading, document=replace(reading.document, title=title)))
        left.pop(0)
    return replace(found, proposals=tuple(left))


def _robots(origin: str, fetcher: Fetcher) -> str:
    """The robots.txt of a site; "" where there is none that can be read."""
    try:
        answer = fetcher.fetch(Wanted(f"{origin}/robots.txt", "robots", MediaType.TEXT), Validators())
    except PipelineError:
        return ""
    return answer.snapshot.content.decode(errors="replace") if answer.snapshot else ""


def _as_watched(way: Proposal, fetcher: Fetcher) -> Reading | None:
    """What a check would begin with, or the first pages that it would read where its list has no titles; None if it
    would fail, or find nothing."""
    for most in (1, SHOWN_PAGES):
        seen = check(way.address, adapter_named(way.adapter), fetcher, most=most)
        if seen.failure is not None or not seen.gathered:
            return None
        first = seen.gathered[0].reading
        items = first.items or tuple(item for gathered in seen.gathered for item in gathered.items)
        if items:
            return replace(first, items=items)
    return None


def add(
    name: str,
    address: str,
    adapter: str,
    *,
    publisher: str,
    trust: str,
    licence: str,
    now: datetime,
    senders: Sequence[str] = (),
    receiver: str = "",
) -> Source:
    """Make a source and watch it from `now` on. `senders` and `receiver` are those of a newsletter. `ValidationError`,
    by field, if something about it does not fit, or there is such a source already; nothing is kept then."""
    source = Source(
        name=" ".join(name.split()),
        address=address.strip(),
        adapter=adapter,
        trust=trust,
        licence=licence,
        senders=list(senders),
        receiver=receiver.strip(),
    )
    with transaction.atomic():
        source.clean_fields()
        check_senders(source)
        source.validate_unique()
        _refuse_second(source)
        owner = " ".join(publisher.split())
        source.publisher = publishers_named([owner]).get(owner) if owner else None
        watch_from(source, now)
    return source


def check_senders(source: Source) -> None:
    """`ValidationError` if one of the source's senders is none."""
    try:
        source.senders = [str(sender) for sender in newsletter.senders(source.senders)]
    except newsletter.InvalidSender as error:
        raise ValidationError({"senders": str(error)}) from error


def change(source: Source, fields: Collection[str], now: datetime) -> None:
    """Save what an editor changed. At another address, or watched in another way, it begins anew: what the former
    server said about changes would hide everything. Another licence holds for what it gave before, too: what readers
    may be shown is no matter of when it was read. `ValidationError`, by field, if the address does not fit."""
    changed = set(fields)
    if "senders" in changed:
        check_senders(source)
    if changed & {"address", "adapter"}:
        if source.adapter != AdapterName.FILES:
            _check_address(source)
            _refuse_second(source)
        for name, value in _ELSEWHERE.items():
            setattr(source, name, value)
        changed |= _ELSEWHERE.keys()
        if source.state == State.ACTIVE:
            source.next_check_at = None if source.adapter == AdapterName.FILES else now
            changed.add("next_check_at")
    with in_turn():
        if changed:
            source.save(update_fields=sorted(changed))
        if "licence" in changed:
            relicense(first_seen_at(source), source.licence, now=now)


def check_now(source: Source, now: datetime) -> bool:
    """Make a source due at once; False if it is not watched."""
    watched = Source.objects.filter(pk=source.pk, state=State.ACTIVE).exclude(adapter=AdapterName.FILES)
    return bool(watched.update(next_check_at=now))


def let_in(source: Source, now: datetime) -> None:
    """Take in what was held, however much it is, at a check that is due at once. `ValidationError` as
    `watch_from`, or if nothing is held."""
    with transaction.atomic():
        held = Source.objects.select_for_update().filter(pk=source.pk, state=State.HELD)
        if not held.update(lets_in=True):
            raise ValidationError("Nothing of this source is held any more.")
        source.lets_in = True
        watch_from(source, now)


def watch_from(source: Source, now: datetime) -> None:
    """Begin to watch a source, or go on after a pause or a hold: it is due at once.

    `ValidationError`, by field, if its address is none we may fetch or it has no adapter.
    """
    if source.adapter == AdapterName.FILES:
        raise ValidationError({"adapter": "Say how it is to be watched."})
    _check_address(source)
    source.state, source.state_reason = State.ACTIVE, ""
    source.failures, source.next_check_at = 0, now
    if source.pk is None:
        source.save()
    else:
        source.save(update_fields=["adapter", "address", *_WATCHING])  # a check may be writing the others


def pause(source: Source, reason: str) -> None:
    """Stop watching a source, with a reason for those who look at it later. What was gathered stays, and the
    failures count from nought again: somebody has looked."""
    source.state, source.state_reason, source.next_check_at = State.PAUSED, reason.strip()[:300], None
    source.failures = 0
    source.save(update_fields=_WATCHING)


def plain(error: PipelineError) -> str:
    """An error in words for an editor, without the name of the source and the stage, which stand beside it."""
    return " ".join(filter(None, (error.problem[:1].upper() + error.problem[1:], error.advice)))


def _check_address(source: Source) -> None:
    try:
        if source.adapter in INBOXES:
            inboxes.check_address(source)
        else:
            web_address(source.address, source=source.name)
    except AddressRefused as error:
        raise ValidationError({"address": plain(error)}) from error


def _refuse_second(source: Source) -> None:
    """Two sources at one address would ask twice for the same items."""
    other = Source.objects.filter(address=source.address).exclude(pk=source.pk).first()
    if other is not None:
        raise ValidationError({"address": f"“{other}” is at this address already."})
