"""A host that keeps failing is left alone for a while, whichever of its sources was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from almoner.pipeline.errors import BrokenAnswer, Busy, TooSlow, Unreachable
from almoner.pipeline.gather import Check
from almoner.records.ingest.models import Host

FAILURES: Final = 3
"""Checks in a row, over all sources of a host, after which it is left alone."""
SHORTEST: Final = timedelta(minutes=10)
LONGEST: Final = timedelta(days=1)
_OF_THE_HOST: Final = (Unreachable, TooSlow, Busy, BrokenAnswer)


def is_unwell(check: Check) -> bool:
    """Whether a check failed in a way that says something about the host, not about one page of it."""
    return isinstance(check.failure, _OF_THE_HOST)


def note(checks: Sequence[tuple[str, bool]], now: datetime) -> None:
    """Remember how hosts did: in the order of the checks, the host's name and whether it was unwell. Three queries at
    most, and one where all are well and were so before."""
    if not (any(unwell for _, unwell in checks) or Host.objects.filter(failures__gt=0).exists()):
        return
    known = {host.name: host for host in Host.objects.filter(name__in={name for name, _ in checks})}
    changed: dict[str, Host] = {}
    for name, unwell in checks:
        host = known.setdefault(name, Host(name=name))
        if name and (unwell or host.failures):
            host.failures = host.failures + 1 if unwell else 0
            over = host.failures - FAILURES
            host.open_until = now + min(SHORTEST * 2 ** min(over, 8), LONGEST) if over >= 0 else None
            changed[name] = host
    Host.objects.bulk_create(
        changed.values(),
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["failures", "open_until"],
    )
