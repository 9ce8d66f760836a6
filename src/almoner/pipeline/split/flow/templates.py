"""The shapes that a record can have: which role a line may take after which.

A page follows one template. Each is a small automaton over roles; `path` finds the way through the page's lines
that its lines speak for most, and the template whose best way scores highest wins. Scores are in the manner of
log-odds: 1 is a hint, 3 is good evidence, and a shape that is not kept costs `MISS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Step(IntEnum):
    """What a line does on the way through a page."""

    OUTSIDE = 0
    """It stands in the page's head, above all items."""
    CAPTION = 1
    """It stands over a title and belongs to no item: a picture's text, a word over every title."""
    LABEL = 2
    """The name of a section that holds one item and stands over its title."""
    HEAD = 3
    """Metadata over the title."""
    AWAITING = 4
    """A title whose metadata must follow."""
    TITLE = 5
    """A title that something else confirms: metadata above it or at the end, a label, its place in a list."""
    ENTRY = 6
    """A title with its date or credit on the line."""
    UNTOLD = 7
    """A title that nothing but its own look speaks for."""
    LISTED = 8
    """An entry of a list, whatever it says."""
    STANDFIRST = 9
    """Text between the title and its metadata."""
    META = 10
    """Metadata below the title."""
    OPENING = 11
    """The first text of an item that has no title."""
    BODY = 12
    CLOSE = 13
    """Metadata that closes an item."""
    FILED = 14
    """A line without a date at the end of an item: its categories, its comments."""
    TRAIL = 15
    """Where to read on, below the closing metadata."""
    BESIDE = 16
    """A short line between a title and its metadata: an organisation, a sort of text."""
    BETWEEN = 17
    """It belongs to no item: a month or section over several, a call to subscribe."""

    @property
    def is_title(self) -> bool:
        """Whether a line with this step is its item's title."""
        return Step.AWAITING <= self <= Step.LISTED


OPEN: Final = -1.0
"""What every item costs, so that nothing is cut without evidence."""
MISS: Final = -2.0
"""What an item costs that lacks the metadata which the template wants."""

S = Step


@dataclass(frozen=True, slots=True)
class Template:
    """Which step may follow which and at what cost. `first` are the steps that can open a record."""

    name: str
    why: str
    first: Mapping[Step, float]
    after: Mapping[Step, Mapping[Step, float]]
    ends: Mapping[Step, float]
    """The steps with which a record can end, and at what cost."""
    mark: Step | None = None
    """The step by which records are known; None where nothing but their titles tells them."""


_TEXT: Final[Mapping[Step, Mapping[Step, float]]] = {
    S.LABEL: {S.UNTOLD: 0.5},
    S.UNTOLD: {S.BODY: 0.0},
    S.OPENING: {S.BODY: 0.0, S.FILED: 0.0},
    S.BODY: {S.BODY: 0.0, S.FILED: 0.0},
    S.META: {S.META: 0.0, S.BODY: 0.0},
    S.FILED: {S.FILED: 0.0},
}
"""How text runs on in every template."""
_LACKING: Final[Mapping[Step, float]] = {S.UNTOLD: MISS, S.OPENING: MISS, S.LABEL: 0.0}
"""Records that lack what the template wants of them."""
_ENDS: Final[Mapping[Step, float]] = {
    S.BODY: 0.0, S.OPENING: 0.0, S.FILED: 0.0, S.META: -0.5, S.TITLE: -0.5, S.UNTOLD: -2.0,
}  # fmt: skip

TEMPLATES: Final = (
    Template(
        "below the title",
        "metadata stands below its title",
        {S.AWAITING: 0.0, **_LACKING},
        {
            **_TEXT,
            S.LABEL: {S.AWAITING: 0.0, S.UNTOLD: 0.5},
            S.AWAITING: {S.META: 0.0, S.BESIDE: 0.0, S.STANDFIRST: -2.0},
            S.BESIDE: {S.META: 0.0, S.BESIDE: -0.3},
            S.STANDFIRST: {S.META: 0.0},
        },
        _ENDS,
        mark=S.META,
    ),
    Template(
        "below a standfirst",
        "metadata stands below its title and a standfirst",
        {S.AWAITING: 0.0, **_LACKING},
        {**_TEXT, S.AWAITING: {S.META: -1.0, S.STANDFIRST: 0.0}, S.STANDFIRST: {S.META: 0.0}},
        _ENDS,
        mark=S.META,
    ),
    Template(
        "above the title",
        "metadata stands above its title",
        {S.HEAD: 0.0, **_LACKING},
        {**_TEXT, S.HEAD: {S.HEAD: 0.0, S.TITLE: 0.0, S.BODY: -1.5}, S.TITLE: {S.META: 0.0, S.BODY: 0.0}},
        _ENDS,
        mark=S.HEAD,
    ),
    Template(
        "over the text",
        "metadata stands over its text; no title is printed",
        {S.HEAD: 0.0, **_LACKING},
        {**_TEXT, S.HEAD: {S.HEAD: 0.0, S.BODY: 0.0, S.TITLE: -1.5}, S.TITLE: {S.BODY: 0.0}},
        _ENDS,
        mark=S.HEAD,
    ),
    Template(
        "at the end",
        "metadata closes it",
        {S.TITLE: 0.0, S.OPENING: -1.5, S.UNTOLD: MISS, S.LABEL: 0.0},
        {
            **_TEXT,
            S.TITLE: {S.META: 0.0, S.BODY: 0.0, S.CLOSE: -0.5},
            S.META: {S.META: 0.0, S.BODY: 0.0},
            S.BODY: {S.BODY: 0.0, S.CLOSE: 0.0},
            S.OPENING: {S.BODY: 0.0, S.CLOSE: 0.0},
            S.CLOSE: {S.CLOSE: 0.0, S.TRAIL: 0.0, S.FILED: 0.0},
            S.TRAIL: {S.TRAIL: 0.0, S.CLOSE: 0.0},
        },
        {S.CLOSE: 0.0, S.TRAIL: 0.0, S.FILED: 0.0, S.BODY: MISS, S.UNTOLD: -1.0},
        mark=S.CLOSE,
    ),
    Template(
        "on the title's line",
        "its title has its date or credit on the line, as others on the page",
        {S.ENTRY: 0.0, **_LACKING},
        {
            **_TEXT,
            S.ENTRY: {S.BODY: 0.0, S.META: 0.0},
            S.BODY: {S.BODY: 0.0, S.CLOSE: 0.0, S.FILED: 0.0},
            S.CLOSE: {S.TRAIL: 0.0},
            S.TRAIL: {S.TRAIL: 0.0},
        },
        {**_ENDS, S.ENTRY: 0.0, S.UNTOLD: 0.0, S.CLOSE: 0.0, S.TRAIL: 0.0},
        mark=S.ENTRY,
    ),
    Template(
        "in a list",
        "it is an entry of a list, or stands under a month",
        {S.LISTED: 0.0},
        {**_TEXT, S.LISTED: {S.BODY: 0.0, S.META: 0.0}},
        {**_ENDS, S.LISTED: 0.0},
        mark=S.LISTED,
    ),
    Template(
        "a title and text",
        "its heading looks like a title",
        {S.UNTOLD: 0.0, S.OPENING: -0.5, S.LABEL: 0.0},
        _TEXT,
        _ENDS,
    ),
)
