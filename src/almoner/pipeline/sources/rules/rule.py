"""A rule: what is known of the pages of one source, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import Defaults
from almoner.pipeline.sources.rules.form import Form
from almoner.pipeline.sources.rules.selector import Selector


class PageKind(StrEnum):
    """What a rule is for."""

    LISTING = "listing"
    ARTICLE = "article"
    TEXT = "text"
    """Anything that is read as lines: plain text, letters, reports."""
    ANY = "any"
    """A rule that says only what holds for a source whatever it sends: publisher, credit, kind, licence."""


SELECTED: Final = (
    "record",
    "starts",
    "title",
    "link",
    "date",
    "updated",
    "author",
    "category",
    "text",
    "next",
    "remove",
)
"""What selectors can choose. `record` is an element that is a record; `starts` one with which a record starts that
goes on to the next of them."""
FORMED: Final = ("record", "title", "metadata", "credit", "skip")
"""What forms of lines can tell. `record` is the line with which a record starts; `skip` belongs to none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How the pages of one source are read. What it leaves open, the generic reading answers.

    `match` are addresses it is for, with `*` for anything. `select` holds selectors by what they choose, for
    listings and articles; `lines` forms of lines by what they tell, for text. `defaults` are used for what a
    page leaves open.
    """

    name: str
    page: PageKind
    match: tuple[str, ...]
    publisher: str | None = None
    date_order: Order | None = None
    defaults: Defaults = Defaults()  # noqa: RUF009 - frozen
    select: Mapping[str, Selector] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, tuple[Form, ...]] = field(default_factory=lambda: MappingProxyType({}))


def fits(pattern: str, address: str) -> bool:
    """Whether an address has the form of a pattern, in which `*` stands for anything. "https://" may be left out."""
    pieces = _bare(pattern).split("*")
    rest = _bare(address)
    if len(pieces) == 1:
        return rest == pieces[0]
    if not rest.startswith(pieces[0]):
        return False
    rest = rest[len(pieces[0]) :]
    for piece in pieces[1:-1]:
        position = rest.find(piece)
        if position < 0:
            return False
        rest = rest[position + len(piece) :]
    return rest.endswith(pieces[-1])


def choose(rules: Iterable[Rule], address: str) -> Rule | None:
    """The rule for an address: of those that are for it, the one that says most of it; None where none is."""
    fitting = [
        (len(pattern), rule) for rule in rules for pattern in rule.match if address and fits(pattern, address)
    ]
    return max(fitting, key=lambda pair: pair[0], default=(0, None))[1]


def _bare(address: str) -> str:
    return address.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.")
