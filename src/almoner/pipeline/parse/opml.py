"""OPML: lists of sources, and of links.

A list of sources is no list of things published. Each outline with a feed's address becomes a resource with the
finding `source_listed`, so that an editor sees what the file holds and none of it goes out unseen; an outline that
only links somewhere is a resource like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import moments
from almoner.pipeline.model import Cut, Decision, Document, Finding, Kind, Link, MediaType, Place, Stated
from almoner.pipeline.parse import content, stated, xml
from almoner.pipeline.parse.feed.mend import mended
from almoner.pipeline.parse.nodes import Node, nodes

BY: Final = "OPML"
LAYOUT: Final = "outline"
MAX_OUTLINES: Final = 10_000


def parse_opml(source: str, text: str) -> Document:
    """Read the outlines in `text`. Never raises for what stands in the file: what breaks off is reported."""
    bare = xml.bare(text).text
    raw = bare.encode(errors="replace")
    findings: list[Finding] = []
    if xml.problem(raw) is not None:
        raw = mended(bare).encode(errors="replace")
        fault = xml.problem(raw)
        if fault is not None:
            message = f"The file is not well-formed ({fault[1]}); it was read as far as that."
            findings.append(finding("markup_mended", message, Place(fault[0], fault[0])))
    outlines: list[tuple[Node, tuple[str, ...]]] = []
    title = None
    # Outlines are taken one by one, so that those before a break are had without an end of the whole.
    for node in nodes(raw, frozenset({"outline", "title"})):
        if node.name == "title":
            title = title or stated.name(node.text)
        else:
            outlines.extend(_leaves(node))
    if len(outlines) > MAX_OUTLINES:
        message = f"The file has {len(outlines):,} outlines; the first {MAX_OUTLINES:,} were read."
        findings.append(finding("text_cut", message, outlines[MAX_OUTLINES][0].place))
    records = tuple(_record(node, path) for node, path in outlines[:MAX_OUTLINES])
    sources = sum("xmlurl" in _lowered(node) for node, _ in outlines[:MAX_OUTLINES])
    what = f"a list of {sources} source(s) and {len(records) - sources} link(s)"
    return Document(
        source,
        MediaType.XML,
        tuple(part.block for cut in records for part in cut.parts),
        title=title,
        findings=tuple(findings),
        decisions=(Decision("parse", f"{BY}: {what}", "its root element, and which outlines name a feed"),),
        records=records,
    )


def outlines(text: str) -> list[dict[str, str]]:
    """The outlines in `text` that lead somewhere: their attributes, names in lower case, as they stand there. Reads
    as far as the file can be read."""
    raw = xml.bare(text).text.encode(errors="replace")
    if xml.problem(raw) is not None:
        raw = mended(text).encode(errors="replace")
    found = (leaf for node in nodes(raw, frozenset({"outline"})) for leaf, _ in _leaves(node))
    return [_lowered(node) for node, _ in zip(found, range(MAX_OUTLINES), strict=False)]


def _leaves(outline: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The outlines that lead somewhere, in order, each with the names of those it stands under."""
    waiting: list[tuple[Node, tuple[str, ...]]] = [(outline, ())]
    while waiting:
        node, path = waiting.pop()
        given = _lowered(node)
        if any(given.get(key) for key in ("xmlurl", "url", "htmlurl")):
            yield node, path
        name = stated.name(given.get("text") or given.get("title") or "")
        below = (*path, name) if name and node.children else path
        waiting.extend((child, below) for child in reversed(node.children) if child.name == "outline")


def _record(node: Node, path: tuple[str, ...]) -> Cut:
    notes = stated.Notes(node.place)
    given = _lowered(node)
    feed = stated.address(given.get("xmlurl", ""), "")
    link = stated.address(given.get("htmlurl", ""), "") or stated.address(given.get("url", ""), "") or feed
    if feed:
        notes.add("source_listed", f"This is a source to watch, not something published: {feed}")
    about = given.get("description", "")
    says = Stated(
        by=BY,
        title=notes.title(given.get("title") or given.get("text") or ""),
        stand_in=link,
        link=link,
        added=notes.time(moments.read(given.get("created", ""), f"{BY}: created")),
        categories=stated.names((*path, *given.get("category", "").replace("/", " ").split(","))),
        kind=Kind.RESOURCE,
        findings=tuple(notes.findings),
    )
    blocks = content.of_text(stated.plain(about, markup=True), node.place).blocks
    return stated.record(says, node.place, LAYOUT, blocks, (Link(feed),) if feed and feed != link else ())


def _lowered(node: Node) -> dict[str, str]:
    """The attributes; some writers spell xmlUrl as they please."""
    return {name.lower(): value for name, value in node.attributes.items()}
