"""What we say to an item: on its card, found by search, and never taken for what its source says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

from django.test import Client

from almoner.records.catalogue.comments import comment
from almoner.records.search.queries import search

MakeItem = Callable[..., Any]


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_comment_stands_on_the_card_under_our_name(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Swimming clubs", summary="Eight questions for clubs.")
    make_item("Another item")
    comment(item, "Use it at *induction*.\n\nThen yearly.", author="Alice", now=now)
    shown = client.get("/news/").content.decode()
    assert "Eight questions for clubs. Our comment, by Alice: Use it at induction. Then yearly." in words(
        shown
    )
    assert shown.count("card-comment") == 1


def test_item_is_found_by_our_comment_which_is_marked_apart_from_the_source(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Swimming clubs", summary="Eight questions for clubs.", text="Eight questions.")
    assert search("lanyards").total == 0
    comment(item, "Hand it out with the lanyards.", author="", now=now)
    (hit,) = search("lanyards").hits
    assert hit.comment == (("Hand it out with the ", False), ("lanyards", True), (".", False))
    assert "lanyards" not in "".join(text for text, _ in hit.snippet)
    shown = client.post("/search/", {"q": "lanyards"}).content.decode()
    assert "Our comment: Hand it out with the lanyards." in words(shown)
    comment(item, "", author="", now=now)
    assert search("lanyards").total == 0


def test_comment_on_a_card_holds_no_private_name(client: Client, make_item: MakeItem, now: datetime) -> None:
    item = make_item("Found safe", private_names=["Corvina Example"])
    comment(item, "What was said of Corvina Example is right.", author="", now=now, names_may_stand=True)
    shown = words(client.get("/news/").content.decode())
    assert "What was said of" in shown
    assert "Corvina" not in shown
    assert search("Corvina").total == 0
