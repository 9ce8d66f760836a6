"""The child's side: limits first, then the bytes, one reader, one answer."""

from __future__ import annotations

import codecs
import heapq  # noqa: F401  (what `collections.Counter` would load when it is first asked)
import json
import sys
from collections.abc import Callable
from typing import Final

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.model import Document
from almoner.pipeline.parse.apart import confine, wire

_CODECS: Final = (
    "ascii",
    "cp437",
    "cp1252",
    "latin-1",
    "utf-16",
    "utf-16-be",
    "utf-16-le",
    "utf-8",
    "utf-8-sig",
)
"""What names and texts in such files are written in. Python loads each from a file when it is first asked for."""


def main(reader: str) -> None:
    """Read a document from standard input and write it to standard output as JSON (see `wire`).

    An error is an answer too: its class, its problem and its advice. The bytes are taken in only when nothing can
    be opened any more.
    """
    try:
        read = _reader(reader)
        for name in _CODECS:
            codecs.lookup(name)
        confine.confine()
        answer = wire.packed(read(sys.stdin.buffer.read()))
    except PipelineError as error:
        answer = {"error": type(error).__name__, "problem": error.problem, "advice": error.advice}
    except (MemoryError, RecursionError):
        answer = {"error": "MemoryError"}
    except Exception as error:
        answer = {
            "error": "StageBroken",
            "problem": f"failed unexpectedly ({type(error).__name__}: {error}).",
            "advice": "The document is kept as it is. Please report this, with the file if it may be shared.",
        }
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode())
    sys.stdout.buffer.flush()


def _reader(name: str) -> Callable[[bytes], Document]:
    """The reader of that name, with all it will import."""
    if name == "pdf":
        from almoner.pipeline.parse.pdf import read_pdf

        return read_pdf
    from almoner.pipeline.parse.word import read_word

    return read_word
