"""Briefings as pages: blocks in order, only what is published."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from almoner.records.catalogue.models import ItemEvent
from almoner.web.questions import take_apart
from tests.web.documents import make_document

MakeItem = Callable[..., Any]


def make_briefing(items: list[Any], now: datetime, **fields: Any) -> Any:
    given = {
        "briefing_title": "Harbour Briefing",
        "briefing_date": date(2025, 4, 7),
        "briefing_author": "Bob",
    }
    return make_document(items, captured=now, **{**given, **fields})


def test_briefing_shows_its_blocks_in_order(client: Client, make_item: MakeItem, now: datetime) -> None:
    lead = make_item("The lead", html="<h2>Key findings</h2><p>Text</p>", licence="own")
    question = make_item(
        "Question of the Week",
        kind="question",
        licence="own",
        text="Question: What is disguised compliance?\n\nAnswer: Appearing to work together.",
    )
    course = make_item("Courses", kind="course", licence="own", text="Book now.")
    ItemEvent.objects.create(item=course, title="Advanced day", starts="2025-05-14", mode="online")
    briefing = make_briefing([lead, question, course], now)
    page = client.get(f"/briefings/{briefing.key}/").content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())
    body = words[words.index("Monday 7 April 2025") :]
    order = [
        body.index(part)
        for part in (
            "Monday 7 April 2025 · Harbour Trust · Bob",
            "Key findings",
            "Question of the Week What is disguised compliance? Answer Appearing to work together.",
            "Advanced day Wednesday 14 May 2025 · online",
        )
    ]
    assert order == sorted(order)
    assert "Question: What" not in words


def test_briefing_shows_only_what_is_published_and_allowed(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    shown = make_item("Shown", licence="unknown", text="Their own words.", summary="A summary.")
    hidden = make_item("Hidden", status="waiting", licence="own", text="Hidden text")
    briefing = make_briefing([hidden, shown], now)
    page = client.get(f"/briefings/{briefing.key}/").content
    assert b"Hidden" not in page
    assert b"Their own words" not in page
    assert b"A summary." in page


def test_briefing_of_which_nothing_is_published_is_not_there(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    briefing = make_briefing([make_item(status="waiting")], now)
    assert client.get(f"/briefings/{briefing.key}/").status_code == 404
    assert briefing.key.encode() not in client.get("/briefings/").content
    assert b"No briefing yet" in client.get("/briefings/").content


def test_document_that_is_no_briefing_has_no_page(client: Client, make_item: MakeItem, now: datetime) -> None:
    document = make_document([make_item()], captured=now)
    assert client.get(f"/briefings/{document.key}/").status_code == 404


def test_briefings_are_listed_newest_first(client: Client, make_item: MakeItem, now: datetime) -> None:
    make_briefing(
        [make_item("One")], now, briefing_title="Older", briefing_date=date(2025, 3, 1), content=b"1"
    )
    make_briefing(
        [make_item("Two")], now, briefing_title="Newer", briefing_date=date(2025, 4, 1), content=b"2"
    )
    page = client.get("/briefings/").content.decode()
    assert page.index("Newer") < page.index("Older")
    assert "Newer" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("words", "question", "answer"),
    [
        ("<p>Question: What is A&amp;E?</p><p>Answer: A place.</p>", "What is A&E?", "<p>A place.</p>"),
        ("<p><strong>Question:</strong> Why?</p>\n<p>Because.</p>", "Why?", "<p>Because.</p>"),
        ("<p>Answer: Only this.</p>", "", "<p>Only this.</p>"),
        ("<p><b>Answer:</b> Bold label.</p>", "", "<p>Bold label.</p>"),
        ("<p>Neither.</p>", "", "<p>Neither.</p>"),
        ("", "", ""),
    ],
)
def test_question_is_taken_apart(words: str, question: str, answer: str) -> None:
    assert take_apart(words) == (question, answer)
