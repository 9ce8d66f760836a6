"""When an item was published, updated and added: only what is printed for that item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from almoner.lib.frozen import swift
from almoner.pipeline.extract.record import Record
from almoner.pipeline.lines import continental, credit, dates
from almoner.pipeline.lines.dates import DateMention
from almoner.pipeline.model import When

_PAGE_PUBLISHED: Final = (
    "article:published_time", "jsonld:datepublished", "itemprop:datepublished", "datepublished", "og:published_time",
    "og:article:published_time", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date",
    "dc.date", "publish-date", "publishdate", "publish_date", "pubdate", "date", "publication_date", "citation_publication_date",
    "citation_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "date.published", "article.published",
    "rnews:datepublished", "jsonld:datecreated", "article.created", "originalpublicationdate",
    "shareaholic:article_published_time", "dc:date", "bepress_citation_date",
)  # fmt: skip
_PAGE_UPDATED: Final = (
    "article:modified_time", "jsonld:datemodified", "itemprop:datemodified", "datemodified", "og:updated_time", "dcterms.modified",
    "dc.date.modified", "last-modified", "article.updated",
)  # fmt: skip
_DAY_IN_ADDRESS = re.compile(r"[/_-](?P<year>(?:19|20)\d\d)[/_-](?P<month>\d\d?)[/_-](?P<day>\d\d?)(?![\d.])")
_NEWS_OF = re.compile(
    r"(?:meldung|mitteilung|nachricht|artikel|beitrag|article|news|release|statement|communiqué|notizia|comunicato|noticia|comunicado|notícia)"
    r"\s+(?:vom|of|from|du|del|di|de|do)\s+\Z",
    re.IGNORECASE,
)
MAX_DESCRIPTION: Final = 400
LATER: Final = 30
"""So many days after the day in its address an article was changed or moved, not published."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_NAME = re.compile(r"([A-Za-z]+)\W*\Z")


@swift
@dataclass(frozen=True, slots=True)
class Times:
    """The three times that a page can print of an item."""

    published: When | None = None
    updated: When | None = None
    added: When | None = None


def read(record: Record) -> Times:
    """The item's times. What the line beside it says goes before what the page's head says.

    A page of one item that gives only its last change was published in this form then: `published` is that day and
    its `how` says so.
    """
    published = updated = added = None
    zone = record.zone
    head = _from_head(record, _PAGE_PUBLISHED) if record.is_only_item else None
    for block, line in record.metadata:
        if block.marked == "author":
            continue  # found for its name: a date in it would be of something else
        machine = (
            _machine(block.datetime, block.text, "a machine-readable time beside the title", zone)
            if block.datetime
            else None
        )
        if line is not None:
            shown, changed = line.published, line.updated
            if block.marked == "updated" and changed is None:
                shown, changed = None, shown
            printed = _when(shown, "in the line beside the title", zone)
            if printed is not None and machine is not None and _says_more(machine, printed):
                printed = machine
            if printed and head and not block.marked and _days_apart(printed, head) > LATER:
                continue  # a line of its text that has the form of one beside the title
            published = published or printed
            updated = updated or _when(changed, "in the line beside the title", zone)
            added = added or _when(line.added, "in the line beside the title", zone)
        if machine is not None and published is None and updated is None and added is None:
            if block.marked == "updated":
                updated = machine
            else:
                published = machine
    if published is None and record.entry is not None:
        published = _when(record.entry.published, "on the title's own line", zone)
    if published is None and record.title is not None:
        published = _when(
            credit.in_title(record.title.text, record.order).published,
            "in brackets at the end of the title",
            zone,
        )
    if published is None and record.body:
        inside = credit.in_closing_bracket(record.body[-1].text, record.order)
        published = (
            _when(inside.published, "in the brackets that close its text", zone)
            if inside is not None
            else None
        )
    if published is None and added is None:
        published = _from_context(record)
    if record.is_only_item:
        address = _from_address(record)
        published = published or head or address
        if published is not None and address is not None and _days_after(published, address) > LATER:
            updated, published = updated or published, address
        published = published or _from_head(record, ("script:published",)) or _from_description(record)
        updated = updated or _from_head(record, _PAGE_UPDATED)
        if published is None and updated is not None:
            published = replace(updated, how=f"{updated.how}: its last change, since no other day is given")
    return Times(published, updated, added)


def _when(mention: DateMention | None, how: str, zone: ZoneInfo) -> When | None:
    return mention.when(how, zone) if mention is not None else None


def _machine(value: str, printed: str, how: str, zone: ZoneInfo) -> When | None:
    mention = dates.first(value)
    when = mention.when(how, zone) if mention is not None else None
    return When(when.value, when.precision, printed or value, how) if when is not None else None


def _says_more(machine: When, printed: When) -> bool:
    """Whether the machine-readable time is to be believed: printed is only its month, or in figures alone, where
    day and month may be read the wrong way round."""
    if len(printed.value) < 10 <= len(machine.value):
        return machine.value.startswith(printed.value)
    return _days_apart(printed, machine) > 1


def _days_apart(some: When, other: When) -> int:
    return abs(_days_after(some, other))


def _days_after(some: When, other: When) -> int:
    if len(some.value) < 10 or len(other.value) < 10:
        return 0
    return (date.fromisoformat(some.value[:10]) - date.fromisoformat(other.value[:10])).days


def _from_context(record: Record) -> When | None:
    """The month or day of a heading that holds for several items ("November 2024"; "2024" over "November"), with the
    day that the entry itself prints."""
    year = ""
    partial = record.entry.partial if record.entry is not None else None
    for block in record.cut.context:
        if _YEAR.fullmatch(block.text.strip()):
            year = block.text.strip()
            continue
        name = _MONTH_NAME.search(block.text)
        if year and name and name[1].lower() in dates.MONTHS and len(block.text) < 15:
            mention = dates.first(f"{name[1]} {year}")
        else:
            mention = dates.first(block.text, record.order) if len(block.text) <= 40 else None
        if mention is not None:
            if partial is not None and mention.day is None:
                printed = f"{partial.as_printed} {mention.as_printed}"
                mention = replace(mention, day=partial.day, as_printed=printed)
            return _when(mention, "the heading it stands under", record.zone)
    if year and partial is not None and partial.month:
        mention = replace(partial, year=int(year), as_printed=f"{partial.as_printed} {year}")
        return _when(mention, "the day beside its title, and the year it stands under", record.zone)
    return None


def _from_address(record: Record) -> When | None:
    """The day in the page's own address: "/2020/01/28/title"."""
    said = record.document.metadata
    for address in (record.document.address, said.get("canonical", ""), said.get("og:url", "")):
        match = _DAY_IN_ADDRESS.search(address)
        if match is not None:
            day = f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"
            when = _machine(day, match[0].strip("/-_"), "its address says so", record.zone)
            if when is not None:
                return when
    return None


def _from_description(record: Record) -> When | None:
    """The day in what the page's head says of it: "Press release of 12 March 2020"."""
    for key in ("description", "og:description"):
        said = record.document.metadata.get(key, "")[:MAX_DESCRIPTION]
        found = continental.first(said)
        if found is not None and _NEWS_OF.search(said[: found[1]]):
            printed = said[found[1] : found[2]]
            return _machine(found[0], printed, f"the page's head says so ({key})", record.zone)
    return None


def _from_head(record: Record, keys: tuple[str, ...]) -> When | None:
    for key in keys:
        value = record.document.metadata.get(key)
        if value:
            when = _machine(value, value, f"the page's head says so ({key})", record.zone)
            if when is not None:
                return when
    return None
