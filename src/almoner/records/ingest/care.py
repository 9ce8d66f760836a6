"""Looking after sources: adding one, pausing it, letting in what was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from almoner.pipeline.errors import AddressRefused, PipelineError
from almoner.pipeline.fetch.addresses import web_address
from almoner.pipeline.model import Reading
from almoner.pipeline.ports import Fetcher, Validators, Wanted
from almoner.pipeline.run import read
from almoner.pipeline.sources.discover import Proposal, proposals
from almoner.records.ingest.enums import AdapterName, State
from almoner.records.ingest.models import Source


@dataclass(frozen=True, slots=True)
class Discovery:
    """What stands at an address: how it might be watched, and the items that it shows now."""

    proposals: tuple[Proposal, ...]
    reading: Reading


def discover(address: str, fetcher: Fetcher) -> Discovery:
    """Look at what stands at `address`. `PipelineError` if it cannot be had or read."""
    answer = fetcher.fetch(Wanted(str(web_address(address)), "discovery"), Validators())
    assert answer.snapshot is not None  # nothing was known, so nothing can be unchanged
    reading = read(answer.snapshot)
    return Discovery(tuple(proposals(answer.snapshot, reading)), reading)


def watch_from(source: Source, now: datetime) -> None:
    """Begin to watch a source, or go on after a pause or a hold: it is due at once.

    `ValidationError`, by field, if its address is none we may fetch or it has no adapter.
    """
    if source.adapter == AdapterName.FILES:
        raise ValidationError({"adapter": "Say how it is to be watched."})
    try:
        web_address(source.address, source=source.name)
    except AddressRefused as error:
        raise ValidationError({"address": f"{error.problem} {error.advice}"}) from error
    source.state, source.state_reason = State.ACTIVE, ""
    source.failures, source.next_check_at = 0, now
    source.save()


def pause(source: Source, reason: str) -> None:
    """Stop watching a source, with a reason for those who look at it later. What was gathered stays."""
    source.state, source.state_reason, source.next_check_at = State.PAUSED, reason.strip()[:300], None
    source.save()


def plain(error: PipelineError) -> str:
    """An error in words for an editor, without the name of the source and the stage, which stand beside it."""
    return " ".join(filter(None, (error.problem[:1].upper() + error.problem[1:], error.advice)))
