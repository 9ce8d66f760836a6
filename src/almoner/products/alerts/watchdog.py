"""An alarm where something urgent reaches nobody: said in the log, to the health check, on the desk, and by mail to whoever
runs the service."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Exists, OuterRef

from almoner.products.alerts.enums import DeliveryState, RunKind, RunState
from almoner.products.alerts.models import Announcement, Delivery, Run

PATIENCE: Final = timedelta(minutes=15)
"""An urgent message that nobody has by then is not on its way."""
LOOKS_BACK: Final = timedelta(days=3)
"""What is older is history."""
_STATES: Final = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.FAILED, DeliveryState.UNCERTAIN)

log = logging.getLogger(__name__)


def silent(now: datetime) -> list[Run]:
    """The alerts that went out too long ago for nobody to have them, though there is somebody who should by now: those
    whose quiet time it is do not count."""
    of_run = Delivery.objects.filter(run=OuterRef("pk"))
    begun = Run.objects.filter(
        kind=RunKind.URGENT, opened_at__gt=now - LOOKS_BACK, opened_at__lte=now - PATIENCE
    ).exclude(Exists(of_run.filter(state=DeliveryState.ACCEPTED)))
    overdue = of_run.filter(state__in=_STATES).exclude(attempts=0, next_at__gt=now - PATIENCE)
    return [
        run
        for run in begun.annotate(is_overdue=Exists(overdue))
        if run.is_overdue or run.state == RunState.FILLING
    ]


def unopened(now: datetime) -> int:
    """How many items were marked urgent that long ago and are in no alert: whoever should open one is not there."""
    return Announcement.objects.filter(
        urgent=True, alert=None, at__gt=now - LOOKS_BACK, at__lte=now - PATIENCE
    ).count()


def watch(now: datetime) -> list[Run]:
    """Say of each silent alert, once, that it is; those that were said now."""
    said = []
    for run in silent(now):
        if Run.objects.filter(pk=run.pk, alarmed_at=None).update(alarmed_at=now):
            said.append(run)
            log.error("%s: nobody has this urgent alert after 15 minutes", run.name)
            _write(run)
    return said


def _write(run: Run) -> None:
    if not settings.CONTACT:
        return
    try:
        send_mail(
            f"{settings.SITE_NAME}: an urgent alert reaches nobody",
            f"{run.name} was to go to {run.recipients} people from {run.opened_at:%d %B %Y %H:%M} UTC on, and the mail "
            f"server has accepted none of them.\n\nLook at it: {settings.SITE_ADDRESS}/newsroom/runs/{run.pk}/\n",
            None,
            [settings.CONTACT],
        )
    except Exception:  # that mail does not work is what this is about
        log.warning("the alarm about %s cannot be mailed", run.name, exc_info=True)
