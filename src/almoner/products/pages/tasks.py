"""The watch over scheduled pages, in a thread of the service: each comes and goes when its time has come."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from almoner.products.pages.services import keep_plans
from almoner.records import rounds

EVERY: Final = 10.0
"""Seconds between two looks."""


def start_watching() -> None:
    """Watch in a thread of this process until it ends."""
    rounds.begin(
        "pages",
        lambda stop: rounds.go_round(
            lambda: keep_plans(timezone.now()), stop, name="what was planned for pages", nap=EVERY
        ),
    )
