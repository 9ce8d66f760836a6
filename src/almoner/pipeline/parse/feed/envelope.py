"""A feed's XML, entry by entry: what stands on which lines, and what is broken.

One broken entry must not cost the others: where a file is not well-formed and cannot be mended, each entry is
tried by itself, and those that are broken are kept apart, to be read as loosely as can be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from xml.parsers import expat

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Place
from almoner.pipeline.parse import xml
from almoner.pipeline.parse.feed.mend import mended

MAX_ENTRIES: Final = 10_000
"""Entries that are read of one feed; feeds carry ten to some hundreds."""
MAX_DEPTH: Final = 200
MAX_BROKEN: Final = 200
MAX_BROKEN_LENGTH: Final = 200_000
"""Characters of a broken entry that are looked at: reading loosely takes long."""
NAMES: Final = frozenset({"item", "entry"})

_ENTRY_START: Final = re.compile(
    r"<!\[CDATA\[(?:(?!\]\]>|<!\[CDATA\[).)*+\]\]>|<!--(?:(?!-->).)*+-->|<((?:[\w.-]+:)?(?:item|entry))(?=[\s>/])",
    re.DOTALL | re.IGNORECASE,
)
_ROOT_TAG: Final = re.compile(r"<(?P<name>[\w.:-]+)(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>")
_CHANNEL: Final = re.compile(r"<channel\b[^>]{0,2000}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extent:
    """An entry's first and last line, and where it begins and ends (bytes of UTF-8)."""

    first_line: int
    last_line: int
    start: int
    end: int
    depth: int = 0

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.first_line, self.last_line)


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that is not well-formed, in a frame of its own; `position` counts it among all entries."""

    position: int
    content: bytes
    place: Place
    breaks_off: bool


@dataclass(frozen=True, slots=True)
class Envelope:
    """A feed that can be read strictly (`content`), the places of its entries, and what had to be kept apart.

    `head` is what stands before the entries, where that is itself not well-formed and so not in `content`;
    `mended` is the fault that was mended without loss ("" if there was none).
    """

    content: bytes
    places: tuple[Place, ...]
    broken: tuple[Broken, ...] = ()
    findings: tuple[Finding, ...] = ()
    head: bytes = b""
    mended: str = ""


def open_feed(text: str, most: int = MAX_ENTRIES) -> Envelope:
    """The feed in `text`, whatever state it is in; `findings` say what was mended, refused or left out. At most
    `most` entries are kept."""
    bare = xml.bare(text)
    findings: list[Finding] = []
    if bare.refused:
        named = ", ".join(f"“{name[:40]}”" for name in bare.refused[:5])
        findings.append(
            finding(
                "markup_refused", f"Entities that the file defines were not put in: {named}.", Place(1, 1)
            )
        )
    content = bare.text.encode(errors="replace")
    fault = xml.problem(content)
    if fault is None:
        return _bounded(content, findings, most)
    again = mended(bare.text)
    content = again.encode(errors="replace")
    worse = xml.problem(content)
    if worse is None:
        return replace(_bounded(content, findings, most), mended=f"{fault[1]} in line {fault[0]}")
    line, why = worse
    findings.append(
        finding(
            "markup_mended",
            f"The feed is not well-formed ({why}); what can be had was read.",
            Place(line, line),
        )
    )
    return _salvaged(again, bare.text, findings, most)


class _Survey:
    """Notes where the entries of a well-formed feed stand, in one pass."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.extents: list[Extent] = []
        self.open_tags: list[str] = []
        self.entry_depth = 0
        self.deepest = 0
        self.begun: tuple[int, int] | None = None
        self.frames: list[tuple[str, ...]] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.Parse(content, True)

    def _start(self, name: str, _attributes: object) -> None:
        self.open_tags.append(name)
        depth = len(self.open_tags)
        if self.begun is None:
            if name.rpartition(":")[2].lower() in NAMES and depth > 1:
                self.begun = self.parser.CurrentLineNumber, self.parser.CurrentByteIndex
                self.entry_depth = self.deepest = depth
        elif depth > self.deepest:
            self.deepest = depth

    def _end(self, _name: str) -> None:
        depth = len(self.open_tags)
        self.open_tags.pop()
        if self.begun is not None and depth == self.entry_depth:
            end = self.content.find(b">", self.parser.CurrentByteIndex) + 1
            self.extents.append(
                Extent(self.begun[0], self.parser.CurrentLineNumber, self.begun[1], end, self.deepest - depth)
            )
            self.frames.append(tuple(self.open_tags))
            self.begun = None


def _bounded(content: bytes, findings: list[Finding], most: int) -> Envelope:
    """A well-formed feed, with entries left out that are too many or too deep."""
    survey = _Survey(content)
    extents = survey.extents
    if len(extents) > most:
        first = extents[most]
        findings.append(
            finding(
                "text_cut",
                f"The feed has {len(extents):,} entries; the first {most:,} were read.",
                Place(first.first_line, extents[-1].last_line),
            )
        )
        closing = "".join(f"</{name}>" for name in reversed(survey.frames[most - 1]))
        content = content[: extents[most - 1].end] + closing.encode()
        extents = extents[:most]
    kept = [extent for extent in extents if extent.depth <= MAX_DEPTH]
    if len(kept) < len(extents):
        pieces, position = [], 0
        for extent in extents:
            if extent.depth > MAX_DEPTH:
                pieces.append(content[position : extent.start])
                position = extent.end
                findings.append(
                    finding(
                        "text_cut",
                        f"An entry nests its elements {extent.depth:,} deep and was not read.",
                        extent.place,
                    )
                )
        content = b"".join((*pieces, content[position:]))
    return Envelope(content, tuple(extent.place for extent in kept), findings=tuple(findings))


def _salvaged(text: str, raw: str, findings: list[Finding], most: int) -> Envelope:
    """A feed that is not well-formed: the entries that are make a feed of their own. `raw` is it unmended."""
    starts = [found.start() for found in _ENTRY_START.finditer(text) if found[1]]
    root = _ROOT_TAG.search(text)
    opening, closing = _frame(text, root, starts[0] if starts else len(text))
    if len(starts) > most:
        line = text.count("\n", 0, starts[most]) + 1
        findings.append(
            finding(
                "text_cut",
                f"The feed has {len(starts):,} entries; the first {most:,} were read.",
                Place(line, text.count("\n") + 1),
            )
        )
    good: list[str] = []
    places: list[Place] = []
    broken: list[Broken] = []
    line, position = 1, 0
    for index, start in enumerate(starts[:most]):
        stop = starts[index + 1] if index + 1 < len(starts) else len(text)
        line += text.count("\n", position, start)
        position = start
        piece, ended = _piece(text[start:stop])
        place = Place(line, line + piece.count("\n"))
        framed = f"{opening}{piece}{closing}".encode(errors="replace")
        if ended and len(piece) <= xml.MAX_PROLOG and xml.problem(framed) is None and _is_flat(framed):
            good.append(piece)
            places.append(place)
        elif len(broken) < MAX_BROKEN:
            loose = f"{opening}{piece[:MAX_BROKEN_LENGTH]}{closing}".encode(errors="replace")
            broken.append(Broken(index, loose, place, not ended or len(piece) > MAX_BROKEN_LENGTH))
        else:
            findings.append(finding("text_cut", "An entry is not well-formed and was not read.", place))
    head = text[: starts[0]] if starts else text[:MAX_BROKEN_LENGTH]
    whole = f"{head}{''.join(good)}{closing}".encode(errors="replace")
    if xml.problem(whole) is None and _is_flat(whole):
        return Envelope(whole, tuple(places), tuple(broken), tuple(findings))
    whole = f"{opening}{''.join(good)}{closing}".encode(errors="replace")
    # Reading loosely wants the "&" of an address as it stood.
    first = next((found.start() for found in _ENTRY_START.finditer(raw) if found[1]), len(raw))
    loose_head = f"{raw[: min(first, MAX_BROKEN_LENGTH)]}{closing}".encode(errors="replace")
    return Envelope(whole, tuple(places), tuple(broken), tuple(findings), loose_head)


def _frame(text: str, root: re.Match[str] | None, before: int) -> tuple[str, str]:
    """What stands open where entries begin, to put around one of them: tags that open, and tags that close."""
    if (
        root is None
        or root.end() > before
        or len(root[0]) > 20_000
        or root["name"].rpartition(":")[2] in NAMES
    ):
        return '<rss version="2.0"><channel>', "</channel></rss>"
    opening, closing = root[0].rstrip("/>") + ">", f"</{root['name']}>"
    if xml.problem(f"{opening}{closing}".encode(errors="replace")) is not None:
        opening, closing = f"<{root['name']}>", f"</{root['name']}>"
    channel = _CHANNEL.search(text, root.end(), before)
    if channel is not None and "</channel" not in text[channel.end() : before].lower():
        return f"{opening}{channel[0]}", f"</{channel[0][1:8]}>{closing}"
    return opening, closing


def _piece(text: str) -> tuple[str, bool]:
    """The entry at the start of `text` without what follows its end tag, and whether it has one."""
    found = _ENTRY_START.match(text)
    name = found[1] if found is not None and found[1] else "item"
    end = text.rfind(f"</{name}")
    if end < 0:
        return text, False
    close = text.find(">", end)
    return (text[: close + 1], True) if close > 0 else (text, False)


def _is_flat(framed: bytes) -> bool:
    return all(extent.depth <= MAX_DEPTH for extent in _Survey(framed).extents)
