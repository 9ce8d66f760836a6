"""What a correction changed, as the history keeps it: the fields' words before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypedDict

from wagtail.models import ModelLogEntry

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import events_of
from almoner.records.catalogue.topics import topics_shown

LONGEST_KEPT: Final = 500
"""Characters that are kept of a field's words; a title is never longer."""
LONGEST_SHOWN: Final = 120
"""Characters of them that the history shows."""
_BEFORE: Final = 20
"""Characters that are shown before the first one that differs."""
_APART: Final = frozenset({"private_names"})
"""Fields of which the history says only that they changed: lists of private names are not copied about."""


class Change(TypedDict):
    """One field's words."""

    was: str
    now: str


def words_of(item: Item) -> dict[str, str]:
    """Everything an editor may correct, as words. Categories, topics and events cost a query each."""
    return {
        "title": item.title,
        "summary": item.summary,
        "text": item.text,
        "kind": item.get_kind_display(),
        "publisher": str(item.publisher or ""),
        "licence": item.get_licence_display(),
        "section": item.section,
        "published": item.published,
        "updated": item.updated,
        "added": item.added,
        "credit_source": item.credit_source,
        "credit_outlet": item.credit_outlet,
        "credit_author": item.credit_author,
        "credit_byline": item.credit_byline,
        "link": item.link,
        "links": ", ".join(" ".join(filter(None, (link["href"], link.get("text")))) for link in item.links),
        "events": "; ".join(" ".join(filter(None, event.values())) for event in events_of(item)),
        "categories": ", ".join(sorted(category.name for category in item.categories.all())),
        "topics": ", ".join(sorted(topic.name for topic in topics_shown(item))),
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
