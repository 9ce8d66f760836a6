"""PDF and Word files for tests, written by ourselves, and what must be read of them, block for block.

`python -m tests.pipeline.papers` writes the inputs anew into the golden folders, with the same bytes each time, and
beside them what is read of them now: the diff is what a reviewer looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from almoner.pipeline.model import Block, Document, Snapshot
from almoner.pipeline.parse import parse
from tests.pipeline import golden
from tests.pipeline.papers.letters import LETTERS
from tests.pipeline.papers.sheets import SHEETS

SHOWN: Final = Path(__file__).parent / "shown"


def made() -> dict[str, bytes]:
    """The inputs, by their names in the golden folders."""
    sheets = {f"pdf/{name}.pdf": write() for name, write in SHEETS.items()}
    return sheets | {f"docx/{name}.docx": write() for name, write in LETTERS.items()}


def shown_file(name: str) -> Path:
    """Where the blocks stand that an input must give."""
    return SHOWN / f"{name}.txt"


def shown(name: str) -> str:
    """What is read of an input now: a line a block, after a line for each thing that holds for all of it."""
    return "\n".join(lines(parse(Snapshot(name, (golden.FOLDER / name).read_bytes())))) + "\n"


def lines(document: Document) -> Iterator[str]:
    """A document in lines that a person can compare."""
    yield f"title: {document.title}"
    yield from (f"{key}: {value}" for key, value in document.metadata.items())
    yield from (f"decided: {made.what} ({made.why})" for made in document.decisions)
    yield from (f"finding: {found.code} at {found.place}: {found.message}" for found in document.findings)
    yield from (line(block) for block in document.blocks)
    for note in document.notes:
        yield f"note {note.mark}, {note.place}: {note.text}" + "".join(
            f" → {link.href}" for link in note.links
        )


def line(block: Block) -> str:
    """A block in one line."""
    kind = f"{block.kind.value} {block.level}" if block.level else block.kind.value
    words = " | ".join(block.cells) if block.cells else block.text
    links = "".join(f" → {link.text}: {link.href}" for link in block.links)
    marks = "".join(f" ^{mark.mark} at “{mark.word}”" for mark in block.footnotes)
    return f"[{block.place}] {kind}: {words}{links}{marks}"
