"""Files that an editor uploads: kept aside while they are looked at, then taken in like any import, or dropped.

They lie in the data folder under a random name, and for a day at most.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from almoner.pipeline import run
from almoner.pipeline.errors import PipelineError, TooLarge, UnknownFormat
from almoner.pipeline.fetch.files import FORMATS, MAX_BYTES, MEDIA_TYPES
from almoner.pipeline.model import Reading, Snapshot
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.ingest.foreseeing import Foreseen, Outlook
from almoner.records.ingest.models import Source
from almoner.records.ingest.outcomes import ImportOutcome
from almoner.records.ingest.services import keep

MOST_FILES: Final = 200
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of one upload together; one file of it has at most `MAX_BYTES`."""
KEPT_FOR: Final = timedelta(days=1)
SCHEME: Final = "upload://"
"""Before a file's name, in the records: it lay on no disk of ours."""
STAGE: Final = "fetch"
_KEY: Final = re.compile(r"[\w-]{20,40}")
_NAMES: Final = "names.json"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: its name and its bytes."""

    name: str
    content: bytes


def put_aside(files: Iterable[File], now: datetime) -> str:
    """Keep files aside; returns the key under which they are found again. Those of yesterday are removed.

    `TooLarge` where they are too many or too large; nothing is kept then.
    """
    _tidy(now)
    given = list(files)
    if len(given) > MOST_FILES:
        raise TooLarge("upload", STAGE, f"has {len(given)} files; {MOST_FILES} at a time are read.", advice="Upload them in parts.")  # fmt: skip
    for file in given:
        if len(file.content) > MAX_BYTES:
            raise TooLarge(file.name, STAGE, f"“{file.name}” has {len(file.content) / 2**20:.0f} MiB; {MAX_BYTES // 2**20} are read.", advice="Split it, or leave it out.")  # fmt: skip
    if sum(len(file.content) for file in given) > MOST_BYTES:
        raise TooLarge("upload", STAGE, f"has over {MOST_BYTES // 2**20} MiB together.", advice="Upload them in parts.")  # fmt: skip
    key = secrets.token_urlsafe(18)
    folder = _folder() / key
    folder.mkdir(mode=0o700, parents=True)
    for number, file in enumerate(given):
        (folder / str(number)).write_bytes(file.content)
    (folder / _NAMES).write_text(json.dumps([file.name for file in given]))
    return key


def look(key: str, source: Source, now: datetime) -> list[Foreseen | PipelineError]:
    """What would come of the files, one after the other. `KeyError` if they are no longer there."""
    outlook = Outlook()
    seen: list[Foreseen | PipelineError] = []
    for snapshot in _snapshots(key):
        read = _read(snapshot)
        seen.append(
            read if isinstance(read, PipelineError) else outlook.look(read, snapshot, source, now=now)
        )
    return seen


def take(key: str, source: Source, now: datetime) -> list[ImportOutcome | PipelineError]:
    """Take the files in as documents of a source; what cannot be read is left out. They are no longer aside then.
    `KeyError` if they are not there."""
    came: list[ImportOutcome | PipelineError] = []
    for snapshot in _snapshots(key):
        read = _read(snapshot)
        came.append(read if isinstance(read, PipelineError) else keep(read, snapshot, source, now=now))
    drop(key)
    while relate_waiting():
        pass
    return came


def drop(key: str) -> None:
    """Forget files that were put aside."""
    if _KEY.fullmatch(key):
        shutil.rmtree(_folder() / key, ignore_errors=True)


def _read(snapshot: Snapshot) -> Reading | PipelineError:
    if snapshot.media_type is None:
        return UnknownFormat(
            snapshot.source, STAGE, "is of a kind that is not read, by its name.", advice=f"{FORMATS} are."
        )
    try:
        return run.read(snapshot)
    except PipelineError as error:
        return error


def _snapshots(key: str) -> Iterator[Snapshot]:
    folder = _folder() / key
    if not _KEY.fullmatch(key) or not (folder / _NAMES).is_file():
        raise KeyError(key)
    names: Sequence[str] = json.loads((folder / _NAMES).read_text())
    for number, name in enumerate(names):
        content = (folder / str(number)).read_bytes()
        yield Snapshot(f"{SCHEME}{name}", content, MEDIA_TYPES.get(Path(name).suffix.lower()))


def _tidy(now: datetime) -> None:
    """Remove what was looked at and never taken."""
    if _folder().is_dir():
        for folder in _folder().iterdir():
            if folder.stat().st_mtime < (now - KEPT_FOR).timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    return Path(settings.DATA) / "uploads"
