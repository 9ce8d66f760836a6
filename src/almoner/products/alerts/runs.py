"""Runs: opened once each, filled with their recipients so that it can be broken off anywhere, closed by counting."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from almoner.lib.message import Message
from almoner.products.alerts.enums import DeliveryState, Pace, RunKind, RunState
from almoner.products.alerts.matching import matched, readers
from almoner.products.alerts.models import Announcement, Delivery, Run, Subscriber
from almoner.products.alerts.outbox import WITHDRAWN
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.moments import LONDON

CHUNK: Final = 500
"""Deliveries that are written in one transaction."""
LEASE: Final = timedelta(minutes=10)
"""For so long nobody else fills a run that somebody is filling; renewed with each chunk."""
PACES: Final = {
    RunKind.URGENT: (Pace.AT_ONCE,),
    RunKind.DAILY: (Pace.AT_ONCE, Pace.DAILY),
    RunKind.WEEKLY: (Pace.WEEKLY,),
}
_TAKEN_BY: Final = {RunKind.DAILY: "daily", RunKind.WEEKLY: "weekly", RunKind.URGENT: "alert"}
"""The field of an announcement that says which run took it."""
Entries = list[tuple[int, list[int]]]
STOPPED: Final = "An editor stopped the run."
log = logging.getLogger(__name__)


def open_due(now: datetime) -> None:
    """Open the runs whose time has come: one for each item that is urgent, one digest a local date, and one a week.

    A digest is due once the clocks in London have passed its time. So where an hour is missing it is due after the
    gap, and where one comes twice the second finds the run of that name.
    """
    open_urgent(now)
    local = now.astimezone(LONDON)
    today, due = local.date(), local.time() >= settings.DIGEST_TIME
    monday = today - timedelta(days=today.weekday())
    if due:
        _open(RunKind.DAILY, f"daily {today}", now)
    if due or today > monday:
        _open(RunKind.WEEKLY, f"weekly {monday}", now)


def open_urgent(now: datetime) -> None:
    """Open a run for each item that is urgent and has none."""
    for announcement in Announcement.objects.filter(urgent=True, alert=None).select_related("item"):
        _open(RunKind.URGENT, f"urgent {announcement.item.key}", now, pk=announcement.pk)


def _open(kind: RunKind, name: str, now: datetime, **only: int) -> None:
    if Run.objects.filter(name=name).exists():
        return
    with transaction.atomic():
        run, is_new = Run.objects.get_or_create(
            name=name, defaults={"kind": kind, "local_date": now.astimezone(LONDON).date(), "opened_at": now}
        )
        if is_new:
            # What waits is taken, whenever it was published: nothing falls between two runs.
            Announcement.objects.filter(**{_TAKEN_BY[kind]: None}, **only).update(**{_TAKEN_BY[kind]: run})


def open_issue(briefing: str, issue: str, messages: Mapping[str, Message], now: datetime) -> Run:
    """The run of an issue of a briefing, opened if there is none. `messages` are by the code of their audience."""
    run, _ = Run.objects.get_or_create(
        name=f"briefing {issue}",
        defaults={
            "kind": RunKind.BRIEFING,
            "briefing": briefing,
            "messages": {audience: asdict(message) for audience, message in messages.items()},
            "local_date": now.astimezone(LONDON).date(),
            "opened_at": now,
        },
    )
    return run


def take_back_issue(issue: str, now: datetime) -> int:
    """Send an issue (its key) to nobody who has not got it, and forget what it said; how many messages that were. A run
    that is being filled gets no further recipient; what is under way and refused for now is not sent either, for there
    is nothing left to send (`claims.reconsider`)."""
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(name=f"briefing {issue}").first()
        if run is None:
            return 0
        Run.objects.filter(pk=run.pk).update(messages=None)
        if run.state == RunState.CLOSED:
            return 0
        found = run.deliveries.filter(state=DeliveryState.WAITING).update(
            state=DeliveryState.SUPPRESSED, settled_at=now, answer=WITHDRAWN, lease="", lease_until=None
        )
        Run.objects.filter(pk=run.pk).update(
            state=RunState.SENDING, reason="", lease="", lease_until=None, recipients=run.deliveries.count()
        )
    return found


def fill_open(now: datetime) -> None:
    """Fill the runs that wait for their recipients and that nobody is filling, the urgent first."""
    waiting = Run.objects.filter(_free(now), state=RunState.FILLING)
    for run in sorted(waiting, key=lambda run: (run.kind != RunKind.URGENT, run.opened_at, run.pk)):
        try:
            fill(run, now)
        except Exception:  # a fault about one run keeps no other from going
            log.exception("%s cannot be filled", run.name)


def _free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)


def fill(run: Run, now: datetime) -> bool:
    """Write a delivery for each recipient, in transactions of `CHUNK`; False where somebody else is about it. Broken
    off, it goes on from there; a person gets one delivery, whatever happens."""
    lease = secrets.token_hex(8)
    ours = Run.objects.filter(pk=run.pk, lease=lease)
    if (
        not Run.objects.filter(_free(now), pk=run.pk, state=RunState.FILLING)
        .update(lease=lease, lease_until=now + LEASE)
    ):  # fmt: skip
        return False
    run.refresh_from_db()
    wanted = ((who, edition, entries) for who, edition, entries in _recipients(run) if who > run.filled_to)
    while chunk := list(islice(wanted, CHUNK)):
        with transaction.atomic():
            if not ours.update(lease_until=timezone.now() + LEASE, filled_to=chunk[-1][0]):
                return False
            Delivery.objects.bulk_create(_deliveries(run, chunk, now), ignore_conflicts=True)
    with transaction.atomic():
        recipients = run.deliveries.count()
        ours.update(
            lease="",
            lease_until=None,
            recipients=recipients,
            state=RunState.SENDING if recipients else RunState.CLOSED,
            closed_at=None if recipients else now,
        )
    return True


def _recipients(run: Run) -> Iterator[tuple[int, str, Entries]]:
    """Who gets something, in which edition, and what by which subscriptions; by rising primary key."""
    if run.kind == RunKind.BRIEFING:
        for who, subscription, audience in readers(run.briefing, list(run.messages or {})):
            yield who, audience, [(0, [subscription])]
        return
    kind = RunKind(run.kind)
    items = Announcement.objects.filter(**{_TAKEN_BY[kind]: run}).order_by("-item__sorts_at", "-item_id")
    for who, entries in matched(list(items.values_list("item_id", flat=True)), paces=PACES[kind]):
        yield who, "", entries


def _deliveries(run: Run, chunk: Sequence[tuple[int, str, Entries]], now: datetime) -> list[Delivery]:
    people = [who for who, _, _ in chunk]
    told = told_before(run, people)
    wants_quiet = Subscriber.objects.filter(pk__in=people).exclude(quiet_from=None).exclude(quiet_to=None)
    quiet = {
        pk: (begins, ends)
        for pk, begins, ends in wants_quiet.values_list("pk", "quiet_from", "quiet_to")
        if begins and ends
    }
    made = []
    for who, edition, entries in chunk:
        new = [entry for entry in entries if entry[0] not in told.get(who, ())]
        if new:
            made.append(
                Delivery(
                    run=run,
                    subscriber_id=who,
                    edition=edition,
                    entries=new,
                    next_at=after_quiet(now, *quiet[who]) if who in quiet else now,
                )
            )
    return made


def told_before(run: Run, people: Iterable[int]) -> dict[int, set[int]]:
    """The items of this run that these subscribers have had in another: nobody is told the same twice."""
    if run.kind == RunKind.BRIEFING:
        return {}
    begun = Announcement.objects.filter(**{_TAKEN_BY[RunKind(run.kind)]: run}).aggregate(at=Min("at"))["at"]
    if begun is None:
        return {}
    had: dict[int, set[int]] = {}
    others = Delivery.objects.filter(
        subscriber__in=list(people), run__opened_at__gte=begun, run__kind__in=list(_TAKEN_BY)
    ).exclude(run=run)
    for who, entries in others.exclude(state=DeliveryState.SUPPRESSED).values_list("subscriber", "entries"):
        had.setdefault(who, set()).update(item for item, _ in entries)
    return had


def after_quiet(now: datetime, begins: time, ends: time) -> datetime:
    """When somebody may be written to who wants quiet between two times of day in London; `now` outside of it."""
    local = now.astimezone(LONDON)
    is_quiet = begins <= local.time() < ends if begins <= ends else not ends <= local.time() < begins
    if begins == ends or not is_quiet:
        return now
    day = local.date() + timedelta(days=local.time() >= ends)
    return datetime.combine(day, ends, LONDON).astimezone(now.tzinfo)


def close_done(now: datetime) -> None:
    """Close the runs in which every recipient is accounted for."""
    for run in Run.objects.filter(state=RunState.SENDING):
        if run.deliveries.filter(state__in=(DeliveryState.WAITING, DeliveryState.SENDING)).exists():
            continue
        settled = sum(counts(run).values())
        if settled == run.recipients:
            Run.objects.filter(pk=run.pk, state=RunState.SENDING).update(state=RunState.CLOSED, closed_at=now)
        else:
            hold(run, f"{run.recipients} recipients were written down, and {settled} are accounted for.")
            log.error("the run %s does not add up: %d of %d", run.name, settled, run.recipients)


def counts(run: Run) -> dict[str, int]:
    """How many of a run's messages are in each state; where they are no longer kept, how many were."""
    found = (
        run.ended_as
        if run.ended_as is not None
        else dict(run.deliveries.order_by().values_list("state").annotate(n=Count("pk")))
    )
    return {state: found.get(state, 0) for state in DeliveryState.values}


def answers(run: Run, most: int) -> list[tuple[str, int]]:
    """What the mail server said about messages of a run that it has not accepted, the most frequent first."""
    said = run.deliveries.exclude(state=DeliveryState.ACCEPTED).exclude(answer="").order_by()
    rows = said.values_list("answer").annotate(n=Count("pk")).order_by("-n", "answer")
    return list(rows[:most])


def would_reach(item: Item) -> int:
    """How many people an alert about an item would go to now."""
    return sum(1 for _ in matched([item.pk], paces=PACES[RunKind.URGENT]))


def hold(run: Run, reason: str) -> None:
    """Send nothing more of a run until somebody says go."""
    Run.objects.filter(pk=run.pk, state=RunState.SENDING).update(state=RunState.HELD, reason=reason[:300])


def go_on(run: Run) -> None:
    """Send what waits of a run that was held."""
    Run.objects.filter(pk=run.pk, state=RunState.HELD).update(state=RunState.SENDING, reason="")


def stop(run: Run, now: datetime) -> int:
    """Send nothing more of a run, for good; how many messages that were. What is under way ends as it does."""
    with transaction.atomic():
        found = run.deliveries.filter(state=DeliveryState.WAITING).update(
            state=DeliveryState.SUPPRESSED, settled_at=now, answer=STOPPED, lease="", lease_until=None
        )
        go_on(run)
    return found


def try_again(run: Run, now: datetime) -> int:
    """Let what failed wait to be sent again, and open the run; how many they are: none where the messages are no longer
    kept. What is uncertain stays so: the server may have it."""
    with transaction.atomic():
        if Run.objects.select_for_update().filter(pk=run.pk).exclude(ended_as__isnull=True).exists():
            return 0
        failed = run.deliveries.filter(state=DeliveryState.FAILED).exclude(subscriber=None)
        found = failed.update(
            state=DeliveryState.WAITING, attempts=0, next_at=now, settled_at=None, answer="", lease=""
        )
        if found:
            Run.objects.filter(pk=run.pk, state=RunState.CLOSED).update(
                state=RunState.SENDING, closed_at=None
            )
    return found
