"""What a mail provider reports, by webhook, of the messages that it took from us: bounces and complaints.

django-anymail (the extra `webhooks`) checks that a report is the provider's and reads its form. There is no report
without a secret, and none is made up here: it stands in a file that `ALMONER_REPORTS` names. A provider that is
believed may end what somebody gets, so an address is believed from it; a message of ours that it names is found by
its tag, as in what comes back by mail (`bounces`).
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.bounces import Told, complained, not_delivered
from almoner.products.alerts.enums import DeliveryState, Ended
from almoner.products.alerts.models import Delivery, Request, Subscriber, Suppression
from almoner.products.alerts.preferences import leave
from almoner.products.alerts.suppression import hashed
from almoner.products.alerts.tags import delivery_of

_TAG: Final = re.compile(r"\b([0-9a-z]{1,16}-[a-z2-7]{26})@", re.IGNORECASE)
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SENT: Final = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.FAILED)
log = logging.getLogger(__name__)


class NotTheirs(Exception):
    """The report is not the provider's, or is none."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Where anymail reads a provider's reports, and what it calls the secret that proves them."""

    module: str
    name: str
    secret: str


_READERS: Final = {
    "brevo": _Reader("anymail.webhooks.brevo", "BrevoTrackingWebhookView", "webhook_secret"),
    "mailgun": _Reader("anymail.webhooks.mailgun", "MailgunTrackingWebhookView", "webhook_signing_key"),
    "postmark": _Reader("anymail.webhooks.postmark", "PostmarkTrackingWebhookView", "webhook_secret"),
}


def secret_of(provider: str) -> Path | None:
    """The file with the secret that proves a provider's reports; None where it does not report to us."""
    wanted = settings.REPORTS
    return Path(wanted["file"]) if wanted and wanted["provider"] == provider else None


@sensitive_variables()  # keeps addresses and the secret out of error reports
def take_in(request: HttpRequest, provider: str, file: Path, now: datetime) -> list[Told]:
    """Do what follows from a provider's report, whose secret stands in the file; the same one a second time changes
    nothing. `NotTheirs` where it does not prove that it is the provider's, or cannot be read; `OSError` where the
    secret cannot be."""
    reader, secret = _READERS[provider], file.read_text().strip()
    if not secret:  # without one, anymail would believe everybody
        raise NotTheirs
    view = getattr(import_module(reader.module), reader.name)(**{reader.secret: secret})
    try:
        view.run_validators(request)
        events = view.parse_events(request)
    except (SuspiciousOperation, ValueError, LookupError, TypeError, AttributeError) as fault:
        log.warning("a mail provider's report was refused: %s", type(fault).__name__)
        raise NotTheirs from None
    return [_told(event, now) for event in events]


@sensitive_variables()
def _told(event: Any, now: datetime) -> Told:
    delivery = _delivery(event)
    folded = _folded(event.recipient)
    reader = delivery.subscriber if delivery else Subscriber.objects.filter(folded=folded).first()
    if event.event_type == "complained":
        return _complained(reader, folded, now)
    if event.event_type == "unsubscribed":
        return _left(reader, event.timestamp, now)
    if event.event_type not in {"bounced", "rejected", "failed"}:
        return Told.NOTHING
    status = _status(event)
    if status.startswith(("2", "4")):
        return Told.LATER
    return not_delivered(delivery, reader, status, now)


def _complained(reader: Subscriber | None, folded: str, now: datetime) -> Told:
    if reader is not None:
        return complained(reader, now)
    if not Request.objects.filter(folded=folded).exists():
        return Told.NOTHING
    # Somebody else gave their address: no letter goes there any more, whoever asks.
    Suppression.objects.get_or_create(hashed=hashed(folded), defaults={"why": Ended.COMPLAINED, "since": now})
    return Told.COMPLAINED


def _left(reader: Subscriber | None, at: datetime | None, now: datetime) -> Told:
    """They pressed what the provider offers. What it tells of the time before they came back is over."""
    if reader is None or (at and at.tzinfo and at < (reader.confirmed_at or reader.asked_at)):
        return Told.NOTHING
    leave(reader, (), now, how="mail provider")
    return Told.LEFT


def _delivery(event: Any) -> Delivery | None:
    """The message of ours that the report names, wherever in it the tag stands."""
    for words in _TAG.findall(f"{event.message_id} {json.dumps(event.esp_event, default=str)}"):
        if (number := delivery_of(words)) is not None:
            found = Delivery.objects.filter(pk=number, state__in=_SENT).select_related("subscriber")
            return found.first()
    return None


def _folded(recipient: object) -> str:
    try:
        return read_address(recipient if isinstance(recipient, str) else "").folded
    except ValueError:
        return ""


def _status(event: Any) -> str:
    """The status of RFC 3463 in what the other server said; that of an address that is none, where the provider says so;
    "" where nothing tells."""
    found = _STATUS.search(f"{event.mta_response or ''} {event.description or ''}")
    if found:
        return found[1]
    return "5.1.3" if event.reject_reason == "invalid" else ""
