"""Writing in the newsroom: begun, corrected, checked, looked at before readers see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Any

import pytest
from django.test import Client

from almoner.pipeline.errors import Failed
from almoner.pipeline.ports import Answer, Validators, Wanted
from almoner.records.catalogue.models import Item, ItemTopic
from almoner.records.ingest import running
from tests.newsroom.conftest import MakeItem

FillIn = Callable[..., dict[str, Any]]
WRITE = "/newsroom/writing/"
TEXT = "Prior to the course, read [the rota](https://harbour.example/rota).\n\nIt is on Monday 9 April 2025."


@pytest.fixture
def ours(desk: Client) -> Item:
    sent = {"title": "Course moves", "kind": "news", "text": TEXT, "author": "Bob Hale"}
    answer = desk.post(WRITE, sent)
    item = Item.objects.get()
    assert answer["Location"] == f"/newsroom/items/{item.pk}/"
    return item


def page_of(desk: Client, item: Item) -> Any:
    return desk.get(f"/newsroom/items/{item.pk}/")


def test_item_is_begun_and_waits(desk: Client, ours: Item) -> None:
    assert (ours.status, ours.written_here, ours.credit_author) == ("waiting", True, "Bob Hale")
    assert "Course moves" in desk.get(WRITE).content.decode()
    history = desk.get(f"/newsroom/items/{ours.pk}/history/").content.decode()
    assert "Written here" in history
    assert desk.post(WRITE, {"title": "", "kind": "news"}).status_code == 422


def test_its_page_has_the_text_as_written_and_says_how_it_reads(desk: Client, ours: Item) -> None:
    page = page_of(desk, ours).content.decode()
    assert "[the rota](https://harbour.example/rota)" in page
    for words in ("Weekday does not match date", "“Prior to”", "Plainer: before.", "Where it leads"):
        assert words in page
    assert "Where it was seen" not in page
    assert "Posted by" not in page
    assert 'name="added"' not in page
    assert 'name="links-count"' not in page


def test_correcting_and_publishing_go_the_way_of_every_item(
    desk: Client, ours: Item, fill_in: FillIn, client: Client
) -> None:
    sent = fill_in(page_of(desk, ours), written="It is on **Wednesday** 9 April 2025.")
    desk.post(f"/newsroom/items/{ours.pk}/", sent | {"action-approve": "1"})
    ours.refresh_from_db()
    assert (ours.status, ours.text) == ("published", "It is on Wednesday 9 April 2025.")
    page = Client().get(ours.get_absolute_url()).content.decode()
    assert "Written by us" in page
    assert "<strong>Wednesday</strong>" in page
    for words in ("Where it was seen", "Captured by us", "As published"):
        assert words not in page
    assert ours.corrections.get().now["written"] == "It is on **Wednesday** 9 April 2025."


def test_two_editors_of_one_text_lose_nothing(desk: Client, ours: Item, fill_in: FillIn, alice: Any) -> None:
    opened = page_of(desk, ours)
    other = Client()
    other.force_login(alice)
    other.post(f"/newsroom/items/{ours.pk}/", fill_in(page_of(other, ours), written="Hers."))
    answer = desk.post(f"/newsroom/items/{ours.pk}/", fill_in(opened, written="His."))
    assert "Somebody else changed this" in answer.content.decode()
    ours.refresh_from_db()
    assert ours.written == "Hers."


def test_preview_shows_page_feed_and_message_before_anybody_else_sees_them(desk: Client, ours: Item) -> None:
    address = f"/newsroom/items/{ours.pk}/preview/"
    page = desk.get(address)
    shown = page.content.decode()
    assert "Readers do not see it yet." in shown
    assert "Course moves" in page.context["message"].text
    assert escape(page.context["message"].text.splitlines()[-1]) in shown
    for pane, words in (
        ("page", "Written by us"),
        ("feed", "In the newsfeed and in lists"),
        ("message", "Because you follow"),
    ):
        assert f'src="{address}{pane}/"' in shown
        answer = desk.get(f"{address}{pane}/")
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert "Course moves" in answer.content.decode()
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
        assert Client().get(f"{address}{pane}/").status_code == 302
    assert desk.get(f"{address}other/").status_code == 404
    assert Client().get(address).status_code == 302


def test_preview_of_a_message_says_what_it_would_come_by(desk: Client, make_item: MakeItem) -> None:
    item = make_item("Taxi drivers, and missing children", status="waiting", text="Taxi licensing.")
    ItemTopic.objects.create(item=item, topic="taxi-licensing")
    text = desk.get(f"/newsroom/items/{item.pk}/preview/").context["message"].text
    assert "Because you follow everything" not in " ".join(text.split())
    item.topics.all().delete()
    text = desk.get(f"/newsroom/items/{item.pk}/preview/").context["message"].text
    assert "Because you follow everything" in " ".join(text.split())


class Web:
    """A way to a web on which one page is gone."""

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def fetch(self, wanted: Wanted, _validators: Validators) -> Answer:
        if wanted.address.endswith("/gone"):
            raise Failed(wanted.address, "fetch", "answered 404.", status=404)
        return Answer(wanted, wanted.address, 200, None)


def test_links_are_looked_at_when_asked(
    desk: Client, ours: Item, fill_in: FillIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "fetcher", Web)
    text = f"{TEXT}\n\nAnd https://harbour.example/gone."
    desk.post(f"/newsroom/items/{ours.pk}/", fill_in(page_of(desk, ours), written=text))
    answer = desk.post(f"/newsroom/items/{ours.pk}/links/", follow=True).content.decode()
    assert "1 of 2 links did not work: https://harbour.example/gone" in answer
    assert "Did not work. It answered 404." in answer
    assert ">Works.<" in answer


def test_gathered_items_keep_their_own_form(desk: Client, make_item: MakeItem, now: datetime) -> None:
    page = page_of(desk, make_item("Gathered", text="Words")).content.decode()
    assert "Where it was seen" in page
    assert 'name="written"' not in page
    assert "How it reads" not in page


def test_topics_that_follow_from_a_correction_do_not_keep_it_from_readers(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("A course", status="waiting", text="It is on Monday.")
    sent = fill_in(page_of(desk, item), title="Taxi drivers and child sexual exploitation: a course")
    desk.post(f"/newsroom/items/{item.pk}/", sent | {"action-approve": "1"})
    item.refresh_from_db()
    assert item.topics.exists()
    assert item.status == "published"
