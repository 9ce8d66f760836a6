"""What falls due on days that items name, kept with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import QuerySet

from almoner.pipeline import model
from almoner.pipeline.lines.dates import span_of
from almoner.records.catalogue.enums import Due, Status
from almoner.records.catalogue.models import Item, ItemDue

_LONGEST: Final = ItemDue._meta.get_field("words").max_length or 0


def due_rows(item: Item, read: model.Item) -> tuple[ItemDue, ...]:
    """The rows, not yet saved, of what an item as it was read says will fall due."""
    return tuple(
        ItemDue(item=item, what=what, day=day, words=words[:_LONGEST])
        for what, day, words in dict.fromkeys(_said(item, read))
    )


def due_between(first: date, last: date) -> QuerySet[ItemDue]:
    """What falls due from `first` to `last`, soonest first, in items that were not withdrawn."""
    return ItemDue.objects.filter(day__gte=first, day__lte=last).exclude(item__status=Status.WITHDRAWN)


def _said(item: Item, read: model.Item) -> Iterator[tuple[Due, date, str]]:
    for what, when in ((Due.CLOSES, read.closes), (Due.IN_FORCE, read.effective)):
        if when is not None and (day := _last_day(when.value)):
            yield what, day, item.title
    for promise in read.promises:
        if day := _last_day(promise.due_end or promise.due_start or ""):
            yield Due.PROMISE, day, f"{promise.who}: {promise.what}" if promise.who else promise.what


def _last_day(value: str) -> date | None:
    try:
        return span_of(value)[1]
    except ValueError:
        return None
