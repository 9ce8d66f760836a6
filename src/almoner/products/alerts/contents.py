"""What claimed messages say: an issue's words as they were published, a digest's written now, from what is there now.

People who follow the same get the same words, so each is written and encoded once and kept for the next of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Final

from almoner.lib.message import Message
from almoner.products.alerts.claims import Claimed
from almoner.products.alerts.digests import Entry, digest
from almoner.products.alerts.enums import RunKind
from almoner.products.alerts.following import named
from almoner.products.alerts.models import Subscription
from almoner.products.alerts.wire import Encoded
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item

KEPT: Final = 500
"""Encoded messages in memory: about 20 kB each."""


class Contents:
    """The words of a batch of messages."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Encoded] = OrderedDict()
        self._items: dict[int, Item] = {}
        self._reasons: dict[int, str] = {}

    def prepare(self, batch: Sequence[Claimed]) -> None:
        """Look up what these are about, in a few queries for all of them."""
        items = {key for one in batch for key in one.items}
        self._items = Item.objects.filter(status=Status.PUBLISHED).select_related("publisher").in_bulk(items)
        wanted = {key for one in batch for key in one.subscriptions}
        follows = Subscription.objects.filter(pk__in=wanted, ended_at=None)
        rows = list(follows.values_list("pk", "follows", "about"))
        names = named({(what, about) for _, what, about in rows})
        self._reasons = {pk: names[what, about] for pk, what, about in rows}

    def is_whole(self, one: Claimed) -> bool:
        """Whether all of it is still wanted, as far as was looked up."""
        return (
            one.subscriber is not None
            and not one.is_taken_back
            and all(key in self._items for key in one.items)
            and all(key in self._reasons for key in one.subscriptions)
        )

    def of(self, one: Claimed) -> Encoded:
        """What it says. `LookupError` where an issue has no words for this reader."""
        if one.run.kind == RunKind.BRIEFING:
            return self._once(("issue", one.run.pk, one.edition), lambda: _issue(one))
        because = [tuple(dict.fromkeys(self._reasons[key] for key in why)) for _, why in one.entries]
        entries = [Entry(self._items[key], why) for key, why in zip(one.items, because, strict=True)]
        name: tuple[str | int | datetime | tuple[str, ...], ...] = (
            one.run.kind,
            *(part for entry in entries for part in (entry.item.pk, entry.item.changed_at, entry.because)),
        )
        return self._once(name, lambda: digest(RunKind(one.run.kind), entries))

    def _once(self, name: Hashable, write: Callable[[], Message]) -> Encoded:
        if name in self._kept:
            self._kept.move_to_end(name)
        else:
            self._kept[name] = Encoded(write())
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[name]


def _issue(one: Claimed) -> Message:
    messages = one.run.messages or {}
    return Message(**(messages[one.edition] if one.edition in messages else messages[""]))
