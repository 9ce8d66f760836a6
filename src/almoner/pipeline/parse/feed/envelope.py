"""A feed's XML made fit to be read: mended, bounded, and with the place of each entry.

One broken entry must not cost the others, and no file may take unbounded time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Place
from almoner.pipeline.parse import xml
from almoner.pipeline.parse.feed.mend import mended
from almoner.pipeline.parse.feed.salvage import Broken, salvaged
from almoner.pipeline.parse.feed.survey import Caps, Extent, survey

OF_A_FEED: Final = Caps(entries=10_000, elements_each=10_000, elements=300_000)
"""Feeds carry ten to some hundreds of entries of ten elements each."""
MAX_VALUE: Final = 500_000
"""Characters of one run of text."""
MAX_NAMED: Final = 20
"""Entries left out that get a finding of their own; the others are counted in one."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A feed that can be read strictly (`content`), the places of its entries, and what had to be kept apart.

    `head` is what stands before the entries, where that is itself not well-formed and so not in `content`;
    `mended` is the fault that was mended without loss ("" if there was none); `extents` are the entries in `content`,
    empty where these could not all be read strictly.
    """

    content: bytes
    places: tuple[Place, ...]
    broken: tuple[Broken, ...] = ()
    findings: tuple[Finding, ...] = ()
    head: bytes = b""
    mended: str = ""
    extents: tuple[Extent, ...] = ()


def open_feed(text: str, caps: Caps = OF_A_FEED) -> Envelope:
    """The feed in `text`, whatever state it is in; `findings` say what was refused, cut, broken or left out."""
    bare = xml.bare(text)
    findings: list[Finding] = []
    if bare.refused:
        named = ", ".join(f"“{name[:40]}”" for name in bare.refused[:5])
        message = f"Entities that the file defines were not put in: {named}."
        findings.append(finding("markup_refused", message, Place(1, 1)))
    raw, cut_at = xml.with_short_values(bare.text, MAX_VALUE)
    findings.extend(
        finding("text_cut", f"A value has more than {MAX_VALUE:,} characters and was cut.", Place(line, line))
        for line in cut_at[:MAX_NAMED]
    )
    content = raw.encode(errors="replace")
    fault = xml.problem(content)
    if fault is None:
        return _bounded(content, raw, findings, caps)
    again = mended(raw)
    content = again.encode(errors="replace")
    worse = xml.problem(content)
    if worse is None:
        return replace(_bounded(content, raw, findings, caps), mended=f"{fault[1]} in line {fault[0]}")
    line, why = worse
    message = f"The feed is not well-formed ({why}); what can be had was read."
    findings.append(finding("markup_mended", message, Place(line, line)))
    return _salvaged(again, raw, findings, caps)


def _bounded(content: bytes, raw: str, findings: list[Finding], caps: Caps) -> Envelope:
    """A well-formed feed without the entries that are too many or built to wear a reader out."""
    found = survey(content, caps)
    if found.fault_around:
        message = f"What stands around the entries was not read: {found.fault_around}."
        findings.append(finding("text_cut", message, Place(1, 1)))
        return _salvaged(content.decode(), raw, findings, caps)
    kept, left = _within(found.extents, caps)
    if not left:
        places = tuple(extent.place for extent in kept)
        return Envelope(content, places, findings=tuple(findings), extents=found.extents)
    findings.extend(
        _left_out([extent.place for extent in left], [extent.fault for extent in left], len(found.extents))
    )
    pieces, position = [], 0
    for extent in left:
        pieces.append(content[position : extent.start])
        position = extent.end
    content = b"".join((*pieces, content[position:]))
    return Envelope(content, tuple(extent.place for extent in kept), findings=tuple(findings))


def _within(extents: tuple[Extent, ...], caps: Caps) -> tuple[list[Extent], list[Extent]]:
    """The entries that can be read, and those that are left out."""
    kept: list[Extent] = []
    left: list[Extent] = []
    elements = 0
    for extent in extents:
        elements += extent.elements if not extent.fault else 0
        full = len(kept) >= caps.entries or elements > caps.elements
        (left if full or extent.fault else kept).append(extent)
    return kept, left


def _salvaged(text: str, raw: str, findings: list[Finding], caps: Caps) -> Envelope:
    saved = salvaged(text, raw, caps)
    entries = len(saved.places) + len(saved.broken) + len(saved.left)
    findings.extend(_left_out(list(saved.left), ["it is broken, or one too many"] * len(saved.left), entries))
    return Envelope(saved.content, saved.places, saved.broken, tuple(findings), saved.head)


def _left_out(places: list[Place], faults: list[str], entries: int) -> list[Finding]:
    """What to say of entries that were not read."""
    named = [(place, fault) for place, fault in zip(places, faults, strict=True) if fault][:MAX_NAMED]
    found = [finding("text_cut", f"An entry was not read: {fault}.", place) for place, fault in named]
    if len(places) > len(named):
        message = f"The feed has {entries:,} entries; {entries - len(places):,} of them were read."
        found.append(finding("text_cut", message, Place(places[0].first_line, places[-1].last_line)))
    return found
