"""Formats that are read in a child process: one that may take little time and memory, and touch nothing else.

The parsers of PDF and Word files meet whatever somebody sends. They run in a fresh interpreter that has the bytes
on a pipe, no environment, and no way to open a file or a socket; what it answers is data, checked here. If the file
brings the parser down, only the child dies, and the error names the file.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess  # the only place where the pipeline starts a process
import sys
from pathlib import Path
from threading import Timer
from typing import Final

import almoner
from almoner.pipeline import errors
from almoner.pipeline.errors import PipelineError, ReaderDied, TooCostly
from almoner.pipeline.model import Document
from almoner.pipeline.parse.apart import wire

STAGE: Final = "parse"
SECONDS: Final = 60
"""Of the clock, after which a child is ended. Its own limit, of the processor's time, comes first as a rule."""
MAX_ANSWER: Final = 64 * 1024 * 1024
_CHILD: Final = "import sys; sys.path[:] = sys.argv[2:]; from almoner.pipeline.parse.apart.child import main; main(sys.argv[1])"
_SPENT: Final = frozenset({signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT})
"""How a process ends that has spent its time, or is given no more memory (allocators abort)."""


def read_apart(source: str, content: bytes, reader: str, address: str = "") -> Document:
    """Read `content` in a child process with the reader of that name ("pdf", "word").

    Raises what the reader raises; `TooCostly` where it took too much time or memory, `ReaderDied` where it ended
    without an answer.
    """
    answer, status, late = _ask(content, reader)
    if late or len(answer) > MAX_ANSWER or -status in _SPENT:
        raise _too_costly(source, "took more time or memory to read than a document may")
    try:
        said = json.loads(answer)
    except ValueError:
        how = signal.Signals(-status).name if status < 0 else f"code {status}"
        raise ReaderDied(
            source, STAGE, f"brought down the process that read it ({how}).",
            advice="Nothing else was touched. The file is damaged or made to do harm: ask for another copy.",
        ) from None  # fmt: skip
    if "error" in said:
        raise _raised(source, said)
    return wire.unpacked(source, address, said)


def _ask(content: bytes, reader: str) -> tuple[bytes, int, bool]:
    """The child's answer, its exit status, and whether it had to be ended."""
    here = str(Path(almoner.__file__).parent.parent)
    paths = [here, *(path for path in sys.path if path and path != here)]
    child = subprocess.Popen(  # noqa: S603  (our own interpreter, our own code; the file comes on a pipe)
        [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _CHILD, reader, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        child.kill()

    watch = Timer(SECONDS, end)
    watch.start()
    try:
        # The child takes in everything before it answers, so that neither waits for the other.
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(content)
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        answer = child.stdout.read(MAX_ANSWER + 1)
    except BaseException:
        child.kill()
        raise
    finally:
        watch.cancel()
        child.stdout.close()
        status = child.wait()
    return answer, status, bool(late)


def _raised(source: str, said: dict[str, object]) -> PipelineError:
    """The error that the child met, as one of ours."""
    kind = getattr(errors, str(said["error"]), None)
    if said["error"] == "MemoryError":
        return _too_costly(source, "needs too much memory to read")
    if not (isinstance(kind, type) and issubclass(kind, PipelineError)):
        kind = errors.StageBroken
    return kind(source, STAGE, str(said.get("problem", "")), advice=str(said.get("advice", "")))


def _too_costly(source: str, what: str) -> TooCostly:
    return TooCostly(
        source, STAGE, f"{what}, and nothing of it was kept.",
        advice="Split it into smaller files, or ask the publisher for a simpler one.",
    )  # fmt: skip
