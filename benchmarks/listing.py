"""Listing pages: is each record of the list found as an item, with its title, link and date?

    python -m benchmarks listing [--every N]

The set: pages of court decisions, each with what a scraper written for that page keeps (freelawproject/juriscraper).
A record is asked for where its title (8 letters or more) or the last part of its address stands in the page: what is
not there, nobody can find. An item is given to one record only. Rows that the scraper leaves out cost nothing. The
pages are American, so dates are read month first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from benchmarks.data import every
from benchmarks.peers import Found, ours, page_readers
from benchmarks.race import Page, Scores, answers, read_json, table
from benchmarks.words import bare, contains

NEEDS = "listing"
FIELDS = {"title": "title", "link": "link", "date": "date"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record of the gold: its bare title, the last part of its address and its date, each "" where not asked for."""

    title: str
    tail: str
    date: str


def wanted(gold: list[dict[str, Any]], page: Path) -> list[Wanted]:
    """The records of one page that can be asked for."""
    tree = LexborHTMLParser(page.read_bytes())
    words = bare(tree.root.text(separator="") if tree.root is not None else "")
    addresses = " ".join(link.attributes.get("href") or "" for link in tree.css("a"))
    records = []
    for record in gold:
        title = bare(record.get("case_names") or record.get("name"))
        address = record.get("download_urls") or record.get("url") or ""
        tail = address.rstrip("/").rpartition("/")[2] if address.count("/") > 2 else ""
        date = (
            "" if record.get("date_filed_is_approximate") else record.get("case_dates") or record.get("date")
        )
        asked = Wanted(
            title if len(title) >= 8 and contains(words, title) else "",
            tail if tail and tail in addresses else "",
            date or "",
        )
        if asked.title or asked.tail:
            records.append(asked)
    return records


def pages(folder: Path, stride: int = 1) -> list[Page]:
    """The pages with their records."""
    found = []
    for gold in every(list(folder.glob("*.expected.json")), stride):
        page = folder / gold.name.replace(".expected.json", ".html")
        found.append(Page(page, wanted(read_json(gold), page)))
    return found


@dataclass(frozen=True, slots=True)
class _Item:
    title: str
    words: str
    link: str
    links: str
    date: str

    @classmethod
    def of(cls, found: Found) -> _Item:
        links = " ".join((found.link, *found.links))
        return cls(bare(found.title), bare(f"{found.title} {found.text}"), found.link, links, found.date[:10])

    def has_title(self, record: Wanted) -> bool:
        return bool(record.title) and contains(self.words, record.title)

    def has_link(self, record: Wanted) -> bool:
        return bool(record.tail) and record.tail in self.links

    def has_all(self, record: Wanted) -> bool:
        return self.has_link(record) and (not record.title or self.has_title(record))


def score(answered: Sequence[tuple[Page, list[Found]]]) -> Scores:
    """found: of all records; title, link, date: of the records found that have one. A title may have up to two fifths
    more around it; a date is right to the day."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for page, found in answered:
        free = [_Item.of(one) for one in found]
        for record in page.gold:
            of["found"] += 1
            item = next((one for one in free if one.has_all(record)), None) or next(
                (one for one in free if one.has_title(record) or one.has_link(record)), None
            )
            if item is None:
                continue
            free.remove(item)
            right["found"] += 1
            if record.title:
                of["title"] += 1
                right["title"] += (
                    record.title in item.title and len(item.title) <= 1.4 * len(record.title)
                ) or record.title == item.title
            if record.tail:
                of["link"] += 1
                right["link"] += record.tail in item.link
            if record.date:
                of["date"] += 1
                right["date"] += item.date == record.date
    return {name: right[name] / max(1, of[name]) for name in ("found", "title", "link", "date")}


def scores(folder: Path, stride: int) -> Scores:
    """Ours."""
    return score(answers(ours("mdy"), pages(folder, stride))[0])


def compare(folder: Path, stride: int) -> None:
    """Ours beside the peers', who read a page as one article."""
    table(page_readers("mdy"), pages(folder, stride), score, FIELDS)
