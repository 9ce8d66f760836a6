"""Where the entries of a well-formed feed stand, and which of them are built to wear a reader out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from almoner.pipeline.model import Place

NAMES: Final = frozenset({"item", "entry"})
"""Local names, in lower case, of the elements that are entries."""
MAX_DEPTH: Final = 200
MAX_ATTRIBUTES: Final = 200


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a file is read: entries, elements in one entry, and elements in all of them."""

    entries: int
    elements_each: int
    elements: int


@dataclass(frozen=True, slots=True)
class Extent:
    """An entry's first and last line, where it begins and ends (bytes of UTF-8), and the elements open around it.

    `fault` says why it cannot be read, "" where it can.
    """

    first_line: int
    last_line: int
    start: int
    end: int
    around: tuple[str, ...]
    elements: int
    fault: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.first_line, self.last_line)


@dataclass(frozen=True, slots=True)
class Survey:
    """The entries in order, and what is wrong with what stands around them ("" if nothing)."""

    extents: tuple[Extent, ...]
    fault_around: str

    @property
    def is_sound(self) -> bool:
        """Whether all of it can be read."""
        return not self.fault_around and not any(extent.fault for extent in self.extents)


def survey(content: bytes, caps: Caps) -> Survey:
    """One pass over `content`, which is well-formed UTF-8 without DTD."""
    surveyor = _Surveyor(content, caps)
    return Survey(tuple(surveyor.extents), surveyor.fault_around)


class _Surveyor:
    def __init__(self, content: bytes, caps: Caps) -> None:
        self.content = content
        self.caps = caps
        self.extents: list[Extent] = []
        self.open_tags: list[str] = []
        self.around = 0
        self.fault_around = ""
        self.inside = False
        self.line = self.start = self.depth = self.elements = 0
        self.fault = ""
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.Parse(content, True)

    def _start(self, name: str, attributes: list[str]) -> None:
        self.open_tags.append(name)
        depth = len(self.open_tags)
        if not self.inside and depth > 1 and name.rpartition(":")[2].lower() in NAMES:
            self.inside = True
            self.line, self.start = self.parser.CurrentLineNumber, self.parser.CurrentByteIndex
            self.depth, self.elements, self.fault = depth, 0, ""
        fault = ""
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            fault = f"an element has {len(attributes) // 2:,} attributes"
        elif depth - (self.depth if self.inside else 0) > MAX_DEPTH:
            fault = f"elements are nested more than {MAX_DEPTH} deep"
        if self.inside:
            self.elements += 1
            self.fault = self.fault or fault
        else:
            self.around += 1
            if self.around > self.caps.elements_each:
                fault = f"there are more than {self.caps.elements_each:,} elements"
            self.fault_around = self.fault_around or fault

    def _end(self, _name: str) -> None:
        depth = len(self.open_tags)
        self.open_tags.pop()
        if not self.inside or depth != self.depth:
            return
        self.inside = False
        if not self.fault and self.elements > self.caps.elements_each:
            self.fault = f"it has {self.elements:,} elements"
        end = self.content.find(b">", self.parser.CurrentByteIndex) + 1
        around = tuple(self.open_tags) if depth <= MAX_DEPTH else ()
        self.extents.append(
            Extent(
                self.line, self.parser.CurrentLineNumber, self.start, end, around, self.elements, self.fault
            )
        )
