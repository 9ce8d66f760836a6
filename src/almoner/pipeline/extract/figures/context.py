"""What a figure counts, who says so, where and when: the words around it, as printed."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from almoner.pipeline.lines import vocabulary

_STOPS: Final = vocabulary.words("""
    is are was were be been being has have had do does did will would can could may might must should
    shall said says say told who whom which that where when while whose why how in on at by for from to
    with without and or but nor as than then since during after before until over under between among
    across through throughout within per each every if because so although though whether not also about
    against into onto upon via including known given made found called reported held seen set used taken
    seized arrested identified linked disrupted committed believed expected aged living involved
    struggle return took died left arrived around looked it they we you he she i there this these those
    the a an all both only still now today yesterday last next
    """)
_NOBODY: Final = vocabulary.words("""
    the a an in of it this that these those they we he she i there as by for from on at and but more
    most some one since yesterday today earlier figures studies study research best data statistics
    report reports officials experts researchers many new our his her their both all other nearly about
    """)
_OF: Final = re.compile(
    r"\sof\s(?:(?:all|the|these|those|its|their|our|his|her|this|that)\s){0,2}", re.IGNORECASE
)
_WORTH: Final = re.compile(r"\s(?:worth|’s\sworth)\sof\s", re.IGNORECASE)
_CHANGED: Final = re.compile(
    r"[\s-](?:(?:year-on-year|annual|overall)\s)?(?:increases?|rises?|jump|growth|surge|decreases?|falls?|drop|reductions?|declines?"
    r"|fewer|less|more)\s(?:(?:in|of)\s(?:the\s)?)?",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(r"looked[\s-]after(?=\s)|[ \t\u00a0]+|[^\W\d_][\w’'&-]*|.", re.DOTALL)
_OPENING: Final = frozenset("-“‘\"'")
_NOT_LAST: Final = frozenset({"of", "more", "ago", "further", "extra"})
_NO_VERBS: Final = frozenset({"training", "counselling", "housing", "hearing"})
_PEOPLE: Final = frozenset({"children", "people", "men", "women"})
_LOOK: Final = 90
_WORDS: Final = 6


def counts(text: str, end: int, limit: int) -> str | None:
    """The noun phrase that follows a quantity: "recorded offences", "police forces". `limit` closes its sentence."""
    upto = min(limit, end + _LOOK)
    for skip in (_WORTH, _CHANGED, _OF):
        match = skip.match(text, end, upto)
        if match is not None:
            end = match.end()
    words: list[str] = []
    for match in _PIECE.finditer(text, end, upto):
        piece, lower = match[0], match[0].lower()
        if (piece.isspace() and "\n" not in piece) or (not words and piece in _OPENING):
            continue
        if not (lower == "of" and words) and (
            not piece[0].isalpha() or lower in _STOPS or _closes(words, lower)
        ):
            break
        words.append(piece)
    while words and words[-1].lower() in _NOT_LAST:
        words.pop()
    return " ".join(words) or None


def _closes(words: list[str], following: str) -> bool:
    """Whether a noun phrase ends before `following`: behind its plural, or before a verb form."""
    if not words:
        return False
    last = words[-1].lower()
    if (
        len(words) >= _WORDS
        or last in _PEOPLE
        or (following.endswith(("ed", "ing")) and following not in _NO_VERBS)
    ):
        return True
    plural = last.endswith("s") and not last.endswith(("ss", "'s", "’s", "us", "is"))
    return plural and not following.endswith("s")


_NAME: Final = r"[A-Z][\w’'&-]*(?:\s(?:(?:of|for|and|the|on|to|&|in)\s){0,2}[A-Z][\w’'&-]*){0,7}"


@cache
def _sayers() -> re.Pattern[str]:
    return re.compile(
        r"(?:[Aa]ccording\sto|(?:[Ff]igures|[Dd]ata|[Rr]esearch|[Ss]tatistics)\sfrom|(?:[Rr]esearch|[Aa]nalysis|[Rr]eport|[Ss]urvey)\sby)"
        rf"\s(?:the\s)?(?P<named>{_NAME})"
        rf"|(?P<subject>{_NAME})(?:\s\([A-Z][\w&-]{{1,12}}\))?"
        r"\s(?:(?:has|have|had|also|research|data|figures|officers|report|study|analysis)\s){0,2}"
        r"(?:said|says?|finds?|found|report(?:s|ed)?|show(?:s|ed)?|reveal(?:s|ed)?|estimates?d?|predict(?:s|ed)?|record(?:s|ed)?|delivered"
        r"|released|identified|suggests?|published|warn(?:s|ed)|announced|calculated|counted|received|made|arrested)\b"
    )


def who(text: str, start: int, left: int) -> str | None:
    """The body that says or did it: the nearest named one before the figure in its sentence, which opens at `left`."""
    found: str | None = None
    for match in _sayers().finditer(text, max(left, start - 300), start):
        words: list[str] = (match["named"] or match["subject"]).split()
        while words and words[0].lower() in _NOBODY:
            words = words[1:]
        if words and len(words[0]) > 1:
            found = " ".join(words)
    return found


_MONTHS: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NO_PLACE = (
    rf"(?:{_MONTHS}|Spring|Summer|Autumn|Winter|IT|A|A&E|Dec|Jan|Feb|Annex|Part|Section|Table|Chapter)\b"
)
_PLACE: Final = re.compile(
    rf"\b(?:in|across|throughout|around|within|at)\s(?:all\sof\s)?((?:the\s)?(?!{_NO_PLACE})[A-Z][\w’'-]*"
    r"(?:(?:\s(?:and|upon|on|of|the|under))?\s[A-Z][\w’'-]*){0,5})"
)
_YEAR: Final = r"(?:19|20)\d\d(?:[/–‑-]\d{2,4})?"
_DAY: Final = rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTHS}(?:\s{_YEAR})?|{_YEAR})"
_WHEN: Final = re.compile(
    rf"\b(?:in|since|during|by|until|for|over|from|as\sof|at\sthe\send\sof|up\sto|before|after|between|on)\s(?:the\s)?{_DAY}"
    rf"(?:\s(?:and|to|until)\s{_DAY})?"
    r"|\b(?:in|over|during|for)\s(?:the\s)?(?:last|past|first|previous|next|same|final|\d+|two|three|four|five|six|ten)\s(?:\w+\s){0,3}?"
    rf"(?:years?|months?|weeks?|days?|quarter|decade)\b(?:\s(?:since|to|of|ending)\s(?:\w+\s)?{_YEAR})?"
    r"|\b(?:this|last|each|every|next)\s(?:year|month|week|quarter|academic\syear|financial\syear|decade)\b"
    r"|\b(?:to\sdate|so\sfar\sthis\syear|yesterday|today|overnight)\b",
    re.IGNORECASE,
)
_NEAR: Final = 200


def where(text: str, start: int, end: int, span: tuple[int, int]) -> str | None:
    """The place named nearest to the figure in its sentence, preferably behind it: "the UK", "England and Wales"."""
    return _nearest(_PLACE, text, start, end, span)


def when(text: str, start: int, end: int, span: tuple[int, int]) -> str | None:
    """The time the figure is for, as printed, named nearest to it in its sentence: "in 2019/20", "since 2014"."""
    return _nearest(_WHEN, text, start, end, span)


def _nearest(pattern: re.Pattern[str], text: str, start: int, end: int, span: tuple[int, int]) -> str | None:
    best: tuple[int, str] | None = None
    for match in pattern.finditer(text, max(span[0], start - _NEAR), min(span[1], end + _NEAR)):
        if match.end() > start and match.start() < end:
            continue
        away = match.start() - end if match.start() >= end else start - match.end() + 20
        if best is None or away < best[0]:
            best = (away, " ".join(match[match.lastindex or 0].split()))
    return best[1] if best else None
