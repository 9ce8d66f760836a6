"""Metadata lines: "Source: X published on this site 9 April 2025 by Y", "Posted April 18th, 2019 in A, B by Z".

A metadata line is made of labels, the values behind them, and little else. `read` takes it apart; a line with
a remainder that reads like a sentence is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from almoner.lib.frozen import swift
from almoner.pipeline.lines import credit, dates, labels, vocabulary
from almoner.pipeline.lines.dates import DateMention, Order
from almoner.pipeline.lines.labels import Label, Sort
from almoner.pipeline.lines.names import (
    ORGANISATION_WORDS,
    looks_organisational,
    looks_personal,
    without_abbreviation,
)

MAX_LENGTH: Final = 300
"""Longer lines are prose."""
MAX_PIECE: Final = 6
"""Words of what no label governs: a name, a body or a category has no more."""

_SEPARATOR: Final = re.compile(r"\s*[|•·∙‣/»›]\s*|\s+[–—-]\s+|\t+|\s{3,}")
_TITLE_AFTER_DATE: Final = re.compile(
    r"\s*(?::\s*(?!by\b)(?:[^\s|]+\s+){2,}|[–—-]\s*(?!by\b)(?:[^\s|]+\s+){4,})", re.IGNORECASE
)
_NOISE: Final = re.compile(
    r"\b(?:no|\d+)\s+(?:comments?|responses?|replies|views?|shares?|likes?|min(?:ute)?s?(?:\s+read)?)\b:?"
    r"|\bleave\s+a\s+(?:comment|reply)\b|\bat\s+\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
"""What content systems print beside the rest: counts, the hour of a posting."""
_NOISY: Final = ("comment", "response", "repl", "view", "share", "like", "min", "at")
_RUNS_ON: Final = ("By", "Posted", "Published", "Updated")
_RUN_ON: Final = re.compile(rf"(?<=\d)(?=(?:{'|'.join(_RUNS_ON)})\b)")
_LABELLED: Final = re.compile(r"[A-Z][\w’'/() -]{1,34}:\s*\S(?:[^.?!]|[.?!](?=\S)){0,80}")
_CATEGORY_WORDS: Final = vocabulary.words("""
    adult adults all and announcement announcements appeal article articles blog blogs briefing bulletin
    business campaign case cases charity children community consultation consultations crime domestic abuse
    education england event events exploitation families family feature features guidance health human in
    interview interviews international inspection ireland latest law lifestyle local media mental missing
    national news northern notice online opinion our parents people podcast policy politics press prevention
    publication publications release releases report reports research resource resources safety safeguarding
    school schools scotland social care speech sport sports statement statements statistics stories story
    technology the training uk update updates video wales welfare work world young youth &
    """)
_JOINT: Final = re.compile(r"(?:^|\s)(?:on|at|in|and|posted|date)$", re.IGNORECASE)
_USER_NAME: Final = re.compile(r"[\w.@:-]{2,30}\Z")
_RELATIVE: Final = re.compile(
    r"(?:\d+|an?|one)\s+(?:minute|hour|day|week|month|year)s?\s+ago|yesterday|today", re.IGNORECASE
)


@swift
@dataclass(frozen=True, slots=True)
class Metadata:
    """What a metadata line says; each value as printed. `labels` is its shape, for comparing lines."""

    labels: tuple[str, ...]
    published: DateMention | None = None
    updated: DateMention | None = None
    added: DateMention | None = None
    source: str | None = None
    author: str | None = None
    byline: str | None = None
    categories: tuple[str, ...] = ()
    relative: str = ""

    @property
    def has_date(self) -> bool:
        """Whether any date of the item stands in it."""
        return bool(self.published or self.updated or self.added)


def read(text: str, order: Order = "dmy") -> Metadata | None:
    """What the line says if it is a metadata line, else None."""
    return _remembered(text, order) if len(text) <= 2 * MAX_LENGTH else _read(text, order)


@lru_cache(maxsize=4096)
def _remembered(text: str, order: Order) -> Metadata | None:
    """Splitting and extraction both ask about the same lines, and lists repeat them."""
    return _read(text, order)


def _read(text: str, order: Order) -> Metadata | None:
    line = text.strip().strip("()[]*_").strip()
    if any(word in line for word in _RUNS_ON):
        line = _RUN_ON.sub(" ", line)
    if not line or len(line) > MAX_LENGTH:
        return None
    if _RELATIVE.fullmatch(line):
        return Metadata(("relative",), relative=line)
    found = dates.mentions(line, order)
    if not found and not labels.may_stand_alone(line):
        return None
    if len(found) == 1 and found[0].year is not None and (found[0].start, found[0].end) == (0, len(line)):
        return Metadata(("date",), found[0])
    named = labels.find(line, found)
    closing = credit.read(line) if not found else None
    if closing is not None and closing.outlet is not None:
        return None  # "Article by Rowan Vale for the Courier" closes an item and credits its outlet
    if found and found[0].start == 0 and _TITLE_AFTER_DATE.match(line, found[0].end):
        return None  # "24/01/2022: Title of an entry" is an entry, not a line about one
    dates_it = bool(named) and named[0].start == 0 and named[0].sort in labels.TIMES
    ago = dates_it and not found and _RELATIVE.match(line, named[0].end) is not None
    if not found and not ago and not any(label.strong for label in named) and not _is_byline(line, named):
        return None
    if not named and (len(found) != 1 or not _stands_apart(line, found[0])):
        return None
    if not named and line.endswith(".") and not dates.is_only_date(line, order):
        return None  # a short sentence
    return _assemble(line, found, named)


def _stands_apart(line: str, mention: DateMention) -> bool:
    """Whether a date without a label is set off from the rest, as it must be where no day was printed."""
    before, after = line[: mention.start].rstrip(), line[mention.end :].lstrip()
    return mention.day is not None or (
        (not before or before[-1] in "|,–—-•·/") and (not after or after[0] in "|,–—-•·/")
    )


def is_labelled(text: str) -> bool:
    """Whether a line is a label and a short value ("Venue: Town Hall"), as stands in groups beside dates."""
    return len(text) <= 110 and bool(_LABELLED.fullmatch(text.strip()))


def is_bare_label(text: str) -> bool:
    """Whether a line is nothing but what could stand beside a date: a body's name, or a sort of text."""
    if text.endswith((".", "?", "!", ":")):
        return False
    words = text.lower().split()
    known = any(word in ORGANISATION_WORDS for word in words)
    return all(word in _CATEGORY_WORDS for word in words) or (known and looks_organisational(text))


def people(names: str) -> list[str]:
    """The names in "A, B and C"."""
    return [piece.strip() for piece in re.split(r"\s*(?:,|;|&|\band\b)\s*", names) if piece.strip()]


def _is_byline(line: str, named: Sequence[Label]) -> bool:
    """Whether a line is "By Rowan Vale, education reporter" and no more."""
    return (
        bool(named)
        and named[0].start == 0
        and named[0].sort in {Sort.BYLINE, Sort.AUTHOR}
        and len(line.split()) <= 14
        and all(looks_personal(name) for name in people(_without_office(line[named[0].end :]) or line))
    )


class _Values:
    """The values of a line by the label before them, its times, and what no label governs."""

    def __init__(self, line: str, found: Sequence[DateMention], named: Sequence[Label]) -> None:
        self.said: dict[Sort, str] = {}
        self.times: dict[Sort, DateMention] = {}
        self.loose: list[str] = []
        self.shape: list[str] = []
        current: Sort | None = None
        pending = Sort.PUBLISHED
        position = 0
        for start, end, mark in _marks(line, found, named):
            if start < position:
                continue
            self._take(line[position:start], current)
            position = end
            if isinstance(mark, DateMention):
                self.times.setdefault(pending, mark)
                self.shape.append("date" if pending is Sort.PUBLISHED else pending)
                current, pending = None, Sort.PUBLISHED
            elif mark is None:
                current = None
            else:
                self.shape.append(mark)
                current = mark
                if mark in labels.TIMES:
                    current, pending = None, Sort.PUBLISHED if mark is Sort.DATED else mark
        self._take(line[position:], current)

    def _take(self, text: str, current: Sort | None) -> None:
        value = _JOINT.sub("", text.strip(" \t,;|–—-•·/»›@:")).strip(" ,;|–—-")
        if value.count("(") != value.count(")"):
            value = value.strip("() ")
        if not any(map(str.isalnum, value)):
            return  # the full stop in "Published 3 May 2024. Updated 5 May 2024."
        if current is None:
            self.loose.append(value)
        else:
            self.said.setdefault(current, value)


def _marks(
    line: str, found: Sequence[DateMention], named: Sequence[Label]
) -> list[tuple[int, int, Sort | DateMention | None]]:
    """Where a value can end: at dates, labels and noise (None)."""
    marks: list[tuple[int, int, Sort | DateMention | None]] = [(m.start, m.end, m) for m in found]
    marks += [(label.start, label.end, label.sort) for label in named]
    lower = line.lower()
    if any(word in lower for word in _NOISY):
        marks += [(noise.start(), noise.end(), None) for noise in _NOISE.finditer(line)]
    return sorted(marks, key=lambda mark: mark[0])


def _assemble(line: str, found: Sequence[DateMention], named: Sequence[Label]) -> Metadata | None:
    values = _Values(line, found, named)
    loose = list(_pieces(values.loose))
    if any(len(piece.split()) > MAX_PIECE for piece in loose):
        return None
    said, times = values.said, values.times
    author, byline, source = said.get(Sort.AUTHOR), said.get(Sort.BYLINE), said.get(Sort.SOURCE)
    if byline and not author and values.shape[0] == Sort.BYLINE:
        author, byline = byline, None  # "By X" wrote it; "posted by X" put it on the page
    author, byline = _without_office(author), _without_office(byline)
    categories = _categories(said.get(Sort.CATEGORIES, ""))
    dated = any(mention.year is not None for mention in times.values())
    relative = ""
    for piece in loose:
        if _RELATIVE.fullmatch(piece):
            relative = piece
        elif looks_personal(piece) and not byline and not author:
            author = piece
        elif dated and not source and _names_body(piece, line):
            source = piece
        elif dated and _is_label_like(piece, "|" in line):
            categories = (*categories, *_categories(piece))
        else:
            return None
    if times and not dated and (values.loose or not any(label.strong for label in named)):
        return None
    if not _fits(author, byline, source, categories, said):
        return None
    if not (times or source or author or byline or categories or said or relative):
        return None
    return Metadata(
        tuple(values.shape),
        times.get(Sort.PUBLISHED),
        times.get(Sort.UPDATED),
        times.get(Sort.ADDED),
        without_abbreviation(source) if source else None,
        author,
        byline,
        categories,
        relative,
    )


def _pieces(loose: Sequence[str]) -> Iterator[str]:
    for value in loose:
        yield from filter(None, (piece.strip() for piece in _SEPARATOR.split(value)))


def _fits(
    author: str | None,
    byline: str | None,
    source: str | None,
    categories: Sequence[str],
    said: dict[Sort, str],
) -> bool:
    """Whether each value is of the sort its label promises; a label that governs prose is no label."""
    for name in filter(None, (author, byline)):
        if len(name) > 90 or not all(
            looks_personal(piece) or looks_organisational(piece) or _USER_NAME.match(piece)
            for piece in people(name)
        ):
            return False
    if source is not None and (
        len(source.split()) > 14 or source.endswith(("?", "!", ":")) or ". " in source
    ):
        return False
    if any(len(name.split()) > 7 or name.endswith(".") for name in categories):
        return False
    return all(len(value.split()) <= 20 for value in said.values())


def _names_body(piece: str, line: str) -> bool:
    """Whether an unlabelled piece beside a date is the body it came from rather than a category."""
    words = [word.lower() for word in piece.split()]
    if len(words) > 6 or ":" in piece or piece.count("(") != piece.count(")"):
        return False
    if all(word in _CATEGORY_WORDS for word in words):
        return False
    if piece.isupper() and (len(piece) > 6 or len(words) > 1):
        return False
    head = re.split(r"\s+(?:of|for|in|on|against|and)\s+", piece.lower(), maxsplit=1)[0].split()
    known = (
        any(word.rstrip(".") in ORGANISATION_WORDS for word in (words[-1], *head[-1:]))
        or re.fullmatch(r"[A-Z][A-Za-z&]*[A-Z]", piece)
        or re.search(r"\b[A-Z]{2,}\b", piece)
    )
    return (bool(known) and looks_organisational(piece)) or (
        len(words) == 1 and piece.islower() and "|" in line
    )


def _without_office(value: str | None) -> str | None:
    """The name in "Rowan Vale, education reporter"."""
    if value is None or looks_personal(value):
        return value
    name = value.split(",", 1)[0].strip()
    return name if looks_personal(name) and value.count(",") <= 3 else value


def _is_label_like(piece: str, in_columns: bool) -> bool:
    """Whether an unlabelled piece beside a date can be a category: two words, or four between bars,
    capitalised throughout. Three and more beside a bare date are the title of what is on that day."""
    words = piece.split()
    if len(words) <= 3 and all(word.lower() in _CATEGORY_WORDS for word in words):
        return True
    if len(words) > (4 if in_columns else 2) or piece.endswith((".", "?", "!", ":")):
        return False
    return (
        all(word[0].isupper() or word[0].isdigit() or len(word) <= 3 for word in words)
        and words[0][0].isupper()
    )


def _categories(value: str) -> tuple[str, ...]:
    pieces = (piece.strip(" .#") for piece in re.split(r"\s*[,;|•]\s*", value))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
