"""How much a line looks like a heading, a title, a sentence or a label, and which titles name whole sections."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from almoner.pipeline.lines import furniture
from almoner.pipeline.lines.glance import heads_of

_CUT_TITLE: Final = 12
"""Words of a title that a page cut short with "…"; a longer line that breaks off is a teaser."""
_BREAKS_OFF: Final = re.compile(r"[^\s.!?…]\s*(?:…|\.\.\.)\Z")
MAX_TITLE: Final = 160
"""A line that stands alone after a break is a title up to about here, even as a whole sentence."""

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_QUOTED = re.compile(r"[\"“‘'][^\"”]{2,80}[\"”’'](?:\s*[:,–—-]|\s+[a-z])")
"""A headline that begins with what somebody said."""
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\s*(?:\d{1,2}|\([^()]{2,60}\))?\Z")
_LEADS_ON = re.compile(r"[:,;–—]\s*\Z")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")

# Headings that stand inside an article and never over one.
_INNER: Final = re.compile(
    r"(?:introduction|background|context|overview|summary|key\s+(?:findings|points|facts|messages|statistics|indicators|themes|changes|learning)"
    r"|findings|conclusions?|recommendations?|next\s+steps(?:/conclusion)?|links?|useful\s+links|further\s+(?:information|reading|support|help|details)"
    r"|more\s+information|find\s+out\s+more|notes?(?:\s+to\s+editors)?|references|sources?|downloads?|partners|progress\s+update|what\s+next"
    r"|what(?:['’]s|\s+is)\s+changed|what\s+this\s+means(?:\s+for\s+\w+)?|method(?:ology)?|about\s+the\s+(?:author|report|study|review)|quotes?|case\s+stud(?:y|ies)"
    r"|ends|contact|media\s+enquiries|who\s+is\s+it\s+for|why\s+it\s+matters|the\s+(?:facts|numbers|law|findings|report))\W*",
    re.IGNORECASE,
)
# Headings that name a section of a briefing or newsletter.
_SECTIONS: Final = (
    ("question", r"(?:the\s+)?(?:(?:safeguarding\s+)?question|q\s*&\s*a|quiz|poll|dilemma|scenario)\s+(?:of|for)\s+the\s+(?:week|month|day)"),
    ("course", r"(?:(?:available|current|upcoming|forthcoming|future|new|our|online|training|next|other|more|live|safeguarding|free|all)\s+)*"
        r"(?:(?:training\s+)?courses|(?:training\s+)?courses?\s+(?:dates|schedule|calendar)|training(?:\s+(?:dates|calendar|opportunities|schedule|events|programme))?|webinars|workshops|cpd(?:\s+\w+)?)"
        r"(?:\s+(?:and|&)\s+(?:events|training|webinars|courses|workshops|conferences))?(?:\s+(?:available|coming\s+up))?"),
    ("event", r"(?:(?:upcoming|forthcoming|future|our|key|local|national)\s+)*(?:events?|conferences?|dates?\s+for\s+(?:your|the)\s+diary|diary\s+dates?|what['’]s\s+on|calendar)"
        r"(?:\s+(?:and|&)\s+(?:courses|training|webinars|workshops))?"),
    ("consultation", r"(?:(?:open|current|new|government)\s+)*consultations?"),
    ("resource", r"(?:(?:new|useful|free|featured|recommended|our|latest)\s+)*(?:resources?|publications?|library|reading|research(?:\s+and\s+resources)?|toolkits?|podcasts?|videos?)"
        r"(?:\s+(?:of|for)\s+the\s+(?:week|month))?"),
    ("guidance", r"(?:(?:new|updated|latest|statutory|national|local|good\s+practice)\s+)*(?:guidance|legislation|policy(?:\s+updates?)?)(?:\s+(?:and|&)\s+\w+)?(?:\s+updates?)?"),
    ("notice", r"(?:notices?|vacanc(?:y|ies)|jobs?|adverts?|sponsors?|and\s+finally)"),
    ("news", r"(?:(?:latest|recent|national|local|other|in\s+other|safeguarding|top|sector|industry)\s+)*(?:news(?:\s+(?:in\s+brief|round\s?-?up|items|stories|updates?))?|headlines|in\s+brief|in\s+the\s+news)"),
)  # fmt: skip
SECTION_HEADS: Final = heads_of("""
    question q quiz poll dilemma scenario courses training webinars workshops cpd events conferences dates diary what
    calendar consultations resources publications library reading research toolkits podcasts videos guidance legislation
    policy notices vacancies jobs adverts sponsors finally news headlines brief
    """)
"""The heads (`lines.glance`) of words of which one stands in every heading that names a section."""


@cache
def _section() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in _SECTIONS), re.IGNORECASE)


_QUESTION = re.compile(r"(?:question|q)\s*[:.]\s*\S", re.IGNORECASE)
_ISSUE = re.compile(
    r"\b(?:briefing|bulletin|newsletter|digest|round[\s-]?up|gazette|e-?news)\b", re.IGNORECASE
)
_PERIODICAL = re.compile(
    r"\b(?:briefing|bulletin|newsletter|digest|round[\s-]?up|e-?news|update|gazette|weekly|fortnightly|monthly|news)\b",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """The words of a line, without digits alone or punctuation."""
    return _WORD.findall(text)


def is_sentence(text: str) -> bool:
    """Whether a line is running prose: long enough, and ended like a sentence."""
    return len(text) >= 60 and bool(_ENDS_SENTENCE.search(text)) and len(words(text)) >= 9


def is_title_like(text: str) -> bool:
    """Whether a line can be a title: no list leading on, no bare address, and short enough."""
    if (
        not text
        or len(text) > MAX_TITLE
        or _LEADS_ON.search(text)
        or not any(character.isalpha() for character in text)
    ):
        return False
    if text[0].islower() or furniture.is_more_link(text) or _ADDRESS.fullmatch(text.strip()):
        return False
    return text[0] not in "•·*+–—-"


def is_heading_like(text: str) -> bool:
    """Whether a line can be a heading over running text: title-like, and not itself a sentence or speech."""
    if not is_title_like(text) or len(text) > 120:
        return False
    if text[0] in "\"“‘'" and not (text[-1] in "\"”’'" and len(words(text)) <= 6) and not _QUOTED.match(text):
        return False
    if _ADDRESS.search(text):
        return False
    asks = text.rstrip("\"'”’)").endswith("?")
    broken_off = bool(_BREAKS_OFF.search(text)) and len(words(text)) <= _CUT_TITLE
    return asks or broken_off or not _ENDS_SENTENCE.search(text)


def is_inner_heading(text: str) -> bool:
    """Whether a heading is one that stands inside articles: "Background", "Key findings", "Links"."""
    return bool(_INNER.fullmatch(text.strip()))


@lru_cache(maxsize=1024)
def section_of(text: str) -> str | None:
    """The kind of item that a section heading announces ("Available Courses" → "course"), or None."""
    bare = text.strip().rstrip(":").strip()
    match = _section().fullmatch(bare) if len(bare) <= 60 else None
    return match.lastgroup if match is not None else None


def is_question(text: str) -> bool:
    """Whether a line asks the question of a column: "Question: What is …"."""
    return bool(_QUESTION.match(text))


def names_issue(text: str) -> bool:
    """Whether a heading names an issue of a periodical and not just a page of news."""
    return names_periodical(text) and bool(_ISSUE.search(text))


def names_periodical(text: str) -> bool:
    """Whether a heading says that a page is an issue of something: "Briefing", "Newsletter", "Bulletin"."""
    return len(text) <= 120 and bool(_PERIODICAL.search(text))
