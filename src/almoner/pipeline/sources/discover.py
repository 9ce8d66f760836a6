"""How a source might be watched, from what stands at its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.page import addresses

GOVUK: Final = "www.gov.uk"
LEGISLATION: Final = "www.legislation.gov.uk"
_SITEMAP: Final = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_FEEDS: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
MOST: Final = 8
"""Feeds that a page is asked for; the rest are its comments and categories."""
MOST_SITEMAPS: Final = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to watch a source: the adapter's name, the address, and why, in words for a person."""

    adapter: str
    address: str
    why: str


def proposals(snapshot: Snapshot, reading: Reading, robots: str = "") -> list[Proposal]:
    """The ways to watch what was captured in `snapshot`, the best first; none where nothing in it can be watched.
    `robots` is the text of the site's robots.txt, which may name sitemaps."""
    address = snapshot.address or snapshot.source
    document = reading.document
    if document.listed:
        return [Proposal("sitemap", address, f"It is a sitemap with {len(document.listed):,} addresses.")]
    if document.media_type is not MediaType.HTML:
        return _of_data(address, reading)
    feed = "legislation" if _host(address) == LEGISLATION else "feed"
    found = [Proposal(feed, place, f"The page names this feed: {name}.") for place, name in _feeds(snapshot)]
    if _host(address) == GOVUK:
        found.insert(
            0, Proposal("govuk", address, "GOV.UK gives its documents whole, with what was changed in them.")
        )
    linked = sum(1 for item in reading.items if item.link and _host(item.link) == _host(address))
    if linked >= 2:
        found.append(Proposal("listing", address, f"The page lists {linked} items with pages of their own."))
    elif len(reading.items) >= 2:
        found.append(Proposal("listing", address, f"The page lists {len(reading.items)} items."))
    named = dict.fromkeys(
        place for place in _SITEMAP.findall(robots) if place.startswith(("http://", "https://"))
    )
    found += [
        Proposal("sitemap", place, "The site's robots.txt names this list of all its pages.")
        for place in list(named)[:MOST_SITEMAPS]
    ]
    return found


def _of_data(address: str, reading: Reading) -> list[Proposal]:
    """Ways to watch what is no page."""
    if not reading.items:
        return []
    if _host(address) == GOVUK:
        return [Proposal("govuk", address, "It is GOV.UK, which gives its documents whole.")]
    if _host(address) == LEGISLATION:
        return [
            Proposal("legislation", address, f"It is legislation.gov.uk, with {len(reading.items)} laws.")
        ]
    return [Proposal("feed", address, f"It is a feed with {len(reading.items)} items.")]


def _feeds(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Addresses and names of the feeds that a page's head names (WHATWG HTML, 4.6.7.1)."""
    page = LexborHTMLParser(snapshot.content)
    seen: set[str] = set()
    for link in page.css("link[rel~=alternate][href]"):
        attributes = link.attributes
        if (attributes.get("type") or "").strip().lower() not in _FEEDS:
            continue
        address = addresses.absolute(attributes.get("href") or "", snapshot.address)
        if address.startswith(("http://", "https://")) and address not in seen and len(seen) < MOST:
            seen.add(address)
            yield address, " ".join((attributes.get("title") or address).split())[:120]


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
