"""Chosen elements of a well-formed XML file, one after another, so that a large file is never held as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from almoner.pipeline.model import Place

MAX_DEPTH: Final = 100
"""What is nested deeper in an element is left out."""
CHUNK: Final = 65_536
_PREFIXES: Final = (
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://purl.org/dc/elements/1.1/", "dc:"),
)


@dataclass(slots=True)
class Node:
    """An element: its name (with "wp:", "excerpt:", "content:" or "dc:" in those namespaces), text and children."""

    name: str
    attributes: dict[str, str]
    first_line: int
    last_line: int = 0
    texts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """The lines it stands on."""
        return Place(self.first_line, self.last_line)

    @property
    def text(self) -> str:
        """Its own text, without that of its children."""
        return "".join(self.texts)

    def said(self, name: str) -> str:
        """The text of its first child of that name; "" where there is none."""
        return next((child.text.strip() for child in self.children if child.name == name), "")


def nodes(content: bytes, wanted: frozenset[str]) -> Iterator[Node]:
    """The elements in `content` (UTF-8, without DTD) that have one of the wanted names, with all that is in them.

    An element inside a wanted one comes only with it. Where the file stops being well-formed, what was open then
    comes last, as far as it was read.
    """
    builder = _Builder(wanted)
    try:
        for start in range(0, len(content), CHUNK):
            builder.parser.Parse(content[start : start + CHUNK], False)
            yield from builder.take()
        builder.parser.Parse(b"", True)
    except expat.ExpatError:
        builder.break_off()
    yield from builder.take()


class _Builder:
    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.open: list[Node] = []
        self.done: list[Node] = []
        self.below = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def take(self) -> list[Node]:
        done, self.done = self.done, []
        return done

    def break_off(self) -> None:
        """Take the outermost open element as it is."""
        for node in self.open:
            node.last_line = self.parser.CurrentLineNumber
        self.done.extend(self.open[:1])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        short = _short(name)
        if not self.open and short not in self.wanted:
            return
        if len(self.open) >= MAX_DEPTH:
            self.below += 1
            return
        node = Node(short, attributes, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(node)
        self.open.append(node)

    def _text(self, text: str) -> None:
        if self.open and not self.below:
            self.open[-1].texts.append(text)

    def _end(self, _name: str) -> None:
        if self.below:
            self.below -= 1
            return
        if not self.open:
            return
        node = self.open.pop()
        node.last_line = self.parser.CurrentLineNumber
        if not self.open:
            self.done.append(node)


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    if not space:
        return local.lower()
    if space.startswith("http://wordpress.org/export/"):
        return ("excerpt:" if "/excerpt" in space else "wp:") + local
    return next((prefix + local for known, prefix in _PREFIXES if space == known), local.lower())
