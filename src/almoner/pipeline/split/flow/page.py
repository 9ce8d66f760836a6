"""A document made ready for splitting: what belongs to no item set aside, rules turned into gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from almoner.pipeline.lines import dates, furniture, metadata
from almoner.pipeline.lines.metadata import Metadata
from almoner.pipeline.lines.names import looks_personal
from almoner.pipeline.model import Block, BlockKind, Document

RULED: Final = 100
"""The gap that a drawn rule counts for: wider than any run of empty lines that somebody leaves."""


@dataclass(frozen=True)
class Page:
    """The blocks of a document that can belong to items, in order.

    `set_aside` are menus, copyright lines and the like. `letter_end` is the line that signs a letter off.
    """

    document: Document
    blocks: tuple[Block, ...]
    set_aside: tuple[Block, ...]
    order: dates.Order
    letter_end: Block | None = None

    @cached_property
    def metadata(self) -> tuple[Metadata | None, ...]:
        """For each block what it says as a metadata line, or None."""
        return tuple(metadata.read(block.text, self.order) for block in self.blocks)


def open_page(document: Document, order: dates.Order) -> Page:
    """The page without its furniture: navigation, copyright, comment forms, sign-off, trailing link lists."""
    kept: list[Block] = []
    aside: list[Block] = []
    letter_end: Block | None = None
    gap = 0
    for index, block in enumerate(document.blocks):
        gap = max(gap, block.gap)
        if block.kind is BlockKind.RULE:
            gap = RULED
            continue
        if letter_end is None and len(kept) > 3 and _signs_off(document.blocks, index):
            letter_end = block
        if letter_end is not None or furniture.is_furniture(block.text):
            aside.append(block)
            continue
        kept.append(replace(block, gap=gap) if gap != block.gap else block)
        gap = 0
    if document.media_type == "text/plain":
        kept, tail = _without_tail(kept)
        aside += tail
    return Page(document, tuple(kept), tuple(aside), order, letter_end)


def _signs_off(blocks: Sequence[Block], index: int) -> bool:
    """Whether a letter ends here: with a usual phrase, or with a short line and a comma over a name."""
    text = blocks[index].text
    if furniture.is_sign_off(text):
        return True
    if not text.endswith(",") or len(text) > 60 or index < 0.6 * len(blocks) or index + 1 >= len(blocks):
        return False
    return looks_personal(blocks[index + 1].text)


def _without_tail(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Set aside a run of five or more short labels at the very end: menus and lists of months."""
    end = len(blocks)
    while end and blocks[end - 1].kind is BlockKind.PARAGRAPH and _is_label(blocks[end - 1].text):
        end -= 1
    if len(blocks) - end < 5:
        return blocks, []
    return blocks[: end + 1], blocks[end + 1 :]


def _is_label(text: str) -> bool:
    return len(text.split()) <= 4 and not re.search(r"[.!?:,;\d]|[”’\"']\Z", text)


def set_aside_after(page: Page, line: Block) -> Sequence[Block]:
    """What was set aside below `line`, in order."""
    return [b for b in page.set_aside if (b.place.first_line or 0) > (line.place.last_line or 0)]
