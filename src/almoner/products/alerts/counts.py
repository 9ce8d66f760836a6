"""How many people there are, and how many follow what: numbers alone, never who."""

from __future__ import annotations

from typing import Final

from django.db.models import Count

from almoner.products.alerts.enums import RequestKind, RequestState, Standing
from almoner.products.alerts.models import Request, Subscriber, Subscription
from almoner.products.alerts.offers import Sign

MOST: Final = 100
"""Things that are counted, those that most people follow."""


def standings() -> dict[str, int]:
    """How many are written to, how many ended, and how many were asked and have not answered."""
    counted = dict(Subscriber.objects.values_list("standing").annotate(number=Count("pk")).order_by())
    waiting = Request.objects.filter(
        kind=RequestKind.SIGN_UP, state__in=(RequestState.WAITING, RequestState.SENT)
    )
    return {
        "confirmed": counted.get(Standing.CONFIRMED, 0),
        "ended": counted.get(Standing.ENDED, 0),
        "asked": waiting.count(),
    }


def followers() -> list[tuple[Sign, int]]:
    """What people follow, and how many do, the most followed first."""
    rows = (
        Subscription.objects.filter(ended_at=None, subscriber__standing=Standing.CONFIRMED)
        .values_list("follows", "about")
        .annotate(number=Count("pk"))
        .order_by("-number", "follows", "about")
    )
    return [((follows, about), number) for follows, about, number in rows[:MOST]]
