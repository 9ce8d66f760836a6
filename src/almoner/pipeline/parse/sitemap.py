"""Sitemaps: lists of a site's pages, or of further sitemaps (sitemaps.org, protocol 0.9), with what Google's news
extension adds: a page's title and day.

Only what begins with `<loc>` counts; no DTD is loaded and no entity expanded. Addresses on other hosts are left out:
a list speaks for its own site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import moments
from almoner.pipeline.model import Cut, Decision, Document, Finding, Kind, Listed, MediaType, Place, Stated
from almoner.pipeline.parse import stated, xml

MOST: Final = 50_000
"""Addresses in one sitemap, by the protocol; those behind are left out with a finding."""
MOST_NEWS: Final = 1_000
"""Pages with a title of their own, by the extension."""
LONGEST_ADDRESS: Final = 2_048
LAYOUT: Final = "news sitemap"
BY: Final = "a news sitemap"

_LONGEST_ENTRY: Final = 20_000
_ENTRY: Final = re.compile(r"<(url|sitemap)(?=[\s>])[^<>]*>(.*?)(?=</?(?:url|sitemap)[\s>]|\Z)", re.DOTALL)
_FIELD: Final = re.compile(
    r"<((?:news:)?\w+)(?=[\s>])[^<>/]*>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))", re.DOTALL
)


def parse_sitemap(source: str, text: str, address: str = "") -> Document:
    """The pages and sitemaps that `text` names, in its order; found at `address` ("" if unknown: then any host counts).

    Pages that a news sitemap names with their titles are records too. A file that breaks off is read as far as it goes.
    """
    bare = xml.bare(text)
    text = _without_comments(bare.text)
    home = _host(address)
    listed: dict[str, Listed] = {}
    records: list[Cut] = []
    foreign = over = 0
    line, counted = 1, 0
    for entry in _ENTRY.finditer(text):
        fields = dict(_fields(entry[2][:_LONGEST_ENTRY]))
        place = stated.address(fields.get("loc", "")[:LONGEST_ADDRESS], address)
        if place is None or place in listed:
            continue
        if home and _host(place) != home:
            foreign += 1
            continue
        if len(listed) >= MOST:
            over += 1
            continue
        listed[place] = Listed(place, fields.get("lastmod", "")[:64], entry[1] == "sitemap")
        if "news:title" in fields and len(records) < MOST_NEWS:
            line += text.count("\n", counted, entry.start())
            counted = entry.start()
            records.append(_record(place, fields, Place(line, line + entry[0].count("\n"))))
    return Document(
        source,
        MediaType.XML,
        tuple(part.block for cut in records for part in cut.parts),
        address=address,
        findings=tuple(_findings(foreign, over, bare.refused, home)),
        decisions=(
            Decision(
                "parse", f"a sitemap of {len(listed):,} addresses", "its root is urlset or sitemapindex"
            ),
        ),
        records=tuple(records),
        listed=tuple(listed.values()),
    )


def _without_comments(text: str) -> str:
    """`text` with as many lines, and nothing in them that is commented out."""
    first, *rest = text.split("<!--")
    kept = [first]
    for piece in rest:
        comment, _, after = piece.partition("-->")
        kept += ["\n" * comment.count("\n"), after]
    return "".join(kept)


def _fields(entry: str) -> Iterator[tuple[str, str]]:
    for found in _FIELD.finditer(entry):
        yield found[1], found[2] if found[2] is not None else unescape(found[3]).strip()


def _record(place: str, fields: dict[str, str], where: Place) -> Cut:
    notes = stated.Notes(where)
    says = Stated(
        by=BY,
        title=notes.title(fields["news:title"]),
        stand_in=place,
        link=place,
        published=notes.time(
            moments.read(fields.get("news:publication_date", ""), f"{BY}: publication_date")
        ),
        outlet=stated.name(fields.get("news:name", "")),
        categories=stated.names(fields.get("news:keywords", "").split(",")),
        kind=Kind.NEWS,
        findings=tuple(notes.findings),
    )
    return stated.record(says, where, LAYOUT)


def _findings(foreign: int, over: int, refused: tuple[str, ...], home: str) -> Iterator[Finding]:
    if foreign:
        yield finding("markup_refused", f"{foreign:,} addresses lead to other hosts than {home}, and were left out.", Place(1, 1))  # fmt: skip
    if over:
        yield finding("text_cut", f"It names more than {MOST:,} addresses; the {over:,} behind were left out.", Place(1, 1))  # fmt: skip
    if refused:
        yield finding("markup_refused", f"It defines entities ({', '.join(refused[:5])}), which were not loaded.", Place(1, 1))  # fmt: skip


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
