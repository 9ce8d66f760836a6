"""What stands on a page, before anybody knows what it is: pieces of a line, and lines of a column."""

from __future__ import annotations

from dataclasses import dataclass, field

from almoner.pipeline.model import Link
from almoner.pipeline.parse.pdf.tags import Tag


@dataclass(slots=True)
class Piece:
    """Words on one line, close together and in one go.

    Measures are points from the top left corner of the page as it is shown; `y` is the base line. `marks` are
    footnote marks taken out of it, each with the word it stood at; `lead` is a mark that it begins with.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: float
    """The share of its letters that are set in bold."""
    page: int
    order: int
    """Its place in the order in which the page is drawn."""
    turned: bool = False
    """Whether it runs in another direction than the rest of the page."""
    lead: str = ""
    marks: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tag: Tag | None = None
    """What the file says that it belongs to, where it does."""
    cells: list[list[Piece]] | None = None
    """Of a row that stands for a table's: what is in its cells."""


@dataclass(slots=True)
class Line:
    """A line of a column: its pieces from left to right, and the column's edges."""

    pieces: list[Piece]
    left: float
    right: float

    @property
    def first(self) -> Piece:
        """The piece that it begins with."""
        return self.pieces[0]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.pieces[-1].x1

    @property
    def y(self) -> float:
        """Its base line."""
        return self.pieces[0].y

    @property
    def size(self) -> float:
        """The size of its longest piece."""
        return max(self.pieces, key=lambda piece: len(piece.text)).size

    @property
    def bold(self) -> bool:
        """Whether nearly all of it is set in bold."""
        letters = sum(len(piece.text) for piece in self.pieces)
        return sum(piece.bold * len(piece.text) for piece in self.pieces) >= 0.8 * letters

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.pieces[0].page

    @property
    def tag(self) -> Tag | None:
        """What the file says that it belongs to, where it says the same of all of it."""
        first = self.pieces[0].tag
        return first if all(piece.tag == first for piece in self.pieces) else None


@dataclass(slots=True)
class Sheet:
    """A page: its number, size, pieces, and the ruling lines on it, each as (x0, y0, x1, y1)."""

    page: int
    width: float
    height: float
    pieces: list[Piece]
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    letters: int = 0
    unknown: int = 0
    """Letters that the file gives no meaning for."""
    pictures: int = 0
    cut: bool = False
