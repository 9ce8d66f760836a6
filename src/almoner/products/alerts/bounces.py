"""What comes back: messages that could not be delivered (RFC 3464), and complaints (RFC 5965).

Only what carries a tag of ours is believed: in the address it was sent to, or in the Message-ID of the message that it
returns. Nobody but whoever got that message knows the tag, so a forged bounce ends nobody's alerts but the forger's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from enum import Enum
from typing import Final

from almoner.products.alerts.ending import end
from almoner.products.alerts.enums import DeliveryState, Ended
from almoner.products.alerts.models import Delivery, Subscriber
from almoner.products.alerts.sending import NO_SUCH_ADDRESS
from almoner.products.alerts.tags import delivery_of

MOST: Final = 1_000_000
"""Bytes of a bounce that are looked at."""
_PARTS: Final = 50
_SENT_TO: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_TAG_IN_ADDRESS: Final = re.compile(r"\+([0-9a-z]{1,16}-[a-z2-7]{26})@", re.IGNORECASE)
_TAG_IN_ID: Final = re.compile(r"<([0-9a-z]{1,16}-[a-z2-7]{26})@", re.IGNORECASE)
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class Told(Enum):
    """What came of a message that came back."""

    NOTHING = "nothing of ours; nothing was done"
    LATER = "it is late, and may still arrive; nothing was done"
    FAILED = "noted: it did not arrive"
    ENDED = "noted: the address is no more, and is not written to again"
    LEFT = "noted: they left by what their mail provider offers"
    COMPLAINED = "noted: it was not wanted, and the address is never written to again"


def take_in(content: bytes, now: datetime) -> Told:
    """Read a message that came back, and do what follows from it. The same one a second time changes nothing."""
    message = message_from_bytes(content[:MOST], policy=policy.compat32)
    parts = list(_parts(message))
    delivery = _delivery(message, parts)
    if delivery is None:
        return Told.NOTHING
    if any(part.get_content_type() == "message/feedback-report" for part in parts):
        return complained(delivery.subscriber, now)
    status = _final(parts)
    if not status:
        return Told.NOTHING
    if not status.startswith("5"):
        return Told.LATER
    return not_delivered(delivery, delivery.subscriber, status, now)


def not_delivered(delivery: Delivery | None, reader: Subscriber | None, status: str, now: datetime) -> Told:
    """A message, if it is known which, did not arrive; `status` is that of RFC 3463, "" where it is not known. Whoever has
    no such address is written to no more."""
    if delivery is None and reader is None:
        return Told.NOTHING
    if delivery is not None:
        Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.FAILED).update(
            state=DeliveryState.FAILED, answer=f"It came back: {status}".rstrip(": "), settled_at=now
        )
    if status in NO_SUCH_ADDRESS and reader is not None:
        end(reader.pk, Ended.BOUNCED, now)
        return Told.ENDED
    return Told.FAILED


def complained(reader: Subscriber | None, now: datetime) -> Told:
    """Somebody said that a message was not wanted: they are never written to again."""
    if reader is not None:
        end(reader.pk, Ended.COMPLAINED, now)
    return Told.COMPLAINED


def _parts(message: Message) -> Iterator[Message]:
    for at, part in enumerate(message.walk()):
        if at == _PARTS:
            return
        yield part


def _delivery(message: Message, parts: list[Message]) -> Delivery | None:
    """The message of ours that this is about: accepted, or in doubt, since nothing else can come back."""
    said = [str(value) for name in _SENT_TO for value in message.get_all(name, [])]
    found = [match for words in said for match in _TAG_IN_ADDRESS.findall(words)]
    for part in parts[1:]:
        ids = [*part.get_all("Message-ID", []), *part.get_all("Original-Message-ID", [])]
        if part.get_content_type() == "text/rfc822-headers":
            ids.append(str(part.get_payload()))
        found += [match for words in ids for match in _TAG_IN_ID.findall(str(words))]
    for words in found:
        if (number := delivery_of(words)) is not None:
            sent = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.FAILED)
            return Delivery.objects.filter(pk=number, state__in=sent).select_related("subscriber").first()
    return None


def _final(parts: list[Message]) -> str:
    """The status of the recipient (RFC 3463), "4" where it only says that it is late; "" where it says neither."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            for fields in part.get_payload():
                if not isinstance(fields, Message):
                    continue
                action = str(fields.get("Action", "")).strip().lower()
                status = _STATUS.search(str(fields.get("Status", "")))
                if action == "failed" and status:
                    return status[0]
                if action in {"delayed", "relayed", "delivered", "expanded"}:
                    return "4"
    return ""
