"""The nouns of a comparison: the paragraphs of an edition, and what became of them in the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from almoner.pipeline.model import BlockKind, Finding, MediaType, Place

BREAK = "\n\n"
"""What stands between two paragraphs where a stretch of text runs over several."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, a heading, a list item or a table's row of an edition.

    `address` names it within its edition for good ("94", "94/a/ii", "annex-f/p3"); `number` is its number as printed
    ("94.", "(a)", "Part one"), empty where it has none, `parts` that number's parts to compare by, and `body` where
    the words after it begin in `text`, which holds both. `heading` is the address of the heading that it stands
    under. `links` are the addresses it leads to.
    """

    address: str
    text: str
    kind: BlockKind
    place: Place
    number: str = ""
    parts: tuple[str, ...] = ()
    body: int = 0
    level: int = 0
    heading: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """A guidance document as its paragraphs, in reading order; contents lists are set aside."""

    source: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...] = ()
    media_type: MediaType = MediaType.TEXT


class Op(StrEnum):
    """What happened to a stretch of text."""

    SAME = "same"
    MOVED = "moved"
    """Stands elsewhere in the old edition."""
    INS = "ins"
    DEL = "del"


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of text as it was and as it is.

    What is the same or moved may differ in type alone (capitals, commas, spaces): then `old` and `new` are not equal.
    """

    op: Op
    old: str
    new: str

    @property
    def text(self) -> str:
        """What is shown of it: the old text where it went, else the new."""
        return self.old if self.op is Op.DEL else self.new


class Fate(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    REARRANGED = "rearranged"
    """Several became several others, with words that crossed between them."""


@dataclass(frozen=True, slots=True)
class Match:
    """Paragraphs of the old edition and what they became, by their indexes; one side is empty for what was added or
    removed. `moved`: it stands in another order among the others than before."""

    olds: tuple[int, ...]
    news: tuple[int, ...]
    fate: Fate
    moved: bool = False


class Kind(StrEnum):
    """What a change means to a reader, the weightiest first."""

    SUBSTANTIVE = "substantive"
    CLARIFICATION = "clarification"
    FACTUAL = "factual"
    """A date, an amount, a name, an address on the web."""
    EDITORIAL = "editorial"
    """Capitals, commas, spelling, and words that say the same."""
    MOVED = "moved"
    RENUMBERING = "renumbering"


@dataclass(frozen=True, slots=True)
class Change:
    """What a difference means. `reason` says in words why it is of this kind.

    `weight` holds the words that bind ("must", "should", "may") which came or went: (old, new), either may be empty.
    """

    kind: Kind
    reason: str
    weight: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A match with what happened to its text: to the number of its first paragraphs, and to the words.

    All `old` parts of `number` and `words` together are the old paragraphs to the letter, with `BREAK` between them,
    and all `new` parts the new ones. `change` is None where nothing changed.
    """

    match: Match
    number: tuple[Hunk, ...]
    words: tuple[Hunk, ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An old edition, a new one, and all that happened between them.

    `passages` run in the order of the new edition, what was removed where it stood. `renumbering` maps the addresses
    of numbered paragraphs that are in both to what they are now, where that differs. `alike` is the share of the two
    editions' text that stayed (0 to 1).
    """

    old: Edition
    new: Edition
    passages: tuple[Passage, ...]
    renumbering: tuple[tuple[str, str], ...]
    alike: float
    findings: tuple[Finding, ...] = ()

    @property
    def changes(self) -> tuple[Passage, ...]:
        """The passages in which something changed."""
        return tuple(passage for passage in self.passages if passage.change is not None)
