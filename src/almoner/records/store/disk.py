"""Snapshots on the disk: a file each, `FOLDER/ab/cdef….gz`."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from almoner.pipeline.errors import PipelineError, Unreadable
from almoner.records.store.kept import ADVICE, STAGE, Kept, name_of, packed, unpacked

_LASTING: Final[set[Path]] = set()
"""Folders whose own names are on the disk for sure: this process has seen to it."""


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
                _write(path, packed(content))
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
            kept = path.read_bytes()
        except OSError as error:
            raise Unreadable(str(path), STAGE, f"could not be read: {error}.", advice=ADVICE) from error
        return unpacked(kept, sha256, str(path))

    def files(self) -> Iterator[Kept]:
        """All files in the folder, in no order. What vanishes meanwhile is passed over."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):
                state = path.stat()
                whole = path.suffix == ".gz" and not path.name.startswith(".")
                yield Kept(
                    f"{path.parent.name}/{path.name}",
                    path.parent.name + path.stem if whole else "",
                    state.st_size,
                    state.st_mtime,
                )

    def file(self, sha256: str) -> Kept | None:
        """The file that stands for this SHA-256; None if there is none."""
        path = self._path(sha256)
        try:
            state = path.stat()
        except FileNotFoundError:
            return None
        return Kept(name_of(sha256), sha256, state.st_size, state.st_mtime)

    def remove(self, file: Kept) -> None:
        """Remove a file."""
        (self._folder / file.name).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / name_of(sha256)

    def _is_intact(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except Unreadable:
            return False
        return True


def _write(path: Path, content: bytes) -> None:
    """Write through a temporary name, so that a crash at any moment leaves the old state or the new."""
    with suppress(FileExistsError):
        path.parent.mkdir(parents=True)
        _LASTING.discard(path.parent)
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
    if path.parent not in _LASTING:
        _sync_folder(path.parent.parent)
        _LASTING.add(path.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
