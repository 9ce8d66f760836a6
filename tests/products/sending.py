"""What tests of sending stand on: a sender to a mail server of their own, and a clock that stands still."""

from __future__ import annotations

import email
import email.policy
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from almoner.products.alerts import running
from almoner.products.alerts.models import Delivery, Run
from almoner.products.alerts.pace import Pace
from almoner.products.alerts.post import Post
from almoner.products.alerts.relay import Relay, Server
from almoner.products.alerts.sending import Sender
from almoner.products.alerts.wire import Sender as From
from tests.servers.smtp import Smtp

POST = Post(From("news@example.org", "Harbour News", "news.example.org"), "bounces@example.org")


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        """Let time go by."""
        self.now += timedelta(**time)


def relay_to(smtp: Smtp, **server: Any) -> Relay:
    """A connection to the test's server. Close it."""
    return Relay(Server("127.0.0.1", smtp.port, **server), "news.example.org")


def sender_over(
    relay: Relay,
    clock: Callable[[], datetime],
    pace: Pace | None = None,
    stop: threading.Event | None = None,
) -> Sender:
    """A sender over a connection."""
    return Sender(relay, POST, clock, stop, pace)


def send_all(sender: Sender, clock: Clock, rounds: int = 1) -> int:
    """Open, fill, send and close what is due, as the service does, so many times over."""
    return sum(running.send_due(sender, clock) for _ in range(rounds))


def read(content: bytes) -> EmailMessage:
    """A message as mail programs read it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def words(message: EmailMessage, form: str = "plain") -> str:
    """What it says in plain text or HTML."""
    body = message.get_body((form,))
    assert body is not None
    return str(body.get_content())


def states(run: Run | None = None) -> dict[str, str]:
    """What became of each message, by the reader's address."""
    rows = Delivery.objects.all() if run is None else run.deliveries.all()
    return dict(rows.order_by("pk").values_list("subscriber__address", "state"))
