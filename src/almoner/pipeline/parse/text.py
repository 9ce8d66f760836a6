"""Plain text → blocks: a line is a block, unless it goes on from the one before.

Text reaches us from web pages (a line a paragraph), from PDF (paragraphs broken by pages) and from mail
(lines wrapped at a width). The mends made here are joins only; the words stay as printed, and `raw` holds
the original.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.errors import TooLarge
from almoner.pipeline.lines.addresses import links_in
from almoner.pipeline.lines.clean import clean
from almoner.pipeline.lines.footnotes import FootnoteReader
from almoner.pipeline.model import Block, BlockKind, Decision, Document, MediaType, Place

_BULLET = re.compile(
    r"(?P<indent>\s*)(?P<mark>[•·‣▪●○◦∙➢➤✓✔◆■□*+]|[-–—](?=\s)|o(?=\s{2,}))\s*(?P<text>\S.*)", re.DOTALL
)
_NUMBERED = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:page\s+)?(\d{1,3})(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*[-–—])?\Z", re.IGNORECASE
)
_RULE = re.compile(r"\s*(?:[-–—_=*~#•·]\s?){3,}\s*\Z")
_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
"""The line between the head and the rows of a table in Markdown."""
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\Z")
_STOPS = re.compile(r"(?:[.!?:;…][\"'”’)\]]*\d{0,2}|[}»›>→])\Z")
_LABEL = re.compile(r"[A-Z][\w’'/() -]{1,34}:(?:\s|\d)|w/c\b")
_GOES_ON = re.compile(r"(?!https?:|www\.|by\s+[A-Z])[a-z(]")
"""How a line begins that goes on from the one before: not an address, nor who wrote what stands above."""
_LONG_ENOUGH_TO_BREAK: Final = 60
MAX_LINES: Final = 100_000
"""Lines with words in the longest document that is read. A 400-page report has 20,000."""


@dataclass(slots=True)
class _Line:
    number: int
    last: int
    raw: str
    text: str
    gap: int
    kind: BlockKind
    level: int = 0


def parse_text(source: str, text: str, address: str = "") -> Document:
    """A text as blocks, a place of lines each (1-based, inclusive).

    Raises `TooLarge` for more than `MAX_LINES` lines with words.
    """
    lines = list(itertools.islice(_lines(text), MAX_LINES + 1))
    if len(lines) > MAX_LINES:
        raise TooLarge(
            source,
            "parse",
            f"has more than {MAX_LINES:,} lines with words, and longer documents are not read.",
            advice="Split it into smaller files; nothing of it was read.",
        )
    lines = list(_without_page_numbers(lines))
    width = _wrap_width(lines)
    joined = list(_join(lines, width))
    footnotes = FootnoteReader()
    blocks = []
    for line in joined:
        place = Place(line.number, line.last)
        words, marks = footnotes.read(line.text, place)
        blocks.append(
            Block(
                line.kind,
                words,
                place,
                raw=line.raw,
                level=line.level,
                gap=line.gap,
                links=links_in(words),
                footnotes=marks,
            )
        )
    decisions = [
        Decision(
            "parse", f"{len(blocks)} blocks from {text.count(chr(10)) + 1} lines of text", "a line is a block"
        )
    ]
    if len(joined) < len(lines):
        why = (
            f"the text is wrapped at {width} characters"
            if width
            else "they break off and the next goes on in lower case"
        )
        decisions.append(Decision("parse", f"{len(lines) - len(joined)} broken lines joined", why))
    if footnotes.found:
        decisions.append(
            Decision(
                "parse",
                f"{footnotes.found} footnote marks taken out of words",
                "digits stuck to a word or stop",
            )
        )
    return Document(source, MediaType.TEXT, tuple(blocks), address=address, decisions=tuple(decisions))


def _lines(text: str) -> Iterator[_Line]:
    gap = number = start = 0
    while start <= len(text):
        end = text.find("\n", start)
        raw = text[start : end if end >= 0 else None]
        start = end + 1 if end >= 0 else len(text) + 1
        number += 1
        words = clean(raw)
        if not words:
            gap += 1
            continue
        if _TABLE_RULE.fullmatch(words):
            continue
        yield _line(number, raw, words, gap)
        gap = 0


def _without_page_numbers(lines: list[_Line]) -> Iterator[_Line]:
    """The lines without the numbers of printed pages, which count upwards through the text."""
    numbered = {n: int(match[1]) for n, line in enumerate(lines) if (match := _PAGE_NUMBER.match(line.text))}
    upwards = list(numbered.values())
    if len(upwards) < 2 or any(later != earlier + 1 for earlier, later in itertools.pairwise(upwards)):
        numbered = {n: 0 for n in numbered if lines[n].text[0] in "Pp"}
    for n, line in enumerate(lines):
        if n not in numbered:
            # What a page number parted was parted by one page break, however many empty lines stood there.
            yield replace(line, gap=1) if n - 1 in numbered else line


def _line(number: int, raw: str, words: str, gap: int) -> _Line:
    if not words[0].isalnum():
        if _RULE.match(words):
            return _Line(number, number, raw, "", gap, BlockKind.RULE)
        bullet = _BULLET.match(words)
        if bullet is not None:
            indent = len(raw) - len(raw.lstrip())
            return _Line(number, number, raw, bullet["text"], gap, BlockKind.LIST_ITEM, 1 + indent // 4)
        heading = _MARKDOWN_HEADING.match(words)
        if heading is not None:
            return _Line(number, number, raw, heading[2], gap, BlockKind.HEADING, len(heading[1]))
    if _NUMBERED.match(words):
        return _Line(number, number, raw, words, gap, BlockKind.LIST_ITEM, 1)
    return _Line(number, number, raw, words, gap, BlockKind.PARAGRAPH)


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the text is wrapped, or 0 where a line is a paragraph."""
    run = [
        before
        for before, after in itertools.pairwise(lines)
        if after.gap == 0 and before.kind is BlockKind.PARAGRAPH
    ]
    if len(run) < 8 or len(run) < 0.5 * len(lines):
        return 0
    lengths = sorted(len(line.text) for line in run)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    full = sum(length >= 0.75 * width for length in lengths)
    return width if 40 <= width <= 110 and full >= 0.6 * len(lengths) else 0


def _join(lines: list[_Line], width: int) -> Iterator[_Line]:
    held: _Line | None = None
    pieces: list[str] = []
    raw: list[str] = []
    last_piece = ""
    for line in lines:
        if held is not None and _continues(held, last_piece, line, width):
            pieces.append(line.text)
            last_piece = line.text
            raw.append("\n" * (line.gap + 1) + line.raw)
            held.last = line.last
            continue
        if held is not None:
            yield replace(held, text=" ".join(pieces), raw="".join(raw))
        held, pieces, raw, last_piece = line, [line.text], [line.raw], line.text
    if held is not None:
        yield replace(held, text=" ".join(pieces), raw="".join(raw))


def _continues(held: _Line, before: str, line: _Line, width: int) -> bool:
    """Whether `line` goes on from `held`, whose last printed line is `before`."""
    if (
        line.kind is not BlockKind.PARAGRAPH
        or held.kind in {BlockKind.RULE, BlockKind.HEADING}
        or line.gap > 1
        or _LABEL.match(line.text)
    ):
        return False
    if line.gap == 0 and width and len(before) >= 0.75 * width:
        # A line is broken where the next word had no room left.
        return len(before) + 1 + len(line.text.split(" ", 1)[0]) > 0.95 * width
    if _STOPS.search(before) or not _GOES_ON.match(line.text):
        return False
    if line.gap == 0:
        return len(before) >= 30 or line.text[0].islower()
    return len(before) >= _LONG_ENOUGH_TO_BREAK
