"""Items that each carry a metadata line of one shape; where that line stands is worked out from the page.

Lines of one shape are a family of anchors. Each family is tried with each template (the line stands below the
title, above it, at the end …); the pair that the page agrees with most, and that leaves the least text
outside, wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.lines import dates, furniture, headings, metadata
from almoner.pipeline.model import Block, BlockKind, Cut, Splitting
from almoner.pipeline.split.page import Page, is_prose, is_title

LAYOUT = "records"
ENOUGH: Final = 0.55
"""The least agreement (0 to 1) with which a family of anchors cuts a page."""

Run = tuple[int, int]
"""Metadata lines that follow each other: index of the first and of the last."""


@dataclass(frozen=True, slots=True)
class Template:
    """Where title and metadata lines stand in each record, and how one says so.

    `title_offset` counts blocks from the run to the title: -1 just above it, +1 just below, 0: there is no
    title; None: the record opens with its title and the run closes it.
    """

    name: str
    title_offset: int | None
    why: str


TEMPLATES = (
    Template("below the title", -1, "a metadata line stands below its title"),
    Template("above the title", +1, "a metadata line stands above its title"),
    Template("at the end", None, "a metadata line closes it"),
    Template("over the text", 0, "a metadata line stands over its text; no title is printed"),
    Template("below a standfirst", -2, "a metadata line stands below its title and a standfirst"),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """A family of anchors with the template that suits it."""

    runs: tuple[Run, ...]
    template: Template
    agreement: float


def split(page: Page) -> Splitting | None:
    """Cut by metadata lines where at least two items have one; else None."""
    fit = best_fit(page)
    if fit is None or fit.agreement < ENOUGH:
        return None
    return Splitting(tuple(cuts(page, fit)))


def best_fit(page: Page) -> Fit | None:
    """The family and template that explain the page best, of families of two or more; None where none is."""
    families = [family for family in _families(page) if len(family) >= 2]
    if not families:
        return None
    most = max(len(family) for family in families)
    fits = [
        Fit(family, template, agreement(page, family, template) * (len(family) / most) ** 0.25)
        for family in families
        for template in TEMPLATES
    ]
    return max(fits, key=lambda fit: fit.agreement)


def metadata_runs(page: Page) -> tuple[Run, ...]:
    """All runs of metadata lines; a month that stands alone is a heading and none of them."""
    runs: list[Run] = []
    for index, line in enumerate(page.metadata):
        if line is None or is_month(page.blocks[index], page.order):
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return tuple(_widened(page, run) for run in runs)


def _widened(page: Page, run: Run) -> Run:
    """The run with the labelled lines right beside it: "Date: …", "Time: …", "Venue: …"."""
    first, last = run
    while last + 1 < len(page.blocks) and page.blocks[last + 1].gap == 0 and _is_labelled(page, last + 1):
        last += 1
    while (
        first > 0
        and page.blocks[first].gap == 0
        and page.blocks[first - 1].gap == 0
        and _is_labelled(page, first - 1)
    ):
        first -= 1
    return first, last


def _is_labelled(page: Page, index: int) -> bool:
    """Whether a line has a label that the page uses more than once."""
    text = page.blocks[index].text
    if page.metadata[index] is not None or not metadata.is_labelled(text):
        return False
    label = text[: text.index(":") + 1]
    return sum(block.text.startswith(label) for block in page.blocks) >= 2


def agreement(page: Page, runs: tuple[Run, ...], template: Template) -> float:
    """How well the runs fit the template (0 to 1): the mean over the runs, times the share of text covered."""
    fits = sum(_fits(page, runs, n, template) for n in range(len(runs))) / len(runs)
    if not fits:
        return 0.0
    starts = _starts(page, runs, template)
    first = starts[0][0]
    last = _end(page, runs, len(runs) - 1, template, starts)
    sizes = [len(block.text) for block in page.blocks]
    return fits * sum(sizes[first : last + 1]) / max(1, sum(sizes))


def cuts(page: Page, fit: Fit) -> list[Cut]:
    """The records, each from its first to its last block; section headings between them are context."""
    runs, template = fit.runs, fit.template
    starts = _starts(page, runs, template)
    records: list[Cut] = []
    context: list[Block] = [block for block in page.blocks[: starts[0][0]] if _is_section(block, page)][-1:]
    for n, (start, title) in enumerate(starts):
        end = _end(page, runs, n, template, starts)
        following: list[Block] = []
        while end > max(start, runs[n][1]) and n + 1 < len(starts) and _is_section(page.blocks[end], page):
            following.insert(0, page.blocks[end])
            end -= 1
        at = range(runs[n][0], runs[n][1] + 1)
        records.append(page.cut(start, end, title, LAYOUT, template.why, metadata_at=at, context=context))
        context = following or context
    return records


def _families(page: Page) -> Iterator[tuple[Run, ...]]:
    runs = metadata_runs(page)
    dated = tuple(run for run in runs if any(_is_dated(page, index) for index in range(run[0], run[1] + 1)))
    yield dated if len(dated) >= 2 else runs
    shapes: dict[tuple[str, ...], list[Run]] = {}
    for run in runs:
        line = page.metadata[run[0]]
        if line is not None:
            shapes.setdefault(line.labels, []).append(run)
    yield from (tuple(family) for family in shapes.values() if 2 <= len(family) < len(dated or runs))


def _starts(page: Page, runs: tuple[Run, ...], template: Template) -> list[tuple[int, int | None]]:
    """For each run the first block of its record, and the title's (None where none is printed)."""
    starts: list[tuple[int, int | None]] = []
    for n, (first, last) in enumerate(runs):
        floor = _tail(page, runs[n - 1][1], first) + 1 if n else 0
        if template.title_offset is None:
            start = floor if n else _opening(page, first)
            while start < first - 1 and _is_tag(page, start, runs):
                start += 1
            starts.append((start, start if start < first and is_title(page.blocks[start]) else None))
        elif template.title_offset == 0:
            starts.append((first, None))
        elif template.title_offset > 0:
            has_title = last + 1 < len(page.blocks) and is_title(page.blocks[last + 1])
            starts.append((first, last + 1 if has_title else None))
        else:
            title = first + template.title_offset
            if title < floor or not is_title(page.blocks[title]):
                title = first - 1
            fits = title >= floor and is_title(page.blocks[title])
            starts.append((title, title) if fits else (first, None))
    return starts


def _end(
    page: Page, runs: tuple[Run, ...], n: int, template: Template, starts: list[tuple[int, int | None]]
) -> int:
    if template.title_offset is None:
        return _tail(page, runs[n][1], runs[n + 1][0] if n + 1 < len(runs) else len(page.blocks))
    return starts[n + 1][0] - 1 if n + 1 < len(starts) else len(page.blocks) - 1


def _tail(page: Page, last: int, limit: int) -> int:
    """The last block of a record that a run closes: lines on where to read on still belong to it."""
    while last + 1 < limit and furniture.is_trailer(page.blocks[last + 1].text):
        last += 1
    return last


def _fits(page: Page, runs: tuple[Run, ...], n: int, template: Template) -> float:
    first, last = runs[n]
    before, above = _block(page, first - 1), _block(page, first - 2)
    after = _block(page, last + 1)
    if template.title_offset == -1:
        return _title_score(before) if before is not None and page.metadata[first - 1] is None else 0.0
    if template.title_offset == -2:
        if above is None or before is None or page.metadata[first - 2] is not None or not _title_score(above):
            return 0.0
        higher = _block(page, first - 3)
        opens = higher is None or is_prose(higher) or not _title_score(higher) or n == 0
        stands = is_prose(before) or (opens and is_title(before) and len(headings.words(before.text)) >= 6)
        return 0.9 * _title_score(above) if stands and (after is None or _title_score(after) <= 0.5) else 0.0
    if template.title_offset == 0:
        return 0.85 if after is not None and is_prose(after) else 0.0
    if template.title_offset == +1:
        follows = n + 1 == len(runs) or runs[n + 1][0] > last + 1
        return _title_score(after) if after is not None and follows else 0.0
    following = _block(page, _tail(page, last, len(page.blocks)) + 1)
    back = first - 1
    while back > 0 and furniture.is_trailer(page.blocks[back].text):
        back -= 1
    before = _block(page, back)
    opens = (
        following is None or n + 1 == len(runs) or _title_score(following) > 0.5 or len(following.text) < 40
    )
    closes = before is not None and (
        _has_stop(before) or is_prose(before) or (n > 0 and first - runs[n - 1][1] > 2)
    )
    return 1.0 if opens and closes else 0.0


def _title_score(block: Block | None) -> float:
    if block is None or not is_title(block):
        return 0.0
    if furniture.is_trailer(block.text):
        return 0.3
    return (
        0.4
        if headings.is_sentence(block.text) or (_has_stop(block) and len(headings.words(block.text)) >= 5)
        else 1.0
    )


def _has_stop(block: Block) -> bool:
    return block.text.rstrip("”’\"')").endswith((".", "…", "!"))


def _opening(page: Page, first: int) -> int:
    """Where the first record begins: at the last title above its running text."""
    index = first - 1
    while index > 0 and _title_score(page.blocks[index]) <= 0.5:
        index -= 1
    while (
        index > 0 and index + 1 < first and page.blocks[index - 1].gap <= 1 and _is_headline_pair(page, index)
    ):
        index -= 1
    return index


def _is_headline_pair(page: Page, index: int) -> bool:
    above = page.blocks[index - 1]
    return page.metadata[index] is not None and _title_score(above) > 0.5


def _is_tag(page: Page, index: int, runs: tuple[Run, ...]) -> bool:
    """Whether a block is a word that stands over every record ("news item") and no title."""
    text = page.blocks[index].text
    if len(text) > 30 or not is_title(page.blocks[index + 1]):
        return False
    return sum(block.text == text for block in page.blocks) >= max(2, len(runs) // 2)


def _is_section(block: Block, page: Page) -> bool:
    return headings.section_of(block.text) is not None or is_month(block, page.order)


def is_month(block: Block, order: dates.Order) -> bool:
    """Whether a block is a month and a year and nothing else."""
    if block.kind is BlockKind.RULE or len(block.text) > 40:
        return False
    found = dates.mentions(block.text, order)
    return len(found) == 1 and found[0].day is None and dates.is_only_date(block.text, order)


def _is_dated(page: Page, index: int) -> bool:
    line = page.metadata[index]
    return line is not None and (line.has_date or bool(line.relative))


def _block(page: Page, index: int) -> Block | None:
    return page.blocks[index] if 0 <= index < len(page.blocks) else None
