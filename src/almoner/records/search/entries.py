"""What goes into the index, and what comes out of it, whichever database keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

FIELDS: Final = ("title", "summary", "text", "credit", "categories")
SNIPPET_WORDS: Final = 30


@dataclass(frozen=True, slots=True)
class Row:
    """What the index is made from for an item. There is no private name in it, and no control character."""

    item_id: int
    title: str
    summary: str
    text: str
    credit: str
    categories: str
    comment: str = ""
    """What we say about it: it is found by that as well, and shown apart from the source's words."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The texts, as `FIELDS` names them."""
        return self.title, self.summary, self.text, self.credit, self.categories

    @property
    def found_by(self) -> tuple[str, ...]:
        """The same with our comment behind the text."""
        text = f"{self.text}\n{self.comment}" if self.comment else self.text
        return self.title, self.summary, text, self.credit, self.categories


class Stems(NamedTuple):
    """What the index is given of an item: the stems of each of `FIELDS` in order, parted by spaces, and after them the
    title's initials (see `initials`); and the item's date in seconds."""

    item_id: int
    fields: tuple[str, ...]
    sorts_at: int = 0


class Spelt(NamedTuple):
    """The same as letters (see `letters`), the fields parted by `letters.FIELD`."""

    item_id: int
    text: str
    sorts_at: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A match: its title, and what stands around the words in summary and text, with marks."""

    item_id: int
    title: str
    summary: str
    text: str
