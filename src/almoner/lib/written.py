"""Words as an editor types them, with four marks, as blocks that a page, a message, a print and a check all read.

A blank line ends a paragraph, "## " begins a heading, "- " an item of a list, and "[words](address)" is a link; a bare
address is one, too. Nothing else is mark-up: whatever is typed is shown.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

WIDTH: Final = 72
"""Letters of a line of plain text; addresses are never broken."""


class Form(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and the address they lead to ("" for none)."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list, as pieces."""

    form: Form
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """Its words without links."""
        return "".join(piece.words for piece in self.pieces)


_LINK: Final = re.compile(r"\[(?P<words>[^\]\n]*)\]\((?P<href>[^)\s]*)\)|(?P<bare>https?://[^\s<>\"]+)")
_HEADING: Final = re.compile(r"#{1,6}\s+(?=\S)")
_ITEM: Final = re.compile(r"[-*•]\s+(?=\S)")
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_AFTER_ADDRESS: Final = ".,;:!?)'’”"


def read(words: str) -> tuple[Block, ...]:
    """The blocks of what was typed."""
    blocks: list[Block] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            blocks.append(Block(Form.PARAGRAPH, tuple(_pieces(" ".join(lines)))))
            lines.clear()

    for line in words.splitlines():
        line = line.strip()
        marked = _HEADING.match(line) or _ITEM.match(line)
        if marked or not line:
            close()
        if marked:
            form = Form.HEADING if line.startswith("#") else Form.ITEM
            blocks.append(Block(form, tuple(_pieces(line[marked.end() :]))))
        elif line:
            lines.append(line)
    close()
    return tuple(blocks)


def is_followed(href: str) -> bool:
    """Whether a link may lead there: to the web, an e-mail address, a telephone, or a page of ours."""
    if href.startswith("/"):
        return not href.startswith("//")
    try:
        return urlsplit(href).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def as_html(blocks: Iterable[Block], *, level: int, base: str = "") -> str:
    """Mark-up of the blocks, headings as `h{level}`. `base` stands before addresses that are pages of ours."""
    made: list[str] = []
    in_list = False
    for block in blocks:
        if (block.form is Form.ITEM) != in_list:
            made.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        tag = {Form.HEADING: f"h{level}", Form.ITEM: "li", Form.PARAGRAPH: "p"}[block.form]
        made.append(f"<{tag}>{''.join(_piece(piece, base) for piece in block.pieces)}</{tag}>")
    return "".join((*made, "</ul>" if in_list else ""))


def as_text(blocks: Sequence[Block], *, base: str = "") -> str:
    """The blocks as plain text, each address on a line of its own below the words that lead there."""
    made: list[str] = []
    for at, block in enumerate(blocks):
        words = wrapped(block.words, mark="- " if block.form is Form.ITEM else "")
        links = [_absolute(piece.href, base) for piece in block.pieces if piece.href not in {"", piece.words}]
        follows = at and block.form is Form.ITEM and blocks[at - 1].form is Form.ITEM
        made += [*([] if follows or not at else [""]), words, *(f"  {link}" for link in links)]
    return "\n".join(made)


def from_html(html: str) -> str:
    """What an editor would have typed for this mark-up, as far as the four marks can say it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.typed()


def wrapped(text: str, *, mark: str = "") -> str:
    """A paragraph in lines of `WIDTH`, its first line after a mark ("- ")."""
    return "\n".join(
        textwrap.wrap(
            text,
            WIDTH,
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for found in _LINK.finditer(text):
        href, words, end = found["href"], found["words"], found.end()
        if found["bare"]:
            href = words = found["bare"].rstrip(_AFTER_ADDRESS)
            end = found.start() + len(href)
        if href and not is_followed(href):
            continue
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(words, href)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _piece(piece: Piece, base: str) -> str:
    words = escape(piece.words, quote=False)
    return f'<a href="{escape(_absolute(piece.href, base))}">{words}</a>' if piece.href else words


def _absolute(href: str, base: str) -> str:
    return f"{base}{href}" if href.startswith("/") else href


class _Reader(HTMLParser):
    """Turns elements into the marks; what it does not know it reads through."""

    _BLOCKS: Final = frozenset(
        {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "blockquote", "caption", "br", "hr"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[str, str]] = []
        self._mark = self._words = self._href = ""
        self._link_at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._BLOCKS:
            self._end()
            if tag == "li":
                self._mark = "- "
            elif re.fullmatch("h[1-6]|dt|caption", tag):
                self._mark = "## "
        elif tag == "a":
            self._href, self._link_at = dict(attrs).get("href") or "", len(self._words)
        elif tag in {"td", "th"} and self._words.strip():
            self._words += " · "

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BLOCKS:
            self._end()
        elif tag == "a" and self._href:
            words = self._words[self._link_at :].strip()
            if words != self._href:
                self._words = f"{self._words[: self._link_at]}[{words}]({self._href})"
            self._href = ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def _end(self) -> None:
        if words := " ".join(self._words.split()):
            self._lines.append((self._mark, words))
        self._mark = self._words = self._href = ""
        self._link_at = 0

    def typed(self) -> str:
        self._end()
        made = ""
        for at, (mark, words) in enumerate(self._lines):
            joins = at and mark == "- " == self._lines[at - 1][0]
            made += f"{'' if not at else chr(10) if joins else chr(10) * 2}{mark}{words}"
        return made
