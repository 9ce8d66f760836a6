"""The labels that stand before a value in a line about an item: "Source:", "Posted on", "in", "by"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from almoner.pipeline.lines import vocabulary
from almoner.pipeline.lines.dates import DateMention


class Sort(StrEnum):
    """What the value behind a label is."""

    CATEGORIES = "categories"
    UPDATED = "updated"
    ADDED = "added"
    PUBLISHED = "published"
    DATED = "dated"
    """A date whose label says no more than "Date": of publication beside an article, of the day beside an event."""
    DEADLINE = "deadline"
    """A time that is none of the item's own: when a consultation closes, when a form is due."""
    AUTHOR = "author"
    BYLINE = "byline"
    SOURCE = "source"
    OTHER = "other"
    """What a reader of items does not need: audience, reading time, reference, how many comments."""


TIMES: Final = frozenset({Sort.PUBLISHED, Sort.DATED, Sort.UPDATED, Sort.ADDED, Sort.DEADLINE})

# Longer forms first: `on`-forms swallow "on this website".
_SITE = r"(?:\s+(?:on|to|at)\s+(?:this|the|our)\s+(?:web\s?site|site|page|blog|library|news\s?feed))?"
_FORMS: Final = (
    (Sort.CATEGORIES, r"posted\s+in|filed\s+(?:under|in)"),
    (Sort.DEADLINE, r"(?:to\s+be\s+completed|complete|respond|reply|review|apply|book|register|due|open\s+until|valid\s+until|runs?\s+until)\s+by"
                    r"|(?:closing|opening|due|review|expiry|start|end|event)\s+date|deadline|(?:next|due\s+for)\s+review"
                    r"|clos(?:es|ed|ing)|open(?:s|ed|ing)|expires|starts|ends|when|w/c|week\s+commencing"),
    (Sort.UPDATED, r"(?:(?:last|date|page|content|first|time)\s+)?(?:updated|modified|amended|reviewed|edited|revised)"
                   rf"{_SITE}(?:\s+on)?(?:\s+date)?"),
    (Sort.ADDED, rf"(?:date\s+)?(?:added|uploaded|entered|catalogued){_SITE}(?:\s+on)?"),
    (Sort.PUBLISHED, r"(?:(?:first|originally|date|news|article|news\s+article|appeal|story|statement)\s+)?"
                     r"(?:published|posted|issued|released|submitted|created)"
                     rf"(?:\s+date)?{_SITE}(?:\s+on)?"),
    (Sort.PUBLISHED, r"(?:publication|release|issue|publish|post|article|news)\s+date|date\s+of\s+(?:publication|issue)"),
    (Sort.DATED, r"date"),
    (Sort.AUTHOR, r"(?:written|reported|words|text|story|article)\s+by|author(?:\(s\)|s)?|reporter|writer"),
    (Sort.BYLINE, r"posted\s+by|published\s+by|added\s+by|submitted\s+by|uploaded\s+by|by"),
    (Sort.SOURCE, r"(?:news\s+|original\s+)?source|from|publisher|organisation|organization|issued\s+by"),
    (Sort.CATEGORIES, r"categor(?:y|ies)|tag(?:s|ged)?(?:\s+(?:with|as|in))?"
                      r"|topics?|subjects?|sections?|themes?|labels?|keywords?|in"),
    (Sort.OTHER, r"(?:estimated\s+)?(?:reading\s+time|read\s+time)|type|content\s+type|document\s+type|audience|region|location|venue|time"
                 r"|comments?|views?|reference|ref|format|language|applies\s+to|isbn|pages|file\s+size|document"),
)  # fmt: skip
_LABEL: Final = re.compile(
    r"(?<![\w’'-])(?:"
    + "|".join(f"(?P<l{n}>{form})" for n, (_, form) in enumerate(_FORMS))
    + r")(?![\w’'-])\s*(?P<colon>:)?\s*",
    re.IGNORECASE,
)
_HEADS: Final = vocabulary.words("""
    posted filed to complete completed respond reply review reviewed apply book register due open opening opened
    opens valid run runs closing closes closed expiry expires start starts end ends event deadline next when w/c week
    last date page content first time updated modified amended edited revised added uploaded entered catalogued
    originally news article appeal story statement published issued released submitted created publication release
    issue publish post written reported words text author authors reporter writer by original source from
    publisher organisation organization category categories tag tags tagged topic topics subject subjects section
    sections theme themes label labels keyword keywords in estimated reading read type document audience region
    location venue comment comments view views reference ref format language applies isbn pages file
    """)
"""The words with which the forms begin."""
_HEAD: Final = re.compile(
    r"(?<![\w’'-])(?:"
    + "|".join(
        f"{letter}(?:{'|'.join(sorted({word[1:3] for word in _HEADS if word[0] == letter}, key=len, reverse=True))})"
        for letter in sorted({word[0] for word in _HEADS})
    )
    + ")",
    re.IGNORECASE,
)
"""Where a label may begin: a first glance, since most words of a line are none."""
_SORT_OF: Final = {f"l{n}": sort for n, (sort, _) in enumerate(_FORMS)}
# Words that are labels only beside a date or a colon, since prose is full of them.
_WEAK: Final = vocabulary.words(
    "by in from document section type pages source date author time ends starts opens closes"
)
_ONLY_WITH_COLON: Final = vocabulary.words("""
    reporter writer time when venue document topic topics subject subjects section sections theme themes label
    labels keyword keywords views view format language audience region location type
    """)
_SEPARATED: Final = re.compile(r"(?:[|•·∙‣/»›]|\s[–—-]|\t|\s{3})\s*\Z")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at `start`..`end` of a line. `strong`: it can be nothing else, even with no date in the line."""

    start: int
    end: int
    sort: Sort
    strong: bool


def may_stand_alone(line: str) -> bool:
    """Whether a label can stand in a line without dates: before a colon, or at the very start."""
    return ":" in line or _LABEL.match(line) is not None


def find(line: str, found: Sequence[DateMention]) -> list[Label]:
    """The labels of a line: words of the list where a label can stand.

    That is at the line's start, behind a separator, beside one of the dates `found` in the line, or before a
    colon; "by" and "in" also behind another label's value ("Posted in News by admin").
    """
    labels: list[Label] = []
    until = 0
    for head in _HEAD.finditer(line):
        start = head.start()
        match = _LABEL.match(line, start) if start >= until else None
        if match is None:
            continue
        end = until = match.end()
        if any(mention.start <= start < mention.end for mention in found):
            continue
        word = match[0].strip(" :").lower()
        colon = match["colon"] is not None
        at_start = not line[:start].strip()
        after_date = any(not line[m.end : start].strip(" ,|–-•·") for m in found if m.end <= start)
        before_date = any(not line[end : m.start].strip(" (") for m in found if m.start >= end)
        if not (
            colon
            or at_start
            or after_date
            or before_date
            or (labels and word in {"by", "in"})
            or _SEPARATED.search(line, max(0, len(line[:start].rstrip()) - 2), start)
        ):
            continue
        if (word in {"in", "from"} and at_start and not colon) or (word in _ONLY_WITH_COLON and not colon):
            continue
        sort = next(
            _SORT_OF[name]
            for name, value in match.groupdict().items()
            if value is not None and name in _SORT_OF
        )
        # "Revised guidance" is no label; "Revised 3 May" is.
        strong = colon or before_date or (at_start and word not in _WEAK and sort not in TIMES)
        labels.append(Label(start, end, sort, strong))
    return labels
