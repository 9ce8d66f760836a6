"""Promises in items, and which later item tells that one was kept. An editor says so; the machine only proposes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q

from almoner.pipeline.extract.promises import promises_in
from almoner.pipeline.model import Place, Precision, Promise, When
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import IN_TIME, published
from almoner.records.catalogue.relations import KeptPromise

PROPOSED: Final = 3
"""Later items that are proposed for a promise."""
LOOKED_AT: Final = 60
"""Later items of the same story and threads that are looked at."""
_ALIKE: Final = 0.4
"""The share of a promise's own terms that an item must have to be proposed."""
_FEWEST: Final = 2
"""Terms of a promise that an item must have at least."""
_LONGEST: Final = KeptPromise._meta.get_field("sentence").max_length or 0
_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_STEM: Final = 6
"""Letters by which two forms of a word are one, roughly: "publish", "publication"."""
_EMPTY: Final = frozenset(
    {
        "about",
        "after",
        "before",
        "being",
        "other",
        "shall",
        "their",
        "there",
        "these",
        "those",
        "under",
        "until",
        "where",
        "which",
        "while",
        "would",
    }
)


def promises_of(item: Item) -> tuple[Promise, ...]:
    """What an item's text promises, in order."""
    anchor = (
        When(item.published, Precision(item.published_precision), item.published_as_printed)
        if item.published and item.published_precision
        else None
    )
    return tuple(promise for line in item.text.split("\n") for promise in promises_in(line, Place(), anchor))


def kept(items: Iterable[Item]) -> dict[tuple[int, str], KeptPromise]:
    """Which promises of these items were kept, by item and `key` of the sentence, where what tells of it is published.
    One query."""
    rows = KeptPromise.objects.filter(item__in=items, kept_by__in=published())
    return {(row.item_id, row.sentence): row for row in rows.select_related("kept_by")}


def mark_kept(item: Item, sentence: str, by: Item, editor: Person, *, now: datetime) -> KeptPromise:
    """Say that a promise of an item was kept, and which later item tells of it. `ValidationError` if the item makes no
    such promise, or the other one is not later."""
    if by.pk == item.pk or by.in_time_at < item.in_time_at:
        raise ValidationError("A promise is kept by something later than the item that makes it.")
    if key(sentence) not in {key(promise.sentence) for promise in promises_of(item)}:
        raise ValidationError("The item no longer says this.")
    row, _ = KeptPromise.objects.update_or_create(
        item=item, sentence=key(sentence), defaults={"kept_by": by, "marked_by": editor, "marked_at": now}
    )
    return row


def unmark_kept(item: Item, sentence: str) -> None:
    """Say that a promise is open again; one that was not marked is open already."""
    KeptPromise.objects.filter(item=item, sentence=key(sentence)).delete()


def later_items(item: Item) -> list[Item]:
    """What was published after an item in its story and its threads, the oldest first, up to `LOOKED_AT`."""
    beside = Q(in_story__story__members__item=item) | Q(threads__items=item)
    others = published().filter(beside).exclude(pk=item.pk).distinct().annotate(in_time=IN_TIME)
    return list(others.filter(in_time__gte=item.in_time_at).order_by("in_time", "pk")[:LOOKED_AT])


def proposals(promise: Promise, later: Iterable[Item]) -> list[Item]:
    """Those of some later items that may tell that a promise was kept, the likeliest first, by the words they share
    with it."""
    wanted = _terms(promise.what)
    scored: list[tuple[int, Item]] = []
    for item in later:
        shared = len(wanted & _terms(f"{item.title} {item.summary or item.text[:1000]}"))
        if shared >= _FEWEST and shared >= _ALIKE * len(wanted):
            scored.append((shared, item))
    scored.sort(key=lambda pair: -pair[0])
    return [item for _, item in scored[:PROPOSED]]


def key(sentence: str) -> str:
    """A promise's sentence as it is kept: a form sends other spaces, and an index takes so much."""
    return " ".join(sentence.split())[:_LONGEST]


def _terms(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _EMPTY}
