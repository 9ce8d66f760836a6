"""How long it is kept who was sent what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from almoner.products.alerts import keeping, runs
from almoner.products.alerts.enums import DeliveryState, RunState
from almoner.products.alerts.models import Delivery, Run

Make = Callable[..., Any]
SETTLED = (DeliveryState.ACCEPTED, DeliveryState.ACCEPTED, DeliveryState.FAILED, DeliveryState.UNCERTAIN)


@pytest.fixture
def closed(make_subscriber: Make, now: datetime) -> Callable[[int], Run]:
    """A run that was closed so many days ago."""
    readers = [make_subscriber(f"r{number}@example.org") for number in range(len(SETTLED))]

    def make(days: int) -> Run:
        at = now - timedelta(days=days)
        run = Run.objects.create(
            name=f"briefing {days}", kind="briefing", messages={"": {"text": "Words"}}, state=RunState.CLOSED,
            local_date=at.date(), opened_at=at, closed_at=at, recipients=len(SETTLED),
        )  # fmt: skip
        Delivery.objects.bulk_create(
            Delivery(run=run, subscriber=reader, state=state, next_at=at)
            for reader, state in zip(readers, SETTLED, strict=True)
        )
        return run

    return make


def test_messages_go_after_the_days_that_are_set_and_their_numbers_stay(
    closed: Callable[[int], Run], now: datetime, settings: Settings
) -> None:
    settings.DELIVERIES_KEPT = 60
    old, young = closed(60), closed(59)
    before = runs.counts(old)
    assert keeping.forget_old(now) == len(SETTLED)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.deliveries.count(), old.messages, runs.counts(old)) == (0, None, before)
    assert sum(before.values()) == old.recipients
    assert (young.deliveries.count(), young.ended_as) == (len(SETTLED), None)
    assert young.messages
    assert keeping.forget_old(now) == 0
    assert runs.try_again(old, now) == 0


def test_run_that_is_not_closed_keeps_its_messages_however_old(
    closed: Callable[[int], Run], now: datetime
) -> None:
    run = closed(400)
    Run.objects.update(state=RunState.HELD, closed_at=None)
    assert keeping.forget_old(now) == 0
    assert run.deliveries.count() == len(SETTLED)


def test_removing_goes_on_where_it_was_broken_off_and_keeps_the_first_numbers(
    closed: Callable[[int], Run], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = closed(400)
    before = runs.counts(run)
    monkeypatch.setattr(keeping, "CHUNK", 1)
    monkeypatch.setattr(keeping, "MOST", 3)
    assert keeping.forget_old(now) == 3
    run.refresh_from_db()
    assert runs.counts(run) == before
    assert keeping.forget_old(now) == 1
    run.refresh_from_db()
    assert (run.deliveries.count(), runs.counts(run)) == (0, before)
