"""The item's own words: as text, and as simple mark-up."""

from __future__ import annotations

from html import escape

from almoner.pipeline.extract.record import Record
from almoner.pipeline.lines import headings
from almoner.pipeline.model import Block, BlockKind


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
    """The running text as paragraphs, lists and headings. All of it is escaped: no mark-up of a source survives
    but the addresses of its links, and those only where they are plain web addresses."""
    pieces: list[str] = []
    in_list = False
    blocks = record.body
    for index, block in enumerate(blocks):
        if (block.kind is BlockKind.LIST_ITEM) != in_list:
            in_list = not in_list
            pieces.append("<ul>" if in_list else "</ul>")
        heads = block.kind is BlockKind.HEADING or _is_subheading(block, blocks[index + 1 : index + 2])
        tag = "li" if block.kind is BlockKind.LIST_ITEM else "h3" if heads else "p"
        pieces.append(f"<{tag}>{_linked(block)}</{tag}>")
    if in_list:
        pieces.append("</ul>")
    return "".join(pieces)


def _is_subheading(block: Block, following: tuple[Block, ...]) -> bool:
    """Whether a short line of plain text stands over running text or a list, as a heading does."""
    if block.kind is not BlockKind.PARAGRAPH or not following or len(block.text) > 80:
        return False
    below = following[0]
    over_text = below.kind is BlockKind.LIST_ITEM or len(below.text) > 2 * len(block.text)
    return over_text and headings.is_heading_like(block.text)


def _linked(block: Block) -> str:
    """The block's words with its links set where their words stand, each once and in order."""
    pieces: list[str] = []
    position = 0
    for link in block.links:
        at = block.text.find(link.text, position) if link.text else -1
        if at < 0 or not link.href.startswith(("http://", "https://")):
            continue
        pieces.append(escape(block.text[position:at]))
        pieces.append(f'<a href="{escape(link.href)}">{escape(link.text)}</a>')
        position = at + len(link.text)
    return "".join(pieces) + escape(block.text[position:])
