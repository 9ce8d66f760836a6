"""The manuscripts of the sample guidance: each edition is written once, in a little Markdown, and made into files.

A line is a block: "# heading", "94. numbered paragraph", "(a) item of a list", "| row | of a table |", any other
paragraph. In it "[words](address)" is a link and "[^1]" leads to the note that a line "[^1]: …" holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final

_HEADING: Final = re.compile(r"(#+) (.+)")
_NOTE: Final = re.compile(r"\[\^(\d+)\]: (.+)")
_MARK: Final = re.compile(r"(?:\d+\.|\([a-z]\)) ")
_PIECE: Final = re.compile(r"\[\^(?P<note>\d+)\]|\[(?P<words>[^\]]+)\]\((?P<href>[^)]+)\)")
_UNDER_HEAD: Final = re.compile(r"\|(?: -+ \|)+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; `href` if they are a link, `note` (its number) if a note stands in their place."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (its `level` from 1), a numbered paragraph, an item of a list (`mark` is "94." or "(a)"), a plain
    paragraph, or a row of a table in `cells`."""

    pieces: tuple[Piece, ...] = ()
    level: int = 0
    mark: str = ""
    cells: tuple[str, ...] = ()

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list within a paragraph."""
        return self.mark.startswith("(")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An edition as it was written, and its notes by their numbers."""

    title: str
    lines: tuple[Line, ...]
    notes: dict[str, str]


def manuscript(name: str) -> Manuscript:
    """The manuscript of this name below `guidance/`."""
    text = resources.files(__package__).joinpath("guidance", f"{name}.md").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line and not _UNDER_HEAD.fullmatch(line)]
    lines = tuple(_line(line) for line in written if not _NOTE.match(line))
    notes = {found[1]: found[2] for line in written if (found := _NOTE.match(line))}
    return Manuscript(lines[0].pieces[0].text, lines, notes)


def _line(text: str) -> Line:
    if text.startswith("| "):
        return Line(cells=tuple(cell.strip() for cell in text.strip("|").split("|")))
    if heading := _HEADING.fullmatch(text):
        return Line(tuple(_pieces(heading[2])), level=len(heading[1]))
    mark = _MARK.match(text)
    body = text[mark.end() :] if mark else text
    return Line(tuple(_pieces(body)), mark=mark.group().strip() if mark else "")


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for found in _PIECE.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found["words"] or "", href=found["href"] or "", note=found["note"] or "")
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])
