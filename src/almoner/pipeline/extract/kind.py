"""What an item is: news unless something says otherwise."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.extract.times import Times
from almoner.pipeline.lines import headings
from almoner.pipeline.lines.glance import heads_of
from almoner.pipeline.model import BlockKind, Kind, MediaType, Role

_CONSULTATION = re.compile(r"\b(?:consultations?|call\s+for\s+(?:evidence|views)|have\s+your\s+say|seek(?:s|ing)\s+(?:your\s+)?views|out\s+for\s+(?:comment|consultation)|open\s+for\s+comment)\b", re.IGNORECASE)  # fmt: skip
_CONSULTATION_OVER = re.compile(
    r"\b(?:respon(?:se|ds|ded)\s+to|outcome|results?\s+of|following)\b", re.IGNORECASE
)
_NOTICE = re.compile(
    r"^(?:have\s+you\s+(?:ordered|booked|seen|joined|signed|got|renewed|heard\s+about\s+our|tried)|order\s+your|join\s+(?:us|our)|sign\s+up|subscribe|advert"
    r"|we(?:['’]re|\s+are)\s+(?:hiring|recruiting|closed)|vacanc|job\s|office\s+(?:closed|closure|hours)|merry\s+christmas|happy\s+new\s+year|membership"
    r"|discount|special\s+offer|save\s+\d+\s*%|now\s+available\s+to\s+order|become\s+a\s+member|thank\s+you\s+(?:to|for))",
    re.IGNORECASE,
)
_OF_ITSELF: Final = re.compile(
    r"\b(?:this|our)\s+(?:\w+\s+){0,2}(?:briefing|bulletin|newsletter|digest|e-?news\w*|round[\s-]?up|mailing)s?\b",
    re.IGNORECASE,
)
_ASKS_READER: Final = re.compile(
    r"\byour?\b|^\W*(?:share|forward|pass|recommend|rate|receive|get)\b", re.IGNORECASE
)
_SHORT: Final = 600
"""Characters up to which a text about the paper that it stands in is an advertisement for it."""
_COURSE_TITLE = re.compile(
    r"\b(?:(?:training|e-?learning|online|refresher|level\s+\d|day)\s+(?:course|day|session|programme|calendar|dates)s?|courses?|webinars?|workshops?|masterclass(?:es)?)\b|\btraining(?:\s*[:(–-]|\s*\Z)",
    re.IGNORECASE,
)
_COURSE_TEXT = re.compile(r"\b(?:courses?|webinars?|workshops?|training\s+session)\b", re.IGNORECASE)
_COURSE_SIGNS: Final = ("course", "webinar", "workshop", "training")
_OFFERED = re.compile(
    r"\b(?:book(?:\s+(?:now|here|online|your|a\s+place))|booking|places?\s+(?:are\s+)?(?:available|limited)|enrol|self[\s-]paced|delegates?|our\s+(?:\w+\s+){0,3}(?:course|webinar|workshop|training)"
    r"|per\s+(?:person|delegate)|find\s+out\s+more\s+about\s+(?:our|the|this)\s+(?:\w+\s+){0,6}course)",
    re.IGNORECASE,
)
_EVENT_TITLE = re.compile(
    r"\b(?:conference|seminar|summit|symposium|open\s+day|annual\s+lecture)\b",
    re.IGNORECASE,
)
_STATISTICS = re.compile(r"\b(?:statistics|statistical\s+(?:release|bulletin)|official\s+figures|data\s+release|quarterly\s+figures)\b", re.IGNORECASE)  # fmt: skip
_GUIDANCE = re.compile(
    r"\b(?:guidance|statutory|code\s+of\s+practice|framework|keeping\s+children\s+safe\s+in\s+education|working\s+together\s+to\s+safeguard|kcsie|toolkit|standards|strategy"
    r"|act\s+(?:19|20)\d\d|regulations?\s+(?:19|20)\d\d|policy\s+paper|action\s+plan|circular|handbook)\b",
    re.IGNORECASE,
)
_CALLS_ITSELF = re.compile(
    r"(?:statutory|non-?statutory|departmental|practice|good\s+practice|draft)\s+(?:\w+\s+)?guidance\b|guidance\s+(?:for|on|to)\b|code\s+of\s+practice\b",
    re.IGNORECASE,
)
_PAPER = r"(?:guidance|guidelines?|guide|procedures?|polic(?:y|ies)|protocols?|code\s+of\s+(?:practice|conduct)|standards|manual|handbook)"
_PAPER_TITLE = re.compile(
    rf"(?:\w[\w’'-]*\s+){{0,3}}?{_PAPER}\s+(?:for|on|to|of|in)\b|.*\b{_PAPER}(?:\s+(?:and|&)\s+\w+)?\W*(?:(?:19|20)\d\d)?(?:[-–/]\d\d)?\W*\Z",
    re.IGNORECASE,
)
"""A title that names what sort of paper it is: first ("Policy on …") or last ("Lone working procedure 2026")."""
_PAPER_WORD = re.compile(rf"\b{_PAPER}\b", re.IGNORECASE)
_SECTIONS: Final = 3
"""So many headings make a paper that has such a word elsewhere in its title; news of one has none."""
_PAPERS: Final = frozenset({MediaType.PDF, MediaType.WORD})
_ANNOUNCES = re.compile(
    r"\b(?:publish(?:ed|es)|releas(?:ed|es)|issued?|updated?|revis(?:ed|es)|new|launch(?:ed|es)|outlines?|comes?\s+into\s+force|in\s+force|sets?\s+out)\b",
    re.IGNORECASE,
)
_OPEN_UNTIL = re.compile(r"(?:opens|closes|closing\s+date|open\s+until)\b", re.IGNORECASE)
_VACANCY = re.compile(r"\b(?:vacanc(?:y|ies)|jobs?|recruit\w*|officer|manager|trustees?)\b", re.IGNORECASE)
UNSAID: Final = "nothing says otherwise"
"""The reason where an item is news only for want of a sign."""
_CONSULTATION_HEADS: Final = heads_of("consultation call have seek seeking out open")
_PAPER_HEADS: Final = heads_of("briefing bulletin newsletter digest enews e round roundup mailing")
_EVENT_HEADS: Final = heads_of("conference seminar summit symposium open annual")
_STATISTICS_HEADS: Final = heads_of("statistics statistical official data quarterly")
_GUIDANCE_HEADS: Final = heads_of("""
    guidance statutory code framework keeping working kcsie toolkit standards strategy act regulation policy action
    circular handbook
    """)
_TELLING: Final = (
    _CONSULTATION_HEADS | _PAPER_HEADS | _EVENT_HEADS | _STATISTICS_HEADS | _GUIDANCE_HEADS
) | heads_of("""
    ordered booked seen order join sign subscribe advert we hiring vacancy job office merry happy membership discount
    special save now become thank
    course webinar workshop masterclass training session programme calendar day date
    procedure protocol manual
    """)
"""The heads of words of which one stands in every title and text that says a kind."""
_STATED: Final = frozenset({"consultation", "event"})
_LEAD: Final = 400
_FROM_SECTION: Final = {
    "question": Kind.QUESTION, "course": Kind.COURSE, "event": Kind.EVENT, "resource": Kind.RESOURCE,
    "consultation": Kind.CONSULTATION, "notice": Kind.NOTICE, "guidance": Kind.GUIDANCE,
}  # fmt: skip


def read(record: Record, title: str, times: Times, seen: Set[str]) -> tuple[Kind, str]:
    """The item's kind and why. `seen` are the words and heads (`lines.glance`) of its title and text."""
    if record.title is not None and headings.is_question(record.title.text):
        return Kind.QUESTION, "its title says so"
    heading = title if not headings.SECTION_HEADS.isdisjoint(seen) else None
    for name in filter(None, (record.section_name, heading)):
        section = headings.section_of(name)
        if section in _FROM_SECTION:
            return _FROM_SECTION[section], f"the section “{name}”"
    for name in record.categories:
        section = headings.section_of(name)
        if section in _STATED:
            return _FROM_SECTION[section], f"the category “{name}”"
    if any(_OPEN_UNTIL.match(block.text) and not _VACANCY.search(title) for block, _ in record.metadata):
        return Kind.CONSULTATION, "it says when it opens or closes"
    if times.added is not None and times.published is None:
        return Kind.RESOURCE, "a library's “added” date and no date of publication"
    if _TELLING.isdisjoint(seen) and not any(
        any(sign in lower for sign in _COURSE_SIGNS) and _COURSE_TEXT.search(lower)
        for lower in [block.text.lower() for block, _ in record.metadata]
    ):
        return Kind.NEWS, UNSAID
    lead = " ".join([block.text for block in record.body[:3]])[:_LEAD]
    whole = " ".join([block.text for block in record.cut.blocks(Role.BODY, Role.METADATA)])[:4000]
    if _NOTICE.search(title):
        return Kind.NOTICE, "its title offers something of the publisher's own"
    if (
        len(whole) < _SHORT
        and not _PAPER_HEADS.isdisjoint(seen)
        and _ASKS_READER.search(title)
        and _OF_ITSELF.search(f"{title}\n{lead}")
    ):
        return Kind.NOTICE, "it speaks to the reader of the paper that it stands in"
    if (
        not _CONSULTATION_HEADS.isdisjoint(seen)
        and _CONSULTATION.search(title)
        and not _CONSULTATION_OVER.search(title)
    ):
        return Kind.CONSULTATION, "its title says so"
    courses = len(_COURSE_TEXT.findall(whole))
    if (_COURSE_TITLE.search(title) and (_OFFERED.search(whole) or len(whole) < 200)) or (
        courses >= 2 and _OFFERED.search(whole) and len(whole) < 1500
    ):
        return Kind.COURSE, "it offers a course or a place on one"
    if (
        not _EVENT_HEADS.isdisjoint(seen)
        and _EVENT_TITLE.search(title)
        and (_OFFERED.search(whole) or len(whole) < 300)
    ):
        return Kind.EVENT, "its title says so"
    if not _STATISTICS_HEADS.isdisjoint(seen) and _STATISTICS.search(title):
        return Kind.STATISTICS, "its title says so"
    if not _GUIDANCE_HEADS.isdisjoint(seen) and (
        _GUIDANCE.search(title)
        or (
            _GUIDANCE.search(lead)
            and _ANNOUNCES.search(lead)
            and re.search(r"\bstatutory\b|\bguidance\b.{0,60}\bpublished\b", lead, re.IGNORECASE)
        )
    ):
        return Kind.GUIDANCE, "it announces guidance, a standard, a strategy or an Act"
    if record.document.media_type in _PAPERS and record.is_only_item and _is_guidance(record, title, lead):
        return Kind.GUIDANCE, "the document calls itself guidance, a policy or a procedure"
    return Kind.NEWS, UNSAID


def _is_guidance(record: Record, title: str, lead: str) -> bool:
    """Whether a paper is guidance, a policy or a procedure by its own words, and not news about one."""
    if _CALLS_ITSELF.match(lead) or (_PAPER_TITLE.match(title) and not _ANNOUNCES.search(title)):
        return True
    sections = sum(block.kind is BlockKind.HEADING for block in record.body)
    return sections >= _SECTIONS and _PAPER_WORD.search(title) is not None
