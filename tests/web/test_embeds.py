"""A block of news that other sites frame: no scripts, nothing but links, and only what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from almoner.records.catalogue.classifying import classify_again

MakeItem = Callable[..., Any]


@pytest.fixture
def items(make_item: MakeItem) -> None:
    for title in ("Advice for youth workers", "Stalking: a leaflet", *(f"News {n}" for n in range(30))):
        classify_again(make_item(title, kind="news"))


@pytest.mark.usefixtures("items")
def test_block_may_be_framed_and_can_do_nothing(client: Client) -> None:
    answer = client.get("/embed/news/")
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    page = answer.content.decode()
    assert "<script" not in page
    assert page.count("<li>") == 8
    assert page.count('rel="noopener noreferrer"') == page.count("<a ")
    assert client.get("/news/")["X-Frame-Options"] == "SAMEORIGIN", "all else stays shut"


@pytest.mark.usefixtures("items")
def test_block_holds_what_is_chosen(client: Client) -> None:
    page = unescape(client.get("/embed/news/?audience=youth-work&items=500").content.decode())
    assert page.count("<li>") == 1
    assert ": Youth work" in page
    assert "/news/?audience=youth-work" in page
    assert "Stalking: a leaflet" in client.get("/embed/news/?topic=stalking").content.decode()
    assert "Nothing is published about this yet" in client.get("/embed/news/?topic=sport").content.decode()
    assert client.get("/embed/news/?items=0").content.decode().count("<li>") == 3


@pytest.mark.usefixtures("items")
def test_maker_gives_the_lines_to_copy_and_shows_the_block(client: Client) -> None:
    shown = client.get("/embed/?topic=stalking&items=5").content.decode()
    assert "&lt;iframe src=&quot;http" in shown
    assert "/embed/news/?topic=stalking&amp;amp;items=5&quot;" in shown
    assert '<iframe src="/embed/news/?topic=stalking&amp;items=5"' in shown
    assert '<option value="stalking" selected>' in shown


def test_no_private_name_stands_in_a_block(client: Client, make_item: MakeItem) -> None:
    make_item("Corvina Example found safe", private_names=["Corvina Example"])
    assert "Corvina" not in client.get("/embed/news/").content.decode()
