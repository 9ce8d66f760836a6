"""The item's own words: as text, and as simple mark-up."""

from __future__ import annotations

from html import escape

from almoner.pipeline.extract.record import Record
from almoner.pipeline.lines import headings
from almoner.pipeline.model import Block, BlockKind, Link


def text(record: Record) -> str:
    """The running text: paragraphs apart by an empty line, list items by "• ". No title, metadata or credit."""
    pieces: list[str] = []
    before: Block | None = None
    for block in record.body:
        if before is not None:
            pieces.append("\n" if before.kind is block.kind is BlockKind.LIST_ITEM else "\n\n")
        pieces.append(("• " if block.kind is BlockKind.LIST_ITEM else "") + block.text)
        before = block
    return "".join(pieces)


def html(record: Record) -> str:
    """The running text as paragraphs, lists, tables and headings. All of it is escaped: no mark-up of a source survives
    but the addresses of its links, and those only where they are plain web addresses."""
    pieces: list[str] = []
    box = ""
    blocks = record.body
    for index, block in enumerate(blocks):
        inside = "ul" if block.kind is BlockKind.LIST_ITEM else "table" if block.cells else ""
        if inside != box:
            pieces += [f"</{box}>" if box else "", f"<{inside}>" if inside else ""]
            box = inside
        if block.cells:
            cells = "".join(f"<td>{_linked(cell, block.links)}</td>" for cell in block.cells)
            pieces.append(f"<tr>{cells}</tr>")
            continue
        heads = block.kind is BlockKind.HEADING or _is_subheading(block, blocks[index + 1 : index + 2])
        tag = "li" if block.kind is BlockKind.LIST_ITEM else "h3" if heads else "p"
        pieces.append(f"<{tag}>{_linked(block.text, block.links)}</{tag}>")
    if box:
        pieces.append(f"</{box}>")
    return "".join(pieces)


def _is_subheading(block: Block, following: tuple[Block, ...]) -> bool:
    """Whether a short line of plain text stands over running text or a list, as a heading does."""
    if block.kind is not BlockKind.PARAGRAPH or not following or len(block.text) > 80:
        return False
    below = following[0]
    over_text = below.kind is BlockKind.LIST_ITEM or len(below.text) > 2 * len(block.text)
    return over_text and headings.is_heading_like(block.text)


def _linked(text: str, links: tuple[Link, ...]) -> str:
    """Words with the links set where their words stand, each once and in order."""
    pieces: list[str] = []
    position = 0
    for link in links:
        at = text.find(link.text, position) if link.text else -1
        if at < 0 or not link.href.startswith(("http://", "https://")):
            continue
        pieces.append(escape(text[position:at]))
        pieces.append(f'<a href="{escape(link.href)}">{escape(link.text)}</a>')
        position = at + len(link.text)
    return "".join(pieces) + escape(text[position:])
