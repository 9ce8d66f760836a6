"""What every store of snapshots has in common: its form, and how bytes are packed and checked."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from almoner.pipeline.errors import Unreadable

STAGE: Final = "store"
ADVICE: Final = "Restore it from a backup."
COMPRESSION: Final = 6
UNSETTLED: Final = 24 * 60 * 60
"""Seconds for which a file that no row names is left alone: its row may be about to be written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store: its name there, the SHA-256 it stands for ("" for what a broken-off write left), its size as
    it is kept, and when it was last put, in seconds since 1970."""

    name: str
    sha256: str
    size: int
    put_at: float


class SnapshotStore(Protocol):
    """Where snapshots lie."""

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 (64 hex digits). `PipelineError` if that cannot be done; nothing
        half-written stays."""

    def get(self, sha256: str) -> bytes:
        """The bytes kept under this SHA-256. `Unreadable` if they are gone or are not what was kept."""

    def files(self) -> Iterator[Kept]:
        """All files, in no order. What vanishes meanwhile is passed over."""

    def file(self, sha256: str) -> Kept | None:
        """The file that stands for this SHA-256; None if there is none."""

    def remove(self, file: Kept) -> None:
        """Remove a file for good. Nothing happens where it is gone already."""


def name_of(sha256: str) -> str:
    """The name under which bytes of this SHA-256 are kept. `ValueError` if it is none."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"{sha256!r} is no SHA-256")
    return f"{sha256[:2]}/{sha256[2:]}.gz"


def packed(content: bytes) -> bytes:
    """The bytes as they are kept; `zcat` reads them."""
    return gzip.compress(content, COMPRESSION, mtime=0)


def unpacked(kept: bytes, sha256: str, name: str) -> bytes:
    """The bytes again. `Unreadable`, naming `name`, if they are not what was kept under this SHA-256."""
    try:
        content = gzip.decompress(kept)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(name, STAGE, f"could not be read: {error}.", advice=ADVICE) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Unreadable(name, STAGE, "is not what was kept under this name.", advice=ADVICE)
    return content
