"""Entries of one line: a title with its date or its credit beside it.

"12 March 2024 – New guidance on exclusions", "New guidance on exclusions – DfE, 12 March 2024", "New guidance on
exclusions - Schools Week (Sam Reed)", "August 2020 | A blog"; under a month's heading "24th – New guidance".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from almoner.lib.frozen import swift
from almoner.pipeline.lines import credit, dates
from almoner.pipeline.lines.credit import NO_FORMS, Forms
from almoner.pipeline.lines.dates import DateMention, Order
from almoner.pipeline.lines.names import looks_organisational, without_abbreviation

MAX_LENGTH: Final = 300
_EDGE: Final = " \t:–—-|•·,."
_NUMBER: Final = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")
_LABEL: Final = re.compile(r"\W*(?:(?:news|latest)\s+)?(?:update|news|new)?\W*", re.IGNORECASE)
_DAY: Final = re.compile(
    r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s*[–—:-]\s*(?=\S)|(?P<nth>[0-3]?\d)(?:st|nd|rd|th)\s+(?=[A-Z‘“\"'])"
)
_SET_OFF: Final = re.compile(r"\s*[:–—|-]\s*\S")
_SOURCE_AT_END: Final = re.compile(r"(?P<title>.{8,}?)\s+[–—-]\s+(?P<source>[^–—]{2,60})")


@swift
@dataclass(frozen=True, slots=True)
class Entry:
    """A title without the date and credit that are printed beside it. `partial` is a day, or a day and a month, that wants the rest
    from a heading above; where there is no month it is 0."""

    title: str
    published: DateMention | None = None
    source: str | None = None
    author: str | None = None
    partial: DateMention | None = None

    @property
    def shape(self) -> str:
        """What the line has besides its title, for comparing lines."""
        return (
            "date"
            if self.published
            else "credit"
            if self.author or self.source
            else "day"
            if self.partial
            else ""
        )


def read(text: str, order: Order = "dmy", common: Forms = NO_FORMS) -> Entry | None:
    """The entry in a line, or None where it is none. `common` are the forms that lines of the page share."""
    if len(text) > MAX_LENGTH:
        return None
    line = _NUMBER.sub("", text, count=1)
    found = [mention for mention in dates.mentions(line, order) if mention.year is not None]
    if len(found) == 1:
        entry = _behind(line, found[0]) or _before(line, found[0])
        if entry is not None:
            return entry
    inside = credit.in_title(line, order, common)
    if inside.bare != line and inside.source:
        return Entry(inside.bare, inside.published, inside.source, inside.author)
    return _partly_dated(line, order)


def _partly_dated(line: str, order: Order) -> Entry | None:
    """The entry behind a day ("24th – Title") or a day and a month ("14 Dec: Title")."""
    found = [
        mention for mention in dates.mentions(line[:40], order) if mention.start == 0 and mention.year is None
    ]
    if found and found[0].day is not None and _SET_OFF.match(line, found[0].end):
        title = line[found[0].end :].strip(_EDGE)
        return Entry(title, partial=found[0]) if len(title) >= 8 else None
    day = _DAY.match(line)
    number = int(day["day"] or day["nth"]) if day is not None else 0
    if day is None or not 1 <= number <= 31 or len(line) - day.end() < 8:
        return None
    return Entry(line[day.end() :], partial=DateMention(0, day.end(), day[0].strip(" –—:-"), None, 0, number))


def _behind(line: str, mention: DateMention) -> Entry | None:
    """The entry whose title stands behind its date."""
    before, after = line[: mention.start], line[mention.end :]
    title = _trimmed(after)
    if not _LABEL.fullmatch(before) or len(title) < 8 or after[:1] not in {*" :–—-|)],\t"}:
        return None
    rest = after.lstrip(" )]")
    set_off = rest[:1] in {*":–—-|•·\t"}
    if mention.day is None and not set_off:
        return None
    if (
        not set_off
        and not (rest[:1].isupper() and not rest.rstrip().endswith("."))
        and rest[:1] not in {*"‘“'\""}
    ):
        return None
    return Entry(title, mention)


def _before(line: str, mention: DateMention) -> Entry | None:
    """The entry whose title stands before its date, and perhaps its source between them."""
    before, after = line[: mention.start], line[mention.end :]
    title = _trimmed(before)
    if (
        _trimmed(after).strip("()[]")
        or len(title) < 8
        or ". " in before
        or before.rstrip(_EDGE).endswith((".", "!"))
    ):
        return None
    if before.rstrip(" ")[-1:] not in {*"(–—-|[,:\t"}:
        return None
    told = _SOURCE_AT_END.fullmatch(title) if before.rstrip().endswith(",") else None
    if told is not None and looks_organisational(told["source"]):
        return Entry(told["title"].strip(), mention, without_abbreviation(told["source"]))
    return Entry(title, mention) if mention.day is not None else None


def _trimmed(text: str) -> str:
    """`text` without the marks that set it off, and without a bracket that has lost its other half."""
    bare = text.strip(_EDGE)
    if bare.startswith((")", "]")):
        bare = bare[1:].strip(_EDGE)
    if bare.endswith(("(", "[")):
        bare = bare[:-1].strip(_EDGE)
    return bare
