"""What a list shows of an item, always in one order: kind, title, summary, who and when, topics, audiences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.model import Kind
from almoner.pipeline.taxonomy.audiences import Audience
from almoner.pipeline.taxonomy.content_notes import content_note
from almoner.pipeline.taxonomy.topics import Topic
from almoner.records.catalogue import times
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.models import Category, Comment, Item
from almoner.records.catalogue.relations import StoryItem
from almoner.records.catalogue.topics import topics_shown
from almoner.records.search.queries import Fragment, SearchHit
from almoner.records.search.shown import public_summary, public_title, public_words
from almoner.records.search.words import has_word

SUMMARY_WORDS: Final = 32
"""Words of a summary on a card; the whole stands on the item's page."""


SHOWN_TOPICS: Final = 4
"""Topics on a card, the surest first; all stand on the item's page."""


SHOWN_AUDIENCES: Final = 3
"""Whom an item concerns, on its card: the surest."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time and which of the times it is: "Published", "2025-04-09"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """One item in a list. Title and summary are pieces of text, each with whether to mark it."""

    item: Item
    kind: str
    title: tuple[Fragment, ...]
    summary: tuple[Fragment, ...]
    who: str
    via: str
    when: Stamp
    categories: tuple[Category, ...]
    """As its publisher has them, where we have no topics."""
    topics: tuple[Topic, ...]
    audiences: tuple[Audience, ...]
    comment: tuple[Fragment, ...] = ()
    """What we say to it, which its source does not; nothing where we say nothing."""
    comment_by: str = ""
    """Who of us says so."""
    note: str = ""
    """What readers are told before it: "sexual abuse"."""
    also_at: tuple[tuple[str, str], ...] = ()
    """Who else has the same text, by name, each with the page of theirs; nobody where the list did not ask."""
    sources: int = 1
    """How many have it, copies counted; 1 where the list did not ask."""
    reports: int = 1
    """How many items its story has; 1 where the list did not ask."""

    @property
    def story(self) -> str:
        """The page of its story, "" where nothing else belongs to it."""
        told: StoryItem | None = getattr(self.item, "in_story", None) if self.reports > 1 else None
        return told.story.get_absolute_url() if told is not None else ""

    @property
    def address(self) -> str:
        """The item's page."""
        return self.item.get_absolute_url()


def card(item: Item, hit: SearchHit | None = None) -> Card:
    """The card of an item; of a search hit with its matches marked."""
    who, via = public_credit(item)
    own: Comment | None = getattr(item, "comment", None)
    said = short(public_words(item, own.words)) if own else ""
    topics = topics_shown(item)[:SHOWN_TOPICS]
    return Card(
        item=item,
        kind=item.get_kind_display(),
        title=hit.title if hit and _has_word(hit.title) else ((public_title(item), False),),
        summary=hit.snippet if hit else _summary(item),
        who=who,
        via=via,
        when=newest_stamp(item),
        categories=() if topics else tuple(item.categories.all()),
        topics=topics,
        audiences=AUDIENCES.shown(item)[:SHOWN_AUDIENCES],
        comment=hit.comment if hit and hit.comment else ((said, False),) if said else (),
        comment_by=own.author if own else "",
        note=note_of(item),
        also_at=also_at(item),
        sources=1 + getattr(item, "copies_shown", 0),
        reports=getattr(item, "story_items", 1),
    )


def _summary(item: Item) -> tuple[Fragment, ...]:
    summary = short(public_summary(item))
    return ((summary, False),) if summary else ()


def note_of(item: Item) -> str:
    """What readers are told before news of something distressing; "" where it is not. Guidance about it says so in its
    title, and tells of no case."""
    if item.kind != Kind.NEWS:
        return ""
    return content_note(topic.id for topic in topics_shown(item))


def also_at(item: Item) -> tuple[tuple[str, str], ...]:
    """Who has a copy of an item that came with its copies (see `catalogue.stories.with_copies`), each once, with the
    page of their copy. The item's own publisher is not among them."""
    found: dict[str, str] = {}
    for copy in getattr(item, "copies_known", ()):
        found.setdefault(public_credit(copy.item)[0], copy.item.get_absolute_url())
    return tuple(
        (name, address) for name, address in found.items() if name and name != public_credit(item)[0]
    )


def _has_word(fragments: Iterable[Fragment]) -> bool:
    return any(has_word(text) for text, _ in fragments)


def short(summary: str) -> str:
    """A summary of `SUMMARY_WORDS` words at most."""
    words = summary.split()
    if len(words) <= SUMMARY_WORDS:
        return summary
    return " ".join(words[:SUMMARY_WORDS]).rstrip(",;:.–- ") + "…"


def cards(items: Iterable[Item]) -> list[Card]:
    """The cards of items whose publisher, comment, categories, topics, audiences, sightings and their documents were
    fetched with them."""
    return [card(item) for item in items]


def credit(item: Item) -> tuple[str, str]:
    """Who an item comes from, and through whom it came to us if that is somebody else; either may be ""."""
    publisher, credited = publisher_and_credit(item)
    return (credited, publisher) if credited else (publisher, "")


def public_credit(item: Item) -> tuple[str, str]:
    """As `credit`, as it may stand away from the item's own page: a parent or a survivor is credited by name, too."""
    who, via = credit(item)
    return public_words(item, who), public_words(item, via)


def publisher_and_credit(item: Item) -> tuple[str, str]:
    """Who published the page that was read, and whom it credits if that is somebody else; either may be ""."""
    publisher = item.publisher.name if item.publisher else ""
    credited = item.credit_source or item.credit_outlet
    return publisher, credited if credited.casefold() != publisher.casefold() else ""


def host_of(link: str) -> str:
    """The site that a link leads to, as people call it."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


def newest_stamp(item: Item) -> Stamp:
    """The time that dates an item best, under its own name: its own, else that of the first dated briefing it
    stands in, else when it was captured."""
    if item.published:
        return Stamp("Published", item.published)
    if item.added:
        return Stamp("Added", item.added)
    if item.written_here:
        return Stamp("Written", times.cut_to_minute(item.captured_at)[:10])
    documents = (sighting.document for sighting in item.sightings.all())
    briefings = [found.briefing_date for found in documents if found.briefing_title and found.briefing_date]
    if briefings:
        return Stamp("In the briefing of", min(briefings).isoformat())
    return Stamp("No date given, captured", times.cut_to_minute(item.captured_at)[:10])
