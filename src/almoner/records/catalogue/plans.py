"""Publishing and withdrawing at a moment: what is planned, and the sweep that does it.

Until its moment an item waits like any other that nobody has published: it stands on no page, in no feed, index, site
map or kept page. What is planned is done within `NAP` of its time; what a stopped service missed, when it runs again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from almoner.records import rounds
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Status, Told
from almoner.records.catalogue.models import Item, ItemPlan
from almoner.records.catalogue.services import HOLDING_CODES, publish, withdraw
from almoner.records.catalogue.signals import plan_kept
from almoner.records.catalogue.turns import in_turn

NAP: Final = 10.0
"""Seconds between two looks at what is due."""
FURTHEST: Final = timedelta(days=5 * 366)
"""A moment further off is a slip of the hand."""
ITS_TIME: Final = "It was to be read until now."


def plan(
    item: Item,
    *,
    publish_at: datetime | None,
    withdraw_at: datetime | None,
    reason: str = "",
    by: Person,
    now: datetime,
) -> None:
    """Say when an item is to be published, withdrawn, or both; with neither, take the plan back.

    `ValidationError`, by field, where the moment is past, they stand the wrong way round, or the item is held.
    """
    with in_turn():
        item.refresh_from_db(from_queryset=Item.objects.select_for_update())
        if faults := _faults(item, publish_at, withdraw_at, now):
            raise ValidationError(faults)
        if publish_at is None and withdraw_at is None:
            ItemPlan.objects.filter(item=item).delete()
            return
        ItemPlan.objects.update_or_create(
            item=item,
            defaults={
                "publish_at": publish_at,
                "withdraw_at": withdraw_at,
                "withdraw_reason": reason.strip() if withdraw_at else "",
                "planned_by": by,
                "fault": "",
            },
        )


def planned() -> QuerySet[ItemPlan]:
    """All that is planned, what could not be done first, then the soonest."""
    found = ItemPlan.objects.order_by("-fault", "publish_at", "withdraw_at", "pk")
    return found.prefetch_related("item")  # by a join, SQLite reads every item there is for the few plans


def keep_plans(now: datetime) -> int:
    """Do what is due, each item in a transaction of its own; returns how many."""
    due = (
        ItemPlan.objects.filter(Q(publish_at__lte=now) | Q(withdraw_at__lte=now), fault="")
        .order_by("publish_at", "pk")
        .values_list("pk", flat=True)
    )
    return sum(_keep(key, now) for key in list(due))


def watch_plans(clock: Callable[[], datetime], stop: threading.Event) -> None:
    """Do what is due, again and again, until `stop` is set."""
    rounds.go_round(lambda: keep_plans(clock()), stop, name="what was planned for items", nap=NAP)


def _keep(key: int, now: datetime) -> bool:
    with in_turn():
        found = ItemPlan.objects.select_for_update().filter(pk=key, fault="").select_related("item").first()
        if found is None:  # somebody else did it meanwhile, or took it back
            return False
        item = found.item
        if found.publish_at is not None and found.publish_at <= now:
            if item.status == Status.WAITING:
                held = publish([item], now=now).held
                found.fault = held[0].reason[:300] if held else ""
                plan_kept.send(ItemPlan, item=item, done="publish", fault=found.fault)
            found.publish_at = found.publish_at if found.fault else None
        if found.withdraw_at is not None and found.withdraw_at <= now and not found.fault:
            if item.status == Status.PUBLISHED:
                withdraw(item, reason=found.withdraw_reason or ITS_TIME, now=now, told=Told.OVER)
                plan_kept.send(ItemPlan, item=item, done="withdraw", fault="")
            found.withdraw_at = None
        if found.publish_at is None and found.withdraw_at is None:
            found.delete()
        else:
            found.save(update_fields=["publish_at", "withdraw_at", "fault"])
    return True


def _faults(
    item: Item, publish_at: datetime | None, withdraw_at: datetime | None, now: datetime
) -> dict[str, str]:
    faults = {}
    for name, moment in (("publish_at", publish_at), ("withdraw_at", withdraw_at)):
        if moment is not None and moment <= now:
            faults[name] = f"This is past: it is {timezone.localtime(now):%H:%M on %-d %B %Y} now."
        elif moment is not None and moment - now > FURTHEST:
            faults[name] = "This is more than five years away. Look at the year."
    if publish_at and withdraw_at and withdraw_at <= publish_at:
        faults["withdraw_at"] = "This is before it is published."
    if publish_at and item.status != Status.WAITING:
        faults["publish_at"] = f"It is {item.get_status_display().lower()} already."
    if withdraw_at and item.status == Status.WITHDRAWN:
        faults["withdraw_at"] = "It is withdrawn already."
    if publish_at and item.findings.filter(code__in=HOLDING_CODES, settled_at=None).exists():
        faults["publish_at"] = "A child or a victim may be identifiable. Decide about the name first."
    return faults
