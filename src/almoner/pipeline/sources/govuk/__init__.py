"""GOV.UK: its Search API says what is new or has changed, its Content API gives each document."""

from __future__ import annotations

from typing import Final

from almoner.pipeline.errors import Gone, UnknownFormat
from almoner.pipeline.model import Item, MediaType, Reading, Status
from almoner.pipeline.ports import Known, Step, Wanted
from almoner.pipeline.sources.govuk import queries

SEARCH: Final = "search"
DOCUMENT: Final = "document"
ACCEPT: Final = "application/json"
MOST_PAGES: Final = 5
"""Answers of a search that one check goes through."""
MOST_MOVES: Final = 3
"""Redirects from document to document that are followed."""
STAGE: Final = "gather"


class GovukAdapter:
    """Whatever GOV.UK has at an address: all documents of an organisation or of a search, or one document."""

    def first(self, address: str) -> tuple[Wanted, ...]:
        """The newest results of the search, or the document."""
        place = queries.request(address)
        role = SEARCH if queries.SEARCH in place else DOCUMENT
        return (Wanted(place, f"{role} 1", MediaType.JSON, ACCEPT),)

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:
        """From a search: the documents that are new or marked with another time than when they were read, and the next
        results if there were any; what was withdrawn before it was ever read is left. From a document: its item. `Gone` where GOV.UK says that it is no more."""
        if reading.document.media_type is not MediaType.JSON:
            raise UnknownFormat(
                wanted.address, STAGE, "is no answer of GOV.UK's APIs.",
                advice="Give the address of a page of www.gov.uk, as a browser shows it.",
            )  # fmt: skip
        role, _, number = wanted.role.partition(" ")
        if role == SEARCH:
            return _results(wanted, reading, known, int(number))
        for item in reading.items:
            if item.status is Status.REDIRECTED:
                return _moved(wanted, item, int(number))
            if item.status is Status.GONE:
                raise Gone(
                    wanted.address, STAGE, "is gone from GOV.UK.", permanent=True,
                    advice="Look for what replaces it, and withdraw its item if that is no longer right.",
                )  # fmt: skip
        return Step(reading.items)


def _results(wanted: Wanted, reading: Reading, known: Known, number: int) -> Step:
    places = [queries.document(item.link or "", wanted.address) for item in reading.items]
    old = known([place for place in places if place])
    new = tuple(
        Wanted(place, f"{DOCUMENT} 1", MediaType.JSON, ACCEPT, card=item, is_leaf=True, mark=_mark(item))
        for item, place in zip(reading.items, places, strict=True)
        if place and old.get(place) != _mark(item) and (place in old or item.status is not Status.WITHDRAWN)
    )
    # Some results lead out of GOV.UK: these are kept as they stand.
    elsewhere = tuple(item for item, place in zip(reading.items, places, strict=True) if place is None)
    if new and number < MOST_PAGES and len(reading.items) >= queries.COUNT:
        further = Wanted(queries.following(wanted.address), f"{SEARCH} {number + 1}", MediaType.JSON, ACCEPT)
        return Step(elsewhere, (*new, further))
    return Step(elsewhere, new)


def _mark(item: Item) -> str:
    """The state of a document as a search has it: when it last changed, and whether it is withdrawn."""
    changed = item.updated.as_printed if item.updated else ""
    return f"{changed} withdrawn" if item.status is Status.WITHDRAWN else changed or "undated"


def _moved(wanted: Wanted, item: Item, number: int) -> Step:
    place = queries.document(item.moved_to or "", wanted.address)
    if place is None or number > MOST_MOVES:
        raise Gone(
            wanted.address, STAGE, f"has moved to {item.moved_to or 'another place'}, out of our reach.",
            advice="Give its new address, or end the source.", permanent=True,
        )  # fmt: skip
    return Step((), (Wanted(place, f"{DOCUMENT} {number + 1}", MediaType.JSON, ACCEPT, card=wanted.card),))


ADAPTER = GovukAdapter()
