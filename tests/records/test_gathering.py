"""Sources checked: who checks which, what is kept, and what becomes of what fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.pipeline.errors import Gone, PipelineError, Unreachable
from almoner.pipeline.gather import check
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.ports import Answer, Validators, Wanted
from almoner.pipeline.registry import adapter_named
from almoner.records.catalogue.models import Item, Publisher
from almoner.records.ingest import leases, schedule, watching
from almoner.records.ingest.checks import Checked, settle
from almoner.records.ingest.enums import Ending, State, Trigger
from almoner.records.ingest.leases import LEASE
from almoner.records.ingest.models import Document, EntryDigest, Host, Run, Source
from almoner.records.ingest.queries import known_entries
from almoner.records.ingest.watching import Gathering

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


class Web:
    """What stands at which address: feeds by their titles, or errors. Counts who asked."""

    def __init__(self) -> None:
        self.pages: dict[str, list[str] | PipelineError] = {}
        self.asked: list[tuple[str, Validators]] = []
        self.during: Callable[[], None] = lambda: None
        self.head = ""
        self.headers: dict[str, str] = {}

    def fetch(self, wanted: Wanted, known: Validators) -> Answer:
        self.asked.append((wanted.address, known))
        self.during()
        page = self.pages[wanted.address]
        if isinstance(page, PipelineError):
            raise page
        tag = f'"{len(page)}"'
        if known.etag == tag:
            return Answer(wanted, wanted.address, 304, None, known)
        items = "".join(
            f"<item><title>{title}</title><link>{wanted.address}/{title.replace(' ', '-')}</link>"
            f"<description>What {title} means for schools and colleges this term.</description></item>"
            for title in page
        )
        content = (
            f"<rss version='2.0'><channel><title>A feed</title>{self.head}{items}</channel></rss>".encode()
        )
        snapshot = Snapshot(wanted.address, content, MediaType.XML, wanted.address, NOW.isoformat())
        return Answer(wanted, wanted.address, 200, snapshot, Validators(tag), headers=self.headers)


@pytest.fixture
def web() -> Web:
    return Web()


def source(number: int = 1, **fields: object) -> Source:
    values = {
        "name": f"Source {number}",
        "address": f"https://host{number}.example/feed",
        "adapter": "feed",
        "next_check_at": NOW,
    }
    return Source.objects.create(**{**values, **fields})


def test_a_source_that_is_read_is_as_django_would_make_it(django_assert_num_queries: Any) -> None:
    publisher = Publisher.objects.create(name="A council", slug="a-council")
    made = source(publisher=publisher, topics=["online-safety"])
    with django_assert_num_queries(1):
        read = Source.objects.select_related("publisher").get()
        assert (read.pk, read.topics, read.publisher, read.next_check_at) == (
            made.pk,
            ["online-safety"],
            publisher,
            NOW,
        )
    with django_assert_num_queries(2):
        part = Source.objects.only("address").get()
        assert part.get_deferred_fields() >= {"name", "publisher_id"}
        assert part.name == "Source 1"
    part.name = "Another name"
    part.save()
    read.refresh_from_db()
    assert (read.name, read._state.adding, read._state.db) == ("Another name", False, "default")


def _until(true: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.01)


def sweep(web: Web, now: datetime = NOW, **options: object) -> int:
    return Gathering(web, lambda: now, **options).run()  # type: ignore[arg-type]


def test_new_items_come_in_and_the_next_check_is_set_with_them(web: Web) -> None:
    one = source()
    web.pages[one.address] = ["Guidance on attendance", "Guidance on reporting"]
    assert sweep(web) == 1
    one.refresh_from_db()
    assert Item.objects.count() == 2
    assert one.next_check_at is not None
    assert one.next_check_at > NOW
    assert (one.lease, one.lease_until, one.tried_at, one.succeeded_at) == ("", None, NOW, NOW)
    run = one.runs.get()
    assert (run.ending, run.trigger, run.added, run.requests) == (Ending.CHANGED, Trigger.SCHEDULE, 2, 1)


def test_a_source_without_news_is_asked_conditionally_and_leaves_no_run(web: Web) -> None:
    one = source(etag='"1"')
    web.pages[one.address] = ["Guidance on attendance"]
    assert sweep(web) == 1
    assert web.asked == [(one.address, Validators('"1"'))]
    assert not Run.objects.exists()
    one.refresh_from_db()
    assert (one.checked_at, one.etag) == (NOW, '"1"')


def test_sources_without_news_cost_no_query_each(
    web: Web, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for number in range(30):
        web.pages[source(number, etag='"1"').address] = ["Guidance on attendance"]
    claim = leases.claim(NOW, 64)
    quiet = [
        Checked(one, check(one.address, adapter_named("feed"), web, validators=Validators(one.etag)), NOW)
        for one in claim.sources
    ]
    with django_assert_max_num_queries(8):
        assert settle(quiet, NOW) == []
    assert Source.objects.filter(lease="", checked_at=NOW, next_check_at__gt=NOW).count() == 30


def test_checks_under_several_leases_are_kept_together_each_under_its_own(web: Web) -> None:
    for number in range(4):
        web.pages[source(number).address] = [f"Guidance {number} on attendance"]
    claims = [leases.claim(NOW, 2), leases.claim(NOW, 2)]
    done = [
        Checked(one, check(one.address, adapter_named("feed"), web), NOW)
        for claim in claims
        for one in claim.sources
    ]
    Source.objects.filter(pk=claims[1].sources[0].pk).update(lease="another's")
    assert [run.added for run in settle(done, NOW)] == [1, 1, 1]
    assert Source.objects.get(pk=claims[1].sources[0].pk).lease == "another's"
    assert Source.objects.filter(lease="", lease_until=None, checked_at=NOW).count() == 3


def test_what_has_news_waits_for_more_of_its_kind_and_what_has_none_does_not(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[int, int]] = []

    def keep(done: Sequence[Checked], now: datetime) -> list[Run]:
        kept.append((sum(one.has_news for one in done), len(done)))
        return settle(done, now)

    monkeypatch.setattr(watching, "settle", keep)
    monkeypatch.setattr(watching, "BATCH", 8)
    monkeypatch.setattr(watching, "HELD", 3600.0)
    for number in range(24):
        one = source(number, etag='"1"' if number % 2 else "")
        web.pages[one.address] = [f"Guidance {number} on attendance"]
    assert sweep(web) == 24
    assert [news for news, _ in kept if news] == [12]
    assert sum(checks for _, checks in kept) == 24
    assert Item.objects.count() == 12


def test_what_has_news_is_kept_when_there_is_enough_of_it(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []

    def keep(done: Sequence[Checked], now: datetime) -> list[Run]:
        kept.append(len(done))
        return settle(done, now)

    monkeypatch.setattr(watching, "settle", keep)
    monkeypatch.setattr(watching, "HELD", 3600.0)
    monkeypatch.setattr(watching, "MOST_BYTES_HELD", 1)
    for number in range(3):
        web.pages[source(number, address=f"https://one.example/{number}").address] = [
            f"Guidance {number} on attendance"
        ]
    web.during = lambda: _until(lambda: sum(kept) >= len(web.asked) - 1)
    assert sweep(web) == 3
    assert len(kept) == 3


def test_known_names_are_looked_up_in_the_index_however_many_there_are(
    web: Web, django_assert_num_queries: Callable[[int], AbstractContextManager[CaptureQueriesContext]]
) -> None:
    one = source()
    with django_assert_num_queries(1) as asked:
        assert known_entries(one, {"a" * 32, "b" * 32}) == set()
    if connection.vendor == "sqlite":  # PostgreSQL reads a small table whole, and rightly
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
            steps = [row[3] for row in cursor.fetchall()]
        assert any("USING INDEX entry_digest (source_id=? AND digest=?)" in step for step in steps), steps


def test_entries_that_are_known_are_not_read_again_and_are_seen_all_the_same(web: Web) -> None:
    one = source()
    web.pages[one.address] = ["Guidance on attendance", "Guidance on reporting"]
    sweep(web)
    web.pages[one.address] = ["Guidance on recording", "Guidance on attendance", "Guidance on reporting"]
    assert sweep(web, NOW + timedelta(days=2)) == 1
    assert (Item.objects.count(), EntryDigest.objects.count()) == (3, 3)
    newest, first = Document.objects.order_by("-pk")
    assert [seen.item.title for seen in newest.sightings.order_by("position")] == web.pages[one.address]
    assert first.sightings.count() == 2
    run = one.runs.first()
    assert run is not None
    assert (run.added, run.changed, run.seen_again) == (1, 0, 2)


def test_what_was_removed_is_read_again_and_stays_removed(web: Web) -> None:
    one = source()
    web.pages[one.address] = ["Guidance on attendance", "Guidance on reporting"]
    sweep(web)
    Item.objects.filter(title="Guidance on attendance").delete()
    web.pages[one.address] = ["Guidance on recording", "Guidance on attendance", "Guidance on reporting"]
    sweep(web, NOW + timedelta(days=2))
    assert sorted(Item.objects.values_list("title", flat=True)) == [
        "Guidance on recording",
        "Guidance on reporting",
    ]


@pytest.mark.parametrize(
    ("head", "headers", "asked"),
    [
        ("<ttl>120</ttl>", {}, 7_200),
        ("<ttl>120</ttl>", {"cache-control": "public, max-age=10800"}, 10_800),
        ("", {"cache-control": "max-age=60"}, 60),
        ("<ttl>99999</ttl>", {}, schedule.LONGEST),
        ("", {}, 0),
    ],
)
def test_a_source_is_not_asked_more_often_than_it_asks_for(
    web: Web, head: str, headers: dict[str, str], asked: int
) -> None:
    one = source(interval=schedule.SHORTEST)
    web.pages[one.address] = ["Guidance on attendance"]
    web.head, web.headers = head, headers
    sweep(web)
    one.refresh_from_db()
    assert (one.interval_asked, one.interval) == (asked, max(asked, schedule.SHORTEST))
    sweep(web, NOW + timedelta(days=2))  # nothing has changed, and nothing is said of it
    one.refresh_from_db()
    assert one.interval_asked == asked


def test_a_source_without_news_is_left_to_who_has_its_lease_now(web: Web) -> None:
    one = source(etag='"1"')
    web.pages[one.address] = ["Guidance on attendance"]
    web.during = lambda: Source.objects.update(lease="another")  # type: ignore[assignment]
    sweep(web)
    one.refresh_from_db()
    assert (one.lease, one.checked_at) == ("another", None)


def test_one_bad_source_does_not_stop_the_others(web: Web) -> None:
    bad, good = source(1), source(2)
    web.pages[bad.address] = Unreachable(bad.address, "fetch", "could not be reached.")
    web.pages[good.address] = ["Guidance on attendance"]
    assert sweep(web) == 2
    bad.refresh_from_db()
    assert Item.objects.count() == 1
    assert bad.failures == 1
    assert "could not be reached" in bad.last_error
    assert bad.runs.get().ending == Ending.FAILED


def test_a_mistake_of_ours_is_a_failure_of_that_source_only(web: Web) -> None:
    broken, good = source(1), source(2)
    web.pages[good.address] = ["Guidance on attendance"]
    assert sweep(web) == 2  # the fake web knows no page for the first and raises KeyError
    broken.refresh_from_db()
    assert "failed unexpectedly" in broken.last_error
    assert Item.objects.count() == 1


def test_gone_pauses_and_is_not_due_any_more(web: Web) -> None:
    one = source()
    web.pages[one.address] = Gone(one.address, "fetch", "is gone.", status=410)
    sweep(web)
    one.refresh_from_db()
    assert (one.state, one.next_check_at) == (State.PAUSED, None)
    assert sweep(web, NOW + timedelta(days=90)) == 0


def test_paused_and_hand_fed_sources_are_left_alone(web: Web) -> None:
    source(1, state=State.PAUSED)
    source(2, adapter="files")
    assert sweep(web) == 0
    assert web.asked == []


def test_by_hand_a_source_is_checked_at_once(web: Web) -> None:
    one = source(next_check_at=NOW + timedelta(days=3), etag='"1"')
    web.pages[one.address] = ["Guidance on attendance"]
    assert sweep(web, only=[one.pk], trigger=Trigger.HAND) == 1
    assert one.runs.get().trigger == Trigger.HAND


def test_two_sweeps_at_once_check_each_source_once(web: Web) -> None:
    for number in range(6):
        web.pages[source(number).address] = ["Guidance on attendance"]
    inner: list[int] = []
    once = threading.Lock()

    def another() -> None:
        if once.acquire(blocking=False):
            inner.append(len(leases.claim(NOW, 64).sources))

    web.during = another
    assert sweep(web) == 6
    assert inner == [0]
    assert len(web.asked) == 6


def test_a_lease_that_ran_out_is_taken_over_and_the_broken_run_is_noted(web: Web) -> None:
    one = source(next_check_at=NOW - LEASE)
    web.pages[one.address] = ["Guidance on attendance"]
    leases.claim(NOW - LEASE, 10)  # whoever took this one died
    assert sweep(web, NOW - timedelta(seconds=1)) == 0
    assert sweep(web, NOW) == 1
    assert [run.ending for run in one.runs.order_by("pk")] == [Ending.LOST, Ending.CHANGED]
    assert Item.objects.count() == 1


def test_who_has_lost_the_lease_keeps_nothing(web: Web) -> None:
    one = source()
    web.pages[one.address] = ["Guidance on attendance"]
    web.during = lambda: Source.objects.update(lease="another")  # type: ignore[assignment]
    sweep(web)
    assert not Item.objects.exists()
    one.refresh_from_db()
    assert one.lease == "another"


def test_a_host_that_keeps_failing_is_left_alone_for_all_its_sources(web: Web) -> None:
    for number in range(5):
        one = source(number, address=f"https://host.example/{number}")
        web.pages[one.address] = Unreachable(one.address, "fetch", "could not be reached.")
    sweep(web)
    assert len(web.asked) == 3
    host = Host.objects.get()
    assert host.open_until is not None
    assert Source.objects.filter(lease="").count() == 5
    assert sweep(web, host.open_until - timedelta(seconds=1)) == 0
    assert leases.due(host.open_until).count() == 2


def test_what_was_claimed_and_not_checked_is_due_as_it_was(web: Web) -> None:
    one = source()
    stop = threading.Event()
    stop.set()
    web.pages[one.address] = ["Guidance on attendance"]
    assert sweep(web, stop=stop) == 0
    assert leases.due(NOW).count() == 1
