"""Whom the parts of an edition are for: said by an editor, and carried to the next edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from django.core.exceptions import ValidationError

from almoner.pipeline.model import BlockKind
from almoner.records.guidance.models import Edition, Paragraph

ALIKE: Final = 0.7
"""Out of 1: how alike two headings with one address must be to be the same part. Parts are renumbered; then "Part 3" is
another part than before, and it is better to ask an editor than to tell a reader the wrong thing."""


@dataclass(frozen=True, slots=True)
class ToldHeading:
    """A heading, and whom it and what stands below it is for."""

    address: str
    words: str
    audiences: Sequence[str]


def tell_audiences(edition: Edition, heading: str, audiences: Sequence[str]) -> int:
    """Say whom a part is for: the heading with this address and all below it, up to the next heading of its rank or a
    higher one. Returns how many paragraphs these are. `ValidationError` where there is no such heading."""
    rows = list(edition.paragraphs.order_by("position").values_list("pk", "address", "kind", "level"))
    start = next(
        (n for n, row in enumerate(rows) if row[1] == heading and row[2] == BlockKind.HEADING.value), None
    )
    if start is None:
        raise ValidationError({"heading": f"The edition has no heading “{heading}”."})
    rank = rows[start][3]
    end = next(
        (
            n
            for n, (_, _, kind, level) in enumerate(rows)
            if n > start and kind == BlockKind.HEADING.value and level <= rank
        ),
        len(rows),
    )
    words = [word.strip() for word in audiences if word.strip()]
    return edition.paragraphs.filter(pk__in=[row[0] for row in rows[start:end]]).update(audiences=words)


def told_headings(edition: Edition) -> list[ToldHeading]:
    """The headings of an edition, each with whom it is for: nobody in particular where nothing was said."""
    headings = edition.paragraphs.filter(kind=BlockKind.HEADING)
    return [ToldHeading(row.address, row.words, row.audiences) for row in headings]


def carry(told: Iterable[ToldHeading], rows: Sequence[Paragraph]) -> None:
    """Set the audiences of `rows`, the paragraphs of an edition in order, by the headings `told` of another reading of it
    or of the edition before. A heading is the same where its address is and its words are alike; all below it, also what is
    new, is for whom it is."""
    known = {heading.address: heading for heading in told}
    open_headings: list[tuple[int, Sequence[str]]] = []
    for row in rows:
        if row.kind == BlockKind.HEADING:
            while open_headings and open_headings[-1][0] >= row.level:
                open_headings.pop()
            same = known.get(row.address)
            if same and _alike(same.words, row.words) >= ALIKE:
                open_headings.append((row.level, same.audiences))
        row.audiences = list(open_headings[-1][1]) if open_headings else []


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
