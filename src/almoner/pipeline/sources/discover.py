"""How a source might be watched, from what stands at its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.page import addresses

_FEEDS: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
MOST: Final = 8
"""Feeds that a page is asked for; the rest are its comments and categories."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to watch a source: the adapter's name, the address, and why, in words for a person."""

    adapter: str
    address: str
    why: str


def proposals(snapshot: Snapshot, reading: Reading) -> list[Proposal]:
    """The ways to watch what was captured in `snapshot`, the best first; none where nothing in it can be watched."""
    address = snapshot.address or snapshot.source
    if reading.document.media_type is not MediaType.HTML:
        if reading.items:
            return [Proposal("feed", address, f"It is a feed with {len(reading.items)} items.")]
        return []
    found = [Proposal("feed", feed, f"The page names this feed: {name}.") for feed, name in _feeds(snapshot)]
    linked = sum(1 for item in reading.items if item.link and _host(item.link) == _host(address))
    if linked >= 2:
        found.append(Proposal("listing", address, f"The page lists {linked} items with pages of their own."))
    elif len(reading.items) >= 2:
        found.append(Proposal("listing", address, f"The page lists {len(reading.items)} items."))
    return found


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
