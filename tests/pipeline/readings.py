"""Readings of invented texts, for the tests of the pipeline."""

from __future__ import annotations

from almoner.pipeline.model import Item, MediaType, Reading, Snapshot
from almoner.pipeline.run import read

CAPTURED = "2025-04-10T09:00:00+00:00"

HELPLINE = (
    "The county council has opened a helpline for taxi drivers who are worried about a passenger. It is staffed from"
    " six in the morning until midnight."
)
SURVEY = (
    "Drivers asked for it after a survey in which half of them said that they did not know whom to call. The board"
    " agreed at once."
)
RAVENS = (
    "Ravens nest again on the cathedral tower, and the keepers ask climbers to stay away until July. The nest holds"
    " four eggs."
)
SCREEN = "Visitors can watch the nest on a screen in the cloister, where a volunteer explains what the birds are doing."
CHECKLIST = (
    "Swimming clubs in the region get a new checklist for welfare officers. It has eight questions that every club"
    " should be able to answer."
)
COACHES = (
    "Coaches wrote it with parents, and the governing body will look at how it is used when the season ends."
)

TITLES = (
    "Helpline for taxi drivers opens",
    "Ravens return to the cathedral",
    "New checklist for swimming clubs",
)
BODIES = ((HELPLINE, SURVEY), (RAVENS, SCREEN), (CHECKLIST, COACHES))


def reading(words: str | bytes, name: str = "page.txt", *, captured: str = CAPTURED) -> Reading:
    """What is read from a text."""
    content = words.encode() if isinstance(words, str) else words
    return read(Snapshot(name, content, MediaType.TEXT, captured=captured))


def only_item(words: str, *, captured: str = CAPTURED) -> Item:
    """The one item of a text."""
    (item,) = reading(words, captured=captured).items
    return item


def dated_item(
    body: str, *, title: str = TITLES[0], line: str = "Posted 3 March 2025 by Alice Poole"
) -> Item:
    """The one item of a page with a title, a metadata line and a text."""
    return only_item(f"{title}\n\n{line}\n\n{body}\n")


def spans(found: Reading) -> list[tuple[int | None, int | None]]:
    """First and last line of each item."""
    return [(item.place.first_line, item.place.last_line) for item in found.items]
