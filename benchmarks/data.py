"""Where the data sets are. None of them is part of this project, and none is fetched.

`ALMONER_BENCH` names the folder that holds them, a folder a set. Without it, packed sets that lie beside the project
(`../shared/bench/NAME.tar.xz`) are unpacked once into the user's cache. What is in neither place is absent, and
whoever asks is told so.
"""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Final

BESIDE: Final = Path(__file__).resolve().parents[2] / "shared"
HOW_TO_GET_IT: Final = (
    "name the folder that holds it in ALMONER_BENCH (docs/benchmarks.md says what is in it)"
)


def folder(name: str) -> Path | None:
    """The folder of one set, or None where it is absent."""
    given = os.environ.get("ALMONER_BENCH")
    if given:
        there = Path(given) / name
        return there if there.is_dir() else None
    packed = BESIDE / "bench" / f"{name}.tar.xz"
    return _unpacked(packed, name) if packed.is_file() else None


def reference() -> Path | None:
    """The folder of the five reference texts (`ALMONER_REFERENCE`, or `../shared/seeds`), or None."""
    given = os.environ.get("ALMONER_REFERENCE")
    there = Path(given) if given else BESIDE / "seeds"
    return there if there.is_dir() else None


def absent(name: str) -> str:
    """What is said of a set that is not here."""
    return f"{name}: the set is absent; {HOW_TO_GET_IT}."


def _unpacked(packed: Path, name: str) -> Path | None:
    state = packed.stat()
    there = _cache() / f"{name}-{state.st_size}-{state.st_mtime_ns}"
    if not there.is_dir():
        # Beside its place and then moved: a run that is stopped half-way leaves no half set.
        half = Path(tempfile.mkdtemp(dir=there.parent))
        try:
            with tarfile.open(packed) as archive:
                archive.extractall(half, filter="data")
            try:
                half.rename(there)
            except OSError:  # another run was quicker
                if not there.is_dir():
                    raise
        finally:
            shutil.rmtree(half, ignore_errors=True)
    inner = there / name
    return inner if inner.is_dir() else there


def _cache() -> Path:
    """The user's cache; where that cannot be written, a folder for temporary files."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "almoner-benchmarks"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        cache = Path(tempfile.gettempdir()) / f"almoner-benchmarks-{os.getuid()}"
        cache.mkdir(mode=0o700, exist_ok=True)
    return cache


def every(paths: list[Path], stride: int) -> list[Path]:
    """Each `stride`-th of them in name order, from the first: the same ones on every machine."""
    return sorted(paths)[::stride]
