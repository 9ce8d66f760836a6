"""The files in a ZIP archive, without trust in what it says of itself."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from almoner.pipeline.errors import Locked, Malformed, PipelineError, TooLarge, UnknownFormat
from almoner.pipeline.fetch.files import FORMATS, MAX_BYTES, MEDIA_TYPES, STAGE
from almoner.pipeline.fetch.parts import ENDINGS

ENDING: Final = ".zip"
MOST_MEMBERS: Final = 20_000
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path in it, and its bytes."""

    name: str
    content: bytes


def members(path: Path, name: str, most: int) -> Iterator[Member | PipelineError]:
    """The files in the archive at `path`, which is called `name`, that something here reads, in the order of their
    paths. What cannot be had is yielded as a `PipelineError` in its place; of what nothing reads (pictures, styles)
    one says how many there are. Over `most` bytes together, unpacked, the rest is left out.
    """
    try:
        with ZipFile(path) as archive:
            yield from _members(archive, name, most)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Malformed(
            name, STAGE, f"is no ZIP archive that can be opened ({error}).", advice="Make it again."
        )


def _members(archive: ZipFile, name: str, most: int) -> Iterator[Member | PipelineError]:
    listed = sorted(
        (each for each in archive.infolist() if not each.is_dir()), key=lambda each: each.filename
    )
    if len(listed) > MOST_MEMBERS:
        yield TooLarge(name, STAGE, f"has {len(listed):,} files; {MOST_MEMBERS:,} are read.", advice="Pack them into several.")  # fmt: skip
        return
    unread: Counter[str] = Counter()
    for each in listed:
        inside = PurePosixPath(each.filename.replace("\\", "/"))
        if any(part.startswith((".", "__MACOSX")) for part in inside.parts):
            continue
        if inside.suffix.lower() not in MEDIA_TYPES:
            unread[inside.suffix.lower() or "none"] += 1
            continue
        came = _member(archive, each, f"{name}/{'/'.join(inside.parts)}", min(most, _largest(inside)))
        if isinstance(came, Member):
            most -= len(came.content)
        yield came
    if unread:
        kinds = ", ".join(f"{number} {ending}" for ending, number in unread.most_common(8))
        yield UnknownFormat(
            name,
            STAGE,
            f"holds {unread.total()} files of kinds that are not read ({kinds}).",
            advice=f"{FORMATS} are.",
        )


def _largest(inside: PurePosixPath) -> int:
    """How large a file of this kind may be: what is read in parts as large as all may be together."""
    return 2**40 if inside.suffix.lower() in ENDINGS else MAX_BYTES


def _member(archive: ZipFile, each: ZipInfo, name: str, most: int) -> Member | PipelineError:
    if each.flag_bits & _ENCRYPTED:
        return Locked(name, STAGE, "is behind a password.", advice="Pack it without one.")
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(each) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > most:
                    return TooLarge(name, STAGE, f"is over {most / 2**20:.0f} MiB, unpacked.", advice="Bring it by itself, or in parts.")  # fmt: skip
                pieces.append(piece)
    except (BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zlib.error) as error:
        return Malformed(name, STAGE, f"cannot be unpacked ({error}).", advice="Bring it by itself.")
    return Member(name, b"".join(pieces))
