"""Whether what is to be sent is sent: an answer for the health check, and numbers for whoever runs the service."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count

from almoner.products.alerts import installation, watchdog
from almoner.products.alerts.enums import DeliveryState, RunState
from almoner.products.alerts.models import Delivery, Run
from almoner.records.ingest.health import FINE
from almoner.records.ingest.numbers import Number


def answer(now: datetime) -> str:
    """ "ok", or a few words on what is wrong that anybody may read. Where no mail server is set nothing is to be sent,
    and nothing is wrong. What is held waits for somebody and is not broken (`held`); an urgent alert that it keeps from
    everybody is."""
    if not settings.MAIL_SERVER:
        return FINE
    try:
        if watchdog.silent(now) or watchdog.unopened(now):
            return "an urgent alert reaches nobody"
        installation.why_held()
    except DatabaseError:
        return "the database does not answer"
    except OSError:
        return "the data folder cannot be written"
    return FINE


def held() -> list[str]:
    """What waits until somebody says go, in words that anybody may read: all sending, runs of messages. Empty where that
    cannot be asked; `answer` says so."""
    if not settings.MAIL_SERVER:
        return []
    try:
        found = ["sending is held until somebody says go"] if installation.why_held() else []
        if Run.objects.filter(state=RunState.HELD).exists():
            found.append("a run is held")
    except (DatabaseError, OSError):
        return []
    return found


def numbers(now: datetime) -> list[Number]:
    """Messages and runs by state, and whether sending is held, as of `now`."""
    going_on = Delivery.objects.filter(run__state__in=(RunState.SENDING, RunState.HELD))
    rows = dict(going_on.order_by().values_list("state").annotate(n=Count("pk")))
    runs = dict(Run.objects.order_by().values_list("state").annotate(n=Count("pk")))
    held = bool(settings.MAIL_SERVER and installation.why_held())
    return [
        Number(
            "deliveries",
            "Messages of the runs that are open, by state.",
            {("state", state): rows.get(state, 0) for state in DeliveryState.values},
        ),
        Number(
            "delivery_runs",
            "Runs of messages by state.",
            {("state", state): runs.get(state, 0) for state in RunState.values},
        ),
        Number("sending_held", "1 where nothing is sent until somebody says go.", {("", ""): held}),
        Number(
            "urgent_alerts_silent",
            "Urgent alerts that nobody has in time.",
            {("", ""): len(watchdog.silent(now))},
        ),
    ]
