"""Audiences on cards and items, as a way to narrow lists and searches, and their pages and feeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client

from almoner.pipeline.taxonomy.audiences import audiences
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.classifying import classify_again
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item, ItemAudience
from almoner.records.catalogue.services import correct
from almoner.records.search.queries import search
from almoner.records.search.services import index

MakeItem = Callable[..., Any]


@pytest.fixture
def concerning(make_item: MakeItem) -> Callable[..., Any]:
    """Make an item with what its words say of it."""

    def make(title: str, **fields: Any) -> Any:
        item = make_item(title, **fields)
        look_again(item)
        classify_again(item)
        index([item.pk])
        return item

    return make


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_card_and_item_say_whom_it_concerns(
    client: Client, concerning: Callable[..., Any], now: datetime
) -> None:
    item = concerning("A toolkit for school governors and DSLs")
    assert '<a href="/audiences/governors/">governors and trustees of schools</a>' in page(client, "/news/")
    shown = page(client, item.get_absolute_url())
    assert '<a href="/audiences/governors/">Governors and trustees of schools</a>' in shown
    assert 'href="/audiences/schools/"' not in shown, "what only stands above is not shown"
    correct(item, now=now, audiences=["sport"])
    assert '<a href="/audiences/sport/">' in page(client, item.get_absolute_url())
    assert kept(item) == {"sport": "editor"}


def kept(item: Item) -> dict[str, str]:
    return dict(item.audiences.values_list("audience", "given_by"))


def test_what_an_editor_chose_stays_and_the_words_are_followed_before(
    concerning: Callable[..., Any], now: datetime
) -> None:
    item = concerning("A guide for teaching assistants")
    assert kept(item) == {"teachers": "words", "schools": "narrower"}
    correct(item, now=now, title="A guide for youth workers")
    assert kept(item) == {"youth-work": "words"}
    correct(item, now=now, audiences=["governors"])
    correct(item, now=now, title="A guide for taxi drivers")
    assert kept(item) == {"governors": "editor", "schools": "narrower"}
    with pytest.raises(ValidationError, match="no audience gardeners"):
        correct(item, now=now, audiences=["gardeners"])


def test_lists_and_search_are_narrowed_to_a_sector_with_its_roles(
    client: Client, concerning: Callable[..., Any]
) -> None:
    concerning("A harbour guide for school governors", kind="guidance")
    concerning("A harbour guide for youth workers", kind="guidance")
    for address in ("/news/", "/library/"):
        narrowed = page(client, f"{address}?audience=schools")
        assert "for school governors" in narrowed
        assert "for youth workers" not in narrowed
        assert "Whom it concerns" in narrowed
    assert "/feeds/audience/schools.atom" in page(client, "/news/?audience=schools")
    found = search("harbour guide", chosen={"audience": "schools"}, with_choices=True)
    assert [hit.item.title for hit in found.hits] == ["A harbour guide for school governors"]
    assert {choice.name for choice in found.choices["audience"]} >= {"Youth work", "Schools and colleges"}


def test_pages_and_feeds_of_audiences(client: Client, concerning: Callable[..., Any]) -> None:
    concerning("A guide for foster carers")
    everything = page(client, "/audiences/")
    for audience in audiences():
        assert f'href="/audiences/{audience}/"' in everything
    shown = page(client, "/audiences/childrens-social-care/")
    assert "A guide for foster carers" in shown
    assert 'href="/audiences/foster-carers/"' in shown
    assert "Part of" in page(client, "/audiences/foster-carers/")
    assert "Nothing is published for this audience yet" in page(client, "/audiences/sport/")
    assert client.get("/audiences/gardeners/").status_code == 404
    for form in ("rss", "atom", "json"):
        assert "A guide for foster carers" in page(client, f"/feeds/audience/childrens-social-care.{form}")
    assert client.get("/feeds/audience/gardeners.rss").status_code == 404


def test_items_from_before_get_the_audiences_that_their_words_address(
    make_item: MakeItem, concerning: Callable[..., Any]
) -> None:
    item = concerning("KCSIE 2025: a guide for school governors")
    before = kept(item)
    ItemAudience.objects.all().delete()
    import_module("almoner.records.catalogue.migrations.0016_audiences_of_items").classify(apps, None)
    assert kept(item) == before != {}
    assert "governors" in {audience.id for audience in AUDIENCES.shown(item)}
