"""Metadata lines: "Source: X published on this site 9 April 2025 by Y", "Posted April 18th, 2019 in A, B by Z".

A metadata line is made of labels, the values behind them, and little else. `read` takes it apart; a line with
a remainder that reads like a sentence is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.lines import credit, dates, vocabulary
from almoner.pipeline.lines.dates import DateMention, Order
from almoner.pipeline.lines.names import (
    ORGANISATION_WORDS,
    looks_organisational,
    looks_personal,
    without_abbreviation,
)

MAX_LENGTH: Final = 300
"""Longer lines are prose."""

# Label → what its value is. The order matters: longer forms first. `on`-forms swallow "on this website".
_SITE = r"(?:\s+(?:on|to|at)\s+(?:this|the|our)\s+(?:web\s?site|site|page|blog|library|news\s?feed))?"
_LABELS: Final = (
    ("categories", r"posted\s+in|filed\s+(?:under|in)"),
    ("updated", r"(?:last|date|page|content|first)?\s*(?:updated|modified|amended|reviewed|edited|revised)"
                rf"{_SITE}(?:\s+on)?(?:\s+date)?"),
    ("added", rf"(?:date\s+)?(?:added|uploaded|entered|catalogued){_SITE}(?:\s+on)?"),
    ("published", r"(?:first\s+|originally\s+|date\s+)?(?:published|posted|issued|released|submitted|created)"
                  rf"(?:\s+date)?{_SITE}(?:\s+on)?"),
    ("published", r"(?:publication|release|issue|publish|post|article|news)\s+date|date\s+of\s+(?:publication|issue)"),
    ("dated", r"date"),
    ("author", r"(?:written|reported|words|text|story|article)\s+by|author(?:\(s\)|s)?|reporter|writer"),
    ("byline", r"posted\s+by|published\s+by|added\s+by|submitted\s+by|uploaded\s+by|by"),
    ("source", r"(?:news\s+)?source|from|publisher|organisation|organization|issued\s+by"),
    ("categories", r"categor(?:y|ies)|tag(?:s|ged)?(?:\s+(?:with|as|in))?"
                   r"|topics?|subjects?|sections?|themes?|labels?|keywords?|in"),
    ("other", r"(?:estimated\s+)?(?:reading\s+time|read\s+time)|type|content\s+type|document\s+type|audience|region|location"
              r"|comments?|views|views?|reference|ref|format|language|applies\s+to|isbn|pages|file\s+size|document"),
)  # fmt: skip
_WEAK: Final = frozenset(
    {"by", "in", "from", "document", "section", "type", "pages", "source", "date", "author"}
)
_LABEL = re.compile(
    r"(?<![\w’'-])(?:"
    + "|".join(f"(?P<l{n}>{form})" for n, (_, form) in enumerate(_LABELS))
    + r")(?![\w’'-])\s*(?P<colon>:)?\s*",
    re.IGNORECASE,
)
_KIND_OF_GROUP: Final = {f"l{n}": kind for n, (kind, _) in enumerate(_LABELS)}
_SEPARATOR = re.compile(r"\s*[|•·∙‣/»›]\s*|\s+[–—-]\s+|\t+|\s{3,}")
_TITLE_AFTER_DATE = re.compile(r"\s*[:–—-]\s*(?!by\b)(?:[^\s|]+\s+){4,}", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:no|\d+)\s+(?:comments?|views?|shares?|likes?|min(?:ute)?s?(?:\s+read)?)", re.IGNORECASE
)
_LABELLED = re.compile(r"[A-Z][\w’'/() -]{1,34}:\s*\S(?:[^.?!]|[.?!](?=\S)){0,80}")
_CATEGORY_WORDS: Final = vocabulary.words("""
    adult adults all and announcement announcements appeal article articles blog blogs briefing bulletin
    campaign case cases charity children community consultation consultations crime domestic abuse
    education event events exploitation families family feature features guidance health human in
    interview interviews international inspection latest law local media mental missing national news
    notice online opinion our parents people podcast policy press prevention publication publications
    release releases report reports research resource resources safety safeguarding school schools
    social care speech sport sports statement statements statistics stories story the training update
    updates video welfare work young youth &
    """)
_JOINT = re.compile(r"(?:^|\s)(?:on|at|in|and|posted|date)$", re.IGNORECASE)
_USER_NAME = re.compile(r"[\w.@:-]{2,30}\Z")
_RELATIVE = re.compile(
    r"(?:\d+|an?|one)\s+(?:minute|hour|day|week|month|year)s?\s+ago|yesterday|today", re.IGNORECASE
)


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
        """Whether any date stands in it."""
        return bool(self.published or self.updated or self.added)


def read(text: str, order: Order = "dmy") -> Metadata | None:
    """What the line says if it is a metadata line, else None."""
    line = text.strip().strip("()[]").strip()
    if not line or len(line) > MAX_LENGTH:
        return None
    if _RELATIVE.fullmatch(line):
        return Metadata(("relative",), relative=line)
    found = dates.mentions(line, order)
    labels = _labels(line, found)
    closing = credit.read(line) if not found else None
    if closing is not None and closing.outlet is not None:
        return None  # "Article by Rowan Vale for the Courier" closes an item and credits its outlet
    if found and found[0].start == 0 and _TITLE_AFTER_DATE.match(line, found[0].end):
        return None  # "24/01/2022: Title of an entry" is an entry, not a line about one
    if not found and not any(strong for _, _, _, strong in labels):
        # "By Rowan Vale, education reporter" alone says who wrote it.
        alone = (
            bool(labels)
            and labels[0][0] == 0
            and labels[0][2] in {"byline", "author"}
            and len(line.split()) <= 14
        )
        if not (alone and looks_personal(_without_office(line[labels[0][1] :]))):
            return None
    if len(labels) == 0 and len(found) != 1:
        return None
    return _assemble(line, found, labels)


def _labels(line: str, found: tuple[DateMention, ...]) -> list[tuple[int, int, str, bool]]:
    """Labels as (start, end, kind, strong): those that stand where a label can stand."""
    labels: list[tuple[int, int, str, bool]] = []
    previous_end = 0
    for match in _LABEL.finditer(line):
        kind = next(
            _KIND_OF_GROUP[name]
            for name, value in match.groupdict().items()
            if value is not None and name in _KIND_OF_GROUP
        )
        word = match[0].strip(" :").lower()
        colon = match["colon"] is not None
        if any(mention.start <= match.start() < mention.end for mention in found):
            continue
        at_start = not line[: match.start()].strip()
        after_date = any(
            not line[mention.end : match.start()].strip(" ,|–-•·")
            for mention in found
            if mention.end <= match.start()
        )
        before_date = any(
            not line[match.end() : mention.start].strip(" (")
            for mention in found
            if mention.start >= match.end()
        )
        after_separator = (
            bool(_SEPARATOR.search(line[max(0, match.start() - 3) : match.start()] + " "))
            and match.start() > previous_end
        )
        if not (
            colon
            or at_start
            or after_date
            or before_date
            or after_separator
            or (labels and word in {"by", "in"})
        ):
            continue
        if word in {"in", "from"} and at_start and not colon:
            continue
        strong = (
            colon or (word not in _WEAK and (at_start or before_date)) or (before_date and word in {"date"})
        )
        labels.append((match.start(), match.end(), kind, strong))
        previous_end = match.end()
    return labels


def _assemble(
    line: str, found: tuple[DateMention, ...], labels: list[tuple[int, int, str, bool]]
) -> Metadata | None:
    values: dict[str, str] = {}
    times: dict[str, DateMention] = {}
    shape: list[str] = []
    loose: list[str] = []
    marks = sorted(
        [(start, end, kind, None) for start, end, kind, _ in labels]
        + [(m.start, m.end, "date", m) for m in found],
        key=lambda mark: mark[0],
    )
    current = "loose"
    pending = "published"
    position = 0
    for start, end, kind, mention in [*marks, (len(line), len(line), "end", None)]:
        value = _JOINT.sub("", line[position:start].strip(" \t,;|–—-•·/»›@")).strip(" ,;|–—-")
        if value.count("(") != value.count(")"):
            value = value.strip("() ")
        if value:
            if current in {"loose", "published", "added", "updated", "date"}:
                loose.append(value)
            elif current not in values:
                values[current] = value
        if mention is not None:
            times.setdefault(pending if pending not in times else "other", mention)
            shape.append("date" if pending == "published" else pending)
            current, pending = "date", "published"
        elif kind in {"published", "dated", "updated", "added"}:
            current = pending = "published" if kind == "dated" else kind
            shape.append(kind)
        else:
            current = kind
            shape.append(kind)
        position = max(position, end)
    relative = ""
    if "byline" in values and shape[0] == "byline" and "author" not in values:
        values["author"] = values.pop("byline")  # "By X" wrote it; "posted by X" put it on the page
    for role in ("author", "byline"):
        if role in values and not looks_personal(values[role]):
            values[role] = _without_office(values[role])
    categories: tuple[str, ...] = _categories(values.get("categories", ""))
    author, byline, source = values.get("author"), values.get("byline"), values.get("source")
    dated = any(mention.year is not None for mention in times.values())
    for value in loose:
        for piece in filter(None, (piece.strip() for piece in _SEPARATOR.split(value))):
            if _COUNT.fullmatch(piece):
                continue
            if _RELATIVE.fullmatch(piece):
                relative = piece
            elif looks_personal(piece) and not byline and not author:
                author = piece
            elif dated and not source and _names_body(piece, line):
                source = piece
            elif dated and _is_label_like(piece):
                categories = (*categories, *_categories(piece))
            else:
                return None
    if times and not dated and (loose or not any(strong for _, _, _, strong in labels)):
        return None
    if not _fits(author, byline, source, categories, values):
        return None
    if not (times or source or author or byline or categories or values):
        return None
    return Metadata(
        tuple(shape),
        times.get("published"),
        times.get("updated"),
        times.get("added"),
        without_abbreviation(source) if source else None,
        author,
        byline,
        categories,
        relative,
    )


def _fits(
    author: str | None,
    byline: str | None,
    source: str | None,
    categories: tuple[str, ...],
    values: dict[str, str],
) -> bool:
    """Whether each value is of the sort its label promises; a label that governs prose is no label."""
    for name in filter(None, (author, byline)):
        if len(name) > 90 or not (
            all(
                looks_personal(piece) or looks_organisational(piece) or _USER_NAME.match(piece)
                for piece in people(name)
            )
        ):
            return False
    if source is not None and (
        len(source.split()) > 14 or source.endswith(("?", "!", ":")) or ". " in source
    ):
        return False
    if any(len(name.split()) > 7 or name.endswith(".") for name in categories):
        return False
    return all(len(value.split()) <= 20 for value in values.values())


def _names_body(piece: str, line: str) -> bool:
    """Whether an unlabelled piece beside a date is the body it came from rather than a category."""
    words = [word.lower() for word in piece.split()]
    if all(word in _CATEGORY_WORDS for word in words):
        return False
    if piece.isupper() and (len(piece) > 6 or len(words) > 1):
        return False
    known = any(word.rstrip(".") in ORGANISATION_WORDS for word in words) or re.fullmatch(
        r"[A-Z][A-Za-z&]*[A-Z]", piece
    )
    return (bool(known) and looks_organisational(piece)) or (
        len(words) == 1 and piece.islower() and "|" in line
    )


def is_labelled(text: str) -> bool:
    """Whether a line is a label and a short value ("Venue: Town Hall"), as stands in groups beside dates."""
    return len(text) <= 110 and bool(_LABELLED.fullmatch(text.strip()))


def _without_office(value: str) -> str:
    """The name in "Rowan Vale, education reporter"."""
    name = value.split(",", 1)[0].strip()
    return name if looks_personal(name) and value.count(",") <= 3 else value


def _is_label_like(piece: str) -> bool:
    """Whether an unlabelled piece beside a date can be a category: up to four words, capitalised throughout."""
    words = piece.split()
    if len(words) <= 3 and all(word.lower() in _CATEGORY_WORDS for word in words):
        return True
    if len(words) > 4 or piece.endswith((".", "?", "!", ":")):
        return False
    return (
        all(word[0].isupper() or word[0].isdigit() or len(word) <= 3 for word in words)
        and words[0][0].isupper()
    )


def people(names: str) -> list[str]:
    """The names in "A, B and C"."""
    return [piece.strip() for piece in re.split(r"\s*(?:,|;|&|\band\b)\s*", names) if piece.strip()]


def _categories(value: str) -> tuple[str, ...]:
    pieces = (piece.strip(" .#") for piece in re.split(r"\s*[,;|•]\s*", value))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
