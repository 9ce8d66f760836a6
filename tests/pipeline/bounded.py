"""Reading in a process of its own, with a limit on CPU time and memory: what hangs or swells is killed and named.

Only CPU seconds count, so that a busy machine cannot make a reading look slow. Run as a module it is that process:
snapshots come pickled on standard input, an outcome a line goes out as JSON.
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from time import process_time
from typing import Any

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import Snapshot
from almoner.pipeline.run import read

MEMORY = 1_000_000_000
"""Bytes of address space that a reading may take on top of what the process has when it starts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one reading ended: `read`; `refused` with a typed error; `broken` in a stage; `killed` for time or memory."""

    how: str
    what: str = ""
    titles: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    words: str = ""
    """The texts of all items, cut at 10,000 characters."""
    size: int = 0
    """Characters of all texts."""
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        """Whether it was read, or refused by a typed error."""
        return self.how in {"read", "refused"}


def outcomes(snapshots: Sequence[Snapshot], *, seconds: int = 10, memory: int = MEMORY) -> list[Outcome]:
    """Each snapshot's outcome. `seconds` of CPU is what one may take; the one that is killed does not stop the rest."""
    found: list[Outcome] = []
    while len(found) < len(snapshots):
        child = subprocess.run(
            [sys.executable, "-m", "tests.pipeline.bounded", str(seconds), str(memory)],
            input=pickle.dumps(list(snapshots[len(found) :])),
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            check=False,
        )
        lines = child.stdout.splitlines()
        found += [_outcome(line) for line in lines]
        if len(found) < len(snapshots):
            found.append(Outcome("killed", f"by signal {-child.returncode} after {len(lines)} readings"))
    return found


def _outcome(line: bytes) -> Outcome:
    given: dict[str, Any] = json.loads(line)
    for name in ("titles", "findings"):
        given[name] = tuple(given[name])
    return Outcome(**given)


def _readings(snapshots: Sequence[Snapshot], seconds: int) -> Iterator[Outcome]:
    for snapshot in snapshots:
        begun = process_time()
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(begun) + seconds, hard))
        try:
            reading = read(snapshot)
        except StageBroken as error:
            yield Outcome("broken", str(error), seconds=process_time() - begun)
        except PipelineError as error:
            yield Outcome("refused", f"{type(error).__name__}: {error}", seconds=process_time() - begun)
        except Exception as error:  # nothing else may come out of `read`: that it did is the finding
            yield Outcome("broken", f"{type(error).__name__}: {error}", seconds=process_time() - begun)
        else:
            findings = [*reading.findings, *(found for item in reading.items for found in item.findings)]
            yield Outcome(
                "read",
                titles=tuple(item.title for item in reading.items[:500]),
                findings=tuple(dict.fromkeys(found.code for found in findings)),
                words="\n".join(item.text for item in reading.items)[:10_000],
                size=sum(len(item.text) for item in reading.items),
                seconds=process_time() - begun,
            )


def _main() -> None:
    given = pickle.load(sys.stdin.buffer)
    # Imports are not a page's: the first reading of each format would pay for them.
    read(Snapshot("warm.html", b"<!DOCTYPE html><h1>Ravens</h1><p>They nest again.</p>"))
    read(
        Snapshot(
            "warm.xml", b"<rss version='2.0'><channel><item><title>Ravens</title></item></channel></rss>"
        )
    )
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + int(sys.argv[2]), resource.RLIM_INFINITY))
    for outcome in _readings(given, int(sys.argv[1])):
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()
