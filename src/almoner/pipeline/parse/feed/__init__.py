"""Feeds: RSS, RDF, Atom and CDF in any version and state. feedparser tells the dialects apart; the XML around
them, the dates, the texts and the addresses are ours."""

from __future__ import annotations

import io
import re
from typing import Any, Final

from almoner.pipeline.lines import moments
from almoner.pipeline.model import Cut, Decision, Document, MediaType, Place
from almoner.pipeline.page import addresses
from almoner.pipeline.parse import stated
from almoner.pipeline.parse.feed import entry, intervals
from almoner.pipeline.parse.feed.entry import Fields, Format
from almoner.pipeline.parse.feed.envelope import open_feed
from almoner.pipeline.parse.feed.known import pass_over
from almoner.pipeline.parse.feed.salvage import Broken
from almoner.pipeline.ports import Seen

_NAMES: Final = {"rss": "RSS", "atom": "Atom", "cdf": "CDF"}
_VERSIONS: Final = {"090": "0.90", "091n": "0.91", "091u": "0.91", "092": "0.92", "093": "0.93", "094": "0.94", "10": "1.0", "20": "2.0", "03": "0.3", "01": "0.1", "02": "0.2"}  # fmt: skip

_IMPOSSIBLE: Final = re.compile(
    rb"&(?:amp;)*#(?:[xX]0*(?:[dD][89a-fA-F][0-9a-fA-F]{2}|[0-9a-fA-F]{6,})|0*(?:5[5-7]\d{3}|\d{7,}));?"
)
"""References to characters that there are none of, or hardly one."""


def parse_feed(source: str, text: str, address: str = "", seen: Seen | None = None) -> Document:
    """Read the feed in `text`, found at `address` ("" if unknown); `source` names it. Entries that were `seen` are
    passed over.

    Whatever the state of the feed, what can be had is read, and findings say what could not. Never raises for
    what stands in it.
    """
    envelope, digests, passed = pass_over(open_feed(text), address, seen)
    read = _read(envelope.content, address)
    head = _read(envelope.head, address)["feed"] if envelope.head else read["feed"]
    form = _format(read, head, address)
    last_line = text.count("\n") + 1
    entries: list[Fields] = read["entries"]
    places = (
        envelope.places if len(envelope.places) == len(entries) else (Place(1, last_line),) * len(entries)
    )
    records = [entry.record(one, form, place) for one, place in zip(entries, places, strict=True)]
    for broken in envelope.broken:
        found = _loosely(broken, form)
        if found is not None:
            records.insert(broken.position, found)
    notes = stated.Notes(Place(1, 1))
    decisions = [Decision("parse", f"{form.by}, {len(records)} entries", "its root element and namespaces")]
    if passed:
        decisions.append(Decision("parse", f"passed over {len(passed)} entries", "they were read before"))
    if envelope.mended:
        decisions.append(Decision("parse", "mended the mark-up", envelope.mended))
    dated = moments.read(_said(head, "updated") or _said(head, "published"), "the feed")
    if dated is not None and dated.when is not None:
        decisions.append(Decision("parse", f"feed dated {dated.when.value}", dated.when.how))
    said = {
        "feed:id": entry.whole_id(_said(head, "id"), address) or "",
        "feed:link": stated.address(_said(head, "link"), address) or _said(head, "link"),
        "feed:updated": _said(head, "updated"),
        "feed:published": _said(head, "published"),
        "feed:created": _said(head, "created"),
        "feed:interval": intervals.asked(
            _said(head, "ttl"), _said(head, "sy_updateperiod"), _said(head, "sy_updatefrequency")
        ),
        "feed:author": _said(head, "author"),
        "feed:description": stated.plain(_said(head, "subtitle") or _said(head, "summary"), markup=True),
    }
    detail = head.get("title_detail")
    markup = isinstance(detail, dict) and detail.get("type") != "text/plain"
    title = notes.title(_said(head, "title"), markup=markup)
    return Document(
        source,
        MediaType.XML,
        tuple(part.block for cut in records for part in cut.parts),
        title=title,
        publisher=stated.name(_said(head, "publisher")) or title,
        language=_said(head, "language") or None,
        address=address or stated.address(_link(head, "self"), "") or "",
        metadata={key: value for key, value in said.items() if value},
        findings=(*envelope.findings, *notes.findings),
        decisions=tuple(decisions),
        records=tuple(records),
        next_page=stated.address(_link(head, "next"), address),
        digests=digests if len(digests) == len(records) else (),
        passed=passed,
    )


def _read(content: bytes, address: str) -> Any:
    """feedparser's reading; where it stumbles over half a surrogate pair and the like in mark-up that the feed carries,
    the reading without these."""
    try:
        return _as_feedparser_reads(content, address)
    except (ValueError, OverflowError):
        return _as_feedparser_reads(_IMPOSSIBLE.sub(b"&#xFFFD;", content), address)


def _as_feedparser_reads(content: bytes, address: str) -> Any:
    """No address is fetched, nothing sanitised or resolved (that is done for all formats)."""
    import feedparser.api

    feedparser.api.PREFERRED_XML_PARSERS = []  # else it looks all over for one that nobody has, for each feed
    # The address is told only where a base inside the feed may be relative to it: else feedparser would make
    # addresses of ids that are none.
    base = address if b"xml:base" in content else ""
    return feedparser.parse(
        io.BytesIO(content),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _format(read: Any, head: Fields, address: str) -> Format:
    version = str(read.get("version") or "")
    family = next((name for name in _NAMES if version.startswith(name)), "")
    number = _VERSIONS.get(version.removeprefix(family), "")
    base = address or stated.address(_said(head, "link"), "") or ""
    by = f"{_NAMES.get(family, 'the feed')} {number}".strip()
    if family != "atom":
        return Format(by, True, addresses.absolute(base, ""))
    author = stated.name(_said(head, "author"))
    # A feed that gives its own name as its author's says nothing of who wrote an entry.
    author = author if author != stated.name(_said(head, "title")) else None
    return Format(by, False, addresses.absolute(base, ""), author, stated.name(_said(head, "rights")))


def _loosely(broken: Broken, form: Format) -> Cut | None:
    """The record of an entry that is not well-formed."""
    entries = _read(broken.content, form.base)["entries"]
    return entry.record(entries[0], form, broken.place, breaks_off=broken.breaks_off) if entries else None


def _said(head: Fields, name: str) -> str:
    found = dict.get(head, name)
    return stated.scrubbed(" ".join(found.split())) if isinstance(found, str) else ""


def _link(head: Fields, relation: str) -> str:
    """Where the feed's link of that relation leads."""
    links = dict.get(head, "links")
    for link in links if isinstance(links, list) else []:
        if link.get("rel") == relation:
            return str(link.get("href") or "")
    return ""
