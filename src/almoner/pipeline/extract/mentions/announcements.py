"""Items that announce an edition of a guidance document: "KCSIE 2026 for information", "comes into force on …".

A sentence counts that names the work and says near its name that it came out, is proposed, holds or no longer does. It
is for a person to confirm, so a sentence too many costs a look, and one too few an edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from almoner.pipeline.extract.mentions import mentions_in
from almoner.pipeline.extract.sentences import Sentences
from almoner.pipeline.lines import dates
from almoner.pipeline.model import MentionKind, Place

LEAD: Final = 1200
"""Characters of a text in which news is told; what stands further down is background."""
NEAR: Final = 90
"""Characters between a work's name and the words that announce it."""


class Says(StrEnum):
    """What an item says of an edition."""

    DRAFT = "draft"
    INFORMATION = "information"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"
    OUT = ""
    """That it came out, and no more."""


_SIGNS: Final = (
    (Says.WITHDRAWN, re.compile(r"\b(?:withdrawn|withdraws|is\s+being\s+withdrawn)\b", re.IGNORECASE)),
    (Says.INFORMATION, re.compile(r"\bfor\s+information\b", re.IGNORECASE)),
    (
        Says.DRAFT,
        re.compile(
            r"\b(?:consultation\s+on|consult(?:s|ing)\s+on|consultation\s+(?:draft|version)|draft(?:\s+of)?|proposed\s+(?:changes|revisions?)"
            r"|changes\s+proposed|revisions?\s+proposed)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Says.IN_FORCE,
        re.compile(
            r"\b(?:(?:comes?|came|coming|enters?|entered)\s+in\s?to\s+(?:force|effect)|take[sn]?\s+effect|(?:in\s+force|effective|applies)\s+from)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Says.OUT,
        re.compile(
            r"\b(?:(?:has|have|been|is|was|are|were)\s+(?:now\s+)?(?:published|updated|revised|released|issued|launched)"
            r"|publish(?:es|ed)|releas(?:es|ed)|issu(?:es|ed)|updates?|updated|revised"
            r"|new\s+(?:edition|version)|(?:now|just)\s+out)\b",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """That an item announces an edition of a work (by the taxonomy's id). `year` is the edition's where the words say it,
    `since` the day (ISO 8601, cut to its precision) from which it holds, and `sentence` the words."""

    work: str
    year: str
    says: Says
    since: str
    sentence: str


def announcements(title: str, text: str) -> tuple[Announcement, ...]:
    """The editions that an item announces in its title or the beginning of its text, one a work: the first sentence that
    says most of it."""
    found: dict[str, Announcement] = {}
    for passage in (title, text[:LEAD]):
        for one in _told(passage):
            known = found.get(one.work)
            if known is None or (_weight(one) > _weight(known)):
                found[one.work] = one
    return tuple(found.values())


def _weight(one: Announcement) -> tuple[bool, bool, bool]:
    return bool(one.year), one.says is not Says.OUT, bool(one.since)


def _told(passage: str) -> Iterator[Announcement]:
    sentences = Sentences(passage)
    for number in range(len(sentences)):
        start, end = sentences.span(number)
        sentence = passage[start:end]
        for mention in mentions_in([(sentence, Place())]):
            if mention.kind is not MentionKind.GUIDANCE:
                continue
            at = sentence.find(mention.as_printed)
            near = sentence[max(0, at - NEAR) : at + len(mention.as_printed) + NEAR]
            says = next((says for says, sign in _SIGNS if sign.search(near)), None)
            if says is not None:
                yield Announcement(mention.id, mention.edition or "", says, _since(sentence, says), sentence)


def _since(sentence: str, says: Says) -> str:
    """The time that the sentence gives, where it says from when the edition holds."""
    if says is not Says.IN_FORCE:
        return ""
    first = dates.first(sentence)
    when = first.when("") if first is not None else None
    return when.value[:10] if when is not None else ""
