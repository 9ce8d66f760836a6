"""What was read of an item, and why, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.times import in_words
from almoner.records.catalogue.topics import topic_name
from almoner.web.cards import credit


@dataclass(frozen=True, slots=True)
class Read:
    """One thing that was read: what it is, what was read, and why."""

    label: str
    words: str
    why: str


def credit_line(item: Item) -> str:
    """The credit as readers will see it."""
    who, via = credit(item)
    return f"{who}, via {via}" if via else who


def extracted(item: Item) -> list[Read]:
    """All that was read, in the order in which an editor looks at it."""
    return [
        Read("Title", item.title, _title(item)),
        *_times(item),
        Read("Credit, as readers will see it", credit_line(item) or "Nobody", _credit(item)),
        Read("Kind", item.get_kind_display(), _ours(item, "kind", "Told by its words and by where it stood")),
        *_topics(item),
        Read(
            "Licence of the text",
            item.get_licence_display(),
            _ours(item, "licence", "As its source has it"),
        ),
    ]


def _ours(item: Item, field: str, otherwise: str) -> str:
    return "Set by an editor" if field in item.corrected else otherwise


def _title(item: Item) -> str:
    printed = (
        "From the page’s own heading"
        if item.title_is_printed
        else "The page gives none: the first sentence stands in"
    )
    return _ours(item, "title", printed)


def _times(item: Item) -> Iterator[Read]:
    for name, label in (("published", "Published"), ("updated", "Updated"), ("added", "Added")):
        value, printed = getattr(item, name), getattr(item, f"{name}_as_printed")
        if value or name == "published":
            why = f"Printed as “{printed}”" if printed else "The page prints none" if not value else ""
            yield Read(label, in_words(value) if value else "No date", _ours(item, name, why))


def _credit(item: Item) -> str:
    if item.credit_as_printed:
        return f"Printed as “{item.credit_as_printed}”"
    return "The page credits nobody else: this is whose page it is" if item.publisher else ""


def _topics(item: Item) -> Iterator[Read]:
    rows = [row for row in item.topics.all() if row.given_by != GivenBy.NARROWER]
    if rows:
        why = "; ".join(f"{topic_name(row.topic)}: {row.why}" for row in rows if row.why)
        yield Read("Topics", ", ".join(topic_name(row.topic) for row in rows), _ours(item, "topics", why))
