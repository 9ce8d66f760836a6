"""How much each line speaks for each step: the only place where facts become numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from almoner.pipeline.lines import credit, dates, furniture
from almoner.pipeline.lines.names import looks_personal
from almoner.pipeline.split.flow import cohesion
from almoner.pipeline.split.flow.evidence import Line
from almoner.pipeline.split.flow.page import Page
from almoner.pipeline.split.flow.spacing import Spacing
from almoner.pipeline.split.flow.templates import Step

NEVER: Final = -1e9
_LOOK_BACK: Final = 60
"""How many lines of the item so far count when its words are compared."""
_COURSE_WORDS: Final = re.compile(r"\b(?:courses?|training|webinars?|workshops?|sessions?|book(?:ing)?|online|events?|refresher|induction|introduction|cpd|dates?|conference)\b", re.IGNORECASE)  # fmt: skip
_BY_WORDS: Final = {1: -0.6, 2: -0.6, 3: -0.5, 4: -0.3, 5: 0.2, 6: 0.6, 7: 0.8, 8: 1.0}
"""In print a subheading is short and a title is not."""
_BY_SHARED: Final = ((0.08, 1.6), (0.14, 0.9), (0.2, 0.3), (0.35, -0.5), (1.1, -1.0))


class Weights:
    """A page's lines as scores: `of[line][step]`, and `boundary[line]` for an item that begins there."""

    def __init__(self, page: Page, lines: Sequence[Line], spacing: Spacing, *, periodical: bool) -> None:
        self.size = len(lines)
        self._lines = lines
        self._periodical = periodical
        self._telling: dict[int, frozenset[str]] = {}
        self._order = page.order
        self._next_head = _next_heads(lines)
        self._before_head = [-1] * len(lines)
        for index, following in enumerate(self._next_head):
            if following < len(lines) and lines[index].is_heading_like and lines[index].block.gap:
                self._before_head[following] = index
        anchors = _anchors(lines)
        self.of = [_scores(lines, index, anchors[index], spacing) for index in range(len(lines))]
        self._short = _are_short(lines)
        self._first_anchor = next((n for n, line in enumerate(lines) if line.is_dated or line.entry), 0)
        self._numbered = sum(line.numbered > 0 for line in lines) >= 3
        self.boundary = [_boundary(lines, index, spacing) for index in range(len(lines))]

    def speaks(self, index: int, first: int, title: int, *, lacking: bool) -> float:
        """How far a line speaks for itself as the title of a new item, behind the item that began at `first`.

        `lacking`: the template wants metadata of it. Then the page's own head is no item.
        """
        lines = self._lines
        text = lines[index].text
        weight = _BY_WORDS.get(lines[index].words, 1.3)
        if self._periodical:
            weight = max(weight, 0.3 if self._short else -0.1)
        told = credit.in_title(text, self._order)
        if told.source or told.author or told.published or lines[index].entry is not None:
            weight += 1.5
        if text.endswith("?"):
            weight += 0.3
        if self._numbered and not lines[index].numbered:
            weight -= 1.0
        weight -= 0.7 * sum(lines[near].is_inner for near in self._heads_beside(index))
        if not self._periodical:
            weight -= 0.4
        if first < 0:
            return weight - 0.7 if lacking and index < self._first_anchor else weight + 0.6
        if title >= 0 and lines[title].section in {"course", "event"} and self._offers_course(index):
            return weight - 3.0
        section = self._words(index, self._next_head[index])
        if title >= 0:
            weight -= 0.6 * min(2, len(section & self._words(title, title + 1)))
        before = self._words(max(first, index - _LOOK_BACK), index)
        share = cohesion.shared(section, before)
        return weight + next(value for limit, value in _BY_SHARED if share < limit)

    def _heads_beside(self, index: int) -> Iterator[int]:
        """The headings before and after a heading."""
        if self._before_head[index] >= 0:
            yield self._before_head[index]
        if self._next_head[index] < self.size:
            yield self._next_head[index]

    def _offers_course(self, index: int) -> bool:
        """Whether a heading goes on with the courses or events that the section before it began to list."""
        below = self._lines[index + 1].text[:120] if index + 1 < self.size else ""
        heading = self._lines[index].text
        return _COURSE_WORDS.search(f"{heading} {below}") is not None or bool(dates.mentions(heading, self._order))

    def _words(self, start: int, stop: int) -> frozenset[str]:
        found: set[str] = set()
        for index in range(start, stop):
            words = self._telling.get(index)
            if words is None:
                words = self._telling[index] = cohesion.telling((self._lines[index].block,))
            found |= words
        return frozenset(found)


def _next_heads(lines: Sequence[Line]) -> list[int]:
    """For each line the next heading-like one after it."""
    following = len(lines)
    found = [0] * len(lines)
    for index in range(len(lines) - 1, -1, -1):
        found[index] = following
        if lines[index].is_heading_like and lines[index].block.gap:
            following = index
    return found


def _are_short(lines: Sequence[Line]) -> bool:
    """Whether most of a page's headings are of a few words, so that shortness says nothing."""
    sizes = sorted(
        line.words for line in lines if line.is_heading_like and line.metadata is None and not line.is_context
    )
    return bool(sizes) and sizes[len(sizes) // 2] <= 4


def _anchors(lines: Sequence[Line]) -> list[float]:
    """How far each line is of the sort that a record has once: dated, and of a shape that the page repeats."""
    shapes = Counter(line.metadata.labels for line in lines if line.is_dated and line.metadata)
    plain = Counter(line.metadata.labels for line in lines if line.metadata is not None and not line.is_dated)
    most = max(shapes.values(), default=1)
    pure = sum(line.entry is not None and line.metadata is None for line in lines)
    values: list[float] = []
    for index, line in enumerate(lines):
        if line.metadata is None:
            values.append(0.0)
        elif (line.entry is not None and pure >= 2) or (index and lines[index - 1].names_issue):
            values.append(0.5)  # an entry like the others, or the issue's own date
        elif line.is_dated:
            values.append(1.5 + 1.5 * shapes[line.metadata.labels] / most)
        else:
            values.append(1.0 if plain[line.metadata.labels] > 1 else 0.5)
    return values


def _scores(lines: Sequence[Line], index: int, anchor: float, spacing: Spacing) -> list[float]:
    line = lines[index]
    scores = [NEVER] * len(Step)
    scores[Step.BODY] = _body(lines, index, anchor, spacing)
    scores[Step.OUTSIDE] = _outside(lines, index)
    scores[Step.BETWEEN] = _between(lines, index)
    scores[Step.CAPTION] = _caption(lines, index)
    if line.labelled and line.metadata is None:
        scores[Step.META] = 0.3
    if line.metadata is not None and line.is_month:
        scores[Step.META] = 1.0
    elif line.metadata is not None and not line.names_issue:
        scores[Step.META] = anchor
        if line.is_dated:
            scores[Step.HEAD] = scores[Step.CLOSE] = anchor
        else:
            scores[Step.HEAD], scores[Step.CLOSE], scores[Step.FILED] = -0.5, anchor, anchor
    if line.is_trailer:
        scores[Step.TRAIL] = 0.0
    if line.entry is not None:
        scores[Step.ENTRY] = (
            (3.0 if line.metadata is None else 2.0)
            if line.entry.published or line.entry.author
            else 1.0
            if line.entry.source
            else 0.0
        )
    if line.listed:
        scores[Step.LISTED] = 3.0 if line.entry is not None else 2.0
    title = _title(lines, index)
    if title > NEVER:
        scores[Step.AWAITING] = scores[Step.TITLE] = title + 0.7
        scores[Step.UNTOLD] = title
    if (
        line.section is not None
        and index + 1 < len(lines)
        and lines[index + 1].can_be_title
        and line.section == "question"
    ):
        scores[Step.LABEL] = 1.0
    if line.is_prose and line.metadata is None:
        scores[Step.OPENING] = 0.0
    if not line.is_prose or len(line.text) < 240:
        scores[Step.STANDFIRST] = 0.0 if line.is_prose or line.words >= 6 else -1.0
    return scores


def _title(lines: Sequence[Line], index: int) -> float:
    line = lines[index]
    if not line.can_be_title or line.metadata is not None or line.labelled:
        return NEVER
    weight = 0.0 if line.is_heading_like else -1.2 if not line.stopped else -2.5 if line.is_prose else -2.0
    if line.is_item:
        alone = not (
            (index and lines[index - 1].is_item) or (index + 1 < len(lines) and lines[index + 1].is_item)
        )
        if not alone and not line.numbered:
            return NEVER
        weight += 0.5 if line.numbered else -0.3
    if line.is_trailer:
        weight -= 2.0
    if line.words <= 4 and line.section is None and looks_personal(line.text):
        weight -= 0.8
    elif line.words <= 3 and line.section is None:
        weight -= 0.3 if index or line.words > 2 else 1.0
    if line.asks:
        weight += 1.0
    if line.is_capital and line.section is None:
        weight += 0.8
    if index and lines[index - 1].is_tag:
        weight += 1.0
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is not None and following.text == line.text:
        weight += 0.5
    elif (
        following is not None
        and following.metadata is None
        and following.is_heading_like
        and not following.labelled
    ):
        weight -= 0.7
    elif line.closes:
        weight -= 1.5
    if line.is_inner or furniture.is_salutation(line.text):
        weight -= 2.0
    following = lines[index + 1] if index + 1 < len(lines) else None
    headed = following is not None and following.metadata is None and following.is_heading_like and not following.labelled
    if line.section is not None:
        weight += 0.8 if line.section in {"course", "event"} and not (line.is_capital and headed) else -1.0
    if line.is_month or line.names_issue:
        weight -= 3.0
    if line.times > 2:
        weight -= 1.5
    if index + 1 == len(lines):
        weight -= 1.0
    return weight


def _body(lines: Sequence[Line], index: int, anchor: float, spacing: Spacing) -> float:
    line = lines[index]
    weight = -2.5 * spacing.sure if spacing.parts(line) else 0.0
    if anchor >= 2.5:
        weight -= 1.0
    if line.is_month:
        weight -= 1.5
    if line.times > 2 and not line.is_prose and not line.closes:
        weight -= 0.7
    return weight


def _outside(lines: Sequence[Line], index: int) -> float:
    line = lines[index]
    if line.is_month:
        return 0.7
    if line.section is not None or line.names_issue:
        return 0.0
    if furniture.is_salutation(line.text) or (index and lines[index - 1].names_issue and line.metadata is not None):
        return 0.3
    if line.is_prose:
        return -0.8
    return -0.2


def _between(lines: Sequence[Line], index: int) -> float:
    """How far a line behind an item belongs to no item: a month, a section's name, what calls the page's readers."""
    line = lines[index]
    if line.is_context or line.is_day or furniture.is_salutation(line.text):
        return _outside(lines, index)
    if all(other.is_call for other in lines[index:]):
        return 0.3
    following = lines[index + 1] if index + 1 < len(lines) else None
    if line.is_heading_like and line.words <= 5 and following is not None and (following.entry or following.listed):
        return -0.3
    return -2.0 if line.is_prose else -1.3


def _caption(lines: Sequence[Line], index: int) -> float:
    line = lines[index]
    if index + 1 == len(lines) or not (
        lines[index + 1].can_be_title or lines[index + 1].metadata is not None
    ):
        return NEVER
    if lines[index + 1].text == line.text:
        return -1.0
    if (line.times > 2 or (line.times == 2 and line.words <= 3)) and not line.is_prose:
        return 0.7
    if line.is_picture:
        return 0.3
    closed = index > 0 and lines[index - 1].closes
    if line.is_prose:
        return -2.0 if closed else NEVER
    return -0.5 if line.words <= 8 and not line.stopped else -1.2


def _boundary(lines: Sequence[Line], index: int, spacing: Spacing) -> float:
    """How far something new begins at a line, whatever it is: by the gap, and by what stands before it."""
    if index == 0:
        return 0.0
    line, before = lines[index], lines[index - 1]
    weight = 0.0
    if not spacing.parts(line):
        weight -= 2.5 * spacing.sure
    if line.is_item and not before.is_item:
        weight += 2.0 if line.numbered else 0.5
    elif line.block.gap == 0 and not line.listed and not before.closes:
        weight -= spacing.used
    if before.closes:
        weight += 2.0 if before.refrain else 1.0
    elif before.leads_on:
        weight -= 3.0
    return weight
