"""Snapshots from files, folders and standard input."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from almoner.pipeline.errors import PipelineError, TooLarge, Unreadable
from almoner.pipeline.model import MediaType, Snapshot

STAGE = "fetch"
MAX_BYTES = 16 * 1024 * 1024
"""The largest document that is read: 16 MiB. A 400-page report as text is 1 MiB."""

STANDARD_INPUT = "-"
MEDIA_TYPES = {
    ".txt": MediaType.TEXT,
    ".text": MediaType.TEXT,
    ".md": MediaType.TEXT,
    ".html": MediaType.HTML,
    ".htm": MediaType.HTML,
    ".xhtml": MediaType.HTML,
    ".xml": MediaType.XML,
    ".rss": MediaType.XML,
    ".atom": MediaType.XML,
    ".rdf": MediaType.XML,
    ".cdf": MediaType.XML,
    ".opml": MediaType.XML,
    ".json": MediaType.JSON,
    ".csv": MediaType.CSV,
    ".tsv": MediaType.CSV,
    ".eml": MediaType.MAIL,
    ".mbox": MediaType.MAIL,
    ".pdf": MediaType.PDF,
    ".docx": MediaType.WORD,
    ".docm": MediaType.WORD,
    ".dotx": MediaType.WORD,
}
FORMATS = "Text, HTML, PDF, Word, feeds, e-mail, JSON, CSV and OPML"
"""What these are, for people."""


def snapshots(paths: Iterable[str]) -> Iterator[Snapshot | PipelineError]:
    """The documents at `paths`, in the order given; a folder gives its files in name order, at any depth.

    What cannot be had is yielded as a `PipelineError` in its place, so that one bad file never stops the
    rest. In a folder, hidden files, files of formats that nothing here reads, pipes and devices, and folders
    behind links are passed over; what is named itself is always tried. "-" is standard input.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield _take(path, sys.stdin.buffer, "", MAX_BYTES)
        elif os.path.isdir(path):
            yield from _folder(path)
        else:
            yield file(path)


def file(path: str, most: int | None = None, *, follows_links: bool = True) -> Snapshot | PipelineError:
    """The snapshot of one file of `most` bytes at most (`MAX_BYTES`), or the error that says why there is none."""
    most = MAX_BYTES if most is None else most
    try:
        with open(path, "rb", opener=None if follows_links else _open_itself) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > most:
                return _too_large(path, size, most)
            return _take(path, stream, _moment(os.fstat(stream.fileno()).st_mtime), most)
    except OSError as error:
        return _unreadable(path, error)


def given(name: str, content: bytes, captured: str = "") -> Snapshot:
    """The snapshot of bytes that came under the name of a file."""
    return Snapshot(name, content, MEDIA_TYPES.get(Path(name).suffix.lower()), captured=captured)


def _open_itself(path: str, flags: int) -> int:
    """Open a file where no link stands in its place, and wait for nobody at the other end of a pipe."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _moment(seconds: float) -> str:
    """A file's time in UTC as ISO 8601; empty where the calendar has no such year."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError):
        return ""


def count(paths: Iterable[str]) -> int:
    """How many documents `snapshots` will give for these paths."""
    return sum(sum(1 for _ in _inside(path, [])) if os.path.isdir(path) else 1 for path in paths)


def _folder(folder: str) -> Iterator[Snapshot | PipelineError]:
    problems: list[OSError] = []
    for path in _inside(folder, problems):
        yield file(path)
    yield from (_unreadable(str(error.filename), error) for error in problems)


def _inside(folder: str, problems: list[OSError]) -> Iterator[str]:
    """The paths of the files in a folder that are read; folders that cannot be looked into go to `problems`."""
    for parent, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(parent, name)
            if not name.startswith(".") and Path(name).suffix.lower() in MEDIA_TYPES and not _waits(path):
                yield path


def _waits(path: str) -> bool:
    """Whether opening what stands here could wait for ever: a pipe, a socket, a device."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _take(path: str, stream: BinaryIO, captured: str, most: int) -> Snapshot | PipelineError:
    try:
        content = stream.read(most + 1)
    except OSError as error:
        return _unreadable(path, error)
    if len(content) > most:
        return _too_large(path, None, most)
    return given(path, content, captured)


def _too_large(path: str, size: int | None, most: int) -> TooLarge:
    found = f"is {size / 2**20:.1f} MiB" if size is not None else f"is over {most // 2**20} MiB"
    return TooLarge(
        path,
        STAGE,
        f"{found}, and documents over {most // 2**20} MiB are not read.",
        advice="Split it into smaller files; nothing of it was read.",
    )


def _unreadable(path: str, error: OSError) -> Unreadable:
    return Unreadable(
        path,
        STAGE,
        f"could not be opened: {error.strerror or error}.",
        advice="Check that the path is right and that you may read it.",
        permanent=False,
    )
