"""legislation.gov.uk: its Atom feeds say which laws are new or have changed, and CLML gives each law."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.extract.cards import completed
from almoner.pipeline.model import Item, Kind, MediaType, Reading
from almoner.pipeline.ports import Known, Step, Wanted

FEED: Final = "feed"
LAW: Final = "law"
ACCEPT: Final = "application/atom+xml"
ACCEPT_LAW: Final = "application/xml"
MOST_PAGES: Final = 5
"""Pages of a feed that one check goes through."""


class LegislationAdapter:
    """A feed of legislation.gov.uk (its developer documentation calls it `data.feed`), or a single law."""

    def first(self, address: str) -> tuple[Wanted, ...]:
        """The feed as Atom: the same address gives people a page. A law as CLML, where the address ends in `data.xml`."""
        if address.endswith("/data.xml"):
            return (Wanted(address, LAW, MediaType.XML, ACCEPT_LAW),)
        return (Wanted(address, f"{FEED} 1", accept=ACCEPT),)

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:
        """From a feed: the laws that are new or marked with another time than when they were read, and its next page if
        there were any. From a law: its item."""
        if wanted.role == LAW:
            return Step((completed(wanted.card, reading),) if wanted.card else reading.items)
        # They are law, not news.
        items = [replace(item, kind=Kind.GUIDANCE) for item in reading.items]
        places = [_text_of(item, wanted.address) for item in items]
        old = known([place for place in places if place])
        laws = tuple(
            Wanted(place, LAW, MediaType.XML, ACCEPT_LAW, card=item, is_leaf=True, mark=_mark(item))
            for item, place in zip(items, places, strict=True)
            if place and old.get(place) != _mark(item)
        )
        number = int(wanted.role.removeprefix(FEED))
        following = reading.document.next_page
        if laws and following and number < MOST_PAGES:
            following = following.replace("http://", f"{urlsplit(wanted.address).scheme}://", 1)
            laws = (*laws, Wanted(following, f"{FEED} {number + 1}", accept=ACCEPT))
        return Step(tuple(item for item, place in zip(items, places, strict=True) if place is None), laws)


def _text_of(item: Item, feed: str) -> str | None:
    """Where the law's text is, on the host of the feed; None where the entry leads elsewhere. The feeds' own addresses
    begin with http:// and may name the law, not its text (`/id/`)."""
    here, there = urlsplit(feed), urlsplit(item.link or "")
    if not there.path.strip("/") or there.hostname != here.hostname:
        return None
    return f"{here.scheme}://{here.netloc}{there.path.removeprefix('/id').rstrip('/')}/data.xml"


def _mark(item: Item) -> str:
    """When the feed says that the law last changed."""
    when = item.updated or item.published
    return when.as_printed if when else "undated"


ADAPTER = LegislationAdapter()
