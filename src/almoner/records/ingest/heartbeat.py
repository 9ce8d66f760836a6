"""A sign of life of the watch: a file in the data folder whose time is that of the last beat, and which holds when
the watch began. A file, because it takes no writer's turn in the database and no room on a full disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Beat:
    """When the watch began, and when it was last alive."""

    since: datetime
    last: datetime


def begin(now: datetime) -> None:
    """Note that a watch begins. `OSError` if that cannot be written."""
    _file().write_text(now.isoformat())
    beat(now)


def beat(now: datetime) -> None:
    """Note that the watch is alive. `OSError` if that cannot be written."""
    if not _file().exists():  # somebody cleared the folder
        _file().write_text(now.isoformat())
    os.utime(_file(), (now.timestamp(), now.timestamp()))


def last() -> Beat | None:
    """The last sign of life; None where there never was one."""
    try:
        since = datetime.fromisoformat(_file().read_text())
        return Beat(since, datetime.fromtimestamp(_file().stat().st_mtime, UTC))
    except (OSError, ValueError):
        return None


def _file() -> Path:
    return Path(settings.DATA) / "watching"
