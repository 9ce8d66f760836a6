"""Stretches of a text in which no number counts anything: addresses, telephone and other numbers, dates, times."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Final

from almoner.pipeline.extract.figures.reasons import Aside

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s?(?:-|–|—|to|and|or|&|/)\s?"
_HOUR = r"(?:[01]?\d|2[0-4])"

_ADDRESS = (
    r"(?:https?://|www\.)\S{1,2000}|[#@]\w{1,80}"
    r"|(?<![\w.@-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,6}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}"
    r"|(?<![\w./-])[\w-]{1,64}(?:\.[\w-]{1,64}){0,6}\.(?:uk|org|com|gov|net|info|pro|pdf|docx?|xlsx?|html?|aspx?)\b(?:[/?#]\S{1,500})?"
)
_CALLED = (
    r"\b(?:call|calling|phone|ring|dial|dialling|tel|telephone|text|helpline|freephone|fax|mobile)\b[:.]{0,2}(?:\s[A-Za-z’']{1,14}){0,4}?[:,]?"
    r"\s\(?\+?(?:\d(?:[\s-]?\d){4,13}|999|111|101|112|105|119)(?![\d,.]*\d)(?!\s(?:people|children|times|calls))"
)
_TELEPHONE = (
    r"(?:\+|\b00)\d{1,3}(?:[\s().-]{0,3}\d){6,13}\b|(?<![\d.,£$€])\(?\b0\d{2,5}\)?[\s-]{0,2}\d{3,4}(?:[\s-]?\d{2,6}){0,2}\b"
    rf"|{_CALLED}"
    r"|\b(?:999|111|101|112|116\s123|105|119|18000)(?=\s(?:calls?\b|service|emergenc|non-emergency|operator|line\b|or\s\d))"
    r"|(?<=\bon\s)(?:999|111|101|112|116\s123|105)\b(?!\s[a-z]+s\b)"
)
_IDENTIFIER = (
    r"\b(?:no|nos|number|numbered|registration|registered|ref|reference|isbn|issn|urn|ukprn|vat|doi|licen[cs]e)\b[.:]{0,2}"
    r"(?:\s(?:in|england|and|wales|scotland|no|number|charity|company|under|as|is)\b[.:]?){0,6}[\s#:.]{0,3}[A-Z]{0,3}\d(?:[\d/-]|\s(?=\d)){3,18}\d\b"
    r"|(?<![\d,.£$€])\d{7,30}\b(?![,.]\d|\s?%|\s(?:people|children|pupils|pounds|users|adults|women|men))"
)
_DATE = (
    rf"\b{_DAY}(?:{_TO}{_DAY})?[\s-]+(?:of\s+)?{_MONTH}(?:[,\s-]{{0,3}}{_YEAR}\b)?"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)\b(?:,?\s+{_YEAR}\b)?"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:,?\s+{_YEAR}\b|(?=\s?[,.;)]|\s(?:at|and|to|in|from|by|for)\b|$))"
    rf"|\b{_MONTH},?\s+{_YEAR}\b"
    rf"|\b{_YEAR}(?:[/–]|-)(?:{_YEAR}|\d\d)\b(?![\d%/-])|\b{_YEAR}\s(?:to|and)\s{_YEAR}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)\b(?!\.\d)|\b\d{4}[/-]\d\d[/-]\d\d\b|\b(?:9/11|7/7)\b"
    rf"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?{_DAY}\b"
    r"|\b\d\d/\d\d(?=\s(?:academic|financial|school|season|year|tax))"
)
_CLOCK = (
    r"\b24/7\b"
    rf"|\b{_HOUR}(?:[:.][0-5]\d)?(?:\s?[ap]\.?m\b\.?)?\s?(?:-|–|to|until|and)\s?{_HOUR}(?:[:.][0-5]\d)?\s?[ap]\.?m\b\.?"
    rf"|\b{_HOUR}(?:[:.][0-5]\d)?\s?[ap]\.?m\b\.?|\b{_HOUR}[:.][0-5]\d\s?(?:-|–|to|until)\s?{_HOUR}[:.][0-5]\d\b"
    rf"|\b{_HOUR}:[0-5]\d(?::[0-5]\d)?\b(?!\.\d)|\b\w{{1,6}}\so['’]clock\b|\b(?:half|quarter)\s(?:past|to)\s\w{{1,8}}\b"
)
_SORTS: Final = (
    (Aside.ADDRESS, _ADDRESS),
    (Aside.DATE, _DATE),
    (Aside.CLOCK, _CLOCK),
    (Aside.TELEPHONE, _TELEPHONE),
    (Aside.IDENTIFIER, _IDENTIFIER),
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{reason.value}>{pattern})" for reason, pattern in _SORTS), re.IGNORECASE)


class Taken:
    """The stretches of one text, in order; `reason_at` tells which one a position stands in."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._reasons: list[Aside] = []
        for match in _pattern().finditer(text):
            self._starts.append(match.start())
            self._ends.append(match.end())
            self._reasons.append(Aside(str(match.lastgroup)))

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
