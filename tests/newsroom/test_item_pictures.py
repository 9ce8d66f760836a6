"""A picture of ours with an item: with what we wrote, or with our comment; on its page and in feeds while readers see it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape
from typing import Any

import feedparser
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from almoner.newsroom import decisions
from almoner.products.pages.models import ItemPicture, Picture
from almoner.records.accounts.models import Person
from almoner.records.catalogue import comments, services
from almoner.records.catalogue.models import Item
from tests.newsroom.conftest import MakeItem
from tests.newsroom.test_writing import ours
from tests.products.test_pictures import photograph

__all__ = ["ours"]


def send(desk: Client, item: Item, content: bytes | None = None, **said: Any) -> str:
    """What the page says to a picture that is put with an item."""
    sent = said | ({"file": SimpleUploadedFile("hall.jpg", content)} if content is not None else {})
    answer = desk.post(f"/newsroom/items/{item.pk}/picture/", sent, follow=True)
    return unescape(answer.content.decode())


def source_of(page: str) -> str:
    found = re.search(r'<figure class="office-picture">\s*<img src="([^"]+)"', page)
    return found[1] if found else ""


def feeds(client: Client) -> tuple[Any, Any, Any]:
    rss, atom = (feedparser.parse(client.get(f"/feeds/all.{form}").content) for form in ("rss", "atom"))
    return rss.entries[0], atom.entries[0], json.loads(client.get("/feeds/all.json").content)["items"][0]


@pytest.fixture
def shown(desk: Client, ours: Item, editor: Person, now: datetime) -> Item:
    """An item of ours that readers see, with a picture."""
    assert "Kept with the item." in send(
        desk, ours, photograph(), alternative="The hall", caption="In May", credit="Photograph: Harbour Trust"
    )
    decisions.approve([ours], editor, timezone.now())
    ours.refresh_from_db()
    assert ours.status == "published"
    return ours


def test_picture_stands_with_what_we_wrote_once_readers_see_that(
    desk: Client, ours: Item, editor: Person
) -> None:
    send(desk, ours, photograph(), alternative="The hall")
    size = ItemPicture.objects.get().picture.sizes.all()[0]
    address = f"/pictures/{size.picture.key}-{size.width}.{size.form}"
    assert desk.get(address).status_code == 200
    assert Client().get(address).status_code == 404
    decisions.approve([ours], editor, timezone.now())
    page = Client().get(ours.get_absolute_url()).content.decode()
    assert 'alt="The hall"' in page
    picture = Client().get(source_of(page))
    assert picture["Content-Type"] == "image/jpeg"
    assert b"Elm Road" not in picture.content
    assert b"Exif" not in picture.content


def test_feeds_bring_it_along(shown: Item) -> None:
    rss, atom, told = feeds(Client())
    (enclosure,) = rss.enclosures
    path = enclosure.href.removeprefix("https://almoner.example")
    picture = Client().get(path)
    assert (enclosure.type, int(enclosure.length)) == ("image/jpeg", len(picture.content))
    assert [each.href for each in atom.enclosures] == [enclosure.href]
    assert told["image"] == enclosure.href
    assert told["attachments"] == [
        {"url": enclosure.href, "mime_type": "image/jpeg", "size_in_bytes": len(picture.content), "title": "The hall"}
    ]  # fmt: skip


def test_it_is_gone_at_once_when_the_item_is_withdrawn_or_it_is_taken_away(
    desk: Client, shown: Item, now: datetime
) -> None:
    address = source_of(Client().get(shown.get_absolute_url()).content.decode())
    assert "no longer stands with it" in send(desk, shown, remove="1")
    assert Client().get(address).status_code == 404
    assert not source_of(Client().get(shown.get_absolute_url()).content.decode())
    assert "enclosures" not in feeds(Client())[0] or not feeds(Client())[0].enclosures
    send(desk, shown, picture=Picture.objects.get().pk, decorative="on")
    assert Client().get(address).status_code == 200
    services.withdraw(shown, reason="An error", now=timezone.now())
    assert Client().get(address).status_code == 404


def test_picture_stands_in_our_comment_on_what_was_gathered_and_goes_with_it(
    desk: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("A report", text="What the source says.", licence="own")
    comments.comment(item, "Hang it up.", author="", now=now)
    assert "Readers see it." in send(desk, item, photograph(), alternative="The poster")
    page = Client().get(item.get_absolute_url()).content.decode()
    comment = page[page.index('class="our-comment"') :].partition("</section>")[0]
    address = source_of(comment)
    assert address
    assert page.count("<figure") == 1
    assert Client().get(address).status_code == 200
    comments.comment(item, "", author="", now=now)
    assert Client().get(address).status_code == 404
    assert "<figure" not in Client().get(item.get_absolute_url()).content.decode()
    assert not feeds(Client())[0].get("enclosures")


@pytest.mark.parametrize(
    ("content", "said", "answer"),
    [
        (photograph(100, 50), {}, "Say what it shows"),
        (photograph(100, 50), {"alternative": "The hall", "decorative": "on"}, "one of the two"),
        (None, {"alternative": "The hall"}, "Choose a file"),
        (b"<svg onload=alert(1)>", {"alternative": "The hall"}, "It is an SVG"),
        (photograph(100, 50) + b"<script>alert(1)</script>", {"alternative": "The hall"}, "something else"),
        (b"not a picture", {"alternative": "The hall"}, "not a JPEG, PNG or WebP"),
        (
            photograph(100, 50),
            {"alternative": "The boy, named in court as Jordan Ashby, aged 9, at his school"},
            "may name a child",
        ),
    ],
)
def test_refused_with_the_reason_and_nothing_kept(
    desk: Client, ours: Item, content: bytes | None, said: dict[str, Any], answer: str
) -> None:
    assert answer in send(desk, ours, content, **said)
    assert not ItemPicture.objects.exists()
    assert not Picture.objects.exists()


def test_new_file_takes_the_place_of_the_picture_that_stands_there(desk: Client, ours: Item) -> None:
    send(desk, ours, photograph(100, 50), alternative="The hall")
    first = ItemPicture.objects.get().picture
    send(desk, ours, picture=first.pk, alternative="The hall in May")
    assert ItemPicture.objects.get().alternative == "The hall in May"
    send(desk, ours, photograph(100, 60), picture=first.pk, alternative="The door")
    assert ItemPicture.objects.get().picture != first


def test_picture_with_an_item_is_for_editors(ours: Item, charlie: Person) -> None:
    stranger = Client()
    stranger.force_login(charlie)
    assert stranger.get(f"/newsroom/items/{ours.pk}/picture/").status_code in {302, 403}
    send(stranger, ours, photograph(100, 50), alternative="The hall")
    assert not ItemPicture.objects.exists()


def test_page_of_the_item_leads_to_it_where_we_said_something(
    desk: Client, ours: Item, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("A report")
    for each, leads in ((ours, True), (item, False)):
        page = desk.get(f"/newsroom/items/{each.pk}/").content.decode()
        assert (f'href="/newsroom/items/{each.pk}/picture/"' in page) == leads
    comments.comment(item, "Hang it up.", author="", now=now)
    assert (
        f'href="/newsroom/items/{item.pk}/picture/"'
        in desk.get(f"/newsroom/items/{item.pk}/").content.decode()
    )
