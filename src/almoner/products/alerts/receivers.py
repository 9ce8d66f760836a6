"""What follows for alerts when something is published or withdrawn, inside the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from almoner.lib.message import Message
from almoner.products.alerts import outbox, runs
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.signals import (
    issue_published,
    issue_withdrawn,
    item_published,
    item_withdrawn,
)


@receiver(item_published, dispatch_uid="alerts_of_published")
def announce_published(items: list[Item], first: bool = False, **_: Any) -> None:
    """Readers see these items for the first time; a change of one is not told again."""
    if first:
        outbox.announce(items, timezone.now())


@receiver(item_withdrawn, dispatch_uid="alerts_take_back_withdrawn")
def take_back_withdrawn(items: list[Item], **_: Any) -> None:
    """Readers see these items no longer."""
    outbox.take_back(items, timezone.now())


@receiver(issue_published, dispatch_uid="alerts_of_issues")
def send_issue(briefing: str, issue: str, messages: Mapping[str, Message], **_: Any) -> None:
    """An issue of a briefing goes to those who follow it."""
    runs.open_issue(briefing, issue, messages, timezone.now())


@receiver(issue_withdrawn, dispatch_uid="alerts_take_back_issues")
def take_back_issue(issue: str, **_: Any) -> None:
    """Nobody gets an issue any more that was withdrawn."""
    runs.take_back_issue(issue, timezone.now())
