"""Items told apart by their headings alone: briefings, newsletters, bulletins, and pages that are one text.

In print a subheading and the title of the next item look alike. Each heading is weighed by its length and
form, by whether the text before it has come to a close, and by how many words its section shares with the
item so far (lexical cohesion, after Hearst, TextTiling, Computational Linguistics 23(1), 1997).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.lines import addresses, credit, dates, entries, furniture, headings
from almoner.pipeline.model import Block, BlockKind, Cut, Splitting
from almoner.pipeline.split.issues import issue_of
from almoner.pipeline.split.page import Page, is_prose, is_title

LAYOUT = "headings"
TITLE_WEIGHT: Final = 1.0
"""A heading of this weight or more opens an item."""
SURE_WEIGHT: Final = 2.0
"""A heading of this weight opens an item whatever else the page says."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_CLOSES = re.compile(
    r"(?:\bhere:?|\bbelow:?|\bgo\s+to:?|\bvisit:?|\blink:?|\bat:?)\s*(?:\S+)?\s*\Z|(?:https?://|www\.)\S+\s*\Z"
    r"|^(?:you\s+can\s+(?:find|read|download|access|see|order|book|watch|listen)|for\s+(?:further|more)\s+(?:information|details)"
    r"|(?:find\s+out|read)\s+more|download\b|to\s+(?:book|register|find\s+out)|further\s+(?:reading|information)"
    r"|(?:read|book|watch|visit|apply|register|see|join|sign\s+up|listen)\b(?:\s+\S+){0,8}[.:]?\Z)",
    re.IGNORECASE,
)
_COURSE_WORDS = re.compile(r"\b(?:courses?|training|webinars?|workshops?|sessions?|book(?:ing)?|online|events?|refresher|induction|introduction|cpd|dates?|conference)\b", re.IGNORECASE)  # fmt: skip
_COMMON: Final = frozenset(
    [
        "about",
        "after",
        "again",
        "also",
        "although",
        "always",
        "among",
        "another",
        "because",
        "been",
        "before",
        "being",
        "between",
        "both",
        "cannot",
        "could",
        "does",
        "during",
        "each",
        "either",
        "every",
        "find",
        "from",
        "further",
        "have",
        "having",
        "here",
        "into",
        "just",
        "keep",
        "like",
        "make",
        "many",
        "more",
        "most",
        "much",
        "must",
        "need",
        "needs",
        "only",
        "other",
        "over",
        "particularly",
        "please",
        "same",
        "several",
        "should",
        "since",
        "some",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "under",
        "until",
        "used",
        "using",
        "very",
        "want",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "within",
        "without",
        "work",
        "would",
        "year",
        "years",
        "your",
        "people",
        "information",
        "available",
        "including",
        "school",
        "schools",
        "child",
        "children",
        "young",
        "safeguarding",
    ]
)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an item opens: its first block, its title and its section label (indexes), and why."""

    first: int
    title: int | None
    label: int | None
    why: str
    section: str | None = None
    context: tuple[int, ...] = ()
    is_sure: bool = True

    @property
    def breaks(self) -> int:
        """The first block that no longer belongs to the item before."""
        return min((self.first, *self.context))


def split(page: Page) -> Splitting | None:
    """The items under a page's headings; one item where the page is one text; None where nothing is prose."""
    if not any(is_prose(block) for block in page.blocks):
        return None
    top = _top(page)
    briefing = issue_of(page)
    levels = _item_level(page, top)
    if levels is not None:
        starts = _starts_by_level(page, top, levels)
    else:
        several = briefing is not None or any(
            headings.names_periodical(block.text) for block in page.blocks[: top + 1]
        )
        starts = _starts(page, top, periodical=several)
    if not starts:
        return None
    ends = [*(start.breaks - 1 for start in starts[1:]), len(page.blocks) - 1]
    cuts = [_cut(page, start, end) for start, end in zip(starts, ends, strict=True)]
    return Splitting(tuple(cuts))


def _top(page: Page) -> int:
    """The first block behind the page's own heading and salutation."""
    blocks = page.blocks
    top = 0
    for index, block in enumerate(blocks[:6]):
        if furniture.is_salutation(block.text):
            top = index + 1
    following = blocks[top + 1 : top + 2]
    if (top < len(blocks) and _is_page_heading(page, top) and following and not is_prose(following[0])) or (
        top < len(blocks) - 1
        and headings.names_periodical(blocks[top].text)
        and dates.first(blocks[top].text, page.order)
    ):
        top += 1
    return top


def _is_page_heading(page: Page, index: int) -> bool:
    block = page.blocks[index]
    return headings.is_heading_like(block.text) and (
        headings.names_periodical(block.text) or (block.kind is BlockKind.HEADING and block.level == 1)
    )


def _item_level(page: Page, top: int) -> int | None:
    """The rank of marked-up headings that open items: the highest that occurs twice; None in plain text."""
    levels = [block.level for block in page.blocks[top:] if block.kind is BlockKind.HEADING]
    if len(levels) < 2 or (page.document.media_type == "text/html" and not _is_collection(page)):
        return None
    return next((level for level in sorted(set(levels)) if levels.count(level) >= 2), None)


def _is_collection(page: Page) -> bool:
    names = [page.document.title or "", *(block.text for block in page.blocks[:2])]
    return any(headings.names_periodical(name) for name in names)


def _starts_by_level(page: Page, top: int, level: int) -> list[_Start]:
    return [
        _Start(index, index, None, f"a heading of rank {level}")
        for index, block in enumerate(page.blocks)
        if index >= top and block.kind is BlockKind.HEADING and block.level == level
    ]


def _starts(page: Page, top: int, *, periodical: bool) -> list[_Start]:
    blocks = page.blocks
    candidates = [index for index in range(top + 1, len(blocks)) if _is_candidate(blocks, index)]
    opening = top if is_title(blocks[top]) and top + 1 < len(blocks) else None
    starts = [_Start(top, opening, None, "the first text of the page", headings.section_of(blocks[top].text))]
    weighed: list[_Start] = []
    current = starts[0]
    context: list[int] = []
    for n, index in enumerate(candidates):
        if index <= (current.title or current.first):
            continue
        if _is_section_name(page, candidates, n):
            context.append(index)
            continue
        section_end = candidates[n + 1] if n + 1 < len(candidates) else len(blocks)
        start = _weigh(page, current, index, section_end)
        if start is not None or context:
            start = start or _Start(index, index, None, "it stands under the name of a section")
            current = replace(start, context=(*context, *start.context))
            weighed.append(current)
            context = []
    weighed = _without_subheadings(page, weighed)
    # A page of one text has subheadings too; only an issue, or several sure titles, makes it many.
    if not periodical and len(weighed) < 2:
        return starts
    # An issue may open with words of welcome; they are no item.
    without_first = weighed and (opening is None or _is_empty(page, top, weighed[0].breaks))
    return weighed if without_first else [*starts, *weighed]


def _without_subheadings(page: Page, weighed: list[_Start]) -> list[_Start]:
    """The starts without unsure ones inside an issue's lead, where the lead closes with a heading of its own.

    "Links" or "Further reading" belongs to the article above it, and so do the headings in between.
    """
    closing = [n for n, block in enumerate(page.blocks) if headings.is_inner_heading(block.text)]
    if not closing:
        return weighed
    inside = [start for start in weighed if start.first < closing[-1]]
    sure = next((n for n in range(len(inside) - 1, -1, -1) if inside[n].is_sure), -1)
    if len(closing) > 1 and sure > 0:
        return weighed
    return [*inside[: sure + 1], *weighed[len(inside) :]]


def _is_empty(page: Page, first: int, end: int) -> bool:
    """Whether blocks `first` to `end` (exclusive) hold nothing but short lines: the issue's own heads."""
    return not any(is_prose(block) for block in page.blocks[first:end])


def _is_section_name(page: Page, candidates: Sequence[int], n: int) -> bool:
    """Whether a heading has no text of its own, but another heading right below: it names a section."""
    index = candidates[n]
    text = page.blocks[index].text
    if headings.names_periodical(text) and dates.mentions(text, page.order):
        return True
    below = n + 1 < len(candidates) and candidates[n + 1] == index + 1
    return (
        below
        and headings.section_of(text) in {None, "news", "guidance", "resource", "consultation", "notice"}
        and not headings.is_question(page.blocks[index + 1].text)
        and not credit.in_title(text, page.order).source
        and index + 2 < len(page.blocks)
        and is_prose(page.blocks[index + 2])
    )


def _is_candidate(blocks: Sequence[Block], index: int) -> bool:
    block, before = blocks[index], blocks[index - 1]
    if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH} or index + 1 >= len(blocks):
        return False
    if not headings.is_heading_like(block.text) and not headings.is_question(block.text):
        return False
    if block.gap == 0 and before.kind is BlockKind.PARAGRAPH and block.kind is BlockKind.PARAGRAPH:
        return False
    # What follows "include:" is a list, however it looks, unless the line before leads to an address.
    return not before.text.endswith(":") or bool(_CLOSES.search(before.text))


def _weigh(page: Page, current: _Start, index: int, section_end: int) -> _Start | None:
    """The start of an item at a heading, or None where it is a subheading of the current one."""
    blocks = page.blocks
    text = blocks[index].text
    section = headings.section_of(text)
    if section is not None:
        following = index + 1
        question = (
            section == "question"
            and following < len(blocks)
            and (headings.is_question(blocks[following].text) or is_title(blocks[following]))
        )
        if question or (
            section not in {"course", "event"}
            and _is_candidate(blocks, following)
            and following + 1 < len(blocks)
        ):
            return _Start(index, following, index, f"the section heading “{text}” stands over it", section)
        return _Start(index, index, None, f"“{text}” is the name of a section", section)
    if current.section in {"course", "event"} and _COURSE_WORDS.search(
        f"{text} {blocks[index + 1].text[:120]}"
    ):
        return None
    weight, reasons = _weight(page, current, index, section_end)
    if weight < TITLE_WEIGHT:
        return None
    why = f"weighs {weight:.1f} as a title: " + ", ".join(reasons)
    return _Start(index, index, None, why, is_sure=weight >= SURE_WEIGHT)


def _weight(page: Page, current: _Start, index: int, section_end: int) -> tuple[float, list[str]]:
    blocks = page.blocks
    text = blocks[index].text
    size = len(headings.words(text))
    weight = {1: -0.6, 2: -0.6, 3: -0.5, 4: -0.3, 5: 0.2, 6: 0.6, 7: 0.8, 8: 1.0}.get(size, 1.3)
    reasons = [f"{size} words"]
    if headings.is_inner_heading(text):
        return weight - 2.0, [*reasons, "stands inside articles"]
    told = credit.in_title(text, page.order)
    bracket = re.search(r"\(([^()]{2,60})\)\s*\Z", text)
    if (
        told.source
        or told.author
        or told.published
        or (bracket and bracket[1][0].isupper())
        or entries.read(text, page.order)
    ):
        weight += 1.5
        reasons.append("it names its source or date")
    if text.endswith("?"):
        weight += 0.3
    if _closes(blocks[index - 1]):
        weight += 1.0
        reasons.append("the text before it has come to a close")
    section = _telling(blocks[index:section_end])
    named = (
        section & _telling(blocks[current.title : current.title + 1]) if current.title is not None else set()
    )
    if named:
        weight -= 0.6 * min(2, len(named))
        reasons.append("its text names what the title before it names")
    before = _telling(blocks[current.first : index])
    shared = _cohesion(before, section)
    weight += (
        1.6
        if shared < 0.08
        else 0.9
        if shared < 0.14
        else 0.3
        if shared < 0.2
        else -0.5
        if shared < 0.35
        else -1.0
    )
    reasons.append(f"{shared:.0%} of its words stand in the item before")
    return weight, reasons


def _closes(block: Block) -> bool:
    return bool(
        _CLOSES.search(block.text) or furniture.is_more_link(block.text) or credit.read(block.text) is not None
        or (block.links and addresses.without_addresses(block.text).strip().endswith(":"))
    )  # fmt: skip


def _cohesion(before: set[str], section: set[str]) -> float:
    """The share (0 to 1) of a section's telling words that the item so far has used."""
    return len(section & before) / len(section) if section else 0.0


def _telling(blocks: Sequence[Block]) -> set[str]:
    return {
        word[:6]
        for block in blocks
        for word in (match[0].lower() for match in _WORD.finditer(addresses.without_addresses(block.text)))
        if word not in _COMMON
    }


def _cut(page: Page, start: _Start, end: int) -> Cut:
    context = [page.blocks[index] for index in start.context]
    return page.cut(start.first, end, start.title, LAYOUT, start.why, label=start.label, context=context)
