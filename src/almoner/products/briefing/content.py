"""An issue as it is read: what a page, a message, a print and a calendar are all made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Prefetch, Q

from almoner.lib.written import Block, read
from almoner.pipeline.taxonomy.audiences import audiences
from almoner.products.briefing.models import Entry, Issue
from almoner.records.catalogue.enums import Due, Status
from almoner.records.catalogue.models import Item
from almoner.records.search.shown import public_summary, public_title, public_words

WORDS_A_MINUTE: Final = 220
"""How fast people read plain prose (Brysbaert 2019: 238 in silence; less where one looks things up)."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something on a day or at a time (ISO 8601), for calendars. `uid` is the same in each form of the issue."""

    uid: str
    title: str
    starts: str
    ends: str
    page: str


@dataclass(frozen=True, slots=True)
class Told:
    """An entry: its title and where that leads (an address of ours, or ""), its words, whose it is, the publisher's own
    page, and what it says of days. `is_ours` where the words are an editor's."""

    pk: int
    kind: str
    title: str
    page: str
    blocks: tuple[Block, ...]
    credit: str
    source: str
    dates: tuple[Dated, ...]
    is_ours: bool
    question: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with what stands in it."""

    kind: str
    heading: str
    entries: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole issue for one audience ("" for all). `page` is its address, absolute."""

    issue: Issue
    audience: str
    title: str
    opening: tuple[Block, ...]
    parts: tuple[Part, ...]
    closing: tuple[Block, ...]
    page: str

    @property
    def entries(self) -> Iterator[Told]:
        """All entries in order."""
        return (told for part in self.parts for told in part.entries)

    @property
    def dates(self) -> tuple[Dated, ...]:
        """What is dated in it, each once."""
        return tuple({one.uid: one for told in self.entries for one in told.dates}.values())

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        words = sum(
            len(told.title.split()) + sum(len(block.words.split()) for block in told.blocks)
            for told in self.entries
        )
        words += sum(len(block.words.split()) for block in (*self.opening, *self.closing))
        return max(1, round(words / WORDS_A_MINUTE))

    @property
    def for_whom(self) -> str:
        """The audience's name as it stands in a sentence, "" for everybody."""
        known = audiences().get(self.audience)
        return known.in_a_sentence if known else ""


def content_of(issue: Issue, audience: str = "") -> Content:
    """The issue as everybody gets it, or the edition for one audience. What is withdrawn, or names a child or victim and
    has no words of an editor's, is not in it."""
    shown = Entry.objects.filter(removed=False).filter(Q(item=None) | Q(item__status=Status.PUBLISHED))
    items = Item.objects.select_related("publisher").prefetch_related("events", "dues")
    rows = shown.select_related("issue", "question__briefing").prefetch_related(Prefetch("item", items))
    parts = []
    for section in issue.sections.prefetch_related(Prefetch("entries", rows, to_attr="shown")):
        told = tuple(
            _told(one) for one in section.shown if not one.audiences or audience in {"", *one.audiences}
        )
        if told:
            parts.append(Part(section.kind, section.heading, told))
    return Content(
        issue=issue,
        audience=audience,
        title=issue.title,
        opening=read(issue.words),
        parts=tuple(parts),
        closing=read(issue.sign_off),
        page=settings.SITE_ADDRESS + issue.get_absolute_url() + (f"for/{audience}/" if audience else ""),
    )


def _told(entry: Entry) -> Told:
    item, question = entry.item, entry.question
    title, words = entry.title, entry.words
    page = entry.link
    credit = source = ""
    if item is not None:
        title = title or public_title(item)
        page = page or item.get_absolute_url()
        credit = _credit(item)
        source = "" if item.private_names else item.link
        if not words:
            words = public_summary(item)
    if question is not None:
        title, page = title or question.asked, page or question.get_absolute_url()
    return Told(
        pk=entry.pk,
        kind=entry.kind,
        title=title,
        page=page,
        blocks=read(words),
        credit=credit,
        source=source,
        dates=tuple(_dates(entry, title, page)),
        is_ours=bool(entry.words) or item is None,
        question=question.get_absolute_url() if question is not None else "",
    )


def _credit(item: Item) -> str:
    who = item.credit_source or item.credit_outlet or (item.publisher.name if item.publisher else "")
    return public_words(item, who)


def _dates(entry: Entry, title: str, page: str) -> Iterator[Dated]:
    site = settings.SITE_ADDRESS
    host = site.split("://", 1)[-1]
    address = site + page if page.startswith("/") else page or site
    if entry.day is not None and not entry.about.startswith(("do:", "item:")):
        yield Dated(f"{entry.about}@{host}", title, entry.day.isoformat(), "", address)
    if entry.item is None or entry.about.startswith("do:"):
        return
    if entry.about.startswith("item:"):
        for due in entry.item.dues.all():
            if due.what == Due.CLOSES:
                yield Dated(
                    f"closes:{entry.item.key}@{host}", f"Closes: {title}", due.day.isoformat(), "", address
                )
    for number, event in enumerate(entry.item.events.all(), 1):
        if event.starts >= entry.issue.on.isoformat() and len(event.starts) >= len("2025-01-01"):
            yield Dated(
                f"event:{entry.item.key}-{number}@{host}", event.title, event.starts, event.ends, address
            )
