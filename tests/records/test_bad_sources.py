"""What becomes of sources whose servers fail, move, lie or flood, from check to check, on a clock of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django import Settings

from almoner.pipeline.errors import AddressRefused, FetchError, StageBroken, TooLarge
from almoner.pipeline.fetch.pace import Pace
from almoner.pipeline.model import Reading
from almoner.records.catalogue.models import Item
from almoner.records.ingest import care, checks, heartbeat, leases, source_lists, watching
from almoner.records.ingest.enums import Ending, State
from almoner.records.ingest.models import Host, Run, Snapshot, Source
from almoner.records.ingest.rows import document_row
from almoner.records.ingest.schedule import LONGEST_BACK_OFF, News, Watch, after
from almoner.records.ingest.watching import Gathering
from tests.servers import hostile, spellings
from tests.servers.canary import singing
from tests.servers.ways import NOW, fetcher
from tests.servers.web import Page, Request, Web, answer, raw, sent_to, serving

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(Web()) as served:
        yield served


@pytest.fixture
def clock() -> Clock:
    return Clock()


def feed(*titles: str, **headers: str) -> Page:
    items = "".join(
        f"<item><title>{title}</title><link>https://public.example/{title.replace(' ', '-')}</link>"
        f"<description>What {title} means for schools and colleges this term.</description></item>"
        for title in titles
    )
    content = f"<rss version='2.0'><channel><title>A feed</title>{items}</channel></rss>"
    return answer(content, 200, Content_Type="application/rss+xml", **headers)


def source(number: int = 1, **fields: object) -> Source:
    given = {
        "name": f"Source {number}",
        "address": f"http://public.example/{number}",
        "adapter": "feed",
        "next_check_at": NOW,
    }
    return Source.objects.create(**{**given, **fields})


def sweep(web: Web, clock: Clock, *, seconds: float = 10.0, most: int = 1 << 20, **options: object) -> int:
    with fetcher(web, clock=clock, seconds=seconds, most=most) as way:
        return Gathering(way, clock, **options).run()  # type: ignore[arg-type]


def live(web: Web, clock: Clock, one: Source, days: float) -> list[datetime]:
    """Sweep each time the source is due, for so long; the moments at which it was checked."""
    until = clock.now + timedelta(days=days)
    checked: list[datetime] = []
    while True:
        one.refresh_from_db()
        if one.next_check_at is None:
            return checked
        free = Host.objects.filter(name=one.host).values_list("open_until", flat=True).first()
        due = max(filter(None, (one.next_check_at, free)))
        if due > until:
            return checked
        clock.now = max(due, clock.now)
        if sweep(web, clock):
            checked.append(clock.now)


def test_f1_a_list_of_sources_brings_no_address_inside_in(web: Web, clock: Clock) -> None:
    with singing() as canary:
        given = [each for each in spellings.addresses(canary.port) if "\\" not in each]
        outlines = "".join(f'<outline text="{number}" xmlUrl="{each}"/>' for number, each in enumerate(given))
        source_lists.bring_in(f'<opml version="2.0"><body>{outlines}</body></opml>'.encode(), "list.opml")
        for one in Source.objects.all():
            assert one.state == State.PAUSED
            one.state, one.next_check_at = State.ACTIVE, clock.now
            one.save()
        while sweep(web, clock):
            clock.now += timedelta(hours=2)
        assert Source.objects.filter(state=State.ACTIVE, failures=0).count() == 0
        assert canary.connections == 0
    assert web.requests == []


def test_f1_looking_at_an_address_dials_none_inside(web: Web) -> None:
    with singing() as canary:
        with fetcher(web) as way:
            for address in spellings.addresses(canary.port):
                with pytest.raises(AddressRefused):
                    care.discover(address, way)
        assert canary.connections == 0
        with (
            fetcher(web, guarded=False, seconds=2.0) as way,
            pytest.raises(FetchError),
        ):
            care.discover(f"http://127.0.0.1:{canary.port}/", way)
        assert canary.connections > 0


def test_f1_a_source_that_turns_inside_is_paused_and_says_why(web: Web, clock: Clock) -> None:
    one = source()
    web.pages["/1"] = sent_to("http://127.0.0.1:8000/")
    sweep(web, clock)
    one.refresh_from_db()
    assert (one.state, one.next_check_at) == (State.PAUSED, None)
    assert "not on the public internet" in one.state_reason


def test_f6_a_drip_server_holds_up_nobody_else(web: Web, clock: Clock) -> None:
    slow, quick = source(1, address="http://slow.example/1"), source(2)
    web.pages["/1"], web.pages["/2"] = hostile.drip, feed("Guidance on attendance")
    assert sweep(web, clock, seconds=0.3) == 2
    slow.refresh_from_db()
    quick.refresh_from_db()
    assert (slow.failures, quick.failures, Item.objects.count()) == (1, 0, 1)


def test_f7_what_is_too_large_backs_off_like_any_failure(web: Web, clock: Clock) -> None:
    one = source()
    web.pages["/1"] = hostile.endless
    sweep(web, clock)
    one.refresh_from_db()
    assert (one.failures, one.state, one.lease) == (1, State.ACTIVE, "")
    assert "over 1,024 KiB" in one.last_error
    assert one.next_check_at is not None
    assert one.next_check_at > NOW
    assert not Snapshot.objects.exists()
    watch = Watch(one.address)
    for _ in range(30):
        watch = after(watch, News(failure=TooLarge("s", "fetch", "is too large.")), NOW, 0.5)
    assert watch.next_check_at == NOW + timedelta(seconds=LONGEST_BACK_OFF)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("said", "least"),
    [
        ("7200", timedelta(hours=2)),
        ("Wed, 04 Mar 2026 09:00:00 GMT", 2 * DAY),
        ("Sun, 01 Mar 2020 09:00:00 GMT", timedelta(minutes=1)),
        ("-5", timedelta(minutes=50)),
        ("presently", timedelta(minutes=50)),
        ("315360000", 31 * DAY),
        ("9" * 200, 31 * DAY),
    ],
)
def test_f12_retry_after_is_honoured_within_reason(
    web: Web, clock: Clock, status: int, said: str, least: timedelta
) -> None:
    one = source()
    web.pages["/1"] = answer("Later.", status, Retry_After=said)
    sweep(web, clock)
    one.refresh_from_db()
    assert one.next_check_at is not None
    assert NOW + least <= one.next_check_at <= NOW + max(least, timedelta(hours=1)) + DAY
    web.pages["/1"] = feed("Guidance on attendance")
    assert live(web, clock, one, 40)
    one.refresh_from_db()
    assert (one.failures, Item.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    "page",
    [
        answer("No.", 404),
        answer("Oh.", 500),
        raw(b""),
        raw(hostile.OK + b"Content-Length: 99\r\n\r\nHalf"),
        hostile.bomb(2),
    ],
    ids=["404", "500", "nothing", "half", "bomb"],
)
def test_f13_sixty_days_of_failures_never_silence_a_source(web: Web, clock: Clock, page: Page) -> None:
    one = source()
    web.pages["/1"] = page
    checked = live(web, clock, one, 60)
    gaps = [later - earlier for earlier, later in pairwise(checked)]
    assert gaps[0] < gaps[3] < gaps[6]
    assert max(gaps) <= 8 * DAY  # a week, and a day at most for the host's sake
    assert 8 < len(checked) < 40
    one.refresh_from_db()
    assert (one.failures, one.state) == (len(checked), State.ACTIVE)
    assert one.last_error
    assert one.runs.filter(ending=Ending.FAILED).count() == len(checked)
    web.pages["/1"] = feed("Guidance on attendance")
    live(web, clock, one, 9)
    one.refresh_from_db()
    assert (one.failures, one.last_error, Item.objects.count()) == (0, "", 1)


def test_f14_gone_pauses_the_source_and_asks(web: Web, clock: Clock) -> None:
    one = source()
    web.pages["/1"] = answer("It is gone.", 410)
    assert len(live(web, clock, one, 60)) == 1
    assert one.state == State.PAUSED
    assert "410" in one.state_reason


@pytest.mark.parametrize(
    ("status", "adopted"), [(301, True), (308, True), (302, False), (303, False), (307, False)]
)
def test_f14_a_new_address_is_taken_over_after_days_of_the_same_answer(
    web: Web, clock: Clock, status: int, adopted: bool
) -> None:
    one = source()
    web.pages["/1"] = feed("Guidance on attendance", "Guidance on reporting")
    live(web, clock, one, 0.5)
    web.pages["/new"] = web.pages["/1"]
    web.pages["/1"] = sent_to("http://public.example/new", status)
    live(web, clock, one, 1)
    assert one.address.endswith("/1"), "too soon"
    live(web, clock, one, 9)
    assert one.address.endswith("/new") == adopted
    assert Item.objects.count() == 2


@pytest.mark.parametrize(
    "there",
    [
        answer("<html><title>Down for maintenance</title></html>", Content_Type="text/html"),
        feed("Cheap watches", "Cheaper watches", "Free watches"),
    ],
    ids=["maintenance", "another site"],
)
def test_f14_a_permanent_move_to_something_else_is_not_followed_for_good(
    web: Web, clock: Clock, there: Page
) -> None:
    one = source()
    web.pages["/1"] = feed("Guidance on attendance", "Guidance on reporting")
    live(web, clock, one, 0.5)
    web.pages["/1"], web.pages["/there"] = sent_to("http://public.example/there", 301), there
    live(web, clock, one, 0.6)
    web.pages["/there"] = feed("Still others", "And others again", "And more")
    live(web, clock, one, 0.1)
    assert one.address.endswith("/1")


def test_f14_an_address_too_long_to_keep_is_not_taken_over(web: Web, clock: Clock) -> None:
    one = source()
    far = "/" + "x" * 1_500
    web.pages["/1"], web.pages[far] = (
        sent_to(f"http://public.example{far}", 301),
        feed("Guidance on attendance"),
    )
    live(web, clock, one, 9)
    one.refresh_from_db()
    assert (one.failures, one.moved_to) == (0, "")
    assert one.address.endswith("/1")


def conditional(tag: str, *titles: str) -> tuple[Page, list[Request]]:
    """A feed that answers 304 to its own tag, and the requests that did not bring it."""
    unconditional: list[Request] = []

    def page(request: Request) -> Iterable[bytes]:
        if request.headers.get("if-none-match") == tag:
            return [b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"]
        unconditional.append(request)
        return feed(*titles, ETag=tag)(request)

    return page, unconditional


@pytest.mark.parametrize("tag", ['"a"', 'W/"a"', "a", '"a-gzip"'])
def test_f15_a_source_is_asked_without_condition_once(web: Web, clock: Clock, tag: str) -> None:
    one = source()
    web.pages["/1"], unconditional = conditional(tag, "Guidance on attendance")
    assert len(live(web, clock, one, 5)) > 5
    assert len(unconditional) == 1
    assert one.runs.count() == 1


def test_f15_a_tag_that_changes_without_news_makes_nothing_new(web: Web, clock: Clock) -> None:
    one = source()
    number = iter(range(1_000))
    web.pages["/1"] = lambda request: feed("Guidance on attendance", ETag=f'"{next(number)}"')(request)
    checked = live(web, clock, one, 5)
    assert web.asked("/1") == len(checked) > 5
    assert (Item.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_f16_a_host_of_many_sources_is_asked_one_at_a_time(web: Web, clock: Clock) -> None:
    many = 80
    for number in range(many):
        source(number)
        web.pages[f"/{number}"] = feed(f"Guidance number {number}")
    assert sweep(web, clock) == many
    assert web.most_at_once == 1
    assert sorted(request.target for request in web.requests) == sorted(
        ["/robots.txt", *(f"/{number}" for number in range(many))]
    )


def test_f16_requests_to_a_host_are_paced_by_what_it_takes() -> None:
    passed: list[float] = []
    now = [0.0]

    def sleep(seconds: float) -> None:
        passed.append(seconds)
        now[0] += seconds

    pace = Pace(monotonic=lambda: now[0], sleep=sleep)
    for host, asked, pause in (
        ("a.example", 0.0, 1.0),
        ("www.gov.uk", 0.0, 0.2),
        ("b.example", 7.0, 7.0),
        ("c.example", 9e9, 30.0),
    ):
        passed.clear()
        for _ in range(3):
            with pace.turn(host, asked):
                pass
        assert passed == pytest.approx([pause, pause])


def test_f17_a_wall_leaves_what_we_have_as_it_is(web: Web, clock: Clock) -> None:
    one = source()
    web.pages["/1"] = feed("Guidance on attendance", ETag='"a"')
    live(web, clock, one, 0.2)
    web.pages["/1"] = answer("<html><title>Just a moment...</title></html>", Content_Type="text/html")
    live(web, clock, one, 1)
    assert (Item.objects.count(), Snapshot.objects.count(), one.etag) == (1, 1, '"a"')
    assert one.failures > 0
    assert "check for robots" in one.last_error


def test_f18_who_dies_with_a_lease_holds_it_no_longer_than_its_term(web: Web, clock: Clock) -> None:
    for number in range(6):
        source(number)
        web.pages[f"/{number}"] = feed(f"Guidance number {number}")
    leases.claim(clock.now, 64)
    clock.now += leases.LEASE - timedelta(seconds=1)
    assert sweep(web, clock) == 0
    clock.now += timedelta(seconds=1)
    assert sweep(web, clock) == 6
    assert Run.objects.filter(ending=Ending.LOST).count() == 6
    assert sum(request.target != "/robots.txt" for request in web.requests) == 6


def test_f18_a_check_that_would_outlast_its_lease_is_given_back_and_done_later(
    web: Web, clock: Clock
) -> None:
    """A slow host's line: the later ones are not begun under a lease that another may have taken by then."""
    for number in range(4):
        source(number)

    def slow(number: int) -> Page:
        def page(request: Request) -> Iterable[bytes]:
            clock.now += timedelta(minutes=3)
            return feed(f"Guidance number {number}")(request)

        return page

    web.pages.update({f"/{number}": slow(number) for number in range(4)})
    assert sweep(web, clock) == 4
    assert [web.asked(f"/{number}") for number in range(4)] == [1, 1, 1, 1]
    assert not Run.objects.filter(ending=Ending.LOST).exists()
    assert Source.objects.filter(lease="").count() == 4


def a_list(*titles: str) -> Page:
    articles = "".join(
        f"<article><h2><a href='/items/{title.replace(' ', '-')}'>{title}</a></h2><p>{day} March 2026</p>"
        f"<p>What it says about {title} to schools and to colleges.</p></article>"
        for day, title in enumerate(titles, start=1)
    )
    return answer(
        f"<!doctype html><title>News</title><main>{articles}</main>", Content_Type="text/html", ETag='"list"'
    )


def test_f16_what_one_check_leaves_undone_the_next_one_does(web: Web, clock: Clock) -> None:
    """A long list with a condition: 'not modified' must not hide what was never read."""
    one = source(adapter="listing")
    titles = [f"Guidance on attendance {number}" for number in range(6)]
    page = a_list(*titles)

    def listed(request: Request) -> Iterable[bytes]:
        if request.headers.get("if-none-match"):
            return [b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"]
        return page(request)

    def item(title: str) -> Page:
        def read(request: Request) -> Iterable[bytes]:
            clock.now += timedelta(minutes=2)
            return answer(
                f"<!doctype html><title>{title}</title><main><article><h1>{title}</h1><p>1 March 2026</p><p>All that "
                f"{title} asks of schools, in many more words than stood in the list.</p></article></main>",
                Content_Type="text/html",
            )(request)

        return read

    web.pages["/1"] = listed
    web.pages.update({f"/items/{title.replace(' ', '-')}": item(title) for title in titles})
    sweep(web, clock)
    one.refresh_from_db()
    assert 0 < Item.objects.count() < 6
    assert one.etag == ""
    live(web, clock, one, 3)
    assert Item.objects.count() == 6
    assert one.etag == '"list"'
    assert [web.asked(f"/items/{title.replace(' ', '-')}") for title in titles] == [1] * 6


def test_p13_a_flood_is_held_whole_until_somebody_lets_it_in(web: Web, clock: Clock) -> None:
    one = source()
    web.pages["/1"] = feed("Guidance on attendance")
    live(web, clock, one, 0.2)
    titles = [f"Guidance number {number}" for number in range(checks.MOST_NEW + 1)]
    web.pages["/1"], unconditional = conditional('"flood"', *titles)
    assert len(live(web, clock, one, 30)) == 1
    assert one.state == State.HELD
    assert "301 new items" in one.state_reason
    assert (Item.objects.count(), one.runs.first().ending) == (1, Ending.HELD)  # type: ignore[union-attr]
    sweep(web, clock, only=[one.pk], takes_all=True)
    assert Item.objects.count() == 302
    assert len(unconditional) == 2


def test_s3_a_source_that_cannot_be_kept_does_not_stop_the_others(
    web: Web, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = source(1)
    source(2)
    web.pages["/1"], web.pages["/2"] = feed("Guidance on attendance"), feed("Guidance on reporting")
    whole = document_row

    def broken(reading: Reading, path: str) -> object:
        if path == bad.address:
            raise ValueError("nobody thought of this")
        return whole(reading, path)

    monkeypatch.setattr("almoner.records.ingest.recording.document_row", broken)
    assert sweep(web, clock) == 2
    bad.refresh_from_db()
    assert (Item.objects.count(), bad.failures) == (1, 1)
    assert "nobody thought of this" in bad.last_error
    assert StageBroken.__name__ not in bad.last_error


def test_s5_fault_upon_fault_of_ours_lets_servers_rest(
    monkeypatch: pytest.MonkeyPatch, clock: Clock, web: Web, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    waited: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            beat = heartbeat.last()
            assert beat is not None
            assert clock() - beat.last <= timedelta(seconds=1), "a watch that rests is not dead"
            waited[-1] += timeout or 0.0
            clock.now += timedelta(seconds=timeout or 0.0)
            if sum(waited) >= 1850:
                self.set()
            return self.is_set()

    def full(self: Gathering) -> int:
        waited.append(0.0)
        if len(waited) == 8:
            return 0
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Gathering, "run", full)
    with fetcher(web) as way:
        watching.watch(way, clock, Stop())
    assert waited == [20, 40, 80, 160, 320, 600, 600, 10, 20]
