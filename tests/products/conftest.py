"""Subscribers for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

MakeSubscriber = Callable[..., Any]


@pytest.fixture
def make_subscriber(db: None, now: datetime) -> MakeSubscriber:
    """Make a confirmed subscriber who follows what is named, each as `follows:about` or `follows:about@pace`."""
    from almoner.products.alerts.models import Subscriber, Subscription

    def make(address: str, *followed: str, standing: str = "confirmed", **fields: Any) -> Subscriber:
        subscriber = Subscriber.objects.create(
            address=address, folded=address.lower(), standing=standing, asked_at=now, **fields
        )
        for each in followed:
            sign, _, pace = each.partition("@")
            follows, _, about = sign.partition(":")
            Subscription.objects.create(
                subscriber=subscriber, follows=follows, about=about, pace=pace or "weekly", began_at=now
            )
        return subscriber

    return make
