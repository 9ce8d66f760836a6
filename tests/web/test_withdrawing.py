"""What waits or was withdrawn is nowhere: every public address is asked, from every page that leads to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from almoner.products.library.models import ReadingList
from almoner.products.library.services import set_entries
from almoner.records.catalogue.enums import Told
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item, ItemTopic
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.services import restore, withdraw
from almoner.web.page_cache import pages
from tests.web.documents import make_document

MakeItem = Callable[..., Item]
TITLE = "Marmalade inquiry opens"
LINK = re.compile(r'href="(/[^"#]*)')
SKIPPED = re.compile(r"/static/|(?:/feeds)?/topics?/(?!stalking)[a-z]")
"""Files, and topics that none of the items is about."""
FERRY = "The harbour trust said 40 children were stranded. It will publish a report by June 2026. " * 2


@pytest.fixture
def kept(settings: Settings) -> Iterator[None]:
    """Pages are kept as in service."""
    settings.PAGES_KEPT = 30
    pages.forget()
    yield
    pages.forget()


def test_notice_where_an_item_stood_says_when_it_was_withdrawn_and_what_readers_are_told_of_why(
    client: Client, make_item: MakeItem
) -> None:
    item = make_item(TITLE)
    at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    withdraw(item, reason="Kim Doe asked", now=at, told=Told.ASKED)
    answer = client.get(item.get_absolute_url())
    assert answer.status_code == 410
    page = answer.content.decode()
    assert (
        '<time datetime="2026-11-20">20 November 2026</time>. We were asked to take it down, and agreed.'
        in page
    )
    assert "Kim Doe" not in page
    assert TITLE not in page
    restore(item, now=at)
    withdraw(item, reason="Again", now=at + timedelta(hours=1))
    page = client.get(item.get_absolute_url()).content.decode()
    assert "21 November 2026</time>.</p>" in page


def crawl(client: Client) -> dict[str, str]:
    """Every public page and feed that links lead to, from the front page on."""
    seen: dict[str, str] = {}
    ahead = ["/", "/feeds/", "/search/?q=marmalade"]
    while ahead:
        address = ahead.pop()
        if address in seen or SKIPPED.match(address) or address.count("=") > 1:
            continue  # lists narrowed twice show nothing that those narrowed once do not
        answer = client.get(address.replace("&amp;", "&"))
        seen[address] = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
        if answer["Content-Type"].startswith("text/html"):
            ahead += LINK.findall(seen[address])
    return seen


def test_w1_what_is_withdrawn_or_waits_is_nowhere(
    client: Client,
    make_item: MakeItem,
    now: datetime,
    kept: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    item = make_item(
        TITLE, kind="guidance", licence="own", text=FERRY, publisher="Harbour Trust",
        categories=("Sea",), published="2025-04-01", link="https://www.example.org/marmalade",
    )  # fmt: skip
    other = make_item("The ferry stops", licence="own", text=f"{FERRY}It is sorry.", published="2025-04-02")
    waiting = make_item("Marmalade waits", status="waiting", text=FERRY)
    ItemTopic.objects.create(item=item, topic="stalking", given_by="editor")
    look_again(item)
    relate_waiting()
    make_document(
        [item, other], captured=now, briefing_title="Harbour Briefing", briefing_date=date(2025, 4, 7)
    )
    reading_list = ReadingList.objects.create(title="First week", is_public=True)
    set_entries(reading_list, [(item, "Begin here."), (waiting, ""), (other, "")])

    before = crawl(client)
    showing = {address for address, words in before.items() if item.key in words}
    assert showing >= {
        "/",
        "/news/",
        "/library/",
        "/search/?q=marmalade",
        "/feeds/all.atom",
        "/topics/stalking/",
    }
    assert any(address.startswith("/briefings/") for address in showing)
    assert any(address.startswith("/library/lists/") for address in showing)
    assert not any(waiting.key in words or "Marmalade waits" in words for words in before.values())

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(item, reason="It was not so.", now=now)
    gone = client.get(item.get_absolute_url())
    assert gone.status_code == 410
    assert TITLE.encode() not in gone.content
    for address in sorted(showing - {item.get_absolute_url()}):
        answer = client.get(address.replace("&amp;", "&"))
        assert item.key.encode() not in answer.content, address
        assert TITLE.encode() not in answer.content, address


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "http:evil.example", "https:/evil.example", "javascript:alert(1)", "data:text/html,x", "\t//evil.example",
        "/%09/evil.example", "//evil.example\\@127.0.0.1", "http://127.0.0.1@evil.example", "ftp://evil.example",
        "//evil。example", "https://testserver.evil.example/", "http:///evil.example", " https://evil.example",
    ],
)  # fmt: skip
def test_w4_signing_in_leads_nowhere_else(client: Client, alice: Any, elsewhere: str) -> None:
    alice.set_password("a long enough phrase")
    alice.save()
    given = {"username": alice.email, "password": "a long enough phrase", "next": elsewhere}
    answer = client.post("/newsroom/login/", given)
    assert answer.status_code == 302
    assert re.match(r"/[^/\\]", answer["Location"])  # what a browser takes for a path of this site
