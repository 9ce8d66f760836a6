"""Items of one run that have the same text: the later one is a copy of the earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import dates
from almoner.pipeline.model import Decision, Item, Place, Reading, Sighting
from almoner.pipeline.relate.fingerprints import fingerprint
from almoner.pipeline.relate.threads import SENTENCE

_LOOKS_AHEAD: Final = re.compile(
    r"\b(?:will|shall|aims?\s+to|plans?\s+to|due|expected|to\s+be|next|upcoming|in\s+force)\b", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def mark_copies(readings: Sequence[Reading]) -> Iterator[Reading]:
    """The readings with `same_as` on every later copy, pointing to the earliest sighting.

    Each reading is taken from the sequence when it is needed and not held, so that a sequence which keeps them
    on the disk is never in memory as a whole.

    The document that was captured on an earlier day is the earlier one. Where the day is the same, as for the
    files of one folder, the text decides: a document cannot be older than the latest day that it speaks of as
    past. Where that does not tell two apart either, the order in which they were given does.
    """
    groups: dict[str, list[tuple[int, int]]] = {}
    for r, reading in enumerate(readings):
        for i, item in enumerate(reading.items):
            if item.text:
                groups.setdefault(
                    fingerprint(item.title if item.title_is_printed else "", item.text), []
                ).append((r, i))
    twice = [places for places in groups.values() if len(places) > 1]
    shared: dict[int, set[int]] = {}
    for r, i in (place for places in twice for place in places):
        shared.setdefault(r, set()).add(i)
    ages: dict[int, tuple[str, date]] = {}
    stands: dict[tuple[int, int], tuple[str, Place]] = {}
    for r, own in shared.items():
        reading = readings[r]
        ages[r] = (reading.captured[:10], _not_before(reading, own))
        stands.update({(r, i): (reading.items[i].document, reading.items[i].place) for i in own})
    earliest: dict[tuple[int, int], tuple[str, Place]] = {}
    for places in twice:
        first, *later = sorted(places, key=lambda place: (ages[place[0]], place))
        earliest.update(dict.fromkeys(later, stands[first]))
    for r, reading in enumerate(readings):
        if r not in shared:
            yield reading
            continue
        items = (
            _copy(item, *earliest[r, i]) if (r, i) in earliest else item
            for i, item in enumerate(reading.items)
        )
        yield replace(reading, items=tuple(items))


def _copy(item: Item, document: str, place: Place) -> Item:
    """`item` as a copy of the one at `place` in `document`."""
    sighting = Sighting(document, place.first_line, place.css)
    note = finding("copy_of", f"The same text stands in {document}, {place}.", item.place)
    decision = Decision(
        "relate", f"copy of {document}, {place}", "title and text have the same words", item.place
    )
    return replace(
        item, same_as=sighting, findings=(*item.findings, note), decisions=(*item.decisions, decision)
    )


def _not_before(reading: Reading, shared: set[int]) -> date:
    """The earliest day on which the document can have been written, as far as its own items tell."""
    latest = date.min
    for index, item in enumerate(reading.items):
        for when in (item.published, item.updated, item.added):
            if when is not None and index not in shared:
                latest = max(latest, dates.span_of(when.value)[0])
        if index in shared:
            continue
        for sentence in SENTENCE.findall(f"{item.title}\n{item.text}"):
            if _LOOKS_AHEAD.search(sentence):
                continue
            for mention in dates.mentions(sentence):
                if mention.day_date is not None:
                    latest = max(latest, mention.day_date)
            for year in _YEAR.findall(sentence):
                latest = max(latest, date(int(year), 1, 1))
    return latest
