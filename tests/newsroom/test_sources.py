"""Sources in the newsroom: how each is doing, adding one, and what an editor does with one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from almoner.pipeline.errors import Failed, Gone, NotText, PipelineError, Unreachable
from almoner.pipeline.fetch.addresses import web_address
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.ports import Answer, Validators, Wanted
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.ingest import merging, models, running
from almoner.records.ingest.enums import Ending, State
from almoner.records.ingest.flow import flows
from almoner.records.ingest.models import ItemKey, Run, Sighting, Source
from almoner.records.ingest.watching import Gathering
from tests.newsroom.conftest import MakeItem

SOURCES = "/newsroom/sources/"
NEW = f"{SOURCES}new/"
FEED = "https://harbour.example/feed.xml"
PAGE = "https://harbour.example/news/"
RSS = (
    "<rss version='2.0'><channel><title>Harbour Trust news</title>"
    "<item><title>Taxi licensing: what to ask</title><link>https://harbour.example/1</link>"
    "<pubDate>Wed, 09 Apr 2025 09:00:00 GMT</pubDate><description>Five questions.</description></item>"
    "<item><title>Term dates &lt;script&gt;alert(1)&lt;/script&gt;</title><link>https://harbour.example/2</link>"
    "<description>When schools close.</description></item></channel></rss>"
)
HTML = (
    "<!doctype html><title>Harbour</title><link rel='alternate' type='application/rss+xml' href='/feed.xml' "
    "title='News'><h1>News</h1><p>Read it all in our feed.</p>"
)


class Web:
    """What stands at which address, or why it cannot be had; and what was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, str | PipelineError] = {FEED: RSS, PAGE: HTML}
        self.asked: list[str] = []

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def fetch(self, wanted: Wanted, _known: Validators) -> Answer:
        web_address(wanted.address)
        if wanted.address.endswith("/robots.txt"):
            raise Failed(wanted.address, "fetch", "is not there (404).", status=404)
        self.asked.append(wanted.address)
        found = self.pages[wanted.address]
        if isinstance(found, PipelineError):
            raise found
        kind = MediaType.XML if found.startswith("<rss") else MediaType.HTML
        snapshot = Snapshot(wanted.address, found.encode(), kind, wanted.address, "2025-04-10T09:00:00+00:00")
        return Answer(wanted, wanted.address, 200, snapshot)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """The web that the newsroom sees."""
    made = Web()
    monkeypatch.setattr(running, "fetcher", lambda: made)
    return made


@pytest.fixture
def make_source(db: None) -> Callable[..., Source]:
    """Make a source that is watched, from any of its fields."""

    def make(name: str = "Harbour news", **fields: Any) -> Source:
        given: dict[str, Any] = {
            "adapter": "feed",
            "address": f"https://{name.lower().replace(' ', '-')}.example/feed",
        }
        given |= {"next_check_at": timezone.now() + timedelta(hours=1), "checked_at": timezone.now()}
        return Source.objects.create(name=name, **given | {"succeeded_at": timezone.now()} | fields)

    return make


MakeSource = Callable[..., Source]


def gather(source: Source, item: Item) -> None:
    """Note that this item came from this source."""
    snapshot = models.Snapshot.objects.create(
        source=source, sha256=f"{item.pk:064}", size=1, media_type="text/xml", captured_at=item.captured_at
    )
    document = models.Document.objects.create(snapshot=snapshot, path=source.address)
    Sighting.objects.create(document=document, item=item, position=1)
    ItemKey.objects.create(source=source, item=item, digest=f"{item.pk:032}")


def names(page: Any) -> list[str]:
    return [source.name for source in page.context["object_list"]]


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def history(source: Source) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=source.pk, content_type__model="source").order_by("pk")
    return [entry.message for entry in entries]


def test_list_says_how_each_source_is_doing_in_words(desk: Client, make_source: MakeSource) -> None:
    make_source("Fine")
    make_source("Silent", failures=3, last_error="No answer.")
    make_source("Flooded", state=State.HELD, state_reason="It has 900 new items at once.")
    make_source("Moved away", state=State.PAUSED, failures=1, state_reason="Gone for good (410).")
    make_source("Resting", state=State.PAUSED, state_reason="Not now.")
    page = desk.get(SOURCES)
    for word in ("Watched", "Failing", "Held", "Stopped by itself", "Paused"):
        assert f">{word}</span>" in page.content.decode()
    for said in ("3 times in a row", "900 new items", "Gone for good (410)"):
        assert said in words(page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("broken=on", ["Gone", "Held", "Silent"]),
        ("state=failing", ["Silent"]),
        ("state=paused", ["Resting"]),
        ("state=files", ["Weekly files"]),
        ("adapter=listing", ["Fine"]),
        ("trust=auto", ["Held"]),
        ("q=NORTHGATE", ["Fine"]),
        ("q=silent.example", ["Silent"]),
        ("q=resting", ["Resting"]),
        ("q=nothing+like+it", []),
    ],
)
def test_list_is_narrowed_down_by(
    desk: Client, make_source: MakeSource, query: str, expected: list[str]
) -> None:
    from almoner.records.catalogue.names import publishers_named

    northgate = publishers_named(["Northgate Trust"])["Northgate Trust"]
    make_source("Fine", adapter="listing", publisher=northgate)
    make_source("Silent", failures=3)
    make_source("Held", state=State.HELD, trust="auto")
    make_source("Gone", state=State.PAUSED, failures=1)
    make_source("Resting", state=State.PAUSED)
    make_source("Weekly files", adapter="files", address="", next_check_at=None)
    assert names(desk.get(f"{SOURCES}?{query}")) == expected


def test_list_shows_volume_and_freshness_in_words_beside_the_bars(
    desk: Client, make_source: MakeSource, make_item: MakeItem
) -> None:
    now = timezone.now()
    source = make_source(tried_at=now - timedelta(days=20))
    for number, hours in enumerate((1, 3, 8)):
        published = (now - timedelta(days=2, hours=hours)).strftime("%Y-%m-%dT%H:%M+00:00")
        gather(source, make_item(f"Item {number}", captured_at=now - timedelta(days=2), published=published))
    gather(source, make_item("From the archive", captured_at=now, published="2019-01-01"))
    page = desk.get(SOURCES).content.decode()
    assert 'aria-label="4 new items in 30 days, on 2 days; at most 3 a day."' in page
    assert page.count("<rect") == 2
    assert "3 hours" in page


def test_archive_of_a_source_read_lately_tells_nothing_of_delays_beside_one_read_long_ago(
    desk: Client, make_source: MakeSource, make_item: MakeItem
) -> None:
    now = timezone.now()
    old = make_source("Old", tried_at=now - timedelta(days=300))
    new = make_source("New", tried_at=now - timedelta(days=1))
    published = (now - timedelta(days=9)).strftime("%Y-%m-%dT%H:%M+00:00")
    for source in (old, new):
        gather(source, make_item(f"Of {source}", captured_at=now - timedelta(days=2), published=published))
    found = flows([old, new], now)
    assert [found[source.pk].total for source in (old, new)] == [1, 1]
    delay = found[old.pk].delay
    assert delay is not None
    assert delay.days == 7
    assert found[new.pk].delay is None


def test_merged_item_counts_where_the_other_one_counts(
    make_source: MakeSource, make_item: MakeItem, now: datetime
) -> None:
    source = make_source()
    waits, other = (make_item(name, status="waiting", captured_at=now) for name in ("One", "Two"))
    gather(source, waits)
    gather(source, other)
    assert flows([source], now)[source.pk].total == 2
    moved = merging.merge(waits, other, now=now)
    assert flows([source], now)[source.pk].total == 1
    merging.part(waits, moved, now=now)
    assert flows([source], now)[source.pk].total == 2


@pytest.mark.parametrize("path", [SOURCES, "/newsroom/"])
def test_list_and_desk_take_as_many_queries_for_three_sources_as_for_one(
    desk: Client,
    make_source: MakeSource,
    make_item: MakeItem,
    path: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def add(number: int) -> None:
        gather(make_source(f"Source {number}", failures=9, succeeded_at=None), make_item(f"Item {number}"))
        old = timezone.now() - timedelta(days=9)
        Run.objects.create(source=Source.objects.latest("pk"), started_at=old, ending=Ending.FAILED)

    add(1)
    desk.get(path)
    with django_assert_max_num_queries(100) as few:
        desk.get(path)
    add(2)
    add(3)
    with django_assert_max_num_queries(100) as many:
        page = desk.get(path)
    assert "Source 3" in page.content.decode()
    assert len(many.captured_queries) == len(few.captured_queries)


def test_list_has_twenty_five_a_page(desk: Client, make_source: MakeSource) -> None:
    for number in range(27):
        make_source(f"Source {number:02}")
    assert len(names(desk.get(SOURCES))) == 25
    assert len(names(desk.get(f"{SOURCES}?p=2"))) == 2


def test_desk_names_what_is_broken_and_leaves_out_what_passes(desk: Client, make_source: MakeSource) -> None:
    now = timezone.now()
    make_source("Failing long", failures=8, succeeded_at=now - timedelta(days=4))
    make_source("Failing since lunch", failures=2, succeeded_at=now - timedelta(hours=3))
    make_source("Never worked yet", failures=2, succeeded_at=None)
    make_source("Flooded", state=State.HELD, state_reason="900 at once.")
    make_source("Gone", state=State.PAUSED, failures=1, state_reason="Gone for good.")
    make_source("Resting", state=State.PAUSED, state_reason="By Bob.")
    page = words(desk.get("/newsroom/"))
    assert "3 sources need you" in page
    for name in ("Failing long", "Flooded", "Gone"):
        assert name in page
    for name in ("since lunch", "Never worked", "Resting"):
        assert name not in page


def test_new_source_is_looked_at_before_anything_is_kept(desk: Client, web: Web) -> None:
    page = desk.post(NEW, {"address": PAGE})
    assert page.status_code == 200
    assert web.asked == [PAGE, FEED]
    said = words(page)
    assert f"A feed (RSS, Atom, JSON Feed): {FEED}" in said
    assert "Taxi licensing: what to ask" in said
    assert "Findings: No date" in said
    assert "<script>alert(1)" not in page.content.decode()
    assert not Source.objects.exists()


def save(desk: Client, page: Any, **typed: Any) -> Any:
    """Press "Save and watch" on the page of what was found, with this typed over it."""
    sent = {field.html_name: field.value() for field in page.context["form"]}
    sent |= {"found": page.context["signed"], "address": FEED}
    return desk.post(NEW, sent | typed)


def test_new_source_is_watched_as_it_was_shown(desk: Client, web: Web) -> None:
    page = desk.post(NEW, {"address": FEED})
    answer = save(desk, page, publisher="Harbour Trust", licence="ogl")
    source = Source.objects.get()
    assert answer.headers["Location"] == f"{SOURCES}{source.pk}/"
    assert (source.name, source.address, source.adapter) == ("Harbour Trust news", FEED, "feed")
    assert (str(source.publisher), source.trust, source.licence) == ("Harbour Trust", "review", "ogl")
    assert source.state == State.ACTIVE
    assert source.next_check_at is not None
    assert web.asked == [FEED]
    assert history(source) == ["Created"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "Taken"}, "already exists"),
        ({"proposal": "7"}, "Select a valid choice"),
        ({"trust": "blindly"}, "Select a valid choice"),
    ],
)
def test_new_source_that_does_not_fit_keeps_what_was_typed(
    desk: Client, web: Web, make_source: MakeSource, typed: dict[str, str], said: str
) -> None:
    make_source("Taken")
    page = desk.post(NEW, {"address": FEED})
    answer = save(desk, page, publisher="Typed before", **typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'value="Typed before"' in answer.content.decode()
    assert "Taxi licensing: what to ask" in words(answer)
    assert Source.objects.count() == 1


def test_new_source_at_an_address_that_is_watched_already_is_named(
    desk: Client, web: Web, make_source: MakeSource
) -> None:
    make_source("There before", address=FEED)
    answer = save(desk, desk.post(NEW, {"address": FEED}))
    assert "“There before” is at this address already" in words(answer)
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "This field is required"),
        ("not an address", "a space"),
        ("javascript:alert(1)", "the address"),
        ("ftp://harbour.example/", "the address"),
        ("https://user:word@harbour.example/", "the address"),
        ("https://silent.example/", "gave no answer"),
        ("https://picture.example/", "is a picture"),
        ("https://empty.example/", "Nothing there can be watched"),
    ],
)
def test_address_that_cannot_be_watched_says_why_beside_the_field(
    desk: Client, web: Web, address: str, said: str
) -> None:
    web.pages |= {
        "https://silent.example/": Unreachable("https://silent.example/", "fetch", "gave no answer."),
        "https://picture.example/": NotText("https://picture.example/", "parse", "is a picture."),
        "https://empty.example/": "<!doctype html><title>E</title><p>Nothing.",
    }
    answer = desk.post(NEW, {"address": address})
    assert answer.status_code == 422
    (field,) = answer.context["address"]
    assert said.lower() in " ".join(field.errors).lower()
    assert field.value() == address


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.8/feed", "http://169.254.169.254/latest"]
)
def test_private_address_is_never_dialled(desk: Client, address: str) -> None:
    answer = desk.post(NEW, {"address": address})
    assert answer.status_code == 422
    (field,) = answer.context["address"]
    assert "not on the public internet" in str(field.errors) or "public" in str(field.errors)


def test_found_that_was_tampered_with_is_looked_for_again(desk: Client, web: Web) -> None:
    page = desk.post(NEW, {"address": FEED})
    answer = save(desk, page, found=f"{page.context['signed']}x")
    assert "Please look once more" in words(answer)
    assert not Source.objects.exists()


def test_feed_that_a_page_names_and_that_is_gone_is_not_proposed(desk: Client, web: Web) -> None:
    web.pages[FEED] = Gone(FEED, "fetch", "is gone.")
    answer = desk.post(NEW, {"address": PAGE})
    assert "Nothing there can be watched" in words(answer)


def test_page_tells_runs_problems_and_newest_items(
    desk: Client, make_source: MakeSource, make_item: MakeItem, now: datetime
) -> None:
    source = make_source()
    gather(source, make_item("Newest of all", status="waiting"))
    Run.objects.create(
        source=source, started_at=now, ended_at=now + timedelta(seconds=4), ending=Ending.CHANGED,
        added=3, changed=1, seen_again=16, requests=2,
        problems=[f"{source.name}: parse: the page ended early. Look at it."],
    )  # fmt: skip
    said = words(desk.get(f"{SOURCES}{source.pk}/"))
    assert "New or changed items" in said
    assert "took 4 seconds" in said
    assert "3 new, 1 changed, 16 known" in said
    assert "The page ended early. Look at it." in said
    assert "Newest of all" in said


def test_settings_are_saved_and_another_address_begins_anew(
    desk: Client, make_source: MakeSource, fill_in: Callable[..., dict[str, Any]]
) -> None:
    source = make_source(etag='"abc"', tried_at=datetime(2025, 1, 1, tzinfo=UTC))
    address = f"{SOURCES}{source.pk}/"
    desk.post(address, fill_in(desk.get(address), trust="auto"))
    source.refresh_from_db()
    assert (source.trust, source.etag) == ("auto", '"abc"')
    desk.post(address, fill_in(desk.get(address), address="https://other.example/feed"))
    source.refresh_from_db()
    assert (source.address, source.host, source.etag) == ("https://other.example/feed", "other.example", "")
    assert source.tried_at is None
    assert source.next_check_at is not None
    assert source.next_check_at <= timezone.now()


@pytest.mark.parametrize(
    ("place", "choices"), [("imaps://news%40school.example@mail.example/In", 0), ("file:///srv/papers", 2)]
)
def test_form_of_a_mailbox_or_folder_asks_a_few_things_at_a_time(
    desk: Client, place: str, choices: int
) -> None:
    page = desk.post(NEW, {"address": place})
    headings = re.findall(r"<legend>([^<]+)</legend>", page.content.decode())
    assert headings[0] == "What it is"
    assert {"Whose mail is let in", "What becomes of its items"} <= set(headings)
    assert page.content.decode().count('type="radio" name="adapter"') == choices
    assert page.content.decode().count('type="hidden" name="adapter"') == (choices == 0)


def test_web_page_is_no_mailbox(
    desk: Client, make_source: MakeSource, fill_in: Callable[..., dict[str, Any]]
) -> None:
    address = f"{SOURCES}{make_source().pk}/"
    answer = desk.post(address, fill_in(desk.get(address), adapter="newsletter"))
    assert "not that of a mailbox" in str(answer.context["form"].errors["address"])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "file:///etc/hosts", "the address"),
        ("name", "", "required"),
    ],
)
def test_settings_that_do_not_fit_are_said_at_their_field(
    desk: Client,
    make_source: MakeSource,
    fill_in: Callable[..., dict[str, Any]],
    field: str,
    value: str,
    said: str,
) -> None:
    source = make_source()
    address = f"{SOURCES}{source.pk}/"
    answer = desk.post(address, fill_in(desk.get(address), **{field: value}))
    assert said in str(answer.context["form"].errors[field]).lower()
    source.refresh_from_db()
    assert source.address == "https://harbour-news.example/feed"


def test_check_now_makes_the_source_due_and_returns_at_once(
    desk: Client, web: Web, make_source: MakeSource
) -> None:
    source = make_source()
    answer = desk.post(f"{SOURCES}{source.pk}/check/", follow=True)
    source.refresh_from_db()
    assert source.next_check_at is not None
    assert source.next_check_at <= timezone.now()
    assert web.asked == []
    assert "It is checked within a minute" in words(answer)
    assert history(source) == ["Asked for a check"]


def test_paused_source_is_not_checked_and_can_be_watched_again(desk: Client, make_source: MakeSource) -> None:
    source = make_source(failures=4)
    desk.post(f"{SOURCES}{source.pk}/pause/", {"reason": "They are rebuilding their site."})
    source.refresh_from_db()
    assert (source.state, source.next_check_at) == (State.PAUSED, None)
    assert "rebuilding" in words(desk.get(f"{SOURCES}{source.pk}/"))
    refused = desk.post(f"{SOURCES}{source.pk}/check/", follow=True)
    assert "It is not watched" in words(refused)
    desk.post(f"{SOURCES}{source.pk}/watch/")
    source.refresh_from_db()
    assert (source.state, source.state_reason, source.failures) == (State.ACTIVE, "", 0)
    assert history(source) == ["Paused: They are rebuilding their site.", "Watched again"]


def test_pause_asks_for_a_reason(desk: Client, make_source: MakeSource) -> None:
    source = make_source()
    answer = desk.post(f"{SOURCES}{source.pk}/pause/", {"reason": " "})
    assert "required" in words(answer)
    source.refresh_from_db()
    assert source.state == State.ACTIVE


@pytest.mark.django_db(transaction=True)
def test_what_was_held_is_let_in_once(
    client: Client, make_source: MakeSource, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("almoner.records.ingest.checks.MOST_NEW", 1)
    client.force_login(Person.objects.create_superuser("dora@example.org"))
    source = make_source(address=FEED)
    Gathering(web, timezone.now, only=[source.pk]).run()
    source.refresh_from_db()
    assert (source.state, Item.objects.count()) == (State.HELD, 0)
    assert "2 new items at once" in words(client.get(f"{SOURCES}{source.pk}/let-in/"))
    client.post(f"{SOURCES}{source.pk}/let-in/")
    Gathering(web, timezone.now).run()
    source.refresh_from_db()
    assert (source.state, source.lets_in, Item.objects.count()) == (State.ACTIVE, False, 2)
    again = client.post(f"{SOURCES}{source.pk}/let-in/", follow=True)
    assert "Nothing of this source is held" in words(again)
    source.refresh_from_db()
    assert not source.lets_in


@pytest.mark.parametrize("path", ["check/", "watch/"])
def test_action_is_no_link(desk: Client, make_source: MakeSource, path: str) -> None:
    assert desk.get(f"{SOURCES}{make_source().pk}/{path}").status_code == 405


@pytest.mark.parametrize("path", ["check/", "watch/", "pause/", "let-in/", ""])
def test_action_on_a_source_that_was_deleted_meanwhile_is_not_found(
    desk: Client, make_source: MakeSource, path: str
) -> None:
    source = make_source()
    address = f"{SOURCES}{source.pk}/{path}"
    source.delete()
    assert desk.post(address, {"reason": "Because."}).status_code == 404


@pytest.mark.parametrize(
    "path", ["", "new/", "1/", "1/checks/", "1/check/", "1/watch/", "1/pause/", "1/let-in/"]
)
def test_sources_are_for_those_who_may(
    client: Client, bob: Person, charlie: Person, make_source: MakeSource, web: Web, path: str
) -> None:
    source = make_source(pk=1)
    for person in (None, charlie, bob):
        if person is not None:
            client.force_login(person)
        assert client.post(SOURCES + path, {"address": FEED, "reason": "Mine."}).status_code in {
            302,
            403,
            405,
        }
    source.refresh_from_db()
    assert source.state == State.ACTIVE
    assert Source.objects.count() == 1
    assert web.asked == []


def test_licence_of_a_source_reaches_what_it_gave_before(
    desk: Client, make_source: MakeSource, make_item: MakeItem, fill_in: Callable[..., dict[str, Any]]
) -> None:
    source, other = make_source(licence="ogl"), make_source("Other", licence="ogl")
    ours, kept, theirs = (make_item(f"Item {number}", licence="ogl") for number in range(3))
    Item.objects.filter(pk=kept.pk).update(corrected=["licence"])
    gather(source, ours)
    gather(source, kept)
    gather(other, theirs)
    later = models.Document.objects.create(
        snapshot=models.Snapshot.objects.get(source=source, sha256=f"{ours.pk:064}"), path="x"
    )
    Sighting.objects.create(document=later, item=theirs, position=1)  # seen here too, but there first
    address = f"{SOURCES}{source.pk}/"
    desk.post(address, fill_in(desk.get(address), licence="unknown"))
    licences = Item.objects.in_bulk([ours.pk, kept.pk, theirs.pk])
    assert {item.title: item.licence for item in licences.values()} == {
        "Item 0": "unknown", "Item 1": "ogl", "Item 2": "ogl",
    }  # fmt: skip
    assert not licences[ours.pk].shows_full_text
    assert licences[ours.pk].changed_at > ours.changed_at


def test_page_shows_how_soon_items_were_captured(
    desk: Client, make_source: MakeSource, make_item: MakeItem
) -> None:
    now = timezone.now()
    source = make_source(tried_at=now - timedelta(days=20))
    for number, hours in enumerate((0.5, 0.8, 5, 80)):
        published = (now - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M+00:00")
        gather(source, make_item(f"Item {number}", captured_at=now, published=published))
    said = words(desk.get(f"{SOURCES}{source.pk}/"))
    assert "within an hour 2 within 6 hours 1 within a day 0 within 3 days 0 later 1" in said


def test_all_checks_are_paged_and_narrowed_to_problems(
    desk: Client, make_source: MakeSource, now: datetime
) -> None:
    source = make_source()
    for number in range(60):
        problems = [f"{source.name}: fetch: gave no answer {number}."] if number < 3 else []
        Run.objects.create(
            source=source,
            started_at=now + timedelta(minutes=number),
            ending=Ending.CHANGED,
            problems=problems,
        )
    page = f"{SOURCES}{source.pk}/checks/"
    assert f'href="{page}"' in desk.get(f"{SOURCES}{source.pk}/").content.decode()
    assert "Page 1 of 2" in words(desk.get(page))
    assert "Gave no answer 0." in words(desk.get(f"{page}?p=2"))
    only = desk.get(f"{page}?problems=on")
    assert len(only.context["runs"]) == 3
    assert desk.get(f"{page}?p=nothing").status_code == 200
