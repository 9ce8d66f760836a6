"""Which messages are being sent, and by whom: claimed by compare-and-set under a lease, marked, settled.

A claim only reserves: who dies with it holds it until the lease runs out, and then others send. A message is *marked*
in the commit before its final dot, so that whatever happens afterwards can never be taken for "not sent".
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.enums import DeliveryState, RunKind, RunState, Standing
from almoner.products.alerts.models import Delivery, Run, Subscriber, Subscription, Suppression
from almoner.products.alerts.outbox import WITHDRAWN
from almoner.products.alerts.suppression import marks, rows_of
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item

LEASE: Final = timedelta(minutes=15)
"""After this another may have it. A message takes four minutes at most (`relay`), and none is begun after `BEGINS`."""
BEGINS: Final = timedelta(minutes=5)
IN_DOUBT: Final = "It was broken off while the mail server had it. It may have arrived."
AN_ANSWER: Final = 300


@dataclass(frozen=True, slots=True, repr=False)
class Claimed:
    """A message that is ours to send: what its row says, and whom it goes to."""

    pk: int
    run: Run
    lease: str
    until: datetime
    attempts: int
    doubtful: bool
    edition: str
    entries: list[tuple[int, list[int]]]
    subscriber: int | None
    key: str
    address: str
    folded: str
    telling: bool
    plain: bool

    @property
    def subscriptions(self) -> list[int]:
        """What it comes by (primary keys), each once, in order."""
        return list(dict.fromkeys(key for _, why in self.entries for key in why))

    @property
    def items(self) -> list[int]:
        """What it brings (primary keys); nothing for an issue of a briefing."""
        return [item for item, _ in self.entries if item]

    @property
    def is_taken_back(self) -> bool:
        """Whether it is of an issue that was withdrawn: nothing is left of what that said."""
        return self.run.kind == RunKind.BRIEFING and not self.run.messages

    @property
    def marks(self) -> list[str]:
        """What stands for its address on the list of those who are never written to, under each key."""
        return list(marks(self.folded)) if self.folded else []


def open_runs() -> list[Run]:
    """The runs that are being sent, the urgent first, then the oldest."""
    found = Run.objects.filter(state=RunState.SENDING)
    return sorted(found, key=lambda run: (run.kind != RunKind.URGENT, run.opened_at, run.pk))


@sensitive_variables()
def claim(now: datetime, most: int, runs: Iterable[Run]) -> list[Claimed]:
    """Take up to `most` messages of these runs that are due and that nobody has, run after run."""
    lease = secrets.token_hex(8)
    claimed: list[Claimed] = []
    for run in runs:
        if len(claimed) < most:
            claimed += _claim_of(run, now, most - len(claimed), lease)
    return claimed


def _free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)


def _claim_of(run: Run, now: datetime, most: int, lease: str) -> list[Claimed]:
    with transaction.atomic():
        due = Delivery.objects.filter(_free(now), run=run, state=DeliveryState.WAITING, next_at__lte=now)
        wanted = due.order_by("next_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            wanted = wanted.select_for_update(skip_locked=True)
        keys = list(wanted.values_list("pk", flat=True)[:most])
        if not keys:
            return []
        due.filter(pk__in=keys).update(lease=lease, lease_until=now + LEASE)
        rows = Delivery.objects.filter(pk__in=keys, lease=lease).order_by("next_at", "pk")
        return [
            Claimed(pk, run, lease, now + LEASE, *rest)
            for pk, *rest in rows.values_list(
                "pk", "attempts", "doubtful", "edition", "entries", "subscriber_id", "subscriber__key",
                "subscriber__address", "subscriber__folded", "subscriber__telling_subjects", "subscriber__plain_text",
            )
        ]  # fmt: skip


def give_back(claimed: Sequence[Claimed]) -> None:
    """Let go of messages that were not begun: they are due as they were."""
    for lease in {one.lease for one in claimed}:
        Delivery.objects.filter(
            pk__in=[one.pk for one in claimed if one.lease == lease], lease=lease, state=DeliveryState.WAITING
        ).update(lease="", lease_until=None)


_MARK: Final = """
UPDATE {delivery} SET state = 'sending', attempts = attempts + 1
WHERE id = %s AND lease = %s AND state = 'waiting'
AND EXISTS (SELECT 1 FROM {run} WHERE id = run_id AND state = 'sending')
AND EXISTS (SELECT 1 FROM {subscriber} WHERE id = subscriber_id AND standing = 'confirmed')
AND NOT EXISTS (SELECT 1 FROM {suppression} WHERE hashed IN ({marks}))
AND (SELECT count(*) FROM {subscription} WHERE id IN ({subscriptions}) AND ended_at IS NULL
     AND subscriber_id = {delivery}.subscriber_id) = %s
AND (SELECT count(*) FROM {item} WHERE id IN ({items}) AND status = 'published') = %s
"""


def mark(one: Claimed) -> bool:
    """Write down that the server is about to have it; False where it is no longer ours, or no longer wanted as it
    is: then it must not be sent.

    Looked at again, in the same statement: the run, the person and the list of those who are never written to, their
    subscriptions, and that every item is still published. It belongs in the transaction that is committed before the
    final dot.
    """
    marked, subscriptions, items = one.marks, one.subscriptions, one.items
    names = {
        name: connection.ops.quote_name(model._meta.db_table)
        for name, model in {
            "delivery": Delivery, "run": Run, "subscriber": Subscriber, "subscription": Subscription,
            "suppression": Suppression, "item": Item,
        }.items()
    }  # fmt: skip
    statement = _MARK.format(
        **names,
        marks=", ".join(["%s"] * len(marked)) or "NULL",
        subscriptions=", ".join(["%s"] * len(subscriptions)) or "NULL",
        items=", ".join(["%s"] * len(items)) or "NULL",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [one.pk, one.lease, *marked, *subscriptions, len(subscriptions), *items, len(items)],
        )
        return bool(cursor.rowcount == 1)


def reconsider(one: Claimed, now: datetime) -> None:
    """Make a message of ours what is still wanted of it: without what was withdrawn and what its reader no longer
    follows, and to nobody where that leaves nothing."""
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update()
            .filter(pk=one.pk, lease=one.lease, state=DeliveryState.WAITING)
            .first()
        )
        if row is None:
            return
        reader = Subscriber.objects.filter(deliveries=row, standing=Standing.CONFIRMED).first()
        if reader is None or rows_of(one.folded).exists():
            settle(one, DeliveryState.SUPPRESSED, "They are no longer written to.", now)
            return
        if one.is_taken_back:
            settle(one, DeliveryState.SUPPRESSED, WITHDRAWN, now)
            return
        follows = set(
            Subscription.objects.filter(pk__in=one.subscriptions, ended_at=None, subscriber=reader).values_list("pk", flat=True)
        )  # fmt: skip
        shown = set(
            Item.objects.filter(pk__in=one.items, status=Status.PUBLISHED).values_list("pk", flat=True)
        )
        left = [
            [item, [key for key in why if key in follows]]
            for item, why in one.entries
            if (not item or item in shown) and follows.intersection(why)
        ]
        if not left:
            settle(one, DeliveryState.SUPPRESSED, WITHDRAWN if follows else "They no longer follow it.", now)
        else:
            Delivery.objects.filter(pk=one.pk).update(entries=left, lease="", lease_until=None)


def settle(one: Claimed, state: DeliveryState, answer: str, now: datetime, *, doubtful: bool = False) -> None:
    """Write down what became of a message that is ours."""
    Delivery.objects.filter(
        pk=one.pk, lease=one.lease, state__in=(DeliveryState.WAITING, DeliveryState.SENDING)
    ).update(
        state=state,
        answer=answer[:AN_ANSWER],
        settled_at=now,
        lease="",
        lease_until=None,
        doubtful=one.doubtful or doubtful,
    )


_ACCEPTED: Final = """
UPDATE {delivery} SET state = 'accepted', answer = %s, settled_at = %s, lease = '', lease_until = NULL
WHERE id = %s AND lease = %s AND state = 'sending'
"""


def accepted(one: Claimed, answer: str, now: datetime) -> None:
    """Write down that the server has it. As `settle`, without what Django makes of an UPDATE: this one is most of what
    there is to do for a message."""
    delivery = connection.ops.quote_name(Delivery._meta.db_table)
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_ACCEPTED.format(delivery=delivery), [answer[:AN_ANSWER], moment, one.pk, one.lease])


def put_off(
    one: Claimed, until: datetime, answer: str, *, counts: bool = True, doubtful: bool = False
) -> None:
    """Let a message of ours that was not accepted wait until then. `counts` says whether that was a try of it."""
    changes: dict[str, object] = {"attempts": one.attempts + 1} if counts else {"attempts": one.attempts}
    Delivery.objects.filter(
        pk=one.pk, lease=one.lease, state__in=(DeliveryState.WAITING, DeliveryState.SENDING)
    ).update(
        state=DeliveryState.WAITING,
        next_at=until,
        answer=answer[:AN_ANSWER],
        lease="",
        lease_until=None,
        doubtful=one.doubtful or doubtful,
        **changes,
    )


def recover(now: datetime) -> int:
    """Decide about messages that were marked by somebody who died: nobody knows whether they were accepted. Urgent ones
    wait to go once again, under the same Message-ID; all others are uncertain for good. How many they were."""
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, lease_until__lte=now)
    again = lost.filter(run__kind=RunKind.URGENT, doubtful=False)
    with transaction.atomic():
        count = Delivery.objects.filter(pk__in=list(again.values_list("pk", flat=True)), state=DeliveryState.SENDING).update(
            state=DeliveryState.WAITING, next_at=now, lease="", lease_until=None, doubtful=True, answer=IN_DOUBT
        )  # fmt: skip
        return count + lost.update(
            state=DeliveryState.UNCERTAIN, settled_at=now, lease="", lease_until=None, doubtful=True, answer=IN_DOUBT
        )  # fmt: skip
