"""Which edition of a guidance document is meant: "KCSIE 2024", "the 2019 edition of …", "(DfE, 2023)"."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.taxonomy.entries import editions

_MONTH: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn)"
_YEAR: Final = r"((?:19|20)\d\d)(?:\s*[/–-]\s*(?:20)?\d\d)?\b(?!\s*(?:%|per|pupils|children|schools))"
_AFTER: Final = re.compile(
    rf"[”’\"']?(?:\s+(?:statutory\s+)?(?:guidance|procedures|code|strategy))?,?\s+"
    rf"(?:for\s+|from\s+|version\s+|edition\s+)?(?:\(|–\s+|-\s+)?(?:[A-Z][\w\s&]{{1,40}},\s+)?(?:{_MONTH}\s+)?{_YEAR}"
)
_BRACKET_BETWEEN: Final = re.compile(r"[”’\"']?\s+\([^\W\d_]{2,12}\)")
_DIGIT: Final = re.compile(r"\d")
_BEFORE: Final = re.compile(
    rf"(?:\b(?:[Tt]he|[Oo]ur|[Tt]his|[Nn]ew|[Uu]pdated|[Rr]evised|[Dd]raft)\s+(?:{_MONTH}\s+)?((?:19|20)\d\d)\s+"
    r"(?:(?:edition|version|update|revision|draft)\s+(?:of|to)\s+)?(?:the\s+)?[‘“'\"]?"
    r"|\b((?:19|20)\d\d)\s+(?:edition|version|revision|draft)\s+of\s+(?:the\s+)?[‘“'\"]?)\Z"
)


def edition_of(work: str, text: str, start: int, end: int) -> str | None:
    """The edition of the work that the words around its name mean, by its year; None where they say nothing.

    A year after the last edition that we know is taken at its word; one in which there was none is not.
    """
    known = editions().get(work)
    if known is None:
        return None
    year = _year(text, start, end)
    if year is None:
        return None
    return year if year > known[-1].year or any(edition.year == year for edition in known) else None


def _year(text: str, start: int, end: int) -> str | None:
    between = _BRACKET_BETWEEN.match(text, end)
    after = _AFTER.match(text, between.end() if between is not None else end)
    if after is not None:
        return after[1]
    if not _DIGIT.search(text, max(0, start - 60), start):
        return None
    before = _BEFORE.search(text, max(0, start - 60), start)
    return (before[1] or before[2]) if before is not None else None
