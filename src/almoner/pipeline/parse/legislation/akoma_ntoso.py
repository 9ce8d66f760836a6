"""The mark-up of Akoma Ntoso (OASIS LegalDocML 1.0), in which many parliaments give their laws, read as a stream.

Its parts are told apart by what they may hold (hierarchy, block, line), as the standard has it, not by a list of one
country's names: what has a number and is no known higher part is a provision.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from almoner.pipeline.parse.legislation.markup import Attributes, Law

_HIGHER: Final = {
    "book": 2, "tome": 2, "title": 2, "part": 2, "schedule": 2, "annex": 2, "attachment": 2,
    "chapter": 3, "subpart": 3, "subtitle": 3, "crossheading": 3, "crossHeading": 3, "division": 3,
    "subchapter": 4, "subdivision": 4, "subheading": 4,
}  # fmt: skip
"""Parts above the provisions, and the rank of these as headings. A generic `hcontainer` counts by its name."""
_PROVISIONS: Final = frozenset(
    {
        "alinea", "article", "clause", "indent", "item", "level", "list", "paragraph", "point", "proviso",
        "regulation", "rule", "section", "subclause", "sublist", "subparagraph", "subrule", "subsection",
        "transitional", "prov1", "prov2",
    }
)  # fmt: skip
_SKIPPED: Final = frozenset({"meta", "coverPage", "toc", "authorialNote", "presentation"})
"""Parts of the file that are no text of the law itself."""
_BLOCKS: Final = frozenset(
    {"p", "block", "listIntroduction", "listWrapUp", "listConclusion", "longTitle", "docketNumber"}
)
_PIECES: Final = _BLOCKS | {"num", "heading", "subheading", "eol", "br"}
"""Within a paragraph (words that are to be put into another law) these begin a piece of their own."""
_PASSED: Final = frozenset({"table", "tr", "td", "th", "caption"})
_CELLS: Final = frozenset({"td", "th", "caption"})
_TITLES: Final = frozenset({"shortTitle", "docTitle"})
_NAMES: Final = ("shortTitle", "FRBRalias", "docTitle")
"""What a law is called by, the best first."""
_MADE: Final = {"enacted": "enacted", "enactment": "enacted", "made": "made", "laid": "laid", "entryintoforce": "in_force"}  # fmt: skip
_PLAIN: Final = re.compile(r"[0-9A-Za-z]+")


class AkomaNtosoReader:
    """Hears the elements of an Akoma Ntoso file; `read_law` drives it."""

    def __init__(self) -> None:
        self.law = Law()
        self.body: list[str] = []
        self._stack: list[str] = []
        self._held: list[str] | None = None
        self._opened = 0
        self._number = ""
        self._skipped = 0
        self._cells = 0
        self._provisions = 0
        self._levels: list[str] = []
        self._title: tuple[str, int] | None = None
        self._titled_by = ""
        self._frbr = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        local = name.rpartition(" ")[2]
        if local == "hcontainer":
            local = attributes.get("name", local)
        self._stack.append(local)
        self._count(local, 1)
        if self._skipped:
            self._say(local, attributes)
        elif self._cells:
            if local in _CELLS:
                self.body.append(f"<{local}>")
        elif self._held is not None:
            if local in _TITLES and self._title is None:
                self._title = (local, len(self._held))
            elif local in _PIECES:
                self._held.append(" ")
        elif local in _BLOCKS or local in ("num", "heading", "subheading"):
            self._hold()
        elif local in _PASSED:
            self.body.append(f"<{local}>")
        elif local == "quotedStructure":
            self.body.append("<blockquote>")

    def end(self, _name: str) -> None:
        """The element that was begun last ends."""
        local = self._stack[-1]
        if self._skipped:
            pass
        elif self._held is not None:
            if self._title is not None and self._title[0] == local:
                words = " ".join("".join(self._held[self._title[1] :]).split())
                self._entitle(local, words)
                self._title = None
            if len(self._stack) == self._opened:
                self._close(local)
        elif local in _PASSED:
            self.body.append(f"</{local}>")
        elif self._cells and local == "p":
            self.body.append(" ")
        elif local == "quotedStructure":
            self.body.append("</blockquote>")
        self._count(local, -1)
        self._stack.pop()

    def words(self, text: str) -> None:
        """Text stands here."""
        if self._skipped:
            return
        if self._held is not None:
            self._held.append(text)
        elif self._cells:
            self.body.append(escape(text, quote=False))

    def _count(self, local: str, step: int) -> None:
        """Count what is open and matters to all that stands in it, however deep: the stack is not searched."""
        self._skipped += step * (local in _SKIPPED)
        self._cells += step * (local in _CELLS)
        if local in _PROVISIONS:
            self._provisions += step
        if local in _PROVISIONS or local in _HIGHER:
            if step > 0:
                self._levels.append(local)
            else:
                self._levels.pop()

    def _say(self, local: str, attributes: Attributes) -> None:
        """What the law says of itself: the work's and the version's names and dates (FRBR)."""
        values = self.law.values
        value = attributes.get("value", "")
        match local:
            case "FRBRWork" | "FRBRExpression" | "FRBRManifestation":
                self._frbr = local
            case "FRBRthis" | "FRBRuri" if self._frbr == "FRBRWork":
                values.setdefault("id", value)
                if value.startswith(("http://", "https://")):
                    values.setdefault("address", value)
            case "FRBRalias" if value:
                self._entitle("FRBRalias", value)
            case "FRBRlanguage":
                values.setdefault("language", attributes.get("language", ""))
            case "FRBRdate" if self._frbr == "FRBRWork":
                named = _MADE.get(attributes.get("name", "").lower())
                if named and (day := attributes.get("date", "")):
                    self.law.dates.append((named, day))
            case "FRBRdate" if self._frbr == "FRBRExpression":
                values.setdefault("modified", attributes.get("date", ""))
            case _:
                pass

    def _close(self, local: str) -> None:
        text = self._taken()
        level = self._levels[-1] if self._levels else ""
        rank = _HIGHER.get(level)
        if local == "num":
            own = text if rank else self._as_printed(text)
            self._number = f"{self._number}—{own}" if self._number and not rank else own
        elif local in ("heading", "subheading"):
            if rank or not level:
                self.body.append(f"<h{rank or 2}>{self._numbered(text)}</h{rank or 2}>")
            elif text:  # a provision's heading stands above its number, which the first words carry
                below = 4 if self._provisions == 1 else 5
                self.body.append(f"<h{below}>{escape(text, quote=False)}</h{below}>")
        elif text:
            if local == "longTitle":
                self.law.values.setdefault("description", text)
            self.body.append(f"<p>{self._numbered(text)}</p>")

    def _as_printed(self, text: str) -> str:
        """A provision's number as laws print it: "1." for the first rank, "(1)" below it."""
        if self._provisions <= 1:
            return f"{text.rstrip('.')}." if _PLAIN.fullmatch(text.rstrip(".")) else text
        return f"({text})" if _PLAIN.fullmatch(text) else text

    def _numbered(self, text: str) -> str:
        number, self._number = self._number, ""
        return escape(f"{number} {text}".strip(), quote=False)

    def _hold(self) -> None:
        self._held, self._opened = [], len(self._stack)

    def _taken(self) -> str:
        held, self._held, self._title = self._held or [], None, None
        return " ".join("".join(held).split())

    def _entitle(self, name: str, words: str) -> None:
        """What it is called: by the name by which people know it, else by its full title."""
        if not self._titled_by or _NAMES.index(name) < _NAMES.index(self._titled_by):
            self._titled_by, self.law.values["title"] = name, words
