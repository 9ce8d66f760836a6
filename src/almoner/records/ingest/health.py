"""Whether the service does what it is there for: four questions, each answered by trying."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from almoner.records.ingest import heartbeat, leases
from almoner.records.ingest.models import Source

FINE: Final = "ok"
LEAST_FREE: Final = 256 * 1024 * 1024
"""Bytes that must be free where the data lie: below, the next day's gathering may not fit."""
SILENCE: Final = timedelta(minutes=5)
"""Without a sign of life for longer, the watch is dead."""
LATEST: Final = timedelta(hours=6)
"""How long a source may be due, while there is a watch, before something is wrong."""


def answers(now: datetime) -> dict[str, str]:
    """For each question "ok", or a few words on what is wrong. They name no path, no source and no person: anybody
    may read them."""
    questions: dict[str, Callable[[datetime], str]] = {
        "database": _database,
        "disk": _disk,
        "watch": _watch,
        "sources": _sources,
    }
    found: dict[str, str] = {}
    for name, question in questions.items():
        try:
            found[name] = question(now)
        except DatabaseError:
            found[name] = "the database does not answer"
        except OSError:
            found[name] = "the data folder cannot be written"
    return found


def _database(_: datetime) -> str:
    Source.objects.order_by().values_list("pk").first()
    return FINE


def _disk(_: datetime) -> str:
    data = Path(settings.DATA)
    with tempfile.TemporaryFile(dir=data) as probe:
        probe.write(b"\0" * 4096)
        probe.flush()
    return FINE if shutil.disk_usage(data).free >= LEAST_FREE else "the disk is nearly full"


def _watch(now: datetime) -> str:
    if settings.GATHERING != "here":
        return FINE
    beat = heartbeat.last()
    return FINE if beat and now - beat.last <= SILENCE else "the sources are not being watched"


def _sources(now: datetime) -> str:
    first = leases.due(now).values_list("next_check_at", flat=True).first()
    if first is None:
        return FINE
    beat = heartbeat.last()
    # After a night switched off everything is late, and nothing is wrong: the watch has only begun.
    since = max(first, beat.since) if beat else first
    return FINE if now - since <= LATEST else "sources are long overdue"
