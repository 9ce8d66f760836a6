"""The feeds: valid to three kinds of reader, stable to the byte, and never more than the licence allows."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import jsonschema
import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from pytest_django import Settings

from almoner.api.entries import entries
from almoner.api.queries import newest_items
from almoner.records.catalogue.enums import Stands
from almoner.records.catalogue.models import Category, Item
from almoner.records.catalogue.relations import ItemCopy
from almoner.records.catalogue.services import correct, withdraw
from tests.web.documents import make_document

MakeItem = Callable[..., Any]
FORMS = ("rss", "atom", "json")
ADDRESS = "https://almoner.example"
NUL = "\x00" if connection.vendor == "sqlite" else ""
"""PostgreSQL takes none; what is gathered has none by the time it is kept."""
HOSTILE = f"Fish & <b>chips</b> ]]> {NUL}\x0b\x1f\ufffe\uffff \U0001f600 “quoted” \u202e ﷽ {{% now %}}"

_TEXT = {"type": "string", "minLength": 1}
_LINK = {"type": "string", "pattern": "^https://"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": _TEXT,
        "description": _TEXT,
        "home_page_url": _LINK,
        "feed_url": _LINK,
        "language": {"const": "en-GB"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": _TEXT,
                    "url": _LINK,
                    "external_url": _LINK,
                    "title": _TEXT,
                    "content_html": _TEXT,
                    "content_text": _TEXT,
                    "summary": _TEXT,
                    "date_published": _MOMENT,
                    "date_modified": _MOMENT,
                    "authors": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["name"],
                            "additionalProperties": False,
                            "properties": {"name": _TEXT},
                        },
                    },
                    "tags": {"type": "array", "items": _TEXT},
                },
            },
        },
    },
}
"""JSON Feed 1.1, as far as we use it."""


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    """Where the service stands, whatever a request says of its host."""
    settings.SITE_ADDRESS = ADDRESS


@pytest.fixture
def items(make_item: MakeItem) -> list[Item]:
    """Items with and without date, full text, link and category."""
    return [
        make_item("Old news", published="2024-05-01", licence="ogl", text="Their words.", summary="Ours."),
        make_item(
            HOSTILE,
            published="2025-04-09T09:21+01:00",
            summary=HOSTILE,
            text=HOSTILE,
            html=f"<p>{HOSTILE}</p><script>alert(1)</script>",
            licence="own",
            credit_source=HOSTILE,
            link="https://www.example.org/?a=1&b=2",
            publisher="Harbour Trust",
            categories=("Law & order",),
        ),
        make_item("Only a month", published="2025-03", licence="unknown", text="Withheld words."),
        make_item("Waiting", status="waiting"),
    ]


def parsed(client: Client, form: str, path: str = "all") -> Any:
    """What feedparser makes of a feed."""
    return feedparser.parse(client.get(f"/feeds/{path}.{form}").content)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_xml_feed_is_valid_to_a_strict_parser_and_to_feedparser(
    client: Client, items: list[Item], form: str
) -> None:
    answer = client.get(f"/feeds/all.{form}")
    assert answer["Content-Type"] == f"application/{form}+xml; charset=utf-8"
    ElementTree.fromstring(answer.content)
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[form]
    assert [entry.title for entry in feed.entries][1:] == ["Only a month", "Old news"]
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"{ADDRESS}/feeds/all.{form}"
    assert links["alternate"] == f"{ADDRESS}/news/"
    for entry, item in zip(feed.entries, (items[1], items[2], items[0]), strict=True):
        assert entry.link == f"{ADDRESS}/items/{item.key}/"
        assert entry.id.startswith("urn:uuid:")


def test_json_feed_holds_to_the_standard(client: Client, items: list[Item]) -> None:
    answer = client.get("/feeds/all.json")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    jsonschema.validate(feed, JSON_FEED)
    assert feed["feed_url"] == f"{ADDRESS}/feeds/all.json"
    assert [item["url"] for item in feed["items"]] == [
        f"{ADDRESS}/items/{item.key}/" for item in (items[1], items[2], items[0])
    ]
    assert feed["items"][0]["external_url"] == "https://www.example.org/?a=1&b=2"
    assert feed["items"][0]["tags"] == ["Law & order"]


@pytest.mark.parametrize("form", FORMS)
def test_feed_without_items_is_valid_and_has_a_date_that_stands_still(
    client: Client, db: None, form: str
) -> None:
    content = client.get(f"/feeds/all.{form}").content
    if form == "json":
        jsonschema.validate(json.loads(content), JSON_FEED)
    else:
        assert not feedparser.parse(content).bozo
        assert b"1970" in content


def test_ids_are_the_same_in_all_forms_and_tell_nothing(client: Client, items: list[Item]) -> None:
    in_json = [item["id"] for item in json.loads(client.get("/feeds/all.json").content)["items"]]
    for form in ("rss", "atom"):
        assert [entry.id for entry in parsed(client, form).entries] == in_json
    assert not any(item.key in id_ for item, id_ in zip(items, in_json, strict=False))


def test_ids_stay_when_the_service_moves(client: Client, items: list[Item], settings: Settings) -> None:
    before = [entry.id for entry in parsed(client, "atom").entries]
    settings.SITE_ADDRESS = "https://elsewhere.example"
    assert [entry.id for entry in parsed(client, "atom").entries] == before


@pytest.mark.parametrize("form", FORMS)
def test_feed_holds_full_text_only_where_the_licence_allows_it(
    client: Client, items: list[Item], form: str
) -> None:
    content = client.get(f"/feeds/all.{form}").content.decode()
    assert "Their words." in content
    assert "Withheld words" not in content
    assert "alert(1)" not in content
    assert "Waiting" not in content


def test_day_is_a_date_of_publication_and_a_month_is_not(client: Client, items: list[Item]) -> None:
    for form in ("rss", "atom"):
        entries = parsed(client, form).entries
        assert [entry.get("published", "") != "" for entry in entries] == [True, False, True]
        assert entries[0].published_parsed[:5] == (2025, 4, 9, 8, 21)
        assert entries[2].published_parsed[:5] == (2024, 4, 30, 23, 0)  # midnight in London, in summer
    in_json = json.loads(client.get("/feeds/all.json").content)["items"]
    assert [item.get("date_published") for item in in_json] == [
        "2025-04-09T09:21:00+01:00",
        None,
        "2024-05-01T00:00:00+01:00",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_unchanged_feed_is_the_same_to_the_byte_and_answers_304(
    client: Client, items: list[Item], form: str
) -> None:
    first, second = client.get(f"/feeds/all.{form}"), client.get(f"/feeds/all.{form}")
    assert first.content == second.content
    for header, value in (
        ("if-none-match", first["ETag"]),
        ("if-none-match", f"W/{first['ETag'].removeprefix('W/')}"),
        ("if-modified-since", first["Last-Modified"]),
    ):
        again = client.get(f"/feeds/all.{form}", headers={header: value})
        assert again.status_code == 304
        assert not again.content
        assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("form", FORMS)
def test_feed_is_the_same_whatever_host_and_clock_say(
    client: Client, items: list[Item], form: str, time_machine: Any
) -> None:
    first = client.get(f"/feeds/all.{form}")
    time_machine.move_to(datetime(2031, 1, 1, tzinfo=UTC))
    asked = {"host": "localhost", "x-forwarded-host": "evil.example"}
    later = client.get(f"/feeds/all.{form}", headers=asked)
    assert later.content == first.content
    assert b"testserver" not in first.content


@pytest.mark.parametrize("form", FORMS)
def test_change_and_withdrawal_reach_a_reader_that_only_knows_dates(
    client: Client, items: list[Item], now: datetime, form: str
) -> None:
    since = client.get(f"/feeds/all.{form}")["Last-Modified"]
    correct(items[0], now=now + timedelta(minutes=1), title="Corrected news")
    changed = client.get(f"/feeds/all.{form}", headers={"if-modified-since": since})
    assert b"Corrected news" in changed.content
    withdraw(items[0], reason="No longer right.", now=now + timedelta(minutes=2))
    gone = client.get(f"/feeds/all.{form}", headers={"if-modified-since": changed["Last-Modified"]})
    assert gone.status_code == 200
    assert b"Corrected news" not in gone.content


@pytest.mark.parametrize("form", FORMS)
def test_feeds_of_category_publisher_and_source_hold_only_theirs(
    client: Client, items: list[Item], now: datetime, form: str
) -> None:
    document = make_document(items[:2], captured=now)
    make_document(items[1:2], captured=now, content=b"seen again")
    source = document.snapshot.source_id
    for path, expected in (
        ("category/law-order", [items[1]]),
        ("publisher/harbour-trust", [items[1]]),
        (f"source/{source}", [items[1], items[0]]),
    ):
        content = client.get(f"/feeds/{path}.{form}").content
        keys = [item.key for item in items if item.key.encode() in content]
        assert sorted(keys) == sorted(item.key for item in expected), path
        assert f"{ADDRESS}/feeds/{path}.{form}".encode() in content
        if form == "json":
            jsonschema.validate(json.loads(content), JSON_FEED)
        else:
            feed = feedparser.parse(content)
            assert not feed.bozo
            assert len(feed.entries) == len(expected)


def test_feed_of_a_category_with_a_difficult_name_is_valid(client: Client, make_item: MakeItem) -> None:
    Category.objects.create(name="A & B <C>\x0b", slug="a-b-c")
    for form in ("rss", "atom"):
        feed = parsed(client, form, "category/a-b-c")
        assert not feed.bozo
        assert feed.feed.title == "Almoner: A & B <C>"


@pytest.mark.parametrize(
    "path", ["all.xml", "all.", "category/none.rss", "publisher/none.atom", "source/999.json", "source/x.rss"]
)
def test_feed_that_is_not_there_is_a_404(client: Client, db: None, path: str) -> None:
    assert client.get(f"/feeds/{path}").status_code == 404


def test_feed_is_cut_to_its_newest_items(client: Client, make_item: MakeItem) -> None:
    for number in range(55):
        make_item(f"Item {number}", published=f"20{25 - number // 12}-{12 - number % 12:02}-01")
    assert len(parsed(client, "rss").entries) == 50


def test_pages_name_their_feeds(client: Client, items: list[Item]) -> None:
    page = client.get("/news/?category=law-order").content.decode()
    for form, media_type in (("rss", "rss+xml"), ("atom", "atom+xml"), ("json", "feed+json")):
        for path in ("all", "category/law-order"):
            address = f'<link rel="alternate" type="application/{media_type}" href="/feeds/{path}.{form}"'
            assert address in page


def test_feeds_page_leads_to_every_feed(client: Client, items: list[Item], now: datetime) -> None:
    source = make_document(items[:1], captured=now).snapshot.source_id
    page = client.get("/feeds/").content.decode()
    for path in ("all", "category/law-order", "publisher/harbour-trust", f"source/{source}"):
        for form in FORMS:
            assert f'href="/feeds/{path}.{form}"' in page
            assert client.get(f"/feeds/{path}.{form}").status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_feed_is_safe_to_open_in_a_browser(client: Client, items: list[Item], form: str) -> None:
    answer = client.get(f"/feeds/all.{form}")
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize("form", FORMS)
def test_feed_may_be_read_by_readers_on_other_sites(client: Client, items: list[Item], form: str) -> None:
    answer = client.get(f"/feeds/all.{form}")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("form", FORMS)
def test_feed_has_copies_once_and_says_where_else(client: Client, make_item: MakeItem, form: str) -> None:
    first = make_item(
        "Ferry stops", summary="It stops.", text="Words.", licence="own", publisher="Harbour Trust"
    )
    copy = make_item("Ferry stops", text="Words.", publisher="Fish & Echo")
    ItemCopy.objects.create(item=copy, original=first, standing=Stands.NEAR)
    everything = client.get(f"/feeds/all.{form}").content.decode()
    assert everything.count("Ferry stops") == 1
    assert first.get_absolute_url() in everything
    [entry] = entries(newest_items(Q()))
    assert entry.html == (
        f'<p>Words.</p><p>Also at <a href="{ADDRESS}{copy.get_absolute_url()}">Fish &amp; Echo</a></p>'
    )
    theirs = client.get(f"/feeds/publisher/{copy.publisher.slug}.{form}").content.decode()
    assert copy.get_absolute_url() in theirs
    assert "Also at" not in theirs


def test_feed_entry_without_words_says_where_else_in_its_summary(make_item: MakeItem, now: datetime) -> None:
    first = make_item("Ferry stops", summary="It stops.", publisher="Harbour Trust")
    for name in ("Echo", "Quay Times"):
        copy = make_item("Ferry stops", publisher=name)
        ItemCopy.objects.create(item=copy, original=first, standing=Stands.NEAR)
    assert entries(newest_items(Q()))[0].summary == "It stops. Also at Echo and Quay Times."
    withdraw(copy, reason="No longer right.", now=now)
    assert entries(newest_items(Q()))[0].summary == "It stops. Also at Echo."
