"""How much a line speaks for each step: the one place where facts become numbers.

The numbers are in the manner of log-odds: ±1 is a hint, ±3 is good evidence. They were set by reading pages of
many layouts, not learnt; a rule that helps one page only does not belong here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from almoner.pipeline.lines import credit, dates, headings
from almoner.pipeline.lines.names import looks_organisational
from almoner.pipeline.split.flow import cohesion
from almoner.pipeline.split.flow.line import Line
from almoner.pipeline.split.flow.templates import Step

NEVER: Final = -1e9
_LOOK_BACK: Final = 60
"""How many lines of the item so far count when its words are compared."""
_CONFIRMED: Final = 0.7
"""What a title gains that is confirmed by something else."""

_OFFERS: Final = frozenset({"course", "event"})

Rules = tuple[tuple[float, Callable[[Line], bool]], ...]

_TITLE: Final[Rules] = (
    (-1.2, lambda line: not line.is_heading_like),
    (-0.8, lambda line: line.stopped and not line.is_heading_like),
    (-0.5, lambda line: line.stopped and line.is_prose),
    (+0.5, lambda line: line.numbered),
    (-0.3, lambda line: line.is_item and not line.numbered),
    (-2.0, lambda line: line.is_trailer),
    (-1.5, lambda line: line.closes and not line.is_trailer),
    (-2.0, lambda line: line.is_inner or line.is_salutation),
    (-0.8, lambda line: line.is_name),
    (-0.3, lambda line: line.words <= 3 and line.section is None and not line.is_name),
    (-0.7, lambda line: line.words <= 2 and line.before is None),
    (-0.8, lambda line: line.is_label),
    (+1.0, lambda line: line.asks),
    (+0.8, lambda line: line.capital and line.section is None and _over_prose(line)),
    (+1.0, lambda line: line.before is not None and line.before.is_tag),
    (
        +1.5,
        lambda line: line.parted > 0.3 and not line.is_heading_like and len(line.text) <= headings.MAX_TITLE,
    ),
    (-1.5, lambda line: line.times > 2),
    (+0.8, lambda line: line.section in _OFFERS and not _is_context(line)),
    (-1.0, lambda line: line.section is not None and (line.section not in _OFFERS or _is_context(line))),
    (-3.0, lambda line: line.is_month or line.names_issue or line.is_dateline),
    (-1.0, lambda line: line.names_page),
    (-1.5, lambda line: line.is_picture),
    (-0.6, lambda line: _stands_over(line)),
    (-1.5, lambda line: line.names_periodical and line.in_head and line.words <= 8 and not _over_prose(line)),
    (-1.0, lambda line: line.after is None),
)
_BODY: Final[Rules] = (
    (-1.0, lambda line: line.anchor >= 2.5),
    (-1.5, lambda line: line.is_month),
    (-0.5, lambda line: line.is_context and not line.is_month),
    (
        -0.4,
        lambda line: (
            line.times > 1
            and line.in_head
            and not line.is_prose
            and not line.closes
            and line.metadata is None
        ),
    ),
    (-0.3, lambda line: line.is_tag),
    (-0.3, lambda line: line.is_picture),
)
_NO_ITEM: Final[Rules] = (
    (+0.7, lambda line: line.is_month or line.heads_days),
    (+0.3, lambda line: line.is_salutation or (line.before is not None and line.before.names_issue)),
)
_HEAD_OF_PAGE: Final[Rules] = (
    (-0.5, lambda line: line.is_prose),
    (-0.3, lambda line: line.is_heading_like and line.words > 4 and line.times == 1 and not line.is_context),
    (-0.1, lambda line: not line.is_context),
)
_BETWEEN: Final[Rules] = (
    (+1.6, lambda line: line.last_call),
    (+1.0, lambda line: _stands_over(line) and not line.is_context),
    (-0.8, lambda line: line.section is not None and not _stands_over(line)),
    (-1.3, lambda line: not (line.is_context or line.is_salutation or line.heads_days)),
    (-0.7, lambda line: line.is_prose),
)
_CAPTION: Final[Rules] = (
    (+1.2, lambda line: line.is_tag or (line.times == 2 and line.words <= 3 and not _is_twice(line))),
    (+0.8, lambda line: line.is_picture),
    (-0.5, lambda line: not (line.closes or line.is_trailer)),
    (-1.5, lambda line: line.closes or line.is_trailer),
    (-0.7, lambda line: line.words > 5 or line.stopped),
    (-0.8, lambda line: line.is_prose),
    (-0.5, lambda line: _is_twice(line)),
)
_BOUNDARY: Final[Rules] = (
    (+2.0, lambda line: line.numbered and line.before is not None and not line.before.is_item),
    (
        +0.5,
        lambda line: (
            line.is_item and not line.numbered and line.before is not None and not line.before.is_item
        ),
    ),
    (+1.0, lambda line: line.before is not None and line.before.closes),
    (+1.0, lambda line: line.before is not None and line.before.refrain),
    (-3.0, lambda line: line.before is not None and line.before.leads_on),
)
_UNTOLD: Final[Rules] = (
    (
        -1.2,
        lambda line: (
            line.in_lead and line.before is not None and not line.before.closes and line.section is None
        ),
    ),
    (+0.5, lambda line: _is_twice(line)),
    (-0.7, lambda line: line.after is not None and line.after.heads and not _is_twice(line)),
    (-0.3, lambda line: not _has_text(line) and not (line.after is not None and line.after.heads)),
    (+0.3, lambda line: line.text.endswith("?")),
)
_COURSE_WORDS: Final = re.compile(
    r"\b(?:courses?|training|webinars?|workshops?|sessions?|book(?:ing)?|online|events?|refresher|induction|introduction|cpd|dates?|conference)\b",
    re.IGNORECASE,
)
_BY_WORDS: Final = {1: -0.6, 2: -0.6, 3: -0.5, 4: -0.3, 5: 0.2, 6: 0.6, 7: 0.8, 8: 1.0}
"""In print a subheading is short and a title is not; from 9 words on 1.3."""
_BY_SHARED: Final = ((0.08, 1.6), (0.14, 0.9), (0.2, 0.3), (0.35, -0.5), (1.1, -1.0))
"""For the share of its words that a section has from the item before it."""
MOST: Final = 2.0
"""The look of a title is worth less than metadata, however good it is."""


class Weights:
    """A page's lines as scores.

    `of[line][step]`; `boundary[line]` for an item that begins there, whatever begins it; `leaves[line]` for an item
    that ends before it where none begins; `unread[line]` for a heading that stays inside an item, on a page whose
    records are known by something else.
    """

    def __init__(self, lines: Sequence[Line], order: dates.Order, *, periodical: bool) -> None:
        self.size = len(lines)
        self._lines = lines
        self._order = order
        self._periodical = periodical
        self._short = _are_short(lines)
        self._numbered = any(line.numbered for line in lines)
        self._telling: dict[int, frozenset[str]] = {}
        self._spoken: dict[tuple[int, int, int], float] = {}
        self._looks: dict[int, float] = {}
        self._said: dict[tuple[int, int], frozenset[str]] = {}
        self._said_at = -1
        self._heads = _heads_beside(lines)
        anchored = [index for index, line in enumerate(lines) if line.is_dated or line.entry is not None]
        self._first_anchor = anchored[0] if anchored else 0
        self.of = [_scores(line) for line in lines]
        self.boundary = [_boundary(line) for line in lines]
        self.leaves = [
            0.0 if line.is_context or line.last_call else min(0.0, _boundary(line)) for line in lines
        ]
        self.unread = [-0.7 if len(anchored) > 1 and _is_unread(line) else 0.0 for line in lines]

    def has(self, step: Step) -> bool:
        """Whether any line can take the step."""
        return any(scores[step] > NEVER for scores in self.of)

    def speaks(self, index: int, first: int, title: int, *, lacking: bool) -> float:
        """How far a line speaks for itself as the title of a new item, behind the item that began at `first`.

        `lacking`: the template wants metadata of it. Then the page's own head is no item.
        """
        key = index, first, title
        weight = self._spoken.get(key)
        if weight is None:
            if index != self._said_at:  # the ways to one line ask about the same stretches
                self._said.clear()
                self._said_at = index
            look = self._looks.get(index)
            if look is None:
                look = self._looks[index] = self._look(index)
            weight = self._spoken[key] = look + self._news(index, first, title)
        if first < 0 and lacking and index < self._first_anchor:
            weight -= 1.3
        return min(MOST, weight)

    def _look(self, index: int) -> float:
        """How far a line looks like a title rather than a subheading, wherever it stands."""
        lines, line = self._lines, self._lines[index]
        weight = _BY_WORDS.get(line.words, 1.3) + _sum(_UNTOLD, line) + 1.5 * max(0.0, line.parted)
        if self._periodical:
            weight = max(weight, 0.3 if self._short else -0.1)
        else:
            weight -= 0.4
        told = credit.in_title(line.text, self._order)
        if told.source or told.author or told.published or line.entry is not None:
            weight += 1.5
        if self._numbered and not line.numbered:
            weight -= 1.0
        return weight - 0.7 * sum(
            lines[near].is_inner for near in self._heads[index] if 0 <= near < self.size
        )

    def _news(self, index: int, first: int, title: int) -> float:
        """How far the text under a heading is about something else than the item before it."""
        if first < 0:
            return 0.6
        if title >= 0 and self._lines[title].text == self._lines[index].text:
            return -5.0
        if title >= 0 and self._lines[title].section in _OFFERS and self._offers(index):
            return -3.0
        section = self._words(index, self._heads[index][1])
        named = len(section & self._words(title, title + 1)) if title >= 0 else 0
        share = cohesion.shared(section, self._words(max(first, index - _LOOK_BACK), index))
        told = next(value for limit, value in _BY_SHARED if share < limit) - 0.6 * min(2, named)
        # Where a gap parts them, two texts on one subject are still two.
        return told * (1.0 - max(0.0, self._lines[index].parted))

    def _offers(self, index: int) -> bool:
        """Whether a heading goes on with the courses or events that the section before it began to list."""
        heading = self._lines[index].text
        below = self._lines[index + 1].text[:120] if index + 1 < self.size else ""
        return bool(_COURSE_WORDS.search(f"{heading} {below}") or dates.mentions(heading, self._order))

    def _words(self, start: int, stop: int) -> frozenset[str]:
        said = self._said.get((start, stop))
        if said is not None:
            return said
        found: set[str] = set()
        for index in range(start, min(stop, start + _LOOK_BACK)):
            words = self._telling.get(index)
            if words is None:
                words = self._telling[index] = cohesion.telling((self._lines[index].block,))
            found |= words
        said = self._said[start, stop] = frozenset(found)
        return said


def _sum(rules: Rules, line: Line) -> float:
    return sum(weight for weight, holds in rules if holds(line))


def _scores(line: Line) -> list[float]:
    scores = [NEVER] * len(Step)
    scores[Step.BODY] = _sum(_BODY, line) - 2.5 * max(0.0, line.parted)
    no_item = _sum(_NO_ITEM, line)
    scores[Step.OUTSIDE] = no_item + _sum(_HEAD_OF_PAGE, line)
    scores[Step.BETWEEN] = no_item + _sum(_BETWEEN, line)
    if line.after is not None and (line.after.can_be_title or line.after.metadata is not None):
        scores[Step.CAPTION] = _sum(_CAPTION, line)
    if line.anchor:
        scores[Step.META] = line.anchor
    if line.is_dated and not line.is_month and (line.anchor or line.names_issue):
        scores[Step.HEAD] = scores[Step.CLOSE] = line.anchor
    elif line.metadata is not None and not line.names_issue and not line.is_month:
        scores[Step.HEAD] = -1.5
        scores[Step.CLOSE] = scores[Step.FILED] = line.anchor
    if line.is_trailer:
        scores[Step.TRAIL] = 0.0
    if line.entry is not None and line.entry.shape != "day":
        scores[Step.ENTRY] = (
            1.0
            if line.entry.shape == "credit" and not line.entry.author
            else 3.0
            if line.anchor < 1.0
            else 2.0
        )
    if line.listed:
        scores[Step.LISTED] = 3.5 if line.entry is not None else 2.5
    if _can_head(line):
        title = _sum(_TITLE, line)
        scores[Step.AWAITING] = scores[Step.TITLE] = title + _CONFIRMED
        scores[Step.UNTOLD] = title
        if line.section == "question" and line.after is not None and line.after.can_be_title:
            scores[Step.LABEL] = 1.0
    if line.is_prose and line.metadata is None:
        scores[Step.OPENING] = 0.0 if line.before is None or line.parted > 0.3 else -1.0
    if line.is_label or (line.words <= 4 and looks_organisational(line.text)):
        scores[Step.BESIDE] = 0.3
    if len(line.text) < 240:
        scores[Step.STANDFIRST] = 0.0 if line.words >= 6 else -1.0
    return scores


def _can_head(line: Line) -> bool:
    listed = line.stands_in_list and not line.numbered
    return line.can_be_title and line.metadata is None and not line.labelled and not listed


def _boundary(line: Line) -> float:
    weight = _sum(_BOUNDARY, line) + 2.5 * min(0.0, line.parted)
    runs_on = not (line.listed or line.is_item or (line.before is not None and line.before.closes))
    return weight - (line.run_on if runs_on else 0.0)


def _is_context(line: Line) -> bool:
    """Whether the name of a section stands over several items: in capitals over another heading, or the page's head."""
    return line.before is None or (line.capital and line.after is not None and line.after.heads)


def _has_text(line: Line) -> bool:
    """Whether what follows a heading is a text of its own."""
    after = line.after
    return line.section is not None or (
        after is not None
        and (after.is_prose or after.metadata is not None or after.leads_on or after.is_item)
    )


def _stands_over(line: Line) -> bool:
    """Whether a short heading has no text of its own but what it stands over: entries, or a heading with text."""
    after = line.after
    if not line.is_heading_like or line.words > 5 or after is None:
        return False
    if after.listed or after.entry is not None:
        return True
    return after.heads and after.after is not None and after.after.is_prose


def _over_prose(line: Line) -> bool:
    return line.after is not None and line.after.is_prose


def _is_twice(line: Line) -> bool:
    """Whether the next line says the same, as where a picture's text repeats the title."""
    return line.after is not None and line.after.text == line.text


def _is_unread(line: Line) -> bool:
    """Whether a heading has all that a record's title has: a gap before it, text or metadata behind it."""
    after = line.after
    known = after is not None and (
        after.is_prose or after.is_dated or after.listed or after.entry is not None
    )
    return line.heads and not line.run_on and known


def _are_short(lines: Sequence[Line]) -> bool:
    """Whether most of a page's headings are of a few words, so that shortness says nothing."""
    sizes = sorted(
        line.words for line in lines if line.is_heading_like and line.metadata is None and not line.is_context
    )
    return bool(sizes) and sizes[len(sizes) // 2] <= 4


def _heads_beside(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """For each line the headings nearest before and after it; -1 and the page's length where there is none."""
    before = after = -1
    befores: list[int] = []
    for index, line in enumerate(lines):
        befores.append(before)
        if line.is_heading_like and line.block.gap:
            before = index
    afters = [len(lines)] * len(lines)
    after = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        afters[index] = after
        if lines[index].is_heading_like and lines[index].block.gap:
            after = index
    return list(zip(befores, afters, strict=True))
