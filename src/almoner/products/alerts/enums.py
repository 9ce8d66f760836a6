"""Choices that alerts store."""

from __future__ import annotations

from django.db import models


class Standing(models.TextChoices):
    """Where a subscriber stands: they are one once they said yes. Only the confirmed are written to."""

    CONFIRMED = "confirmed", "Confirmed"
    ENDED = "ended", "Ended"


class Ended(models.TextChoices):
    """Why a subscriber or a subscription ended. Nothing vanishes; it ends, with a reason."""

    LEFT = "left", "Left by themselves"
    BOUNCED = "bounced", "Their mail does not arrive"
    COMPLAINED = "complained", "Said it was not wanted"
    EDITOR = "editor", "Ended by an editor"


class Follows(models.TextChoices):
    """What a subscription follows; `Subscription.about` says which one."""

    EVERYTHING = "everything", "Everything"
    TOPIC = "topic", "A topic"
    AUDIENCE = "audience", "A sector or role"
    AREA = "area", "An area"
    PUBLISHER = "publisher", "A publisher"
    WORK = "work", "A guidance document"
    SEARCH = "search", "A saved search"
    BRIEFING = "briefing", "A briefing"


class Pace(models.TextChoices):
    """How often somebody wants to hear."""

    AT_ONCE = "at_once", "At once what is urgent, the rest daily"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"


class RunKind(models.TextChoices):
    """What a run sends."""

    URGENT = "urgent", "Urgent alert"
    DAILY = "daily", "Daily digest"
    WEEKLY = "weekly", "Weekly digest"
    BRIEFING = "briefing", "Issue of a briefing"


class RunState(models.TextChoices):
    """How far a run is. It is closed when every recipient is accounted for."""

    FILLING = "filling", "Its recipients are being worked out"
    SENDING = "sending", "Sending"
    HELD = "held", "Held until somebody says go"
    CLOSED = "closed", "Closed"


class DeliveryState(models.TextChoices):
    """What became of one message to one person."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    ACCEPTED = "accepted", "Accepted by the mail server"
    FAILED = "failed", "Failed"
    SUPPRESSED = "suppressed", "Not sent: no longer wanted, or withdrawn"
    UNCERTAIN = "uncertain", "Uncertain: the server may have it"


class RequestKind(models.TextChoices):
    """What somebody asked for who gave an address."""

    SIGN_UP = "sign_up", "To follow something"
    LINK = "link", "For the link to what they follow"


class RequestState(models.TextChoices):
    """What became of the letter that answers a request."""

    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    HELD = "held", "Not sent: the address had one within a day, or is not to be written to"
    FAILED = "failed", "Could not be sent"
