"""When an item was published, updated and added: only what is printed for that item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.extract.titles import DAY_PREFIX
from almoner.pipeline.lines import credit, dates
from almoner.pipeline.lines.dates import DateMention
from almoner.pipeline.model import When

_PAGE_PUBLISHED: Final = (
    "article:published_time", "datepublished", "og:published_time", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created",
    "publish-date", "pubdate", "date", "publication_date", "sailthru.date",
)  # fmt: skip
_PAGE_UPDATED: Final = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
)
_MONTH_NAME = re.compile(r"([A-Za-z]+)\W*\Z")


@dataclass(frozen=True, slots=True)
class Times:
    """The three times that a page can print of an item."""

    published: When | None = None
    updated: When | None = None
    added: When | None = None


def read(record: Record) -> Times:
    """The item's times. What the line beside it says goes before what the page's head says."""
    published = updated = added = None
    for block, line in record.metadata:
        if line is not None:
            published = published or _when(line.published, "in the line beside the title")
            updated = updated or _when(line.updated, "in the line beside the title")
            added = added or _when(line.added, "in the line beside the title")
        if block.datetime and published is None and updated is None and added is None:
            published = _machine(block.datetime, block.text, "a machine-readable time beside the title")
    if published is None and record.entry is not None:
        published = _when(record.entry.published, "on the title's own line")
    if published is None and record.title is not None:
        published = _when(
            credit.in_title(record.title.text, record.order).published, "in brackets at the end of the title"
        )
    if published is None and record.body:
        inside = credit.in_closing_bracket(record.body[-1].text, record.order)
        published = (
            _when(inside.published, "in the brackets that close its text") if inside is not None else None
        )
    if published is None and added is None:
        published = _from_context(record)
    if record.is_only_item:
        published = published or _from_head(record, _PAGE_PUBLISHED)
        updated = updated or _from_head(record, _PAGE_UPDATED)
    return Times(published, updated, added)


def _when(mention: DateMention | None, how: str) -> When | None:
    return mention.when(how) if mention is not None else None


def _machine(value: str, printed: str, how: str) -> When | None:
    mention = dates.first(value)
    when = mention.when(how) if mention is not None else None
    return When(when.value, when.precision, printed or value, how) if when is not None else None


def _from_context(record: Record) -> When | None:
    """The month of a heading that holds for several items ("November 2024"; "2024" over "November")."""
    year = ""
    for block in record.cut.context:
        if re.fullmatch(r"(?:19|20)\d\d", block.text.strip()):
            year = block.text.strip()
            continue
        name = _MONTH_NAME.search(block.text)
        if year and name and name[1].lower() in dates.MONTHS and len(block.text) < 15:
            mention = dates.first(f"{name[1]} {year}")
        else:
            mention = dates.first(block.text, record.order) if len(block.text) <= 40 else None
        if mention is not None:
            day = (
                DAY_PREFIX.match(record.title.text)
                if record.title is not None and record.cut.layout == "months"
                else None
            )
            if day is not None and mention.day is None and 1 <= int(day["day"]) <= 31:
                printed = f"{day[0].strip(' –—:-')} {mention.as_printed}"
                mention = replace(mention, day=int(day["day"]), as_printed=printed)
            return _when(mention, "the heading it stands under")
    return None


def _from_head(record: Record, keys: tuple[str, ...]) -> When | None:
    for key in keys:
        value = record.document.metadata.get(key)
        if value:
            when = _machine(value, value, f"the page's head says so ({key})")
            if when is not None:
                return when
    return None
