"""The words of a Word paragraph: runs, links, fields, marks of footnotes; tracked changes taken as accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.model import Link
from almoner.pipeline.parse.nodes import Node
from almoner.pipeline.parse.word.styles import attribute, child, is_on, value

_GONE: Final = frozenset({"del", "movefrom"})
_ADDED: Final = frozenset({"ins", "moveto"})
_SKIPPED: Final = frozenset(
    {"ppr", "rpr", "fallback", "instrtext", "deltext", "delinstrtext", "annotationref", "sdtpr"}
)
_TARGET: Final = re.compile(r'HYPERLINK\s+(?!\\)(?:"([^"]{1,4000})"|(\S{1,4000}))', re.IGNORECASE)
_SHORT: Final = {"tab": " ", "ptab": " ", "cr": "\n", "nobreakhyphen": "-", "softhyphen": ""}


@dataclass(slots=True)
class Changes:
    """What a file tracks: how many insertions were kept, how many deletions left out, how many comments."""

    kept: int = 0
    dropped: int = 0
    comments: int = 0


@dataclass(slots=True)
class Words:
    """A paragraph's words as they are gathered."""

    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """Marks of notes: "footnote" or "endnote", its identifier, and the word it stands at."""
    boxes: list[Node] = field(default_factory=list)
    """Paragraphs of text boxes that hang on this one."""
    letters: int = 0
    bold: int = 0
    size: int = 0
    breaks: int = 0
    """Page ends that Word saw in it when it last laid the file out."""
    page_ends: int = 0
    """Page ends that somebody set."""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(self.pieces)


class Reader:
    """Reads the paragraphs of one file: fields may run over several, and changes are counted for all."""

    def __init__(self, links: Mapping[str, str]) -> None:
        """`links` are the addresses by the names that the text has for them."""
        self._links = links
        self.changes = Changes()
        self._fields: list[dict[str, object]] = []

    def read(self, paragraph: Node) -> Words:
        """The words of a paragraph."""
        words = Words()
        self._walk(paragraph, words, 0)
        return words

    def _walk(self, node: Node, words: Words, deep: int) -> None:
        for one in node.children:
            name = one.name
            if name in _SKIPPED or deep > 60:
                continue
            if name in _GONE:
                self.changes.dropped += 1
            elif name == "r":
                self._run(one, words, deep)
            elif name == "hyperlink":
                self._hyperlink(one, words, deep)
            elif name == "fldsimple":
                self._linked(one, words, _target(attribute(one, "instr")), deep)
            elif name == "txbxcontent":
                words.boxes += [box for box in one.children if box.name == "p"]
            elif name == "t":
                words.pieces.append(one.text)
            else:
                self.changes.kept += name in _ADDED
                self.changes.comments += name == "commentreference"
                self._walk(one, words, deep + 1)

    def _run(self, run: Node, words: Words, deep: int) -> None:
        properties = child(run, "rpr")
        if is_on(properties, "vanish"):
            return
        before = len(words.pieces)
        for one in run.children:
            name = one.name
            if name == "fldchar":
                self._field(attribute(one, "fldCharType"), words)
            elif name == "instrtext":
                if self._fields:
                    self._fields[-1]["says"] = f"{self._fields[-1]['says']}{one.text}"
            elif self._in_instruction():
                continue
            elif name == "t":
                words.pieces.append(one.text)
            elif name in _SHORT:
                words.pieces.append(_SHORT[name])
            elif name == "br":
                words.page_ends += attribute(one, "type") == "page"
                words.pieces.append(" " if attribute(one, "type") in {"page", "column"} else "\n")
            elif name == "lastrenderedpagebreak":
                words.breaks += 1
            elif name == "sym":
                words.pieces.append(_symbol(attribute(one, "char")))
            elif name in {"footnotereference", "endnotereference"}:
                said = words.text.split()
                words.notes.append(
                    (name.removesuffix("reference"), attribute(one, "id"), said[-1] if said else "")
                )
            elif name not in _SKIPPED:
                self.changes.comments += name == "commentreference"
                self._walk(one, words, deep + 1)
        length = sum(len(piece.strip()) for piece in words.pieces[before:])
        words.letters += length
        words.bold += length if is_on(properties, "b") else 0
        size = value(properties, "sz") if properties is not None else ""
        if length and size.isdigit():
            words.size = max(words.size, int(size))

    def _field(self, kind: str, words: Words) -> None:
        if kind == "begin":
            self._fields.append({"says": "", "shown": False, "from": 0, "words": words})
        elif kind == "separate" and self._fields:
            self._fields[-1].update({"shown": True, "from": len(words.pieces), "words": words})
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            start = done["from"] if done["words"] is words else 0
            assert isinstance(start, int)
            self._add_link(words, _target(str(done["says"])), start)

    def _in_instruction(self) -> bool:
        return any(not one["shown"] for one in self._fields)

    def _hyperlink(self, node: Node, words: Words, deep: int) -> None:
        self._linked(node, words, self._links.get(attribute(node, "id"), ""), deep)

    def _linked(self, node: Node, words: Words, href: str, deep: int) -> None:
        before = len(words.pieces)
        self._walk(node, words, deep + 1)
        self._add_link(words, href, before)

    @staticmethod
    def _add_link(words: Words, href: str, start: int) -> None:
        text = " ".join("".join(words.pieces[start:]).split())
        if href and text:
            words.links.append(Link(href, text))


def _target(instruction: str) -> str:
    found = _TARGET.search(instruction)
    return (found[1] or found[2]) if found is not None else ""


def _symbol(code: str) -> str:
    """A sign of a font of signs; those of the private area say nothing without their font."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""
