"""Plain text and Markdown → paragraphs, word for word: how an edition of a guidance document is read.

Nothing is dropped but what a Markdown file says of itself before its text, and nothing mended, since two editions are
compared by what stands in them. Empty lines part
paragraphs; where a text has none, each line is one. Emphasis marks of Markdown at the edge of a word are type and
go; those within a word stay, since without them two words would run together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from almoner.pipeline.model import Block, BlockKind, Document, MediaType, Place

_HEADING: Final = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\Z", re.DOTALL)
_ITEM: Final = re.compile(r"\s*(?:[-*+•·▪●○◦‣–]|\d{1,3}[.)]|\([a-z]{1,5}\))\s+\S")
_BULLET: Final = re.compile(r"\s*[-*+•·▪●○◦‣–]\s+(?=\S)")
_ROW: Final = re.compile(r"\s*\|.*\|\s*\Z")
_EMPHASIS: Final = re.compile(
    r"(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<=\W)\*{1,3}(?=\w)|(?<=\w)\*{1,3}(?=\W)"
)
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\n(?:[\w-]+:.*\n|[ \t]+.*\n|-[ \t].*\n|\n)+?---[ \t]*(?:\n|\Z)")
"""What a Markdown file may say of itself before its text begins."""
_RULE: Final = re.compile(r"\s*(?:[-–—_=*~#]\s?){3,}\s*\Z")


def parse_paragraphs(source: str, text: str, address: str = "") -> Document:
    """The text as paragraphs, headings, list items and rows, a place of lines each (1-based, inclusive)."""
    return Document(source, MediaType.TEXT, tuple(_blocks(text)), address=address)


def _blocks(text: str) -> Iterator[Block]:
    front = _FRONT_MATTER.match(text)
    skipped = front.group().count("\n") if front is not None else 0
    parted = "\n\n" in text.replace("\r", "")
    held: list[str] = []
    first = 1
    for number, line in enumerate(text.splitlines()[skipped:], skipped + 1):
        if not line.strip():
            yield from _block(held, first)
            held = []
        elif held and parted and not _begins(line):
            held.append(line)
        else:
            yield from _block(held, first)
            held, first = [line], number
    yield from _block(held, first)


def _begins(line: str) -> bool:
    return line.startswith("#") or _ITEM.match(line) is not None or _ROW.match(line) is not None


def _block(lines: list[str], first: int) -> Iterator[Block]:
    raw = "\n".join(lines)
    if not lines:
        return
    place = Place(first, first + len(lines) - 1)
    words = " ".join(_EMPHASIS.sub("", raw).split()) if not _RULE.match(raw) else ""
    if not words:
        yield Block(BlockKind.RULE, "", place, raw=raw)
    elif heading := _HEADING.match(words):
        yield Block(BlockKind.HEADING, heading[2], place, raw=raw, level=len(heading[1]))
    elif _ROW.match(raw):
        yield Block(BlockKind.TABLE_ROW, words.strip("| "), place, raw=raw)
    elif bullet := _BULLET.match(raw):
        yield Block(BlockKind.LIST_ITEM, words[len(bullet[0].strip()) :].lstrip(), place, raw=raw, level=1)
    else:
        yield Block(BlockKind.PARAGRAPH, words, place, raw=raw)
