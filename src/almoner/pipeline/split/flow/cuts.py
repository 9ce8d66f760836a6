"""A path through a page's lines → items, each line with its role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from almoner.pipeline.lines import credit, furniture
from almoner.pipeline.model import Block, Cut, Decision, Part, Place, Role
from almoner.pipeline.split.flow.line import Line
from almoner.pipeline.split.flow.path import Path
from almoner.pipeline.split.flow.templates import Step
from almoner.pipeline.split.page import Page

_ROLES: Final = {
    Step.LABEL: Role.LABEL,
    Step.HEAD: Role.METADATA, Step.META: Role.METADATA, Step.BESIDE: Role.METADATA, Step.CLOSE: Role.METADATA, Step.FILED: Role.METADATA,
    Step.AWAITING: Role.TITLE, Step.TITLE: Role.TITLE, Step.ENTRY: Role.TITLE, Step.UNTOLD: Role.TITLE,
    Step.LISTED: Role.TITLE,
    Step.STANDFIRST: Role.BODY, Step.OPENING: Role.BODY, Step.BODY: Role.BODY, Step.TRAIL: Role.BODY,
}  # fmt: skip


def cuts(page: Page, lines: Sequence[Line], path: Path) -> tuple[Cut, ...]:
    """The records of the path, with the months and sections that stand over them.

    Lines about an item without the item (a list of dates and names) are no record.
    """
    found = (_cut(page, lines, path, first, last, context) for first, last, context in _records(lines, path))
    return tuple(cut for cut in found if cut.blocks(Role.TITLE, Role.BODY))


def whole(lines: Sequence[Line]) -> tuple[Cut, ...]:
    """The running text of a page as one item, where nothing on the page names one; none where none is running."""
    prose = [index for index, line in enumerate(lines) if line.is_prose]
    if not prose:
        return ()
    blocks = [line.block for line in lines[prose[0] : prose[-1] + 1]]
    why = "running text, and nothing in it looks like a title"
    place = span(blocks)
    parts = tuple(Part(Role.BODY, block) for block in blocks)
    return (
        Cut(parts, place, "text alone", decisions=(Decision("split", "item: no title line", why, place),)),
    )


def _records(lines: Sequence[Line], path: Path) -> Iterator[tuple[int, int, tuple[Block, ...]]]:
    """(first, last, context) of each record; captions and lines outside belong to none."""
    context: list[Line] = []
    first = -1
    for index, step in enumerate(path.steps):
        opens = step in _ROLES and (first < 0 or _opens(path, index))
        if first >= 0 and (opens or step not in _ROLES):
            yield first, index - 1, tuple(line.block for line in context)
            first = -1
        if opens:
            first = index
        elif step in {Step.OUTSIDE, Step.BETWEEN}:
            context = _under(context, lines[index])
    if first >= 0:
        yield first, len(lines) - 1, tuple(line.block for line in context)


def _opens(path: Path, index: int) -> bool:
    """Whether a record begins at a line that follows another record's line."""
    step, before = path.steps[index], path.steps[index - 1]
    if step in {Step.LABEL, Step.OPENING, Step.ENTRY, Step.LISTED}:
        return True
    if step in {Step.AWAITING, Step.TITLE, Step.UNTOLD}:
        return before not in {Step.LABEL, Step.HEAD}
    return step is Step.HEAD and before is not Step.HEAD


def _under(context: list[Line], line: Line) -> list[Line]:
    """What stands over the records that follow a line outside: a year over its months, a section."""
    if line.is_month or line.is_day:
        year = line.text.strip().isdigit()
        kept = [] if year else [other for other in context if other.text.strip().isdigit()]
        return [*kept, line]
    if line.section is None or not _stands_alone(line):
        return context
    return [*(other for other in context if other.is_month or other.is_day), line]


def _stands_alone(line: Line) -> bool:
    """Whether no other line stands right beside it, as in a menu."""
    return not line.run_on and (line.after is None or not line.after.run_on)


def _cut(
    page: Page, lines: Sequence[Line], path: Path, first: int, last: int, context: tuple[Block, ...]
) -> Cut:
    roles = {index: _ROLES[path.steps[index]] for index in range(first, last + 1)}
    for index in _closing(page, roles, first, last):
        files = page.metadata[index]
        roles[index] = Role.METADATA if files is not None and files.categories else Role.CREDIT
    if path.steps[first] is Step.LISTED and not lines[first].can_be_title:
        roles[first] = Role.BODY
    parts = tuple(Part(role, lines[index].block) for index, role in roles.items())
    place = span([part.block for part in parts])
    title = next((part.block.text for part in parts if part.role is Role.TITLE), "no title line")
    return Cut(
        parts, place, path.template.name, context,
        decisions=(Decision("split", f"item: {title[:60]}", path.template.why, place),),
    )  # fmt: skip


def _closing(page: Page, roles: dict[int, Role], first: int, last: int) -> Iterator[int]:
    """Lines at the end of an item that say who it came from or under which categories it is filed."""
    for index in range(last, max(first, last - 3), -1):
        if roles[index] is not Role.BODY:
            continue
        line = page.metadata[index]
        if (line is not None and "categories" in line.labels) or credit.read(
            page.blocks[index].text
        ) is not None:
            yield index
        elif not furniture.is_more_link(page.blocks[index].text):
            break


def span(blocks: Sequence[Block]) -> Place:
    """The place that holds all blocks: first to last line, page or paragraph, or the first one's CSS path."""
    if not blocks:
        return Place()
    places = [block.place for block in blocks]
    first = places[0]
    return replace(
        first,
        first_line=next((place.first_line for place in places if place.first_line is not None), None),
        last_line=_last(place.last_line for place in places),
        last_page=_last(place.last_page or place.page for place in places),
        last_paragraph=_last(place.last_paragraph or place.paragraph for place in places),
    )


def _last(counts: Iterable[int | None]) -> int | None:
    return max((count for count in counts if count is not None), default=None)
