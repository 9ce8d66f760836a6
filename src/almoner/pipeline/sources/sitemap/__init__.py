"""Sitemaps: a site's own list of its pages. Those that are new, or marked as changed, are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.errors import UnknownFormat
from almoner.pipeline.extract.cards import completed
from almoner.pipeline.model import Item, Listed, MediaType, Reading
from almoner.pipeline.ports import Known, Step, Wanted

SITEMAP: Final = "sitemap"
PAGE: Final = "page"
ACCEPT: Final = "application/xml, text/xml, */*;q=0.5"
STAGE: Final = "gather"
DEEPEST: Final = 2
"""How many lists of sitemaps may stand above one with pages; the protocol has one."""
MOST_SITEMAPS: Final = 20
"""Sitemaps of one list that a check reads: those that changed last, or else the last ones."""
MOST_NEW: Final = 200
"""New pages of one sitemap that are all read. More at once is an archive: of that the newest `NEWEST` are read, and the
rest counts as known. So it is with pages of which more than `NEWEST` say that they have changed."""
NEWEST: Final = 50
_SAME: Final = 5
"""If so many pages or more have all changed at one moment, the moment is that of the list, and says nothing."""


class SitemapAdapter:
    """A sitemap, plain or packed, of pages or of sitemaps, with or without titles.

    What stands behind `#` in its address is a path: only pages below it are read (`…/sitemap.xml#/news/`).
    """

    def first(self, address: str) -> tuple[Wanted, ...]:
        """The sitemap."""
        place, _, section = address.partition("#")
        return (Wanted(place, f"{SITEMAP} 0 {section}", MediaType.XML, ACCEPT),)

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:
        """From a sitemap: the sitemaps in it that have changed, and its pages that are new or have. From a page: its one
        item; a page of several, or of none, is a list or furniture, whose items have pages of their own.
        `UnknownFormat` where a sitemap is none."""
        role, _, further = wanted.role.partition(" ")
        if role == PAGE:
            return Step(_items(wanted, reading))
        if reading.document.media_type is not MediaType.XML:
            raise UnknownFormat(
                wanted.address, STAGE, "is no sitemap.", advice="The site's robots.txt may say where it is."
            )
        depth, _, section = further.partition(" ")
        listed = _marked(reading.document.listed)
        old = known([one.address for one in listed])
        maps = _sitemaps(listed, old) if int(depth) < DEEPEST else []
        pages = [
            one for one in listed if not one.is_sitemap and urlsplit(one.address).path.startswith(section)
        ]
        new, archive = _newest([one for one in pages if one.address not in old], MOST_NEW)
        changed, left = _newest([one for one in pages if _has_changed(one, old)], NEWEST)
        cards = {item.link: item for item in reading.items}
        below = f"{SITEMAP} {int(depth) + 1} {section}"
        return Step(
            (),
            (
                *(Wanted(one.address, below, MediaType.XML, ACCEPT, mark=one.changed) for one in maps),
                *(_page(one, cards.get(one.address)) for one in _sorted([*new, *changed])),
            ),
            tuple(_page(one) for one in (*archive, *left)),
        )


def _sitemaps(listed: list[Listed], old: Mapping[str, str]) -> list[Listed]:
    """The sitemaps to read, the newest first. One without a time of change may always have changed."""
    maps = [
        one for one in listed if one.is_sitemap and (not one.changed or old.get(one.address) != one.changed)
    ]
    return sorted(maps, key=lambda one: one.changed)[: -MOST_SITEMAPS - 1 : -1]


def _has_changed(page: Listed, old: Mapping[str, str]) -> bool:
    return bool(page.changed) and page.address in old and old[page.address] != page.changed


def _page(one: Listed, card: Item | None = None) -> Wanted:
    return Wanted(one.address, PAGE, MediaType.HTML, card=card, is_leaf=True, mark=one.changed)


def _items(wanted: Wanted, reading: Reading) -> tuple[Item, ...]:
    if wanted.card is not None:
        return (completed(wanted.card, reading),)
    if len(reading.items) != 1 or not reading.items[0].text.strip():
        return ()
    return (replace(reading.items[0], link=reading.items[0].link or wanted.address),)


def _marked(listed: tuple[Listed, ...]) -> list[Listed]:
    """The addresses without times of change, where these are only the time at which the list was made."""
    times = {one.changed for one in listed}
    if len(listed) < _SAME or len(times) > 1:
        return list(listed)
    return [replace(one, changed="") for one in listed]


def _newest(pages: list[Listed], most: int) -> tuple[list[Listed], list[Listed]]:
    """All the pages where they are no more than `most`; else the newest of them, and the rest."""
    ordered = _sorted(pages)
    cut = len(ordered) if len(ordered) <= most else NEWEST
    return ordered[:cut], ordered[cut:]


def _sorted(pages: list[Listed]) -> list[Listed]:
    """The newest first; pages without a time behind those with one, in the order of the list."""
    return sorted(pages, key=lambda one: one.changed, reverse=True)


ADAPTER = SitemapAdapter()
