"""The watch over scheduled issues, in a thread of the service: each comes out when its time has come."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from almoner.products.briefing.services.issues import publish_due
from almoner.records import rounds

EVERY: Final = 20.0
"""Seconds between two looks. Of several processes that look, one publishes."""


def start_watching() -> None:
    """Watch in a thread of this process until it ends."""
    rounds.begin(
        "issues",
        lambda stop: rounds.go_round(
            lambda: publish_due(now=timezone.now()), stop, name="publishing scheduled issues", nap=EVERY
        ),
    )
