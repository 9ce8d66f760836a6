"""The snapshots' bytes on the disk: one compressed file each, under the SHA-256 of what is in it.

A file is `FOLDER/ab/cdef….gz`, so `zcat` reads it. It appears whole or not at all, is on the disk before it
is said to be kept, is never changed, and is checked each time it is read.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from almoner.pipeline.errors import PipelineError, Unreadable

STAGE: Final = "store"
COMPRESSION: Final = 6
UNSETTLED: Final = 24 * 60 * 60
"""Seconds for which a file that no row names is left alone: its row may be about to be written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the folder: the SHA-256 it stands for ("" for what a broken-off write left), its size on the disk,
    and when it was last put, in seconds since 1970."""

    path: Path
    sha256: str
    size: int
    put_at: float


class SnapshotFolder:
    """A folder of snapshots."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 (64 hex digits). What is there already is not written again,
        unless it is damaged. `PipelineError` if the disk refuses; nothing half-written stays."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        try:
            if self._is_intact(sha256):
                os.utime(path)  # so that nobody takes it for forgotten before its row is written
            else:
                _write(path, gzip.compress(content, COMPRESSION, mtime=0))
        except OSError as error:
            raise PipelineError(
                str(path),
                STAGE,
                f"the snapshot could not be kept: {error.strerror or error}.",
                advice="Make room or give the service the right to write there, then do this again.",
                permanent=False,
            ) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes kept under this SHA-256. `Unreadable` if they are gone or are not what was kept."""
        path = self._path(sha256)
        try:
            content = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise Unreadable(
                str(path), STAGE, f"could not be read: {error}.", advice="Restore it from a backup."
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Unreadable(
                str(path), STAGE, "is not what was kept under this name.", advice="Restore it from a backup."
            )
        return content

    def files(self) -> Iterator[Kept]:
        """All files in the folder, in no order. What vanishes meanwhile is passed over."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):
                state = path.stat()
                whole = path.suffix == ".gz" and not path.name.startswith(".")
                yield Kept(path, path.parent.name + path.stem if whole else "", state.st_size, state.st_mtime)

    def file(self, sha256: str) -> Kept | None:
        """The file that stands for this SHA-256; None if there is none."""
        path = self._path(sha256)
        try:
            state = path.stat()
        except FileNotFoundError:
            return None
        return Kept(path, sha256, state.st_size, state.st_mtime)

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"{sha256!r} is no SHA-256")
        return self._folder / sha256[:2] / f"{sha256[2:]}.gz"

    def _is_intact(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except Unreadable:
            return False
        return True


def snapshot_folder() -> SnapshotFolder:
    """The folder that the settings name."""
    return SnapshotFolder(Path(settings.SNAPSHOT_FOLDER))


def _write(path: Path, content: bytes) -> None:
    """Write through a temporary name, so that a crash at any moment leaves the old state or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
