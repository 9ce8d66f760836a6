"""What somebody who is typing may be looking for: names that stand in our tables and in published titles.

Nothing is learnt from what others looked for, and nothing that was typed is kept. An item that names a child or a victim
is never suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef
from django.views.decorators.debug import sensitive_variables

from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy.entries import named
from almoner.pipeline.taxonomy.glossary import glossary
from almoner.pipeline.taxonomy.topics import topics
from almoner.records.catalogue.models import Publisher
from almoner.records.catalogue.queries import published
from almoner.records.search.index import current
from almoner.records.search.language import stems
from almoner.records.search.question import ask
from almoner.records.search.vocabulary import known
from almoner.records.search.words import understand

SHORTEST: Final = 2
"""Letters before anything is suggested; fewer begin too much."""
SHORTEST_IN_TITLES: Final = 3
LONGEST: Final = 100
MOST: Final = 8
TITLES: Final = 5
LOOKED_AT: Final = 50
"""Items with the words in the title, the newest, that the titles are taken from."""

_APART: Final = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to look for, what they are ("Topic", "KCSIE", "Guidance"), and the page of the item where they are a
    title."""

    words: str
    what: str
    address: str = ""


@sensitive_variables()  # keeps what was typed out of error reports
def suggestions(typed: str) -> tuple[Suggestion, ...]:
    """Up to `MOST` of what begins like this: what letters stand for, topics, publishers, then titles. Names are left
    out of which no published item has the words."""
    wanted = _plain(typed[:LONGEST])
    if len(wanted) < SHORTEST:
        return ()
    names = sorted(
        [*_long_forms(wanted), *_topics(wanted), *_publishers(wanted)],
        key=lambda each: (each.what.casefold() != wanted, not _plain(each.words).startswith(wanted)),
    )
    once = {each.words.casefold(): each for each in reversed(names)}
    titles = tuple(islice(_titles(typed, wanted), TITLES))
    kept = _with_items([each for each in names if once[each.words.casefold()] is each])
    return (*kept[: MOST - len(titles)], *titles)


def _plain(text: str) -> str:
    return " ".join(_APART.split(text.casefold())).strip()


def _begins(name: str, wanted: str) -> bool:
    """Whether a word of the name begins so."""
    return f" {wanted}" in f" {_plain(name)}"


def _long_forms(wanted: str) -> Iterator[Suggestion]:
    for short, long in _abbreviations():
        if short.casefold().startswith(wanted) or _plain(long).startswith(wanted):
            yield Suggestion(long, short)


def _topics(wanted: str) -> Iterator[Suggestion]:
    for topic in topics().values():
        others = (*topic.names, *topic.abbreviations, *topic.former_names)
        if _begins(topic.name, wanted) or any(_plain(name).startswith(wanted) for name in others):
            yield Suggestion(topic.name, "Topic")


def _publishers(wanted: str) -> Iterator[Suggestion]:
    shown = Exists(published().filter(publisher=OuterRef("pk")))
    first = wanted.partition(" ")[0]
    for name in Publisher.objects.filter(shown, name__icontains=first).values_list("name", flat=True)[
        :LOOKED_AT
    ]:
        if _begins(name, wanted):
            yield Suggestion(name, "Publisher")


def _titles(typed: str, wanted: str) -> Iterator[Suggestion]:
    """Those that begin so first, then the newest."""
    query = understand(typed)
    if not query.wanted or len(wanted) < SHORTEST_IN_TITLES:
        return
    found = current().newest(ask(query), every=True, in_title=True, limit=LOOKED_AT)
    items = published().filter(pk__in=found, private_names=[]).only("key", "title", "kind", "sorts_at")
    seen: set[str] = set()
    for item in sorted(items, key=lambda item: not _plain(item.title).startswith(wanted)):
        if (same := item.title.casefold()) not in seen:
            seen.add(same)
            yield Suggestion(item.title, item.get_kind_display(), item.get_absolute_url())


def _with_items(names: Iterable[Suggestion]) -> list[Suggestion]:
    """Those of which every word stands in some published item."""
    listed = list(names)
    words = stems([each.words for each in listed])
    found = known({stem for each in words for stem in each})
    return [each for each, own in zip(listed, words, strict=True) if all(stem in found for stem in own)]


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    """Letters and what they stand for, each pair once."""
    pairs = {(each.short, each.stands_for): None for each in glossary()}
    known = {short for short, _ in pairs}
    for each in named():
        if each.is_short and each.entry.kind is not MentionKind.PLACE and each.printed not in known:
            pairs[each.printed, each.entry.name] = None
    return tuple(pairs)
