"""What a correction changed, as the history keeps it: the fields' words before and after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypedDict

from wagtail.models import ModelLogEntry

from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.models import Category, Item, Publisher
from almoner.records.catalogue.services import events_of
from almoner.records.catalogue.times import in_words
from almoner.records.catalogue.topics import TOPICS, topics_shown

LONGEST_KEPT: Final = 500
"""Characters that are kept of a field's words; a title is never longer."""
LONGEST_SHOWN: Final = 120
"""Characters of them that the history shows."""
NAMES: Final = {
    "credit_source": "source", "credit_outlet": "outlet", "credit_author": "author",
    "credit_byline": "posted by", "link": "address", "written": "text as written", "private_names": "private names",
}  # fmt: skip
"""Fields whose name in the form differs from their name in the records."""
_BEFORE: Final = 20
"""Characters that are shown before the first one that differs."""
_APART: Final = frozenset({"private_names"})
"""Fields of which the history says only that they changed: lists of private names are not copied about."""


class Change(TypedDict):
    """One field's words."""

    was: str
    now: str


def words_of(item: Item) -> dict[str, str]:
    """Everything an editor may correct, as words. Categories, topics, audiences and events cost a query each."""
    return {
        "title": item.title,
        "summary": item.summary,
        "text": item.text,
        "written": item.written,
        "kind": item.get_kind_display(),
        "publisher": str(item.publisher or ""),
        "licence": item.get_licence_display(),
        "section": item.section,
        "published": in_words(item.published),
        "updated": in_words(item.updated),
        "added": in_words(item.added),
        "credit_source": item.credit_source,
        "credit_outlet": item.credit_outlet,
        "credit_author": item.credit_author,
        "credit_byline": item.credit_byline,
        "link": item.link,
        "links": ", ".join(" ".join(filter(None, (link["href"], link.get("text")))) for link in item.links),
        "events": "; ".join(event_in_words(event) for event in events_of(item)),
        "categories": ", ".join(sorted(category.name for category in item.categories.all())),
        "topics": ", ".join(sorted(topic.name for topic in topics_shown(item))),
        "audiences": ", ".join(sorted(audience.name for audience in AUDIENCES.shown(item))),
    }


def event_in_words(event: Mapping[str, str]) -> str:
    """An event in one line."""
    when = (in_words(event[name]) for name in ("starts", "ends"))
    return " ".join(filter(None, (event["title"], *when, event["mode"])))


def all_words(item: Item) -> dict[str, str]:
    """`words_of`, and the private names: for whoever is at the item, never for a history."""
    return words_of(item) | {"private_names": "\n".join(item.private_names)}


def marks_of(item: Item) -> dict[str, str]:
    """A short mark of every field that an editor may correct, by which a change of it is seen."""
    return {name: mark(words) for name, words in all_words(item).items()}


def mark(words: str) -> str:
    """The mark of a field's words. Line ends and spaces around them are no change: a browser sends others."""
    plain = words.replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:12]


def values_of(item: Item, names: Iterable[str]) -> dict[str, Any]:
    """These fields of an item as JSON keeps them whole; rows by their primary keys."""
    return {name: _VALUES[name](item) if name in _VALUES else getattr(item, name) for name in sorted(names)}


def as_changes(values: Mapping[str, Any]) -> dict[str, Any]:
    """What `values_of` gave, as the catalogue's service takes it. A publisher or category that is no more is left out."""
    changes = dict(values)
    if "publisher" in changes:
        changes["publisher"] = Publisher.objects.filter(pk=changes["publisher"]).first()
    if "categories" in changes:
        changes["categories"] = list(Category.objects.filter(pk__in=changes["categories"]))
    return changes


_VALUES: Final[Mapping[str, Callable[[Item], Any]]] = {
    "publisher": lambda item: item.publisher_id,
    "categories": lambda item: sorted(item.categories.values_list("pk", flat=True)),
    "topics": lambda item: [row.topic for row in TOPICS.given(item)],
    "audiences": lambda item: [row.audience for row in AUDIENCES.given(item)],
    "events": events_of,
}


def compared(was: dict[str, str], now: dict[str, str], names: Iterable[str]) -> dict[str, Change]:
    """Before and after of the fields with these names, as much of it as the history keeps."""
    kept: dict[str, Change] = {}
    for name in sorted(set(names) - _APART):
        before, after = _from_difference(was[name], now[name], LONGEST_KEPT)
        kept[name] = Change(was=before, now=after)
    return kept


def shown(change: Change) -> str:
    """A change in one line, shortened to where it begins."""
    was, now = _from_difference(change["was"], change["now"], LONGEST_SHOWN)
    return " → ".join(f"“{words}”" if words else "(empty)" for words in (was, now))


def title_as_read(item: Item) -> str:
    """The title that the item came with, if an editor changed it since; else nothing."""
    entries = ModelLogEntry.objects.for_instance(item).filter(action="almoner.correct").order_by("pk")
    for entry in entries:
        if change := entry.data.get("changes", {}).get("title"):
            return "" if change["was"] == item.title else str(change["was"])
    return ""


def _from_difference(was: str, now: str, longest: int) -> tuple[str, str]:
    """Both, cut to `longest` characters, from a little before the first one that differs."""
    same = next((at for at, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1]), None)
    differs = min(len(was), len(now)) if same is None else same
    start = differs - _BEFORE if max(len(was), len(now)) > longest and differs > _BEFORE else 0
    first, second = (_cut(words, start, longest) for words in (was, now))
    return first, second


def _cut(words: str, start: int, longest: int) -> str:
    end = start + longest
    return ("…" if start else "") + words[start:end] + ("…" if len(words) > end else "")
