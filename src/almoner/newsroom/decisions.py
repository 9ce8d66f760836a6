"""What an editor decides about items: each goes through the catalogue's services, and into the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from almoner.newsroom.changes import compared, words_of
from almoner.records.accounts.models import Person
from almoner.records.catalogue import services, stories
from almoner.records.catalogue.models import Item, ItemFinding, ItemVersion


def correct(item: Item, changes: Mapping[str, Any], by: Person, now: datetime) -> frozenset[str]:
    """Change fields; returns the names of those that differ now. `ValidationError` as from the service."""
    with transaction.atomic():
        was = words_of(Item.objects.get(pk=item.pk))
        different = services.correct(item, now=now, **changes)
        if different:
            kept = compared(was, words_of(Item.objects.get(pk=item.pk)), different)
            log(item, "almoner.correct", user=by, data={"fields": sorted(different), "changes": kept})
    return different


def approve(items: Iterable[Item], by: Person, now: datetime) -> services.Publication:
    """Publish what may be published."""
    with transaction.atomic():
        outcome = services.publish(items, now=now)
        for item in outcome.published:
            log(item, "almoner.approve", user=by)
    return outcome


def decide(item: Item, reason: str, by: Person, now: datetime) -> services.Publication:
    """Publish an item although a child may be identifiable in it, and say why."""
    with transaction.atomic():
        outcome = services.publish([item], now=now, decided_by=by, reason=reason)
        log(item, "almoner.decide", user=by, data={"reason": reason})
    return outcome


def withdraw(item: Item, reason: str, by: Person, now: datetime) -> None:
    """Take an item away from readers, or out of the queue."""
    with transaction.atomic():
        services.withdraw(item, reason=reason, now=now)
        log(item, "almoner.withdraw", user=by, data={"reason": reason})


def restore(item: Item, by: Person, now: datetime) -> None:
    """Put a withdrawn item back into the queue."""
    with transaction.atomic():
        services.restore(item, now=now)
        log(item, "almoner.restore", user=by)


def put_together(items: Sequence[Item], by: Person) -> None:
    """Say that items tell of one happening: their stories are one from now on."""
    with transaction.atomic():
        stories.put_together(items)
        for item in items:
            log(item, "almoner.one_story", user=by)


def take_apart(items: Sequence[Item], by: Person) -> None:
    """Say that items tell of another happening than the rest of their stories."""
    with transaction.atomic():
        stories.take_apart(items)
        for item in items:
            log(item, "almoner.own_story", user=by)


def settle(finding: ItemFinding, by: Person, now: datetime) -> None:
    """Note that a finding was looked at. Not for one that holds the item: `decide` about that."""
    if finding.code in services.HOLDING_CODES:
        raise ValueError("A finding that holds its item is decided about, with a reason.")
    with transaction.atomic():
        services.settle(finding, by, now)
        log(finding.item, "almoner.settle", user=by, data={"finding": finding.code})


def take_over(version: ItemVersion, by: Person, now: datetime) -> None:
    """Put what the publisher changed in front of readers; what an editor corrected stays."""
    with transaction.atomic():
        was = words_of(Item.objects.get(pk=version.item_id))
        services.take_over(version, now=now, decided_by=by)
        became = words_of(Item.objects.get(pk=version.item_id))
        fields = sorted(name for name, words in became.items() if words != was[name])
        kept = compared(was, became, fields)
        log(version.item, "almoner.take_over", user=by, data={"fields": fields, "changes": kept})


def leave(version: ItemVersion, by: Person, now: datetime) -> None:
    """Leave an item as it is, though its publisher changed it."""
    with transaction.atomic():
        services.dismiss(version, by, now)
        log(version.item, "almoner.leave", user=by)
