"""The mark-up of CLML, read as a stream: what a law says of itself, and its text as plain HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final, Protocol
from xml.parsers import expat

from almoner.pipeline.parse import xml

Attributes = dict[str, str]

_METADATA: Final = "Metadata"
_SKIPPED: Final = frozenset(
    {
        "Contents",
        "Commentaries",
        "Footnotes",
        "MarginNotes",
        "Versions",
        "Resources",
        "Metadata",
        "UnappliedEffects",
    }
)
"""Parts of the file that are no text of the law itself."""
_HEADINGS: Final = {
    "Part": 2, "Schedule": 2, "TitleBlock": 2, "ExplanatoryNotes": 2, "Chapter": 3, "Pblock": 3, "PsubBlock": 4,
    "P1group": 4, "P2group": 5,
}  # fmt: skip
"""Parts with a number or a title, and the rank of these as headings."""
_BLOCKS: Final = frozenset(
    {
        "Text",
        "LongTitle",
        "MadeDate",
        "LaidDate",
        "SiftedDate",
        "ComingIntoForce",
        "PersonName",
        "JobTitle",
        "Department",
        "DateSigned",
    }
)
"""Elements whose words are one paragraph, whatever stands inside."""
_PASSED: Final = frozenset({"table", "thead", "tbody", "tr", "td", "th", "caption"})
_SAID: Final = {
    "title": "title",
    "description": "description",
    "modified": "modified",
    "language": "language",
}
_DATES: Final = {"EnactmentDate": "enacted", "Made": "made", "Laid": "laid", "DateTime": "in_force"}
_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_WORDS: Final = frozenset({"Citation", "CitationSubRef", "Term", "Emphasis", "Strong", "Abbreviation", "Superior", "Inferior", "SmallCaps", "Character", "Addition", "Substitution", "Repeal", "InternalLink", "ExternalLink", "Acronym", "Definition", "Span", "FootnoteRef", "CommentaryRef", "MarginNoteRef"})  # fmt: skip
"""Elements within a line; any other inside a paragraph is a piece of its own."""


@dataclass(slots=True)
class Law:
    """What a law says of itself by name (`said`), its `dates` and `files`, and its text (`body`, HTML)."""

    values: dict[str, str] = field(default_factory=dict)
    dates: list[tuple[str, str]] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    files: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    def said(self, name: str) -> str:
        """A value, "" where the law does not give it."""
        return self.values.get(name, "")


class Reader(Protocol):
    """Hears a law's elements in order, and makes of them what it says of itself and its text."""

    law: Law
    body: list[str]

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """The element that was begun last ends."""

    def words(self, text: str) -> None:
        """Text stands here."""


def read_law(text: str, reader: Reader | None = None) -> Law:
    """Read CLML, or what `reader` knows. No DTD is loaded; mark-up that breaks off gives what stands before."""
    bare = xml.bare(text)
    reader = reader or _Reader()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    law = reader.law
    try:
        parser.Parse(_BARE_AMPERSAND.sub("&amp;", bare.text).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        law.findings.append(
            ("markup_mended", f"The file is damaged in line {error.lineno}; it was read up to there.")
        )
    if bare.refused:
        law.findings.append(("markup_refused", f"It defines entities ({', '.join(bare.refused[:5])}), which were not loaded."))  # fmt: skip
    law.body = "".join(reader.body)
    return law


class _Reader:
    def __init__(self) -> None:
        self.law = Law()
        self.body: list[str] = []
        self._stack: list[str] = []
        self._held: list[str] | None = None
        self._opened = 0
        self._number = ""
        self._skipped = 0
        self._metadata_open = 0
        self._force_open = 0

    def start(self, name: str, attributes: Attributes) -> None:
        local = name.rpartition(" ")[2]
        self._stack.append(local)
        if len(self._stack) == 1:
            self.law.values |= {
                "address": attributes.get("DocumentURI", ""),
                "id": attributes.get("IdURI", ""),
                "extent": attributes.get("RestrictExtent", ""),
            }
        self._count(local, 1)
        if self._skipped:
            if self._metadata_open:
                self._metadata(local, attributes)
            return
        if self._held is None:
            self._open(local)
        elif local not in _WORDS:
            self._held.append(" ")

    def end(self, _name: str) -> None:
        local = self._stack[-1]
        if self._skipped:
            if self._held is not None and len(self._stack) == self._opened:
                self._say(local, self._taken())
        elif self._held is not None and len(self._stack) == self._opened:
            self._close(local, self._taken())
        elif local in _PASSED:
            self.body.append(f"</{local}>")
        elif local == "BlockAmendment":
            self.body.append("</blockquote>")
        self._count(local, -1)
        self._stack.pop()

    def words(self, text: str) -> None:
        if self._held is not None:
            self._held.append(text)
        elif not self._skipped and self._stack and self._stack[-1] in ("td", "th", "caption"):
            self.body.append(escape(text, quote=False))

    def _count(self, local: str, step: int) -> None:
        """Count what is open and matters to all that stands in it, however deep: the stack is not searched."""
        self._skipped += step * (local in _SKIPPED)
        self._metadata_open += step * (local == _METADATA)
        self._force_open += step * (local == "ComingIntoForce")

    def _metadata(self, local: str, attributes: Attributes) -> None:
        if local in _DATES and (local != "DateTime" or self._force_open):
            if day := attributes.get("Date", ""):
                self.law.dates.append((_DATES[local], day))
        elif local == "DocumentMainType":
            self.law.values["type"] = attributes.get("Value", "")
        elif local == "Alternative" and attributes.get("URI"):
            self.law.files.append(
                (attributes["URI"], attributes.get("Title", "As printed (PDF)"), attributes.get("Size", ""))
            )
        elif (local in _SAID or local == "subject") and self._held is None:
            self._hold()

    def _say(self, local: str, text: str) -> None:
        if local == "subject":
            self.law.subjects.append(text)
        else:
            self.law.values.setdefault(_SAID[local], text)

    def _open(self, local: str) -> None:
        parent = self._stack[-2] if len(self._stack) > 1 else ""
        if local in _BLOCKS or local == "Pnumber" or (local in ("Number", "Title") and parent in _HEADINGS):
            self._hold()
        elif local in _PASSED:
            self.body.append(f"<{local}>")
        elif local == "BlockAmendment":
            self.body.append("<blockquote>")

    def _close(self, local: str, text: str) -> None:
        parent = self._stack[-2]
        if local == "Pnumber":
            own = f"{text}." if parent == "P1" else f"({text})"
            self._number = f"{self._number}—{own}" if self._number else own  # as printed: 1.—(1)
        elif local == "Number":
            self._number = text
        elif local == "Title":
            rank = _HEADINGS[parent]
            self.body.append(f"<h{rank}>{self._numbered(text)}</h{rank}>")
        elif text:
            self.body.append(f"<p>{self._numbered(text)}</p>")

    def _numbered(self, text: str) -> str:
        number, self._number = self._number, ""
        return escape(f"{number} {text}".strip(), quote=False)

    def _hold(self) -> None:
        self._held, self._opened = [], len(self._stack)

    def _taken(self) -> str:
        held, self._held = self._held or [], None
        return " ".join("".join(held).split())
