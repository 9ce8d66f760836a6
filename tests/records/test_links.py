"""Where items lead: noted with them, checked rarely, and called dead only when they have been gone for days."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from almoner.pipeline.errors import (
    AddressRefused,
    Busy,
    Failed,
    Gone,
    NotAllowed,
    PipelineError,
    TooLarge,
    TooSlow,
    Unreachable,
    Walled,
)
from almoner.pipeline.ports import Answer, Hop, Validators, Wanted
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import correct, withdraw
from almoner.records.ingest import link_checks, running
from almoner.records.ingest.enums import Health
from almoner.records.ingest.link_checks import Watch, after, check_links, claim
from almoner.records.ingest.links import dead_links, note_links, note_missing
from almoner.records.ingest.models import Host, ItemLink, LinkedAddress

MakeItem = Callable[..., Item]
PAGE = "https://www.example.org/guidance"


def error(kind: type[PipelineError], **named: Any) -> PipelineError:
    return kind(PAGE, "fetch", "is not there.", **named)


def answer(*hops: Hop) -> Answer:
    return Answer(Wanted(PAGE, "link"), PAGE, 200, None, hops=hops)


def times(watch: Watch, came: Answer | PipelineError, count: int, now: datetime) -> Watch:
    """The watch after as many checks, each when it is due."""
    for _ in range(count):
        watch = after(watch, came, max(now, watch.next_check_at or now), 0.5)
    return watch


def test_page_that_answers_is_asked_again_in_a_month(now: datetime) -> None:
    watch = after(Watch(failures=2, failing_since=now, health=Health.DEAD, reason="x"), answer(), now, 0.5)
    assert watch == Watch(Health.WORKS, "", "", 0, None, now, now + timedelta(days=30))
    assert after(Watch(), error(TooLarge), now, 0.5).health == Health.WORKS


def test_page_that_moved_for_good_says_where(now: datetime) -> None:
    for_good = after(Watch(), answer(Hop(301, "https://new.example.org/")), now, 0.5)
    assert (for_good.health, for_good.moved_to) == (Health.MOVED, "https://new.example.org/")
    assert after(Watch(), answer(Hop(302, "https://new.example.org/")), now, 0.5).health == Health.WORKS


@pytest.mark.parametrize(
    ("came", "checks", "days"),
    [
        (error(Failed, status=404), 3, 3),
        (error(Gone, status=410), 3, 3),
        (error(Unreachable), 5, 15),
        (error(TooSlow), 5, 15),
        (error(Failed, status=500), 5, 15),
    ],
)
def test_page_is_dead_only_after_days(came: PipelineError, checks: int, days: int, now: datetime) -> None:
    living = times(Watch(), came, checks - 1, now)
    assert living.health == Health.FAILING
    assert living.next_check_at is not None
    dead = times(living, came, 3, now)
    assert dead.health == Health.DEAD
    assert dead.failing_since == now
    assert dead.next_check_at is not None
    assert dead.next_check_at - now >= timedelta(days=days)
    assert times(dead, error(TooSlow), 1, now).health == Health.DEAD
    assert after(dead, answer(), now, 0.5).health == Health.WORKS


@pytest.mark.parametrize(
    "came", [error(NotAllowed), error(Walled), error(Failed, status=403), error(Failed, status=401)]
)
def test_page_that_is_closed_to_programs_is_never_called_dead(came: PipelineError, now: datetime) -> None:
    assert times(Watch(), came, 12, now).health == Health.CLOSED


def test_address_that_may_not_be_dialled_is_not_asked_for_again(now: datetime) -> None:
    assert after(Watch(), error(AddressRefused), now, 0.5).next_check_at is None


def test_server_that_asks_us_to_wait_is_left_alone_so_long(now: datetime) -> None:
    until = now + timedelta(days=20)
    assert after(Watch(), error(Busy, status=503, wait_until=until), now, 0.5).next_check_at == until


def test_links_are_noted_when_an_item_is_published_and_follow_it(make_item: MakeItem, now: datetime) -> None:
    other = {"href": "https://other.example/a#part", "text": "a"}
    item = make_item(link=PAGE, links=[other, {"href": "mailto:a@example.org", "text": "b"}])
    make_item("Waits", status="waiting", link="https://waiting.example/")
    assert set(ItemLink.objects.values_list("address__address", "is_own")) == {
        (PAGE, True), ("https://other.example/a", False),
    }  # fmt: skip
    first = LinkedAddress.objects.get(address=PAGE)
    assert first.next_check_at is not None
    correct(item, now=now, links=[])
    assert list(ItemLink.objects.values_list("address__address", flat=True)) == [PAGE]
    assert LinkedAddress.objects.get(address=PAGE).next_check_at == first.next_check_at


def test_noting_takes_as_many_queries_for_many_items_as_for_one(
    make_item: MakeItem, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    items = [make_item(f"Item {number}", link=f"{PAGE}/{number}") for number in range(12)]
    with django_assert_max_num_queries(20) as few:
        note_links(items[:1], now)
    with django_assert_max_num_queries(20) as many:
        note_links(items, now)
    assert len(few.captured_queries) == len(many.captured_queries)


def test_items_of_before_are_caught_up_with(make_item: MakeItem, now: datetime) -> None:
    make_item(link=PAGE)
    make_item("No link")
    ItemLink.objects.all().delete()
    assert note_missing(now) == 1
    assert note_missing(now) == 0
    assert ItemLink.objects.get().address.address == PAGE


class Web:
    """A fetcher that answers as it is told, and says what it was asked for."""

    def __init__(self, came: Answer | PipelineError) -> None:
        self.came = came
        self.asked: list[str] = []

    def fetch(self, wanted: Wanted, _known: Validators) -> Answer:
        self.asked.append(wanted.address)
        if isinstance(self.came, PipelineError):
            raise self.came
        return self.came


def due(now: datetime) -> None:
    LinkedAddress.objects.update(next_check_at=now)


def test_what_is_due_is_checked_one_of_each_host_and_not_twice(make_item: MakeItem, now: datetime) -> None:
    for number in range(3):
        make_item(f"Item {number}", link=f"{PAGE}/{number}")
    make_item("Elsewhere", link="https://other.example/")
    make_item("Not well", link="https://unwell.example/")
    Host.objects.create(name="unwell.example", open_until=now + timedelta(hours=1))
    due(now)
    web = Web(answer())
    stop = threading.Event()
    counts = [check_links(web, lambda: now, stop) for _ in range(4)]
    assert counts == [2, 1, 1, 0]
    assert set(web.asked) == {f"{PAGE}/0", f"{PAGE}/1", f"{PAGE}/2", "https://other.example/"}
    assert len(web.asked) == 4
    assert LinkedAddress.objects.filter(health=Health.WORKS, checked_at=now, lease="").count() == 4


def test_lease_keeps_others_away_until_it_runs_out(make_item: MakeItem, now: datetime) -> None:
    make_item(link=PAGE)
    due(now)
    assert len(claim(now)) == 1
    assert claim(now) == []
    assert len(claim(now + link_checks.LEASE)) == 1


def test_what_was_not_reached_when_told_to_stop_is_due_as_it_was(make_item: MakeItem, now: datetime) -> None:
    make_item(link=PAGE)
    due(now)
    stop = threading.Event()
    stop.set()
    web = Web(answer())
    assert check_links(web, lambda: now, stop) == 0
    assert web.asked == []
    assert len(claim(now)) == 1


def test_links_of_withdrawn_items_are_not_asked_for(make_item: MakeItem, now: datetime) -> None:
    withdraw(make_item(link=PAGE), reason="Wrong.", now=now)
    due(now)
    assert claim(now) == []


def test_dead_links_are_those_of_the_items_own_address(make_item: MakeItem) -> None:
    item = make_item(link=PAGE, links=[{"href": "https://other.example/", "text": "a"}])
    LinkedAddress.objects.update(health=Health.DEAD)
    assert [link.item for link in dead_links()] == [item]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("is not there (404).", "It is not there (404)."),
        ("could not be reached: [Errno 111] Connection refused.", "It could not be reached."),
        (
            "the server answered with an error (status 500).",
            "The server answered with an error (status 500).",
        ),
    ],
)
def test_reason_is_a_sentence_without_technicalities(problem: str, said: str, now: datetime) -> None:
    assert after(Watch(), Failed(PAGE, "fetch", problem, status=404), now, 0.5).reason == said


def test_name_under_which_nothing_can_be_is_never_asked_for(make_item: MakeItem, now: datetime) -> None:
    make_item("Sample", link="https://www.lanternfold.example/news")
    make_item("Real", link=PAGE)
    checks = dict(LinkedAddress.objects.values_list("host", "next_check_at"))
    assert checks["www.lanternfold.example"] is None
    assert checks["www.example.org"] is not None


def test_links_are_watched_beside_the_sources_and_end_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[object] = []
    monkeypatch.setattr(link_checks, "watch_links", lambda fetcher, _clock, _stop: watched.append(fetcher))
    stop = threading.Event()
    stop.set()
    running.watch_all(stop)
    assert len(watched) == 1
    assert "links" not in {thread.name for thread in threading.enumerate()}
