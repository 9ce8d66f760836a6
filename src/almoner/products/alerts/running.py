"""Sending within this process, as the settings have it: what is due is opened, filled, sent and closed, round and round."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from almoner.products.alerts import claims, installation, keeping, letters, runs, watchdog
from almoner.products.alerts.pace import Pace, WarmUp
from almoner.products.alerts.post import Post
from almoner.products.alerts.relay import Relay, Server
from almoner.products.alerts.sending import Sender, Unwell
from almoner.products.alerts.wire import Sender as From
from almoner.products.alerts.wire import Signing
from almoner.records import rounds

NAP: Final = 5.0
"""Seconds between two looks at what is due."""
LONGEST_NAP: Final = 600.0
"""Where the mail server is unwell, or we are."""
LONGEST_GOODBYE: Final = 30.0
"""Seconds in which the message that is under way ends by itself."""
NO_SERVER: Final = "no mail server set"


def why_not() -> str:
    """Why nothing is sent from this installation, in words; "" where it is. `OSError` where the data folder cannot be
    read or written."""
    return installation.why_held() if settings.MAIL_SERVER else NO_SERVER


def start_sending() -> None:
    """Send in a thread of this process until it ends."""
    rounds.begin("send", send_all, goodbye=LONGEST_GOODBYE)


def send_all(stop: threading.Event) -> None:
    """Send what is due, again and again, until `stop` is set; the message that is under way is ended first."""
    with Relay(server(), _host()) as relay:
        sender = Sender(relay, post(), timezone.now, stop, pace())
        go_round(sender, relay.close, timezone.now, stop)


def send_once(stop: threading.Event) -> int:
    """Send what is due now; how many messages were dealt with. `Unwell` where the mail server is."""
    with Relay(server(), _host()) as relay:
        return send_due(Sender(relay, post(), timezone.now, stop, pace()), timezone.now, stop)


def go_round(
    sender: Sender, rest: Callable[[], None], clock: Callable[[], datetime], stop: threading.Event
) -> None:
    """What `send_all` does, with this sender. `rest` hears when there is nothing to send for a while."""

    def send() -> None:
        try:
            send_due(sender, clock, stop)
        finally:
            rest()

    rounds.go_round(send, stop, name="sending", nap=NAP, longest_nap=LONGEST_NAP, expected=(Unwell,))


def send_due(sender: Sender, clock: Callable[[], datetime], stop: threading.Event | None = None) -> int:
    """Send the letters that wait; open, fill, send and close what is due now; how many messages were dealt with. `Unwell` where the mail server is,
    once everything else is done."""
    total = 0
    letters.forget_old(clock())
    keeping.forget_old(clock())
    if not installation.why_held():
        letters.send_waiting(clock())
    try:
        runs.open_due(clock())
        runs.fill_open(clock())
        claims.recover(clock())
        while not (stop and stop.is_set()) and (done := sender.sweep()):
            total += done
            runs.open_urgent(clock())
            runs.fill_open(clock())
    finally:
        runs.close_done(clock())
        watchdog.watch(clock())
    return total


def server() -> Server:
    """The mail server of the settings."""
    return Server(
        settings.EMAIL_HOST,
        settings.EMAIL_PORT,
        settings.EMAIL_HOST_USER,
        settings.EMAIL_HOST_PASSWORD,
        implicit=settings.EMAIL_USE_SSL,
        starttls=settings.EMAIL_USE_TLS,
    )


def post() -> Post:
    """Who sends, of the settings."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    signing = None
    if dkim := settings.DKIM:
        signing = Signing(dkim["domain"], dkim["selector"], Path(dkim["file"]).read_bytes())
    return Post(From(address, name or settings.SITE_NAME, _host(), signing), settings.BOUNCES)


def pace() -> Pace:
    """How fast, of the settings."""
    return Pace(settings.MAIL_PACE, WarmUp(*settings.WARM_UP) if settings.WARM_UP else None)


def _host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
