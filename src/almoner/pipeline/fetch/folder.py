"""A folder on this machine as a source: what is put there is taken once, by what is in it.

What is remembered is how the folder looked (names, sizes, times). While it looks the same nothing is opened; when it
looks different every file is, and whoever takes them knows by their bytes which it has. So a file that is moved,
renamed, put back or given another time is not taken twice, and none is missed however its clock was set.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from almoner.pipeline.errors import AddressRefused, PipelineError, Unreadable
from almoner.pipeline.fetch.files import MEDIA_TYPES, STAGE, file
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.ports import Clock

SETTLED: Final = 10.0
"""Seconds since a file was last written before it is taken: it may not be whole yet."""
MOST_FILES: Final = 100_000
ADVICE: Final = "Whoever runs the service names the folders that may be watched (ALMONER_FOLDERS)."


def folder_path(address: str, allowed: Sequence[str], *, source: str = "") -> str:
    """The folder that a `file:///…` address names, its links followed. `AddressRefused`, naming `source`, unless it is
    one of those `allowed` or stands in one."""

    def refused(why: str) -> AddressRefused:
        return AddressRefused(source or address[:200], STAGE, why, advice=ADVICE, permanent=True)

    try:
        parts = urlsplit(address.strip())
    except ValueError as error:
        raise refused("the address cannot be read.") from error
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or parts.query or parts.fragment:
        raise refused("the address is not that of a folder on this machine (file:///srv/post).")
    path = unquote(parts.path)
    if "\0" in path or not path.startswith("/"):
        raise refused("the address is not that of a folder on this machine (file:///srv/post).")
    real = os.path.realpath(path)
    for each in allowed:
        root = os.path.realpath(each)
        if real == root or real.startswith(root.rstrip("/") + "/"):
            return real
    raise refused("the folder is none of those that may be watched.")


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    size: int
    time: int
    media_type: MediaType


class Folder:
    """A folder, for one look. With `only` files of that format alone are taken. Messages in a Maildir
    (`new` and `cur`) need no ending to be known for what they are."""

    def __init__(self, path: str, clock: Clock, *, only: MediaType | None = None) -> None:
        self._path = path
        self._clock = clock
        self._only = only
        self.position = ""

    def collect(self, since: str) -> Iterator[Snapshot | PipelineError]:
        """What is in the folder, where it looks other than at the position `since`: its files in the order in which
        they were last written. What is being written, hidden, a link, or no file is passed over, and so is what
        vanishes meanwhile. Raises `Unreadable` where the folder itself cannot be opened."""
        self.position = since
        entries, all_settled = self._entries()
        look = _look(entries)
        if look == since:
            return
        for entry in entries:
            found = file(entry.path, follows_links=False)
            state = _state(entry.path)
            if state is None or (state.st_size, state.st_mtime_ns) != (entry.size, entry.time):
                all_settled = False  # gone, or written again meanwhile
            elif isinstance(found, Snapshot):
                yield replace(found, media_type=entry.media_type)
            else:
                yield found
        if all_settled:
            self.position = look

    def _entries(self) -> tuple[list[_Entry], bool]:
        """The files that may be taken now, and whether that is all of them."""
        now = self._clock().timestamp()
        found: list[_Entry] = []
        settled = True
        faults: list[OSError] = []
        for parent, folders, names in os.walk(self._path, onerror=faults.append):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = os.path.join(parent, name)
                kind = self._kind(parent, name)
                state = _state(path)
                if name.startswith(".") or kind is None or state is None or not stat.S_ISREG(state.st_mode):
                    continue
                if 0 <= now - state.st_mtime < SETTLED:
                    settled = False
                else:
                    found.append(_Entry(path, state.st_size, state.st_mtime_ns, kind))
        if any(fault.filename == self._path for fault in faults):
            raise Unreadable(
                self._path, STAGE, f"the folder could not be opened: {faults[0].strerror}.",
                advice="Check that it is there, and that the service may read it.", permanent=False,
            )  # fmt: skip
        found.sort(key=lambda entry: (entry.time, entry.path))
        return found[:MOST_FILES], settled and len(found) <= MOST_FILES

    def _kind(self, parent: str, name: str) -> MediaType | None:
        """The format of a file; None where it is none that is taken here."""
        kind = MEDIA_TYPES.get(Path(name).suffix.lower())
        if os.path.basename(parent) in ("new", "cur") and os.path.isdir(os.path.join(parent, "..", "tmp")):
            kind = MediaType.MAIL
        return kind if self._only in (None, kind) else None


def _look(entries: Iterable[_Entry]) -> str:
    lines = (f"{entry.path}\0{entry.size}\0{entry.time}\n" for entry in entries)
    return hashlib.sha256("".join(lines).encode(errors="surrogateescape")).hexdigest()


def _state(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None
