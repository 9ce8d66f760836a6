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
from almoner.pipeline.split.publisher import publisher

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
    def publisher(self) -> str | None:
        """Who publishes the page, as far as it says: site name, copyright line, or a brand it repeats."""
        return publisher(self.document, self.set_aside)

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
    in_contents = False
    for index, block in enumerate(document.blocks):
        gap = max(gap, block.gap)
        if block.kind is BlockKind.RULE:
            gap = RULED
            continue
        if letter_end is None and len(kept) > 3 and _signs_off(document.blocks, index):
            letter_end = block
        in_contents = in_contents and block.kind is BlockKind.LIST_ITEM
        if letter_end is not None or in_contents or furniture.is_furniture(block.text):
            aside.append(block)
            in_contents = in_contents or furniture.opens_contents(block.text)
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
    signed = blocks[index + 1].text.split()
    return len(signed) <= 12 and looks_personal(" ".join(signed[:2]))


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
