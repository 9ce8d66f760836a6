"""The words by which a page says how sure it is of a number: "more than", "around", "up to", "or so"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from almoner.pipeline.lines import vocabulary

_BEFORE = (
    r"(?:(?:just|slightly|well|significantly|considerably|far|much|a\slittle)\s)?"
    r"(?:more\sthan|less\sthan|fewer\sthan|greater\sthan|higher\sthan|lower\sthan|larger\sthan|smaller\sthan|better\sthan|over|under|above|below)"
    r"|no\s(?:more|less|fewer|later|earlier)\sthan|not\s(?:more|less|fewer)\sthan"
    r"|at\s(?:the\s(?:very\s)?)?(?:least|most|minimum|maximum)|as\s(?:many|much|few|little|high|low)\sas|up\s?to(?:\saround|\sabout)?|down\sto"
    r"|upwards?\sof|in\sexcess\sof|exceeding|exceeds|a?\s?(?:minimum|maximum)\sof|to\s(?:a\s)?maximum\sof"
    r"|(?:region|order|range)\sof|to\sthe\stune\sof|of\sthe\sorder\sof|something\slike|anything\sup\sto"
    r"|(?:very\s)?(?:nearly|almost)|close\sto|approaching|around|about|approximately|approx\b\.?|roughly|circa|\bca?\.|some"
    r"|(?:an\s)?estimated|an\sestimate\sof|(?:a\s)?reported|believed\sto\sbe|thought\sto\sbe|(?:a\s)?projected|within|maximum|minimum|max|min"
    r"|near|just\sshort\sof|just\sshy\sof|typically|only\sabout|a\sfurther|another"
)
MARKS: Final = "~∼≈≃±<>≤≥⩽⩾≲≳"
"""Hedges of one character."""
_SIGN = rf"[{MARKS}]\s?"
_AFTER = (
    r"\s(?:or\s(?:so|thereabouts|more|fewer|less|over|above|under|below|higher|lower|greater|older|younger)|and\s(?:over|above|more|under|below|older)"
    r"|plus)\b|(?<=\d)\+(?!\d)|(?<=\d)-plus\b"
)


LAST_WORDS: Final = vocabulary.words("""
    than over under above below least most minimum maximum as to around about of exceeding exceeds
    nearly almost approaching approximately approx roughly circa ca c some estimated reported be
    projected within max min near typically further another a an
    """)
"""A hedge in words ends with one of these: a quick look before the long one."""

_CLOSES: Final = frozenset({"", *".,;:!?)]|/%"})
"""Behind a quantity that is followed by one of these stands no hedge."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge as printed, at `start`..`end` of the text."""

    start: int
    end: int
    text: str


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![\w-])(?P<word>{_BEFORE})(?:\san?)?\s|(?P<sign>{_SIGN}))\s?$", re.IGNORECASE)


@cache
def _before_time() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(?P<word>after|before|every|last|past|first|next|(?:approximately|about|around)\severy)\s$",
        re.IGNORECASE,
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(_AFTER, re.IGNORECASE)


def hedge_before(text: str, start: int) -> Hedge | None:
    """The hedge that ends directly before `start`, where a quantity (its sign of money included) begins."""
    window = max(0, start - 32)
    left = text[window:start]
    last = left.rsplit(None, 1)
    if not last or (last[-1].lower().rstrip(".") not in LAST_WORDS and last[-1][-1] not in MARKS):
        return None
    match = _before().search(left)
    if match is None:
        return None
    group = "word" if match["word"] else "sign"
    return Hedge(window + match.start(group), window + match.end(group), " ".join(match[group].split()))


def time_before(text: str, start: int) -> int | None:
    """Where the word starts that places a length of time: "after 3 weeks", "every 5 years"; or None."""
    window = max(0, start - 24)
    match = _before_time().search(text[window:start])
    return window + match.start() if match else None


def hedge_after(text: str, end: int) -> Hedge | None:
    """The hedge that stands directly behind a quantity: "or more", "200+"."""
    if text[end : end + 1] in _CLOSES:
        return None
    match = _after().match(text, end, end + 20)
    return Hedge(match.start(), match.end(), " ".join(match[0].split())) if match else None
