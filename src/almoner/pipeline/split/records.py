"""Items that each carry a metadata line of one shape; where that line stands is worked out from the page."""

from __future__ import annotations

from dataclasses import dataclass

from almoner.pipeline.lines import dates, headings
from almoner.pipeline.model import Block, Cut, Splitting
from almoner.pipeline.split.page import Page, is_prose, is_title

LAYOUT = "records"


@dataclass(frozen=True, slots=True)
class Template:
    """Where title and metadata line stand in each record, and how one says so."""

    name: str
    title_offset: int | None
    """Blocks from the metadata run to the title: -1 just above it, +1 just below; None: the record opens with it."""
    why: str


TEMPLATES = (
    Template("below the title", -1, "a metadata line stands below its title"),
    Template("above the title", +1, "a metadata line stands above its title"),
    Template("at the end", None, "a metadata line closes it"),
    Template("below a standfirst", -2, "a metadata line stands below its title and a standfirst"),
)


def split(page: Page) -> Splitting | None:
    """Cut by metadata lines where at least two items have one; else None."""
    runs = metadata_runs(page)
    if len(runs) < 2:
        return None
    template, score = best_template(page, runs)
    if score < 0.6:
        return None
    return Splitting(tuple(cuts(page, runs, template)))


def metadata_runs(page: Page) -> list[tuple[int, int]]:
    """Runs of metadata lines as (first, last) index; only those with a date where any has one."""
    runs: list[tuple[int, int]] = []
    for index, line in enumerate(page.metadata):
        if line is None or _is_month(page.blocks[index], page.order):
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    dated = [
        run
        for run in runs
        if any(page.metadata[i] is not None and _dated(page, i) for i in range(run[0], run[1] + 1))
    ]
    return dated if len(dated) >= 2 or len(runs) == 1 else runs


def best_template(page: Page, runs: list[tuple[int, int]]) -> tuple[Template, float]:
    """The template that most runs agree with, and the share that do (0 to 1)."""
    scores = [
        (sum(_fits(page, runs, n, template) for n in range(len(runs))) / len(runs), template)
        for template in TEMPLATES
    ]
    score, template = max(scores, key=lambda pair: pair[0])
    return template, score


def cuts(page: Page, runs: list[tuple[int, int]], template: Template) -> list[Cut]:
    """The records, each from its first to its last block; section headings between them are left out."""
    starts: list[tuple[int, int | None]] = []
    for n, (first, last) in enumerate(runs):
        if template.title_offset is None:
            start = runs[n - 1][1] + 1 if n else _opening(page, first)
            starts.append((start, start if start < first and is_title(page.blocks[start]) else None))
        elif template.title_offset > 0:
            has_title = last + 1 < len(page.blocks) and is_title(page.blocks[last + 1])
            starts.append((first, last + 1 if has_title else None))
        else:
            floor = runs[n - 1][1] + 1 if n else 0
            title = first + template.title_offset
            if title < floor or not is_title(page.blocks[title]):
                title = first - 1
            if title < floor or not is_title(page.blocks[title]):
                starts.append((first, None))
            else:
                starts.append((title, title))
    records: list[Cut] = []
    for n, (start, title) in enumerate(starts):
        end = starts[n + 1][0] - 1 if n + 1 < len(starts) else len(page.blocks) - 1
        if template.title_offset is None:
            end = runs[n][1]
        context = []
        while end > max(start, runs[n][1]) and n + 1 < len(starts) and _is_section(page, end):
            context.append(page.blocks[end])
            end -= 1
        metadata_at = range(runs[n][0], runs[n][1] + 1)
        records.append(page.cut(start, end, title, LAYOUT, template.why, metadata_at=metadata_at))
    return records


def _fits(page: Page, runs: list[tuple[int, int]], n: int, template: Template) -> float:
    first, last = runs[n]
    before, above = _block(page, first - 1), _block(page, first - 2)
    after = _block(page, last + 1)
    if template.title_offset == -1:
        return _title_score(before) if before is not None and page.metadata[first - 1] is None else 0.0
    if template.title_offset == -2:
        fits = (
            above is not None and before is not None and is_prose(before) and page.metadata[first - 2] is None
        )
        return 0.9 * _title_score(above) if fits and (after is None or not _title_score(after) > 0.5) else 0.0
    if template.title_offset == +1:
        follows = n + 1 == len(runs) or runs[n + 1][0] > last + 1
        return _title_score(after) if after is not None and follows else 0.0
    if before is None or (above is None and not is_prose(before)):
        return 0.0
    opens = after is None or (_title_score(after) > 0.5 and n + 1 < len(runs))
    closes = is_prose(before) or (n > 0 and first - runs[n - 1][1] > 2)
    return 1.0 if opens and closes else 0.0


def _title_score(block: Block | None) -> float:
    if block is None or not is_title(block):
        return 0.0
    return 0.4 if headings.is_sentence(block.text) else 1.0


def _opening(page: Page, first: int) -> int:
    """Where the first record begins: at the last title above its running text."""
    index = first - 1
    while index > 0 and not (
        is_title(page.blocks[index]) and not headings.is_sentence(page.blocks[index].text)
    ):
        index -= 1
    return index


def _is_section(page: Page, index: int) -> bool:
    block = page.blocks[index]
    return headings.section_of(block.text) is not None or _is_month(block, page.order)


def _is_month(block: Block, order: dates.Order) -> bool:
    found = dates.mentions(block.text, order) if len(block.text) <= 40 else ()
    return len(found) == 1 and found[0].day is None and dates.is_only_date(block.text, order)


def _dated(page: Page, index: int) -> bool:
    line = page.metadata[index]
    return line is not None and (line.has_date or bool(line.relative))


def _block(page: Page, index: int) -> Block | None:
    return page.blocks[index] if 0 <= index < len(page.blocks) else None
