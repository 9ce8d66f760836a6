"""Stretches of a text in which no number counts anything: addresses, telephone and other numbers, dates, times."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Final

from almoner.pipeline.extract.figures.reasons import Aside
from almoner.pipeline.lines import glance, vocabulary

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|(?-i:Mar(?:ch)?|MAR(?:CH)?|May|MAY)|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s?(?:-|–|—|to|and|or|&|/)\s?"
_HOUR = r"(?:[01]?\d|2[0-4])"

# It begins with one set of letters, since those are found without trying each place of a text.
_ADDRESS: Final = re.compile(
    r"[:.#@wW](?:(?<=:)//|(?<=[#@])\w|(?<=\b[wW])(?i:ww\.)"
    r"|(?<=\.)(?i:uk|org|com|gov|net|info|pro|pdf|docx?|xlsx?|html?|aspx?)\b)"
)
_LONGEST_RUN: Final = 2_000
BEHIND: Final = _LONGEST_RUN + 400
"""Characters behind a number that can decide what stretch it stands in."""
_RUN: Final = re.compile(rf"\S{{0,{_LONGEST_RUN}}}")
_WINDOW: Final = 70
"""Characters around a digit in which the rest of a date or a telephone number stands."""
# Each sort has two lists: what starts with a digit (or its bracket, or a plus), and what starts with a word.
_CALLED = (
    r"(?:call|calling|phone|ring|dial|dialling|tel|telephone|text|helpline|freephone|fax|mobile)\b[:.]{0,2}(?:\s[A-Za-z’']{1,14}){0,4}?[:,]?"
    r"\s\(?\+?(?:\d(?:[\s-]?\d){4,13}|999|111|101|112|105|119)(?![\d,.]*\d)(?!\s(?:people|children|times|calls))"
)
_TELEPHONE = (
    r"(?<![\d.,£$€-])\(?\b\d{3}\)?[\s.-]\d{3}[.-]\d{4}\b"
    r"|(?:\+|\b00)\d{1,3}(?:[\s().-]{0,3}\d){6,13}\b|(?<![\d.,£$€])\(?\b0\d{2,5}\)?[\s-]{0,2}\d{3,4}(?:[\s-]?\d{2,6}){0,2}\b"
    r"|\b(?:999|111|101|112|116\s123|105|119|18000)(?=\s(?:calls?\b|service|emergenc|non-emergency|operator|line\b|or\s\d))"
    r"|(?<=\bon\s)(?:999|111|101|112|116\s123|105)\b(?!\s[a-z]+s\b)"
)
_NUMBERED = (
    r"(?:no|nos|number|numbered|registration|registered|ref|reference|isbn|issn|urn|ukprn|vat|doi|licen[cs]e)\b[.:]{0,2}"
    r"(?:\s(?:in|england|and|wales|scotland|no|number|charity|company|under|as|is)\b[.:]?){0,6}[\s#:.]{0,3}[A-Z]{0,3}\d(?:[\d/-]|\s(?=\d)){3,18}\d\b"
)
_IDENTIFIER = (
    r"(?<![\d,.£$€])\d{7,30}\b(?![,.]\d|\s?%|\s(?:people|children|pupils|pounds|users|adults|women|men))"
)
_DAY_FIRST = (
    rf"\b{_DAY}(?:{_TO}{_DAY})?[\s-]+(?:of\s+)?{_MONTH}(?:[,\s-]{{0,3}}{_YEAR}\b)?"
    rf"|\b{_YEAR}[/–‑-](?:{_YEAR}|\d\d)\b(?![\d%/-])|\b{_YEAR}\s(?:to|and)\s{_YEAR}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)\b(?!\.\d)|\b\d{4}[/-]\d\d[/-]\d\d\b|\b(?:9/11|7/7)\b"
    r"|\b\d\d/\d\d(?=\s(?:academic|financial|school|season|year|tax))"
)
_MONTH_FIRST = (
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)\b(?:,?\s+{_YEAR}\b)?"
    rf"|(?!ma[ry]\b|march){_MONTH}\s+\d{{1,2}}\b(?!\s?%)(?:,?\s+{_YEAR}\b)?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:,?\s+{_YEAR}\b|(?=\s?[,.;)]|\s(?:at|and|to|in|from|by|for)\b|$))"
    rf"|{_MONTH},?\s+{_YEAR}\b"
    rf"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?{_DAY}\b"
)
_CLOCK = (
    r"\b24/7\b"
    rf"|\b{_HOUR}(?:[:.][0-5]\d)?(?:\s?[ap]\.?m\b\.?)?\s?(?:-|–|to|until|and)\s?{_HOUR}(?:[:.][0-5]\d)?\s?[ap]\.?m\b\.?"
    rf"|\b{_HOUR}(?:[:.][0-5]\d)?\s?[ap]\.?m\b\.?|\b{_HOUR}[:.][0-5]\d\s?(?:-|–|to|until)\s?{_HOUR}[:.][0-5]\d\b"
    rf"|\b{_HOUR}:[0-5]\d(?::[0-5]\d)?\b(?!\.\d)|\b\d{{1,2}}\so['’]clock\b"
)
_HALF_PAST = r"(?:half|quarter)\s(?:past|to)\s\w{1,8}\b|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\so['’]clock\b"
_FROM_DIGIT: Final = (
    (Aside.DATE, _DAY_FIRST),
    (Aside.CLOCK, _CLOCK),
    (Aside.TELEPHONE, _TELEPHONE),
    (Aside.IDENTIFIER, _IDENTIFIER),
)
_FROM_WORD: Final = (
    (Aside.DATE, _MONTH_FIRST),
    (Aside.CLOCK, _HALF_PAST),
    (Aside.TELEPHONE, _CALLED),
    (Aside.IDENTIFIER, _NUMBERED),
)
_DIGITS: Final = re.compile(r"\d+")
_BEGINS: Final = re.compile(r"[\d+(]\d*")
_WORDS: Final = vocabulary.words("""
    jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov
    november dec december monday tuesday wednesday thursday friday saturday sunday half quarter clock
    call calling phone ring dial dialling tel telephone text helpline freephone fax mobile
    no nos number numbered registration registered ref reference isbn issn urn ukprn vat doi licence license
    """)
"""Of these one stands in each stretch that begins with a word."""


@cache
def _from_digit() -> re.Pattern[str]:
    digit = "|".join(f"(?P<{reason.value}>{pattern})" for reason, pattern in _FROM_DIGIT)
    return re.compile(digit, re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    word = "|".join(f"(?P<{reason.value}_>{pattern})" for reason, pattern in _FROM_WORD)
    return re.compile(rf"(?=[\d+(])(?:{_from_digit().pattern})|\b(?=[a-z])(?:{word})", re.IGNORECASE)


def _stretches(text: str, left: int, right: int) -> Iterator[re.Match[str]]:
    """The dates, times and numbers of other kinds from `left` to `right`, in a text without such words."""
    pattern, end = _from_digit(), left
    for begins in _BEGINS.finditer(text, left, right):
        at = begins.start()
        if at < end:
            continue
        match = pattern.match(text, at, right)
        if match is None and not text[at].isdecimal():
            match = pattern.match(text, at + 1, right)
        if match is not None:
            end = match.end()
            yield match


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that lie near a digit, apart from each other."""
    left = right = -1
    for match in _DIGITS.finditer(text):
        if match.start() - _WINDOW > right:
            if right >= 0:
                yield left, right
            left = max(0, match.start() - _WINDOW)
        right = match.end() + _WINDOW
    if right >= 0:
        yield left, right


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Every run of characters without a space that holds an address, a hashtag or a file name."""
    last = 0
    for match in _ADDRESS.finditer(text):
        if match.start() < last:
            continue
        head = text[max(last, match.start() - 300) : match.start()]
        start = match.start() - len(head) + max(head.rfind(" "), head.rfind("\n"), head.rfind("\t")) + 1
        run = _RUN.match(text, start)
        last = run.end() if run else match.end()
        yield start, last


class Taken:
    """The stretches of one text, in order, of its first `upto` characters; `reason_at` tells which one a position
    stands in."""

    def __init__(self, text: str, upto: int | None = None) -> None:
        worded = not _WORDS.isdisjoint(glance.words_of(text))
        text = text[:upto]
        found = [(start, end, Aside.ADDRESS) for start, end in _addresses(text)]
        for left, right in _windows(text):
            found.extend(
                (match.start(), match.end(), Aside(str(match.lastgroup).rstrip("_")))
                for match in (
                    _pattern().finditer(text, left, right) if worded else _stretches(text, left, right)
                )
            )
        found.sort()
        self._starts = [start for start, _, _ in found]
        self._ends = [end for _, end, _ in found]
        self._reasons = [reason for _, _, reason in found]

    def stretch_at(self, position: int) -> tuple[int, int, Aside] | None:
        """The stretch that a number at this position stands in, and why it counts nothing; or None."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self._ends[index]:
            return None
        return self._starts[index], self._ends[index], self._reasons[index]

    def reason_at(self, position: int) -> Aside | None:
        """Why a number at this position counts nothing, or None."""
        stretch = self.stretch_at(position)
        return stretch[2] if stretch else None
