"""Sending what waits: claimed, looked at again, handed over outside of any transaction, written down.

What one commit a message costs is most of what sending costs. So the commit that marks a message also settles the one
before it; where the server is slow, and a broken-off process would leave that one in doubt for long, it is settled
by itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from almoner.products.alerts import claims, contents, installation, runs
from almoner.products.alerts.claims import Claimed
from almoner.products.alerts.ending import end
from almoner.products.alerts.enums import DeliveryState, Ended, RunKind
from almoner.products.alerts.models import Delivery
from almoner.products.alerts.pace import Pace
from almoner.products.alerts.post import Post
from almoner.products.alerts.relay import InDoubt, Lost, Refused, Relay, mailbox

BATCH: Final = 50
SLOW: Final = 0.05
"""Seconds for a message, from which on it is settled at once."""
DROPS: Final = 3
"""So many different messages at which the server hung up, none taken between: then it is the server that is unwell, not the message."""
REFUSALS: Final = 10
"""Messages of a run in a row that were refused for good, none accepted before: then it is the run that is refused."""
PARKED: Final = 12
"""Tries after which a message is given up that a server neither takes nor refuses."""
BROKEN: Final = 3
"""Tries after which a message is given up that we cannot write."""
IN_TIME: Final = {
    RunKind.URGENT: timedelta(days=1),
    RunKind.DAILY: timedelta(days=2),
    RunKind.WEEKLY: timedelta(days=5),
    RunKind.BRIEFING: timedelta(days=14),
}
"""What is later than this is given up: the next digest has come since. (RFC 5321, 4.5.4.1, asks for days.)"""
FIRST_WAIT: Final = {kind: timedelta(minutes=1 if kind == RunKind.URGENT else 5) for kind in RunKind}
LONGEST_WAIT: Final = {kind: timedelta(minutes=15 if kind == RunKind.URGENT else 240) for kind in RunKind}
"""Until the second try of a message that was put off, and between any two: each wait is twice the one before. Servers that
greylist take it after five minutes or so."""
NO_SUCH_ADDRESS: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Of RFC 3463 and 7505: nobody is there. Any other refusal may be about us."""

log = logging.getLogger(__name__)


class Unwell(Exception):
    """The server is not there, or takes nothing from us: messages wait, and are none the worse for it."""


class Sender:
    """Sends batch after batch over one connection."""

    def __init__(
        self,
        relay: Relay,
        post: Post,
        clock: Callable[[], datetime] = timezone.now,
        stop: threading.Event | None = None,
        pace: Pace | None = None,
        ended: Callable[[int, Ended, datetime], None] = end,
    ) -> None:
        """`ended` is told which subscribers (primary key) have an address that is no more."""
        self._relay = relay
        self._post = post
        self._clock = clock
        self._stop = stop or threading.Event()
        self._pace = pace or Pace()
        self._ended = ended
        self._contents = contents.Contents()
        self._unsettled: list[tuple[Claimed, str]] = []
        self._drops: set[int] = set()
        self._refusals: dict[int, int] = {}

    def sweep(self) -> int:
        """Claim some messages and send them; how many were dealt with, 0 where nothing waits or nothing may be sent.
        `Unwell` where the server is."""
        installation.introduce()
        if installation.why_held():
            return 0
        batch = self._claim(self._clock())
        done = 0
        try:
            self._contents.prepare(batch)
            for one in batch:
                if self._stop.is_set() or self._clock() > one.until - claims.LEASE + claims.BEGINS:
                    break
                self._pace.wait(self._stop, self.settle)
                self._deal_with(one)
                done += 1
        finally:
            self.settle()
            claims.give_back(batch)
        return done

    def settle(self) -> None:
        """Write down what was accepted and is not written down yet."""
        if self._unsettled:
            with transaction.atomic():
                self._write_accepted()
            self._unsettled.clear()

    def _claim(self, now: datetime) -> list[Claimed]:
        most, found = self._pace.batch(BATCH), claims.open_runs()
        left = self._pace.left_today(now, _accepted_since)
        if left is not None and left < most:
            urgent = claims.claim(now, most, [run for run in found if run.kind == RunKind.URGENT])
            return urgent or claims.claim(now, left, found)
        return claims.claim(now, most, found)

    def _deal_with(self, one: Claimed) -> None:
        now = self._clock()
        if not self._contents.is_whole(one):
            claims.reconsider(one, now)
        elif now - one.run.opened_at > IN_TIME[RunKind(one.run.kind)]:
            claims.settle(one, DeliveryState.FAILED, "It was too late for it.", now)
        else:
            try:
                recipient = mailbox(one.address)
                content = self._post.written(one, self._contents.of(one), now)
            except Refused as no:
                self._refused(one, no)
            except Exception as fault:  # of this message: the others go on
                self._cannot_be_written(one, fault)
            else:
                self._send(one, recipient, content)

    def _send(self, one: Claimed, recipient: str, content: bytes) -> None:
        began = time.monotonic()
        try:
            self._relay.open()
        except (Refused, Lost) as fault:
            raise Unwell(str(fault)) from None
        try:
            self._relay.offer(self._post.returns_to(one), recipient, content)
            if not self._mark(one):
                self._relay.abandon()
                claims.reconsider(one, self._clock())
                return
            answer = self._relay.finish()
        except Refused as no:
            self._refused(one, no)
        except Lost as fault:
            self._dropped(one, fault)
        except InDoubt as fault:
            self._in_doubt(one, fault)
        else:
            self._drops.clear()
            self._refusals[one.run.pk] = 0
            self._unsettled.append((one, answer))
            if time.monotonic() - began > SLOW:
                self.settle()

    def _mark(self, one: Claimed) -> bool:
        """Commit that the server is about to have it, and that it has the one before."""
        try:
            with transaction.atomic():
                self._write_accepted()
                is_marked = claims.mark(one)
                begun = installation.begin() if is_marked else 0
            self._unsettled.clear()
            if is_marked:
                installation.note_begun(begun)
        except Exception:
            self._relay.abandon()  # whatever we could not write down, the server does not have
            raise
        return is_marked

    def _write_accepted(self) -> None:
        for one, answer in self._unsettled:
            claims.accepted(one, answer, self._clock())

    def _refused(self, one: Claimed, no: Refused) -> None:
        now, said = self._clock(), f"{no.code} {no.words}"
        if no.stage in {"hello", "sender"}:  # about us, whoever it was for
            claims.put_off(one, now, said, counts=False)
            raise Unwell(said)
        self._drops.clear()
        if not no.is_permanent:
            self._put_off(one, said)
            return
        claims.settle(one, DeliveryState.FAILED, said, now)
        if no.status in NO_SUCH_ADDRESS and one.subscriber is not None:
            self._ended(one.subscriber, Ended.BOUNCED, now)
            return
        in_a_row = self._refusals[one.run.pk] = self._refusals.get(one.run.pk, 0) + 1
        if in_a_row >= REFUSALS:
            self._refusals[one.run.pk] = 0
            runs.hold(one.run, f"The mail server refused {in_a_row} messages in a row: {said}")
            log.error("the run %s is held, its messages are refused: %s", one.run.name, said)

    def _dropped(self, one: Claimed, fault: Lost) -> None:
        self._drops.add(one.pk)
        self._put_off(one, f"It was not accepted: {fault}")
        if len(self._drops) >= DROPS:
            self._drops.clear()
            raise Unwell(str(fault))

    def _in_doubt(self, one: Claimed, fault: InDoubt) -> None:
        now = self._clock()
        if one.run.kind == RunKind.URGENT and not one.doubtful:
            # Better twice than never, once; the same Message-ID lets mail programs see that it is one.
            claims.put_off(one, now + FIRST_WAIT[RunKind.URGENT], claims.IN_DOUBT, doubtful=True)
        else:
            claims.settle(one, DeliveryState.UNCERTAIN, claims.IN_DOUBT, now, doubtful=True)
        log.warning("a message of %s is in doubt: %s", one.run.name, fault)

    def _cannot_be_written(self, one: Claimed, fault: Exception) -> None:
        if one.attempts + 1 < BROKEN:
            self._put_off(one, f"It could not be written ({type(fault).__name__}).")
        else:
            said = f"Given up: it could not be written ({type(fault).__name__})."
            claims.settle(one, DeliveryState.FAILED, said, self._clock())
        log.error("delivery %d of %s cannot be written", one.pk, one.run.name, exc_info=fault)

    def _put_off(self, one: Claimed, said: str) -> None:
        now, tries = self._clock(), one.attempts + 1
        if tries >= PARKED:
            claims.settle(one, DeliveryState.FAILED, f"Given up after {tries} tries: {said}", now)
        else:
            wait = min(
                FIRST_WAIT[RunKind(one.run.kind)] * 2**one.attempts, LONGEST_WAIT[RunKind(one.run.kind)]
            )
            claims.put_off(one, now + wait, said)


def _accepted_since(moment: datetime) -> int:
    return Delivery.objects.filter(state=DeliveryState.ACCEPTED, settled_at__gte=moment).count()
