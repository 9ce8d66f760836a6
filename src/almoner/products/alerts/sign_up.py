"""Signing up in two steps: an address is given and written to; whoever reads that mail says yes.

What is done for an address that is known here and for one that is not is the same, row for row: nobody learns by
asking who follows what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.addresses import Address
from almoner.products.alerts.enums import Follows, Pace, RequestKind, RequestState, Standing
from almoner.products.alerts.models import Consent, Request, Subscriber, Subscription
from almoner.products.alerts.suppression import never_written_to, rows_of
from almoner.records.accounts.enums import Purpose
from almoner.records.accounts.services import admit

VALID: Final = timedelta(days=7)
"""How long a request waits for its answer; then it is forgotten."""
MOST: Final = 200
"""Things that one person can follow."""
_LETTER: Final = {RequestKind.SIGN_UP: Purpose.SIGN_UP, RequestKind.LINK: Purpose.MY_LINK}


class Answer(Enum):
    """What somebody is told who asked for something."""

    TAKEN = auto()
    """A letter goes to the address, unless it had one within a day. Who asks is not told which."""
    TOO_MANY = auto()
    """Too many were asked for from this network, or altogether: nothing was kept."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to follow, and at what pace."""

    follows: Follows
    about: str
    pace: Pace


def consent_words() -> str:
    """What somebody agrees to; it is shown beside the button, and kept as it was shown."""
    return (
        f"{settings.SITE_NAME} may write to me by e-mail about what I chose, at the pace I chose. "
        "I can change this or end it with a link in every message."
    )


@sensitive_variables()
def ask(
    kind: RequestKind,
    address: Address,
    chosen: Iterable[Choice],
    *,
    network: str,
    now: datetime,
    how: str = "form",
) -> Answer:
    """Keep a request, so that the address is written to. `network` is the address that the visitor comes from.

    Every request that is taken leaves the same rows. One mailbox gets one letter of a kind a day, whoever asks.
    """
    if not admit(Purpose.ALERTS, "", network, now=now):
        return Answer.TOO_MANY
    may_write = admit(_LETTER[kind], address.counted, network, now=now)
    Request.objects.create(
        kind=kind,
        state=RequestState.WAITING if may_write else RequestState.HELD,
        address=address.typed,
        folded=address.folded,
        chosen=as_rows(chosen),
        how=how,
        words=consent_words(),
        at=now,
        next_at=now,
    )
    return Answer.TAKEN


def as_rows(chosen: Iterable[Choice]) -> list[list[str]]:
    """Choices as a request keeps them, each thing once, no more than `MOST`."""
    rows = {(each.follows, each.about): [each.follows.value, each.about, each.pace.value] for each in chosen}
    return list(rows.values())[:MOST]


def choices_of(request: Request) -> list[Choice]:
    """What a request asks for."""
    return [Choice(Follows(follows), about, Pace(pace)) for follows, about, pace in request.chosen]


def open_request(key: str, now: datetime) -> Request | None:
    """The request to follow something that a key stands for, while it can be confirmed."""
    return _open(key, now).first()


@sensitive_variables()
def confirm(key: str, now: datetime) -> Subscriber | None:
    """Whoever reads the mail of the address says yes: they are a subscriber now, follow what they chose, and that they
    agreed is written down. None where there is no such request, or the address asked for good not to be written to."""
    with transaction.atomic():
        request = _open(key, now).select_for_update().first()  # whoever presses twice confirms once
        if request is None or never_written_to(request.folded):
            return None
        subscriber = Subscriber.objects.select_for_update().filter(folded=request.folded).first()
        if subscriber is None:
            subscriber = Subscriber(address=request.address, folded=request.folded, asked_at=request.at)
        if subscriber.standing != Standing.CONFIRMED:
            subscriber.standing, subscriber.confirmed_at = Standing.CONFIRMED, now
            subscriber.asked_at = request.at
            subscriber.ended_at, subscriber.ended_why = None, ""
        subscriber.save()
        rows_of(request.folded).delete()
        follow(subscriber, choices_of(request), now)
        Consent.objects.create(
            subscriber=subscriber, at=now, given=True, how=request.how, words=request.words
        )
        request.delete()
    return subscriber


def _open(key: str, now: datetime) -> QuerySet[Request]:
    waits = (RequestState.WAITING, RequestState.SENT)
    return Request.objects.filter(key=key, kind=RequestKind.SIGN_UP, state__in=waits, at__gt=now - VALID)


def follow(subscriber: Subscriber, chosen: Sequence[Choice], now: datetime) -> int:
    """Let a subscriber follow these too; what they follow already gets the new pace. How many are new."""
    known = {(row.follows, row.about): row for row in subscriber.subscriptions.filter(ended_at=None)}
    new = {(each.follows, each.about): each for each in chosen if (each.follows, each.about) not in known}
    for each in chosen:
        row = known.get((each.follows, each.about))
        if row is not None and row.pace != each.pace:
            Subscription.objects.filter(pk=row.pk).update(pace=each.pace)
    room = max(0, MOST - len(known))
    made = Subscription.objects.bulk_create(
        Subscription(
            subscriber=subscriber, follows=each.follows, about=each.about, pace=each.pace, began_at=now
        )
        for each in list(new.values())[:room]
    )
    return len(made)
