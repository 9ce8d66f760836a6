"""An item's page: whose words, from whom, when, and for whose eyes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from almoner.records.catalogue.models import ItemEvent, ItemMention
from almoner.records.catalogue.services import correct, publish, withdraw
from almoner.records.ingest.models import Document, LinkedAddress, Source
from tests.web.documents import make_document

MakeItem = Callable[..., Any]


def words_of(page: bytes) -> str:
    """What a page says, without mark-up."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def test_item_page_keeps_its_times_apart(client: Client, make_item: MakeItem) -> None:
    item = make_item(
        published="2025-04-09",
        published_as_printed="Wednesday 9 April 2025",
        updated="2025-05",
        updated_as_printed="May 2025",
        added="2020-08-17T09:21+01:00",
        added_as_printed="17/08/2020 at 9:21 am",
        captured_at=datetime(2025, 6, 1, 7, 30, tzinfo=UTC),
    )
    page = client.get(item.get_absolute_url()).content
    words = words_of(page)
    assert "Published 9 April 2025 Printed as “Wednesday 9 April 2025”" in words
    assert "Updated by the publisher May 2025 Printed as “May 2025”" in words
    assert "library 17 August 2020 at 9:21am Printed as “17/08/2020 at 9:21 am”" in words
    assert "Captured by us 1 June 2025 at 8:30am" in words
    assert b'<time datetime="2025-05">May 2025</time>' in page


def test_item_page_lists_what_its_publisher_says_it_changed(client: Client, make_item: MakeItem) -> None:
    notes = [
        {"note": "Added a chapter on transport.", "when": "2025-04-09", "title": "Transport", "link": ""},
        {"note": "First published.", "when": "", "title": "", "link": ""},
    ]
    item = make_item(change_notes=notes, licence="ogl")
    words = words_of(client.get(item.get_absolute_url()).content)
    assert "What changed In the publisher’s own words, newest first." in words
    assert "9 April 2025 Added a chapter on transport. Transport First published." in words
    item.licence = "unknown"
    item.save(update_fields=["licence"])
    assert "What changed" not in words_of(client.get(item.get_absolute_url()).content)


def test_item_page_without_a_date_says_that_none_was_printed(client: Client, make_item: MakeItem) -> None:
    words = words_of(client.get(make_item().get_absolute_url()).content)
    assert "Published No date given" in words
    assert "No date given, captured 10 April 2025" in words


def test_undated_item_of_a_dated_briefing_is_dated_by_it(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Order your handbook")
    for day in (16, 9):
        make_document(
            [item],
            captured=now,
            briefing_title=f"Briefing of the {day}th",
            briefing_date=date(2026, 11, day),
            content=str(day).encode(),
        )
    make_document([item], captured=now, content=b"no briefing")
    for page in ("/", "/news/", "/search/?q=handbook", item.get_absolute_url()):
        words = words_of(client.get(page).content)
        assert "In the briefing of 9 November 2026" in words, page
        assert "No date given, captured" not in words, page


def test_link_whose_words_are_its_address_is_printed_once(client: Client, make_item: MakeItem) -> None:
    href = "https://www.example.org/form/"
    item = make_item(
        links=[{"href": href, "text": text} for text in ("", "www.example.org/form", "The form")]
    )
    page = client.get(item.get_absolute_url()).content.decode()
    links = re.findall(rf'<a href="{href}"[^>]*>[^<]+</a>', page)
    assert [(' class="bare"' in link, words_of(link.encode())) for link in links] == [
        (True, "example.org/form/"),
        (True, "www.example.org/form"),
        (False, "The form"),
    ]


def test_item_page_gives_the_credit_as_printed_and_as_understood(client: Client, make_item: MakeItem) -> None:
    item = make_item(
        publisher="Harbour Trust",
        credit_source="Home Office",
        credit_outlet="ITV",
        credit_author="Tom Seaward",
        credit_byline="Jill Powell",
        credit_as_printed="Source: Home Office, for ITV",
    )
    words = words_of(client.get(item.get_absolute_url()).content)
    for fact in (
        "Source Home Office",
        "Outlet ITV",
        "Written by Tom Seaward",
        "Posted by Jill Powell",
        "Published by Harbour Trust",
        "Credit as printed “Source: Home Office, for ITV”",
    ):
        assert fact in words


@pytest.mark.parametrize(
    ("licence", "is_shown"), [("ogl", True), ("permission", True), ("own", True), ("unknown", False)]
)
def test_item_page_shows_the_full_text_only_where_the_licence_allows_it(
    client: Client, make_item: MakeItem, licence: str, is_shown: bool
) -> None:
    item = make_item(
        text="The whole of it. " * 2,
        summary="In short.",
        licence=licence,
        link="https://www.example.org/item",
    )
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("The whole of it." in page) is is_shown
    assert "Read it at example.org" in page
    assert "In short." in page


def test_item_page_claims_no_summary_as_ours(client: Client, make_item: MakeItem) -> None:
    apart = make_item("One", summary="A short account.", text="Something else altogether.")
    quoted = make_item("Two", summary="Something else…", text="Something else altogether.")
    page = client.get(apart.get_absolute_url()).content.decode()
    assert ">In short</h2>" in page
    assert "our words" not in page
    page = client.get(quoted.get_absolute_url()).content.decode()
    assert "In short" not in page
    assert "Something else…" in page


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"publisher": "Harbour Digest"}, "As published by Harbour Digest"),
        (
            {"publisher": "Harbour Digest", "credit_source": "harbour digest"},
            "As published by Harbour Digest",
        ),
        (
            {"publisher": "Harbour Digest", "credit_source": "Home Office"},
            "As published by Harbour Digest, crediting Home Office",
        ),
        ({"credit_outlet": "ITV"}, "As published, crediting ITV"),
        ({}, "As published"),
    ],
)
def test_item_page_puts_words_into_the_mouth_of_who_published_them(
    client: Client, make_item: MakeItem, fields: dict[str, str], heading: str
) -> None:
    item = make_item(text="Their words.", licence="own", **fields)
    assert f'class="label">{heading}</h2>' in client.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("text", "licence", "notice"),
    [
        ("Their words.", "unknown", "We may not show the full text here."),
        ("", "unknown", "The page gives no more than this."),
        ("", "own", "The page gives no more than this."),
        ("Their words.", "own", ""),
    ],
)
def test_item_page_gives_the_true_reason_for_showing_no_text(
    client: Client, make_item: MakeItem, text: str, licence: str, notice: str
) -> None:
    page = client.get(make_item(text=text, licence=licence).get_absolute_url()).content.decode()
    for sentence in ("We may not show the full text here.", "The page gives no more than this."):
        assert (sentence in page) is (sentence == notice)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script><p>Kept</p>",
        '<p onclick="alert(1)" style="position:fixed">Kept</p>',
        '<img src="https://elsewhere.example/pixel.gif"><p>Kept</p>',
        '<svg onload="alert(1)"><style>*{display:none}</style></svg><p>Kept</p>',
        '<form action="https://elsewhere.example"><input name="q"></form><p>Kept</p>',
        '<iframe src="https://elsewhere.example"></iframe><p>Kept</p>',
        '<p><a href="javascript:alert(1)">Kept</a></p>',
        '<p id="main" class="safety">Kept</p>',
    ],
)
def test_item_page_runs_and_fetches_nothing_of_the_source(
    client: Client, make_item: MakeItem, html: str
) -> None:
    item = make_item(html=html, text="Kept", licence="own")
    page = client.get(item.get_absolute_url()).content.decode()
    shown = page[page.index('class="source-words"') :].split("</section>")[0]
    assert "Kept" in shown
    assert not re.search(
        r"<(script|img|svg|style|form|input|iframe)|on\w+=|style=|elsewhere|javascript:|id=|safety", shown
    )


def test_item_page_headings_of_the_source_stand_below_ours(client: Client, make_item: MakeItem) -> None:
    item = make_item(html="<h1>Loud</h1><p>Text</p><h5>Quiet</h5>", text="Text", licence="own")
    page = client.get(item.get_absolute_url()).content.decode()
    assert page.count("<h1") == 1
    assert "<h3>Loud</h3>" in page
    assert "<h3>Quiet</h3>" in page


def test_item_page_lists_events_with_their_weekday(client: Client, make_item: MakeItem) -> None:
    item = make_item()
    ItemEvent.objects.create(
        item=item, title="Briefing for heads", starts="2025-05-14T16:00+01:00", ends="2025-05-14T17:00+01:00"
    )
    ItemEvent.objects.create(item=item, title="On demand", mode="online")
    words = words_of(client.get(item.get_absolute_url()).content)
    assert "Briefing for heads Wednesday 14 May 2025 at 4pm to 5pm" in words
    assert "Courses On demand online" in words
    assert (
        "No date given"
        not in words.partition("Dates")[2].partition("About")[0].partition("Who it is from")[0]
    )


def test_item_page_follows_no_unsafe_link(client: Client, make_item: MakeItem) -> None:
    item = make_item(
        links=[
            {"href": "javascript:alert(1)", "text": "Bad"},
            {"href": "https://www.example.org/", "text": "Good"},
        ]
    )
    page = client.get(item.get_absolute_url()).content.decode()
    assert "javascript:" not in page
    assert 'href="https://www.example.org/" rel="noopener noreferrer external">Good<' in page


def test_item_page_of_a_child_named_in_the_title_leaves_the_name_out_of_its_page_title(
    client: Client, make_item: MakeItem
) -> None:
    item = make_item(
        "Review of the death of Robin Vale", private_names=["Robin Vale"], credit_source="Harbour Council"
    )
    page = client.get(item.get_absolute_url()).content.decode()
    head = page.split("</head>")[0]
    assert "Robin" not in head
    assert "<title>Review of the death of … – Almoner" in " ".join(head.split())
    assert "Review of the death of Robin Vale</h1>" in page
    assert "robin" not in item.get_absolute_url()


def test_withdrawn_item_is_gone_and_says_nothing_of_itself(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Named by mistake", text="Text")
    withdraw(item, reason="It named a witness.", now=now)
    answer = client.get(item.get_absolute_url())
    assert answer.status_code == 410
    assert b"withdrawn" in answer.content
    assert b"Named by mistake" not in answer.content
    assert b"witness" not in answer.content


def test_waiting_item_is_there_for_editors_alone(
    client: Client, make_item: MakeItem, alice: Any, charlie: Any
) -> None:
    item = make_item("Not yet", status="waiting", findings=("child_identifiable",))
    assert client.get(item.get_absolute_url()).status_code == 404
    client.force_login(charlie)
    assert client.get(item.get_absolute_url()).status_code == 404
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content
    assert b"Only editors see this page" in page
    assert b"A child or victim may be identifiable" in page


def test_findings_are_for_editors_alone(
    client: Client, make_item: MakeItem, alice: Any, charlie: Any
) -> None:
    item = make_item(findings=("weekday_mismatch",))
    assert b"Weekday does not match" not in client.get(item.get_absolute_url()).content
    client.force_login(charlie)
    assert b"Weekday does not match" not in client.get(item.get_absolute_url()).content
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Weekday does not match" in page
    newsroom = re.search(r'href="([^"]+)">Open it in the newsroom', page)
    assert newsroom is not None
    assert client.get(newsroom[1]).status_code == 200


def test_item_page_says_where_to_report_a_mistake_and_whom_to_ask_if_there_is_somebody(
    client: Client, make_item: MakeItem, settings: Settings
) -> None:
    item = make_item("Named in no subject line")
    page = client.get(item.get_absolute_url()).content.decode()
    assert f'href="/items/{item.key}/mistake/"' in page
    assert "mailto:" not in page
    settings.CONTACT = "help@harbour.example"
    page = client.get(item.get_absolute_url()).content.decode()
    assert f'href="mailto:help@harbour.example?subject=Item%20{item.key}"' in page


def test_item_page_says_where_it_was_seen_but_not_where_our_files_lie(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item(licence="own")
    document = make_document([item], captured=now)
    page = client.get(item.get_absolute_url()).content
    assert "Harbour news , lines 1 to 8" in words_of(page).replace("news,", "news ,")
    assert b"/srv/inbox" not in page
    assert f"/items/{item.key}/source/{document.key}/".encode() in page


def test_item_of_a_page_without_links_leads_to_that_page(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item()
    document = make_document([item], captured=now)
    assert "Read it where it stands" not in client.get(item.get_absolute_url()).content.decode()
    for path, leads in (("https://www.example.org/news", True), ("javascript://x/%0aalert(1)", False)):
        Document.objects.filter(pk=document.pk).update(path=path)
        page = client.get(item.get_absolute_url()).content.decode()
        assert (f'<a class="govuk-button" href="{path}"' in page) is leads
        assert ("The page at example.org" in page) is leads


def test_dead_address_is_said_and_our_copy_offered_where_the_licence_allows(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item(link="https://www.example.org/gone", licence="ogl")
    document = make_document([item], captured=now, licence="ogl")
    LinkedAddress.objects.update(health="dead", reason="It is not there (404).", checked_at=now)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "It is not there (404). Last checked" in page
    assert f'href="/items/{item.key}/source/{document.key}/">Our copy, as captured' in page
    assert 'href="https://web.archive.org/web/20250410/https://www.example.org/gone"' in page
    Source.objects.update(licence="unknown")
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Our copy, as captured" not in page
    assert "What the Internet Archive may have" in page


def test_entry_names_what_cites_it_and_no_copy_of_itself(client: Client, make_item: MakeItem) -> None:
    guidance = make_item("The guidance", kind="guidance", link="https://www.example.org/guidance")
    make_item("A copy of it", link="https://example.org/guidance/")
    citing = {"links": [{"href": "http://example.org/guidance?utm_source=x", "text": "here"}]}
    make_item("News of it, by Robin Vale", private_names=["Robin Vale"], **citing)
    make_item("Withdrawn news", status="waiting", **citing)
    said = words_of(client.get(guidance.get_absolute_url()).content)
    assert "Cited by 1 item" in said
    assert "News of it, by …" in said
    assert "A copy of it" not in said
    assert "Withdrawn news" not in said


def test_related_are_items_that_name_the_same_guidance(client: Client, make_item: MakeItem) -> None:
    first, second, third = (make_item(f"Item {number}") for number in range(3))
    for item, known in ((first, "kcsie"), (second, "kcsie"), (third, "wtsc")):
        ItemMention.objects.create(item=item, kind="guidance", known=known, name=known, as_printed=known)
    said = words_of(client.get(first.get_absolute_url()).content)
    assert "About the same guidance or law" in said
    assert "Item 1" in said
    assert "Item 2" not in said
    assert "About the same" not in words_of(client.get(third.get_absolute_url()).content)


def test_item_page_has_no_gist_of_a_text_that_is_hardly_longer(client: Client, make_item: MakeItem) -> None:
    short = make_item(
        "Read it", text="Would your team read it? Tell us.", summary="Do they all read it?", licence="own"
    )
    assert b"In short" not in client.get(short.get_absolute_url()).content
    withheld = make_item(
        "Read it", text="Would your team read it? Tell us.", summary="Do your colleagues read it?"
    )
    assert b"In short" in client.get(withheld.get_absolute_url()).content


def test_readers_are_told_what_was_corrected_after_it_was_published_and_when(
    client: Client, make_item: Callable[..., Any], now: datetime
) -> None:
    item = make_item("A leaflet", status="waiting")
    correct(item, now=now, title="Another leaflet")
    publish([item], now=now)
    assert "Corrected here" not in client.get(item.get_absolute_url()).content.decode()
    correct(item, now=now, topics=["sport"])
    assert "Corrected here" not in client.get(item.get_absolute_url()).content.decode()
    correct(item, now=now, title="The leaflet", credit_source="Harbour Trust")
    correct(item, now=now, published="2025-04-01")
    page = client.get(item.get_absolute_url()).content.decode()
    said = (
        '<time datetime="2025-04-10">10 April 2025</time>: an editor corrected its dates, credit and title.'
    )
    assert said in page
    assert "Another leaflet" not in page
