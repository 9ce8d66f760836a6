"""Files that an editor brings: kept aside, archives unpacked and long exports in parts, until they are taken in or left.

They lie in the data folder under a random name. Which of them were looked at and taken in, `importing` knows.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from almoner.pipeline.errors import PipelineError, TooLarge, UnknownFormat
from almoner.pipeline.fetch import zips
from almoner.pipeline.fetch.files import FORMATS, MAX_BYTES, MEDIA_TYPES, STAGE
from almoner.pipeline.fetch.parts import ENDINGS, parts
from almoner.pipeline.model import Snapshot

MOST_FILES: Final = 100
"""Of one upload, as `DATA_UPLOAD_MAX_NUMBER_FILES` has it; an archive may hold more."""
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of one upload together, unpacked."""
KEPT_FOR: Final = timedelta(days=1)
SCHEME: Final = "upload://"
"""Before a file's name, in the records: it lay on no disk of ours."""
_KEY: Final = re.compile(r"[\w-]{20,40}")
_NAMES: Final = "names.json"
_RAW: Final = "raw"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: its name and its bytes."""

    name: str
    stream: BinaryIO


@dataclass(slots=True)
class _Aside:
    """What is kept aside of one upload: for each document its name, and the words about it where it cannot be read."""

    folder: Path
    left: int
    names: list[tuple[str, str, str]] = field(default_factory=list)

    def put(self, file: File) -> None:
        """Keep a file, or what is in it."""
        raw = self.folder / _RAW
        with raw.open("wb") as copy:
            shutil.copyfileobj(file.stream, copy)
        ending = _ending(file.name)
        if ending == zips.ENDING:
            for found in zips.members(raw, file.name, self.left):
                if isinstance(found, PipelineError):
                    self._refuse(found)
                else:
                    raw.with_name("member").write_bytes(found.content)
                    self._keep(found.name, raw.with_name("member"))
        elif ending not in MEDIA_TYPES:
            self._refuse(
                UnknownFormat(
                    file.name, STAGE, "is of a kind that is not read, by its name.", advice=f"{FORMATS} are."
                )
            )
        else:
            self._keep(file.name, raw)
        raw.unlink(missing_ok=True)

    def _keep(self, name: str, path: Path) -> None:
        """Move a file to its place, or its parts to theirs."""
        size = path.stat().st_size
        self.left -= size
        if self.left < 0:
            raise TooLarge("upload", STAGE, f"has over {MOST_BYTES // 2**20} MiB together.", advice="Bring it in several goes.")  # fmt: skip
        ending = _ending(name)
        number = 0
        if size and ending in ENDINGS:
            with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
                for number, part in enumerate(parts(content, ending), start=1):
                    self._place().write_bytes(part)
                    self._add(f"{name[: -len(ending)]}, part {number}{ending}")
        if number:
            return
        if size > MAX_BYTES:
            self._refuse(TooLarge(name, STAGE, f"has {size / 2**20:.0f} MiB; {MAX_BYTES // 2**20} are read.", advice="Split it, or leave it out."))  # fmt: skip
            return
        path.replace(self._place())
        self._add(name)

    def _place(self) -> Path:
        return self.folder / str(len(self.names))

    def _add(self, name: str) -> None:
        self.names.append((name, "", ""))

    def _refuse(self, why: PipelineError) -> None:
        self.names.append((why.source, why.problem, why.advice))


def put_aside(files: Iterable[File]) -> tuple[str, int]:
    """Keep files aside. Returns the key under which they are found again, and how many documents they are; those that
    cannot be read are counted with them.

    `TooLarge` where they are too many or too large together; nothing is kept then.
    """
    given = list(files)
    if len(given) > MOST_FILES:
        raise TooLarge("upload", STAGE, f"has {len(given)} files; {MOST_FILES} at a time are read.", advice="Pack them into a ZIP archive.")  # fmt: skip
    key = secrets.token_urlsafe(18)
    aside = _Aside(_folder() / key, MOST_BYTES)
    aside.folder.mkdir(mode=0o700, parents=True)
    try:
        for file in given:
            aside.put(file)
        (aside.folder / _NAMES).write_text(json.dumps(aside.names))
    except BaseException:
        drop(key)
        raise
    return key, len(aside.names)


def is_here(key: str) -> bool:
    """Whether files lie aside under this key, on this machine."""
    return bool(_KEY.fullmatch(key)) and (_folder() / key / _NAMES).is_file()


def documents(key: str, start: int = 0) -> Iterator[Snapshot | PipelineError]:
    """The documents from the one numbered `start`, or why one cannot be read. `OSError` if they are no longer there."""
    folder = _folder() / key
    names: list[tuple[str, str, str]] = json.loads((folder / _NAMES).read_text())
    for number, (name, why, advice) in enumerate(names[start:], start=start):
        if why:
            yield UnknownFormat(f"{SCHEME}{name}", STAGE, why, advice=advice)
        else:
            content = (folder / str(number)).read_bytes()
            yield Snapshot(f"{SCHEME}{name}", content, MEDIA_TYPES.get(_ending(name)))


def drop(key: str) -> None:
    """Forget files that were put aside."""
    if _KEY.fullmatch(key):
        shutil.rmtree(_folder() / key, ignore_errors=True)


def tidy(wanted: Collection[str], now: datetime) -> None:
    """Remove what lies aside under no key in `wanted`, and has for a day: whoever put it there died over it."""
    if _folder().is_dir():
        for folder in _folder().iterdir():
            if folder.name not in wanted and folder.stat().st_mtime < (now - KEPT_FOR).timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _folder() -> Path:
    return Path(settings.DATA) / "uploads"
