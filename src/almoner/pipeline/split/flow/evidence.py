"""What each line of a page looks like, by itself and beside its neighbours. No weights stand here, only facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from almoner.pipeline.lines import addresses, credit, dates, entries, furniture, headings, metadata
from almoner.pipeline.lines.entries import Entry
from almoner.pipeline.lines.metadata import Metadata
from almoner.pipeline.model import Block, BlockKind
from almoner.pipeline.split.flow.page import Page

_CLOSES: Final = re.compile(
    r"(?:\bhere:?|\bbelow:?|\bgo\s+to:?|\bvisit:?|\blink:?|\bat:?)\s*(?:\S+)?\s*\Z|(?:https?://|www\.)\S+\s*\Z"
    r"|^(?:you\s+can\s+(?:find|read|download|access|see|order|book|watch|listen)|for\s+(?:further|more)\s+(?:information|details)"
    r"|(?:find\s+out|read)\s+more|download\b|to\s+(?:book|register|find\s+out)|further\s+(?:reading|information)"
    r"|(?:read|book|watch|visit|apply|register|see|join|sign\s+up|listen)\b(?:\s+\S+){0,8}[.:]?\Z)",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"(?:question|q)\s*[:.]\s*\S", re.IGNORECASE)
_PICTURE: Final = re.compile(r"\b(?:image|photo|photograph|picture|logo|thumbnail|portrait|icon|banner|graphic)\b", re.IGNORECASE)  # fmt: skip
_CALL: Final = re.compile(
    r"\b(?:subscribe|unsubscribe|sign\s+up|follow\s+us|contact(?:ed)?|get\s+in\s+touch|(?:e-?mail|send|tell|write\s+to)\s+us|manage\s+your|opt\s+out)\b"
    r"|\S@\S|\[email", re.IGNORECASE
)  # fmt: skip
_STOPPED: Final = re.compile(r"[.!…][\"”’')\]]*\Z")
_MONTH: Final = re.compile(r"(?:" + "|".join(name for name in dates.MONTHS if len(name) > 4 or name in {"may", "june", "july"}) + r")\W*\Z", re.IGNORECASE)  # fmt: skip
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True)
class Line:
    """A block and what it looks like."""

    block: Block
    metadata: Metadata | None
    entry: Entry | None
    times: int
    """How often the page has this text."""
    numbered: int
    """Its place in a list that counts upwards from 1 through the page; 0 where it is in none."""
    refrain: bool
    """Whether it begins like several other short lines that follow text without a gap: "Press release …"."""
    is_capital: bool
    """Whether it is written in capitals, as are the headings of this page and not its text."""
    listed: bool
    """Whether it begins an entry of a list that makes up the page, or of the list under a month."""
    labelled: bool
    """Whether it is one of a group of lines with a label each: "Venue: Town Hall"."""

    @cached_property
    def text(self) -> str:
        return self.block.text

    @cached_property
    def words(self) -> int:
        return len(headings.words(self.text))

    @cached_property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.block.kind is BlockKind.LIST_ITEM

    @cached_property
    def is_prose(self) -> bool:
        return headings.is_sentence(self.text) or len(self.text) > headings.MAX_TITLE

    @cached_property
    def can_be_title(self) -> bool:
        return headings.is_title_like(self.text) and self.block.kind is not BlockKind.TABLE_ROW

    @cached_property
    def is_heading_like(self) -> bool:
        return self.can_be_title and (headings.is_heading_like(self.text) or bool(_QUESTION.match(self.text)))

    @cached_property
    def stopped(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(_STOPPED.search(self.text))

    @cached_property
    def section(self) -> str | None:
        """The kind of item that a section of this name holds, or None where it names no section."""
        return headings.section_of(self.text)

    @cached_property
    def is_month(self) -> bool:
        """Whether it is a month or a year and nothing else."""
        return _is_month(self.text)

    @cached_property
    def is_day(self) -> bool:
        """Whether it is a full date and nothing else."""
        return self.is_dated and len(self.text) <= 40 and dates.is_only_date(self.text)

    @cached_property
    def is_context(self) -> bool:
        """Whether it can stand over several items: a month, or the name of a section or of an issue."""
        return self.is_month or self.section is not None or self.names_issue

    @cached_property
    def names_issue(self) -> bool:
        """Whether it names an issue of a periodical with its date."""
        if self.entry is not None or (self.metadata is not None and set(self.metadata.labels) != {"date"}):
            return False
        names = headings.names_periodical if self.metadata is None else headings.names_issue
        return names(self.text) and bool(dates.mentions(self.text))

    @cached_property
    def is_dated(self) -> bool:
        """Whether it is a line about an item that holds a time."""
        return self.metadata is not None and (self.metadata.has_date or bool(self.metadata.relative))

    @cached_property
    def is_trailer(self) -> bool:
        """Whether it says where to read on."""
        return furniture.is_trailer(self.text)

    @cached_property
    def is_tag(self) -> bool:
        """Whether it is a word that stands over every item: "news item"."""
        return self.times > 2 and len(self.text) <= 30 and self.metadata is None

    @cached_property
    def is_call(self) -> bool:
        """Whether it calls the page's readers to write in, to subscribe or to follow."""
        return len(self.text) <= 130 and bool(_CALL.search(self.text))

    @cached_property
    def asks(self) -> bool:
        """Whether it puts a question of a question-and-answer column."""
        return bool(_QUESTION.match(self.text))

    @cached_property
    def is_picture(self) -> bool:
        """Whether it is a picture's text or a file's name rather than words of the page."""
        bare = self.text.strip()
        return (self.words <= 8 and bool(_PICTURE.search(bare)) and not self.stopped) or (
            " " not in bare and (any(c.isdigit() for c in bare) or bare.islower())
        )

    @cached_property
    def is_inner(self) -> bool:
        """Whether it is a heading that stands inside articles: "Background", "Links"."""
        return headings.is_inner_heading(self.text)

    @cached_property
    def closes(self) -> bool:
        """Whether a text often ends with such a line: where to read on, an address, a credit."""
        return bool(
            self.refrain or _CLOSES.search(self.text) or furniture.is_more_link(self.text) or credit.read(self.text) is not None
            or (self.block.links and addresses.without_addresses(self.text).strip().endswith(":"))
        )  # fmt: skip

    @cached_property
    def leads_on(self) -> bool:
        """Whether something must follow it: a list, a quotation."""
        return self.text.endswith((":", ",", ";")) and not self.closes and self.metadata is None


def look(page: Page) -> tuple[Line, ...]:
    """The page's lines with what they look like."""
    texts = Counter(block.text for block in page.blocks)
    shared = sum(credit.has_suffix(block.text) for block in page.blocks) >= 2
    numbers = _numbers(page.blocks)
    refrains = _refrains(page.blocks)
    capitals = {index for index, block in enumerate(page.blocks) if block.text.isupper() and len(block.text.split()) > 1}
    capitals = capitals if 3 <= len(capitals) < 0.6 * len(page.blocks) else set()
    listed = _listed(page.blocks)
    labelled = _labelled(page)
    return tuple(
        Line(
            block,
            line,
            _entry(block.text, page.order, shared=shared)
            if line is None or set(line.labels) == {"date"}
            else None,
            texts[block.text],
            numbers.get(index, 0),
            index in refrains,
            index in capitals,
            index in listed,
            index in labelled,
        )
        for index, (block, line) in enumerate(zip(page.blocks, page.metadata, strict=True))
    )


def _entry(text: str, order: dates.Order, *, shared: bool) -> Entry | None:
    entry = entries.read(text, order, shared=shared) if len(text) <= 240 else None
    return entry if entry is not None and entry.shape and not headings.names_periodical(entry.title) else None


_NUMBER: Final = re.compile(r"\(?(\d{1,3})[.)]\s+")


def _numbers(blocks: Sequence[Block]) -> dict[int, int]:
    """Lines numbered upwards from 1 through the page, three or more of them: index → number."""
    found: dict[int, int] = {}
    for index, block in enumerate(blocks):
        number = _NUMBER.match(block.text) if block.kind is BlockKind.LIST_ITEM else None
        if number and int(number[1]) == len(found) + 1:
            found[index] = len(found) + 1
    return found if len(found) >= 3 else {}


def _is_month(text: str) -> bool:
    bare = text.strip(" :")
    if len(bare) > 40:
        return False
    if _MONTH.match(bare) or _YEAR.match(bare):
        return True
    found = dates.mentions(bare)
    return len(found) == 1 and found[0].day is None and dates.is_only_date(bare)


def _listed(blocks: Sequence[Block]) -> set[int]:
    """Lines that begin an entry: a list's items where the page is one list, each line or group under a month."""
    items = {index for index, block in enumerate(blocks) if block.kind is BlockKind.LIST_ITEM}
    found = items if len(items) >= 3 and len(items) >= 0.7 * (len(blocks) - min(items)) else set()
    months = [index for index, block in enumerate(blocks) if _is_month(block.text)]
    if len(months) < 2:
        return found
    for month, end in zip(months, [*months[1:], len(blocks)], strict=True):
        under = range(month + 1, end)
        grouped = any(blocks[index].gap == 0 for index in under) and any(
            blocks[index].gap for index in under[1:]
        )
        heads = [index for index in under if headings.is_heading_like(blocks[index].text)]
        found |= {
            index for index in under
            if (blocks[index].gap or index == month + 1 or not grouped)
            and (not heads or heads[0] != month + 1 or len(heads) == len(under) or index in heads)
        }  # fmt: skip
    return found


def _refrains(blocks: Sequence[Block]) -> set[int]:
    """Short lines right below text of which three or more begin with the same two words."""
    begun: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if index and block.gap == 0 and block.kind is BlockKind.PARAGRAPH and len(block.text) <= 90:
            opening = " ".join(block.text.split()[:2])
            if not _STOPPED.search(block.text) and not _STOPPED.search(opening):
                begun.setdefault(opening, []).append(index)
    return {index for found in begun.values() if len(found) >= 3 for index in found}


def _labelled(page: Page) -> set[int]:
    """Lines with a label of up to four words that the page repeats, or that makes up a group of lines."""
    labels = {
        index: block.text[: block.text.index(":")]
        for index, block in enumerate(page.blocks)
        if metadata.is_labelled(block.text) and block.text.index(":") < 40
    }
    labels = {index: label for index, label in labels.items() if len(label.split()) <= 4}
    often = Counter(labels.values())
    found = {index for index, label in labels.items() if often[label] >= 2}
    for group in _groups(page.blocks):
        inside = [index for index in group if index in labels]
        if len(inside) >= max(3, 0.6 * len(group)) and not any(often[labels[index]] >= 2 for index in inside):
            found.update(group)
    return found


def _groups(blocks: Sequence[Block]) -> Iterator[range]:
    """Lines with no empty line between them."""
    start = 0
    for index in range(1, len(blocks) + 1):
        if index == len(blocks) or blocks[index].gap:
            yield range(start, index)
            start = index
