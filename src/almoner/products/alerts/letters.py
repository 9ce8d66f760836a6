"""The letters that answer requests: to confirm what was chosen, or with the link to what somebody follows.

They wait as rows and are sent behind the answer to the form, so that it takes no longer for one address than another.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts import links
from almoner.products.alerts.enums import RequestKind, RequestState, Standing
from almoner.products.alerts.models import Request, Subscriber
from almoner.products.alerts.sign_up import VALID
from almoner.products.alerts.suppression import never_written_to

LEASE: Final = timedelta(minutes=10)
"""For so long nobody else takes a letter that is being sent; then it is tried again."""
TRIES: Final = 6
BATCH: Final = 50
KEPT: Final = timedelta(days=30)
"""For so long the address of somebody who left is kept, so that a question about it can be answered."""
_SUBJECTS: Final = {
    RequestKind.SIGN_UP: "Please confirm",
    RequestKind.LINK: "Your link",
}
log = logging.getLogger(__name__)


@sensitive_variables()
def send_waiting(now: datetime) -> int:
    """Send the letters that wait, at most `BATCH`; how many went. One that cannot be handed over is tried again later, ever
    less often. Two processes never send the same: each takes a letter by compare-and-set."""
    sent = 0
    due = Request.objects.filter(state=RequestState.WAITING, next_at__lte=now).order_by("next_at")
    for request in list(due[:BATCH]):
        taken = Request.objects.filter(pk=request.pk, state=RequestState.WAITING, next_at=request.next_at)
        if not taken.update(next_at=now + LEASE * 2**request.attempts, attempts=request.attempts + 1):
            continue
        state, problem = _send(request, now)
        Request.objects.filter(pk=request.pk).update(state=state, problem=problem)
        sent += state == RequestState.SENT
    return sent


@sensitive_variables()
def _send(request: Request, now: datetime) -> tuple[RequestState, str]:
    if request.at <= now - VALID or never_written_to(request.folded):
        return RequestState.HELD, ""
    message = EmailMessage(
        subject=_SUBJECTS[RequestKind(request.kind)],
        body=_words(request),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[request.address],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    try:
        get_connection(timeout=30).send_messages([message])
    except OSError as fault:  # what smtplib raises is one, too
        log.warning("a letter that answers a request could not be handed over: %s", type(fault).__name__)
        state = RequestState.FAILED if request.attempts + 1 >= TRIES else RequestState.WAITING
        return state, _problem(fault)
    return RequestState.SENT, ""


def _problem(fault: OSError) -> str:
    """What went wrong, in words for whoever runs the service; without the address, which the server's own may hold."""
    for code, _ in getattr(fault, "recipients", {}).values():  # smtplib.SMTPRecipientsRefused
        return f"The mail server does not take the address ({code})."
    if code := getattr(fault, "smtp_code", None):  # smtplib.SMTPResponseException
        return f"The mail server takes nothing from us ({code})."
    return "The mail server could not be reached."


def troubles() -> list[tuple[str, int, int]]:
    """Why letters have not gone, each with how many are given up and how many are tried again."""
    given_up = Count("pk", filter=Q(state=RequestState.FAILED))
    waiting = Count("pk", filter=Q(state=RequestState.WAITING))
    found = Request.objects.exclude(problem="").filter(state__in=(RequestState.FAILED, RequestState.WAITING))
    rows = found.order_by("problem").values_list("problem").annotate(given_up=given_up, waiting=waiting)
    return [(problem, failed, later) for problem, failed, later in rows]


def try_again(now: datetime) -> int:
    """Let the letters that were given up be tried anew; how many they are."""
    return Request.objects.filter(state=RequestState.FAILED).update(
        state=RequestState.WAITING, next_at=now, attempts=0
    )


@sensitive_variables()
def _words(request: Request) -> str:
    subscriber = Subscriber.objects.filter(folded=request.folded, standing=Standing.CONFIRMED).first()
    context = {
        "site_name": settings.SITE_NAME,
        "site_address": settings.SITE_ADDRESS,
        "days": VALID.days,
        "confirm": links.confirm(request.key),
        "change": links.change(subscriber.key) if subscriber else "",
        "imported": request.how != "form",
    }
    return render_to_string(f"alerts/{request.kind}.txt", context).strip() + "\n"


def forget_old(now: datetime) -> int:
    """Delete requests that can be confirmed no longer, and people who left `KEPT` ago; how many rows went. That somebody
    is not to be written to outlives them, as a keyed hash."""
    old = Request.objects.filter(at__lte=now - VALID)
    left = Subscriber.objects.filter(standing=Standing.ENDED, ended_at__lte=now - KEPT)
    return sum(rows.delete()[0] for rows in (old, left) if rows.exists())
