"""Readers write back, without an account, a cookie or a script, and editors say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from almoner.products.feedback.enums import About, Outcome
from almoner.products.feedback.models import LONGEST, ReaderNote
from almoner.products.feedback.queries import open_notes
from almoner.products.feedback.services import KEPT, MOST, settle, write
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import withdraw

MakeItem = Callable[..., Any]


@pytest.fixture
def item(make_item: MakeItem) -> Item:
    found: Item = make_item("Who may collect a child")
    return found


def send(client: Client, path: str, /, **fields: str) -> tuple[int, str]:
    answer = client.post(path, fields)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, unescape(answer.content.decode())


def test_mistake_in_an_item_reaches_the_newsroom_and_is_settled(
    client: Client, item: Item, admin_client: Client
) -> None:
    address = f"/items/{item.key}/mistake/"
    assert address in client.get(item.get_absolute_url()).content.decode()
    assert "call 999" in client.get(address).content.decode()
    status, shown = send(client, address, about="harm", words="It names <b>somebody</b>.")
    assert (status, "Thank you" in shown) == (200, True)
    note = ReaderNote.objects.get()
    assert (note.about, note.item, note.words) == ("harm", item, "It names <b>somebody</b>.")
    page = admin_client.get("/newsroom/feedback/").content.decode()
    assert "It names &lt;b&gt;somebody&lt;/b&gt;." in page
    assert item.title in page
    admin_client.post("/newsroom/feedback/", {"note": note.pk, "outcome": "done"})
    note.refresh_from_db()
    assert (note.outcome, note.settled_by is not None) == ("done", True)
    admin_client.post("/newsroom/feedback/", {"note": note.pk, "outcome": ""})
    assert list(open_notes()) == [note]


def test_suggestion_keeps_an_address_and_what_is_none_as_words(client: Client, db: None) -> None:
    send(client, "/write/", about="missing", address="https://www.example.org/guide", words="This.")
    send(client, "/write/", about="barrier", address="javascript:alert(1)", words="That.")
    notes = {note.about: note for note in ReaderNote.objects.all()}
    assert notes["missing"].address == "https://www.example.org/guide"
    assert notes["barrier"].address == ""
    assert "javascript:alert(1)" in notes["barrier"].words


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"words": "  "}, 400), ({"words": "x" * (LONGEST + 1)}, 400), ({"words": "Spam", "website": "x"}, 200)],
)
def test_what_is_empty_too_long_or_from_a_program_is_not_kept(
    client: Client, db: None, fields: dict[str, str], status: int
) -> None:
    assert send(client, "/write/", **fields)[0] == status
    assert not ReaderNote.objects.exists()


def test_flood_from_one_network_is_slowed_down_and_loses_no_words(client: Client, db: None) -> None:
    answers = [send(client, "/write/", words=f"Note {number}") for number in range(7)]
    assert [status for status, _ in answers] == [200] * 6 + [429]
    assert "Note 6</textarea>" in answers[-1][1]
    assert client.post("/write/", {"words": "I"}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_item_that_readers_do_not_see_takes_no_notes(client: Client, item: Item, now: datetime) -> None:
    withdraw(item, reason="An error", now=now)
    assert client.get(f"/items/{item.key}/mistake/").status_code == 404
    assert client.post("/items/nosuchkey/mistake/", {"words": "I"}).status_code == 404


def test_words_are_cleaned_harm_comes_first_and_old_notes_go(item: Item, alice: Any, now: datetime) -> None:
    first = write(About.MISTAKE, "a\x00b", now=now)
    second = write(About.HARM, "Now", now=now, item=item)
    assert first is not None
    assert second is not None
    assert first.words == "ab"
    assert list(open_notes()) == [second, first]
    settle(first, Outcome.NOT_SO, alice, now=now)
    write(About.MISTAKE, "Later", now=now + KEPT + timedelta(days=1))
    assert not ReaderNote.objects.filter(pk=first.pk).exists()
    assert ReaderNote.objects.filter(pk=second.pk).exists(), "what nobody has looked at stays"


def test_disk_cannot_be_filled_with_notes(
    client: Client, db: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST > 100
    monkeypatch.setattr("almoner.products.feedback.services.MOST", 1)
    assert send(client, "/write/", words="One")[0] == 200
    status, shown = send(client, "/write/", words="Two")
    assert (status, "Two</textarea>" in shown) == (503, True)


def test_notes_are_for_editors_alone(client: Client, charlie: Any) -> None:
    client.force_login(charlie)
    assert client.get("/newsroom/feedback/").status_code in (302, 403)
