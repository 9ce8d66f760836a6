"""When a source is checked next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.errors import AddressRefused, Busy, Failed, Gone, Unreachable
from almoner.records.ingest import schedule
from almoner.records.ingest.enums import State
from almoner.records.ingest.schedule import News, Watch, after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WATCH = Watch("https://example.org/feed")


def days_of_failures(days: int) -> list[datetime]:
    watch, now, checked = WATCH, NOW, []
    while now < NOW + timedelta(days=days):
        checked.append(now)
        watch = after(watch, News(failure=Unreachable("s", "fetch", "no.")), now, 0.5)
        assert watch.next_check_at is not None
        now = watch.next_check_at
    return checked


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 0.999), st.integers(0, 10**9)), max_size=40),
)
def test_a_source_that_answers_is_checked_within_its_bounds(history: list[tuple[bool, float, int]]) -> None:
    watch, now = WATCH, NOW
    for changed, chance, asked in history:
        watch = after(watch, News(changed=changed, asked=asked), now, chance)
        assert watch.next_check_at is not None
        wait = (watch.next_check_at - now).total_seconds()
        assert schedule.SHORTEST * 0.9 <= wait <= schedule.LONGEST * 1.1
        assert watch.interval >= min(asked, schedule.LONGEST)
        now = watch.next_check_at


@given(
    st.integers(1, 10**6), st.integers(0, 10**6), st.integers(-3600, 10**6) | st.none(), st.floats(0, 0.999)
)
def test_a_check_that_found_nothing_at_all_is_followed_like_any_without_news(
    interval: int, asked: int, wait: int | None, chance: float
) -> None:
    until = None if wait is None else NOW + timedelta(seconds=wait)
    watch = Watch("https://example.org/feed", interval=interval, interval_asked=min(asked, schedule.LONGEST))
    whole = after(watch, News(wait_until=until), NOW, chance)
    assert schedule.after_quiet(interval, watch.interval_asked, until, NOW, chance) == (
        whole.interval,
        whole.next_check_at,
    )


def test_news_brings_the_next_check_nearer_and_silence_puts_it_off() -> None:
    assert after(WATCH, News(changed=True), NOW, 0.5).interval < WATCH.interval
    assert after(WATCH, News(), NOW, 0.5).interval > WATCH.interval


def test_the_wait_is_spread_so_that_no_herd_forms() -> None:
    due = {after(WATCH, News(), NOW, chance / 10).next_check_at for chance in range(10)}
    assert len(due) == 10


def test_a_failing_source_is_tried_less_and_less_but_at_least_weekly() -> None:
    checked = days_of_failures(60)
    waits = [later - earlier for earlier, later in pairwise(checked)]
    assert waits[0] < waits[3] < waits[6]
    assert max(waits) <= timedelta(days=7)
    assert len(checked) >= 60 / 7


def test_recovery_ends_the_back_off() -> None:
    failing = after(WATCH, News(failure=Failed("s", "fetch", "no.")), NOW, 0.5)
    assert failing.failures == 1
    assert after(failing, News(), NOW, 0.5).failures == 0


def test_what_the_server_asks_for_is_waited_for() -> None:
    asked = NOW + timedelta(days=2)
    watch = after(WATCH, News(failure=Busy("s", "fetch", "later.", wait_until=asked)), NOW, 0.5)
    assert watch.next_check_at is not None
    assert watch.next_check_at >= asked
    fresh = after(WATCH, News(wait_until=NOW + timedelta(hours=5)), NOW, 0.0)
    assert fresh.next_check_at == NOW + timedelta(hours=5)


@pytest.mark.parametrize("failure", [Gone("s", "fetch", "gone."), AddressRefused("s", "fetch", "is inside.")])
def test_what_a_person_must_decide_pauses_the_source_and_says_why(failure: Gone) -> None:
    watch = after(WATCH, News(failure=failure), NOW, 0.5)
    assert (watch.state, watch.next_check_at) == (State.PAUSED, None)
    assert watch.state_reason


def test_a_hold_waits_for_somebody() -> None:
    watch = after(WATCH, News(held="10,000 new items at once."), NOW, 0.5)
    assert (watch.state, watch.state_reason, watch.next_check_at) == (
        State.HELD,
        "10,000 new items at once.",
        None,
    )


def moves(answers: list[tuple[str, bool]], step: timedelta) -> Watch:
    watch, now = WATCH, NOW
    for moved_to, same in answers:
        watch = after(watch, News(moved_to=moved_to, same_items=same), now, 0.5)
        now += step
    return watch


NEW = "https://example.org/new"


def test_a_new_address_is_taken_over_after_repeated_agreement() -> None:
    assert moves([(NEW, True)] * 4, timedelta(days=2)).address == WATCH.address
    assert moves([(NEW, True)] * 5, timedelta(days=2)).address == NEW


def test_a_new_address_is_not_taken_over_in_a_hurry_or_with_other_items() -> None:
    assert moves([(NEW, True)] * 20, timedelta(minutes=15)).address == WATCH.address
    assert (
        moves([(NEW, True)] * 4 + [(NEW, False)] + [(NEW, True)] * 4, timedelta(days=2)).address
        == WATCH.address
    )
    assert moves([(NEW, True), ("", True)] * 10, timedelta(days=2)).address == WATCH.address
