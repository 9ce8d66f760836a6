"""Publishing and withdrawing at a moment, under a clock of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from almoner.records.catalogue.models import Item, ItemPlan
from almoner.records.catalogue.plans import ITS_TIME, keep_plans, plan, planned, watch_plans
from almoner.records.catalogue.services import correct, publish, withdraw
from almoner.records.search.queries import search

MakeItem = Callable[..., Item]
HOUR = timedelta(hours=1)
PUBLIC = ("/", "/news/", "/library/", "/feeds/all.atom", "/sitemap.xml", "/topics/")


@pytest.fixture
def embargoed(make_item: MakeItem, bob: Any, now: datetime) -> Item:
    item = make_item("Quarterdeck thresholds", status="waiting", text="Embargoed words", kind="resource")
    plan(item, publish_at=now + HOUR, withdraw_at=now + 3 * HOUR, by=bob, now=now)
    return item


def stands_on(item: Item) -> list[str]:
    """The public places on which the item stands."""
    browser = Client()
    places = [path for path in PUBLIC if _tells(browser.get(path, follow=True), item)]
    places += ["page"] if browser.get(item.get_absolute_url()).status_code == 200 else []
    return places + (["search"] if search("quarterdeck").hits else [])


def _tells(answer: Any, item: Item) -> bool:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "Quarterdeck" in content.decode() or item.key in content.decode()


def test_embargoed_item_stands_nowhere_before_its_moment_and_everywhere_after(
    embargoed: Item, now: datetime
) -> None:
    assert keep_plans(now + HOUR - timedelta(seconds=1)) == 0
    assert stands_on(embargoed) == []
    assert keep_plans(now + HOUR) == 1
    shown = stands_on(embargoed)
    assert {"/news/", "/library/", "page", "search"} <= set(shown)
    assert keep_plans(now + 2 * HOUR) == 0
    assert keep_plans(now + 3 * HOUR) == 1
    assert stands_on(embargoed) == []
    embargoed.refresh_from_db()
    assert (embargoed.status, embargoed.withdrawn_reason) == ("withdrawn", ITS_TIME)
    assert not ItemPlan.objects.exists()


def test_nothing_else_publishes_it_before(embargoed: Item, now: datetime) -> None:
    held = publish([embargoed], now=now).held
    assert "planned for 10 April 2025, 11:00" in held[0].reason


def test_what_a_stopped_service_missed_is_done_when_it_runs_again(embargoed: Item, now: datetime) -> None:
    keep_plans(now + timedelta(days=2))
    embargoed.refresh_from_db()
    assert embargoed.status == "withdrawn"


def test_name_found_meanwhile_holds_it_and_an_editor_is_told(
    make_item: MakeItem, bob: Any, now: datetime
) -> None:
    item = make_item("Later", status="waiting")
    plan(item, publish_at=now + HOUR, withdraw_at=None, by=bob, now=now)
    item.findings.create(code="child_identifiable", message="A name")
    keep_plans(now + HOUR)
    item.refresh_from_db()
    assert item.status == "waiting"
    assert "an editor must decide" in planned().get().fault
    assert keep_plans(now + 2 * HOUR) == 0


@pytest.mark.parametrize(
    ("publish_in", "withdraw_in", "field"),
    [(-HOUR, None, "publish_at"), (HOUR, HOUR, "withdraw_at"), (None, -HOUR, "withdraw_at")],
)
def test_plans_that_cannot_be_are_refused(
    make_item: MakeItem,
    bob: Any,
    now: datetime,
    publish_in: timedelta | None,
    withdraw_in: timedelta | None,
    field: str,
) -> None:
    item = make_item(status="waiting")
    publish_at = now + publish_in if publish_in else None
    withdraw_at = now + withdraw_in if withdraw_in else None
    with pytest.raises(ValidationError) as refused:
        plan(item, publish_at=publish_at, withdraw_at=withdraw_at, by=bob, now=now)
    assert set(refused.value.message_dict) == {field}


def test_held_item_is_not_planned(make_item: MakeItem, bob: Any, now: datetime) -> None:
    item = make_item(status="waiting", findings=("child_identifiable",))
    with pytest.raises(ValidationError, match="Decide about the name first"):
        plan(item, publish_at=now + HOUR, withdraw_at=None, by=bob, now=now)


def test_plan_of_what_was_withdrawn_by_hand_is_dropped(embargoed: Item, now: datetime) -> None:
    withdraw(embargoed, reason="A mistake", now=now)
    keep_plans(now + 4 * HOUR)
    embargoed.refresh_from_db()
    assert (embargoed.withdrawn_reason, ItemPlan.objects.count()) == ("A mistake", 0)


def test_correction_before_the_moment_is_what_readers_get(embargoed: Item, now: datetime) -> None:
    correct(embargoed, now=now, title="Quarterdeck thresholds, revised")
    keep_plans(now + HOUR)
    assert [hit.item.title for hit in search("quarterdeck").hits] == ["Quarterdeck thresholds, revised"]


def test_watch_goes_on_until_it_is_stopped(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, looks = threading.Event(), []

    def look(moment: datetime) -> int:
        looks.append(moment)
        if len(looks) == 2:
            stop.set()
        raise OSError("the disk is full")

    monkeypatch.setattr("almoner.records.catalogue.plans.keep_plans", look)
    monkeypatch.setattr("almoner.records.catalogue.plans.NAP", 0.0)
    monkeypatch.setattr("almoner.records.catalogue.plans.rounds.connection.close", lambda: None)
    watch_plans(lambda: now, stop)
    assert looks == [now, now]
