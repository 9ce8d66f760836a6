"""What stands around a page's main list: further lists beside it, and sections of running text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Final

from almoner.pipeline.model import Block, BlockKind, Cut, Decision, Part, Role
from almoner.pipeline.page.blocks import placed
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Span
from almoner.pipeline.split.once import once
from almoner.pipeline.split.shapes import Pattern, Survey
from almoner.pipeline.split.story import Story

LAYOUT = "section"
MIN_TOLD: Final = 300
"""Characters of running text apart from a catalogue that describe it none the less."""
REGION: Final = 4
"""What belongs with a list holds so many times as much as its records, and a few lines, at most."""
MIN_SECTION: Final = 80
"""Characters of running text that a section needs to be an item of its own."""


def region(view: PageView, totals: Survey, records: Sequence[Span]) -> int:
    """The element that holds the list and what belongs with it."""
    chain = []
    node = view.parents[records[0][0]]
    last = records[-1][1]
    while node >= 0:
        if view.ends[node] >= last:
            chain.append(node)
            if view.tags[node] == "main" or view.attributes[node].get("role") == "main":
                return node
        node = view.parents[node]
    held = sum(totals.size[stop] - totals.size[start] for start, stop in records)
    chosen = chain[0] if chain else 0
    for element in chain:
        if totals.size[view.ends[element]] - totals.size[element] > REGION * held + 400:
            break
        chosen = element
    return chosen


def further(ranked: Sequence[Pattern], best: Pattern, inside: Span) -> list[Pattern]:
    """Other lists in the same part of the page, none of whose records stand in another list's."""
    chosen = [best]
    taken = [*best.records]
    for other in ranked[:300]:
        if other.score < 0.12 * best.score:
            break
        if max(other.linked, other.headed) < 0.5:
            continue
        if best.dated >= 0.6 and other.dated < 0.6 and min(other.headed, other.led) < 0.8:
            continue  # beside a feed only what is headed and leads like its entries
        if max(other.dated, other.led) < 0.5 or (other.bare > 0.8 and other.size < 25 * len(other.records)):
            continue
        first, last = other.records[0][0], other.records[-1][1]
        if first < inside[0] or last > inside[1] or _overlap(other.records, taken):
            continue
        chosen.append(other)
        taken.extend(other.records)
    return chosen


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    ordered = sorted([*some, *others])
    return any(after[0] < before[1] for before, after in itertools.pairwise(ordered))


def described(view: PageView, inside: Span, told: Story) -> list[Span]:
    """Where the running text of a catalogue stands: in its part of the page, and where else a good deal of it does."""
    start, stop = told.container, view.ends[told.container]
    if told.prose < MIN_TOLD or inside[0] <= start < inside[1]:
        return [inside]
    if start <= inside[0] < stop:
        return [(start, stop)]
    return [inside, (start, stop)]


def each_once(cuts: Iterable[Cut]) -> tuple[Cut, ...]:
    """The cuts without those that are there again, as on a page that shows its latest entries once more on top.

    Same are two of one title that lead to one address and do not differ in a date; the fuller one is kept.
    """
    found: dict[object, Cut] = {}
    for number, cut in enumerate(cuts):
        title = next((part.block.text for part in cut.parts if part.role is Role.TITLE), "")
        key: object = (title, cut.link) if title and cut.link else number
        known = found.get(key)
        if known is not None and len({*_dates(known), *_dates(cut)}) > 1:
            key, known = number, None
        if known is None or len(known.parts) < len(cut.parts):
            found[key] = cut
    return tuple(found.values())


def _dates(cut: Cut) -> Iterable[str]:
    return (part.block.text for part in cut.parts if part.block.marked == "published")


def sections(view: PageView, inside: Span, without: set[int]) -> list[tuple[int, Cut]]:
    """The running text of a part of the page, one item a heading."""
    groups: list[tuple[int, list[Block]]] = []
    for node, block in placed(view, *inside, without=without):
        if not groups or (block.kind is BlockKind.HEADING and len(groups[-1][1]) > 1):
            groups.append((node, []))
        groups[-1][1].append(block)
    made = ((node, _section(group)) for node, group in groups)
    return [(node, cut) for node, cut in made if cut is not None]


def _section(group: Sequence[Block]) -> Cut | None:
    titled = group[0].kind is BlockKind.HEADING
    body = once([block for block in group if block.kind is not BlockKind.RULE][titled:])
    prose = sum(len(block.text) - sum(len(link.text) for link in block.links) for block in body)
    if prose < MIN_SECTION:
        return None
    parts = [Part(Role.TITLE, group[0])] if titled else []
    parts.extend(Part(Role.BODY, block) for block in body)
    place = group[0].place
    return Cut(
        tuple(parts),
        place,
        LAYOUT,
        decisions=(Decision("split", f"item: {group[0].text[:60]}", "running text beside the list", place),),
    )
