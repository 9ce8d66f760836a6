"""Topics on cards and items, their pages and feeds, and the page of abbreviations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from almoner.pipeline.taxonomy.glossary import glossary
from almoner.pipeline.taxonomy.topics import topics
from almoner.records.catalogue.classifying import classify_again
from almoner.records.catalogue.services import correct

MakeItem = Callable[..., Any]


@pytest.fixture
def about(make_item: MakeItem) -> Callable[..., Any]:
    """Make an item with the topics that its words speak of."""

    def make(title: str, **fields: Any) -> Any:
        item = make_item(title, **fields)
        classify_again(item)
        return item

    return make


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_card_and_item_show_the_topics_apart_from_the_printed_categories(
    client: Client, about: Callable[..., Any], now: datetime
) -> None:
    item = about("Stalking: a leaflet", categories=("Leaflets",))
    for address in ("/news/", item.get_absolute_url()):
        assert '<a href="/topics/stalking/">Stalking and harassment</a>' in page(client, address)
    assert "by the words in it" in page(client, item.get_absolute_url())
    correct(item, now=now, topics=["stalking", "sport"])
    assert "looked at by an editor" in page(client, item.get_absolute_url())


def test_news_and_library_can_be_narrowed_to_a_topic_and_those_under_it(
    client: Client, about: Callable[..., Any]
) -> None:
    about("County lines: a guide", kind="guidance")
    about("Adoption agency opens", kind="guidance")
    for address in ("/news/", "/library/"):
        narrowed = page(client, f"{address}?topic=exploitation")
        assert "County lines: a guide" in narrowed
        assert "Adoption agency opens" not in narrowed
        assert "Exploitation" in narrowed
    assert "Nothing has all of that" in page(client, "/news/?topic=gardening")


def test_page_of_a_topic_says_what_it_covers_and_leads_on(client: Client, about: Callable[..., Any]) -> None:
    about("County lines: what drivers see")
    shown = page(client, "/topics/criminal-exploitation/")
    assert topics()["criminal-exploitation"].scope in shown
    assert 'href="/topics/exploitation/"' in shown
    assert 'href="/topics/county-lines/"' in shown
    assert "County lines: what drivers see" in shown
    assert "/feeds/topic/criminal-exploitation.atom" in shown


def test_every_topic_has_a_page_and_stands_in_the_list(client: Client, db: None) -> None:
    everything = page(client, "/topics/")
    for topic in topics().values():
        assert topic.is_group or f'href="/topics/{topic.id}/"' in everything
    for each in list(topics())[::12]:
        assert "Nothing is published about this yet" in page(client, f"/topics/{each}/")
    assert client.get("/topics/gardening/").status_code == 404
    assert client.get("/feeds/topic/gardening.rss").status_code == 404


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_feed_of_a_topic_has_the_items_under_it(client: Client, about: Callable[..., Any], form: str) -> None:
    about("County lines: what drivers see")
    about("Adoption agency opens")
    feed = client.get(f"/feeds/topic/exploitation.{form}").content.decode()
    assert "County lines" in feed
    assert "Adoption" not in feed


def test_list_of_topics_counts_what_is_published(client: Client, about: Callable[..., Any]) -> None:
    for number in range(3):
        about(f"Stalking {number}")
    about("Stalking 4", status="waiting")
    assert 'Stalking and harassment</a> <span class="count">3' in page(client, "/topics/")


def test_pages_of_topics_ask_as_often_for_ten_items_as_for_one(
    client: Client, about: Callable[..., Any]
) -> None:
    counts: dict[str, list[int]] = {"/topics/": [], "/topics/stalking/": []}
    for titles in (["Stalking"], [f"Stalking {number}" for number in range(9)]):
        for title in titles:
            about(title, publisher=title)
        for address, asked in counts.items():
            with CaptureQueriesContext(connection) as queries:
                page(client, address)
            asked.append(len(queries))
    assert all(few == many for few, many in counts.values()), counts


def test_abbreviations_are_explained_and_lead_to_their_topics(client: Client, db: None) -> None:
    shown = page(client, "/glossary/")
    assert all(each.stands_for in shown and each.meaning in shown for each in glossary())
    assert {"DSL", "LADO", "KCSIE", "MASH", "CSE"} <= {each.short for each in glossary()}
    assert {each.topic for each in glossary()} <= topics().keys()
    assert 'href="/glossary/"' in page(client, "/about/")


def test_abbreviations_are_in_order_and_none_says_the_same_twice() -> None:
    known = [(each.short.casefold(), each.stands_for) for each in glossary()]
    assert known == sorted(known)
    assert len(known) == len(set(known)) >= 90
    assert all(set(each.nations) <= set("EWSN") and each.nations for each in glossary())
