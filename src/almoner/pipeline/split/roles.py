"""The roles of the lines in a record that was found by its shape.

Shapes tell which parts of a page are records and where their titles stand. What a line in a record says is
asked of the same grammar as in plain text: a metadata line is taken whole, and a line that credits closes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import is_
from typing import Final

from almoner.pipeline.lines import credit, dates, furniture, headings, metadata
from almoner.pipeline.model import Block, Cut, Part, Role, Splitting
from almoner.pipeline.split.page import Page

_BACK: Final = 12
"""Lines of one element above the last one asked for: a record's pieces are asked for more than once."""


class _Lines:
    """The page's blocks, to be asked for the one that a piece of a record is of."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._at: dict[str | None, list[Block]] = {}
        self._next: dict[str | None, int] = {}
        for block in blocks:
            self._at.setdefault(block.place.css, []).append(block)

    def of(self, piece: Block) -> Block | None:
        """Several blocks may stand in one element, apart by line breaks; pieces are asked for from first to last."""
        css = piece.place.css
        blocks: Sequence[Block] = self._at.get(css, ())
        start = max(0, self._next.get(css, 0) - _BACK)
        for number in chain(range(start, len(blocks)), range(start)):
            if piece.text in blocks[number].text:
                self._next[css] = number
                return blocks[number]
        return None


def with_roles(splitting: Splitting, page: Page) -> Splitting:
    """The splitting with metadata, credit and label lines of its records named as such; the page's own
    furniture, which a record's shape may hold too, goes out of them."""
    whole = _Lines(page.document.blocks)
    aside: set[tuple[str | None, str]] = {
        (block.place.css, block.text) for block in page.set_aside if block.place.css
    }
    listed = sum(cut.layout != "section" for cut in splitting.cuts)
    cuts = (
        _cut(_without_page_heading(cut) if listed >= 2 else cut, whole, aside, page.order)
        for cut in splitting.cuts
    )
    return replace(splitting, cuts=tuple(cut for cut in cuts if cut.blocks(Role.TITLE, Role.BODY)))


def _cut(cut: Cut, whole: _Lines, aside: set[tuple[str | None, str]], order: dates.Order) -> Cut:
    kept = [
        part
        for part in cut.parts
        if part.role is not Role.BODY or (part.block.place.css, part.block.text) not in aside
    ]
    parts = _asked(list(_credited(list(_parts(kept, whole, order)))))
    same = len(parts) == len(cut.parts) and all(map(is_, parts, cut.parts))
    return cut if same else replace(cut, parts=tuple(parts))


def _without_page_heading(cut: Cut) -> Cut:
    """What stands outside a page's list is not titled by the page's own first heading."""
    if cut.layout != "section":
        return cut
    return replace(
        cut,
        parts=tuple(part for part in cut.parts if part.role is not Role.TITLE or part.block.level != 1),
    )


def _asked(parts: list[Part]) -> list[Part]:
    """The parts with the question as the title, where the title is the name of a column: "Question of the Week"."""
    title = next((n for n, part in enumerate(parts) if part.role is Role.TITLE), None)
    if title is None or headings.section_of(parts[title].block.text) != "question":
        return parts
    asked = next(
        (n for n in range(title + 1, len(parts)) if headings.is_question(parts[n].block.text)),
        None,
    )
    if asked is None:
        return parts
    roles = {title: Role.LABEL, asked: Role.TITLE}
    return [Part(roles.get(n, part.role), part.block) for n, part in enumerate(parts)]


def _parts(parts: Sequence[Part], whole: _Lines, order: dates.Order) -> Iterator[Part]:
    """The parts, each metadata line once and whole; a date that stands in running text is no metadata."""
    given: set[int] = set()
    titles = [part.block for part in parts if part.role is Role.TITLE]
    for number, part in enumerate(parts):
        asked = part.role is Role.METADATA or part.role is Role.BODY
        block = whole.of(part.block) if asked else None
        if block is None:
            yield part
            continue
        if id(block) in given:
            if part.block.marked == "author" or part.block.datetime:
                yield part  # the line around it may name him, or the day, in a way that no grammar knows
            continue
        holds_title = _holds_title(block, titles, whole)
        if not holds_title and metadata.read(block.text, order) is not None:
            given.add(id(block))
            known = bool(part.block.datetime)  # what the mark-up or the page's head made of the day
            if known and part.block.text != block.text:
                yield part
            yield part if known and part.block.text == block.text else Part(Role.METADATA, block)
        elif part.role is not Role.METADATA:
            yield part
        elif headings.is_sentence(block.text) and any(
            _tells_date(whole.of(other.block), order) for other in parts
        ):
            # A date in running text, beside a line that says when it was published: the text, once and whole.
            if not any(other.role is Role.BODY and whole.of(other.block) is block for other in parts):
                given.add(id(block))
                yield Part(Role.BODY, block)
        elif (
            not part.block.marked  # the mark-up itself, or the record's shape, says what it is
            and (headings.is_sentence(block.text) or (not holds_title and _runs(parts[:number])))
        ):
            given.add(id(block))
            yield Part(Role.BODY, block)
        else:
            yield part


def _runs(parts: Sequence[Part]) -> bool:
    """Whether running text stands in the parts."""
    return any(part.role is Role.BODY and headings.is_sentence(part.block.text) for part in parts)


def _tells_date(block: Block | None, order: dates.Order) -> bool:
    line = metadata.read(block.text, order) if block is not None else None
    return line is not None and line.published is not None and line.published.day is not None


def _holds_title(block: Block, titles: Sequence[Block], whole: _Lines) -> bool:
    """Whether the block holds the title too, as a line "12 March 2024 – Title" does."""
    return any(title.text in block.text or whole.of(title) is block for title in titles)


def _credited(parts: list[Part]) -> Iterator[Part]:
    last = len(parts) - 1
    while last > 0 and furniture.is_more_link(parts[last].block.text):
        last -= 1
    for index, part in enumerate(parts):
        closes = index >= last - 1 and part.role is Role.BODY and index > 0
        yield (Part(Role.CREDIT, part.block) if closes and credit.read(part.block.text) is not None else part)
