"""Feeds that are broken, empty, huge or not feeds: what can be had is read, and what cannot is said."""

from __future__ import annotations

import pytest

from almoner.pipeline.model import Item, MediaType, Reading, Snapshot
from almoner.pipeline.run import read

FIRST = "<item><title>Helpline opens</title><link>https://a.example/1</link><pubDate>Mon, 12 Oct 2026 08:30:00 GMT</pubDate><description>It is staffed by nine people.</description></item>"


def feed(entries: str, tail: str = "</channel></rss>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A board</title>{entries}{tail}'


def reading(content: str | bytes, media_type: MediaType | None = MediaType.XML) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return read(Snapshot("feed.xml", raw, media_type, address="https://a.example/feed"))


def codes(item: Item) -> set[str]:
    return {found.code for found in item.findings}


@pytest.mark.parametrize(
    ("cut", "title", "text"),
    [
        ("<item><title>Keys of the", "Keys of the", ""),
        ("<item><title>Keys</title><description>Two people hold", "Keys", "Two people hold"),
        ("<item><title>Keys</title><description>Two people</descr", "Keys", "Two people"),
        ("<item><title>Keys</title><description><![CDATA[<p>Two</p><p>people", "Keys", "Two\n\npeople"),
    ],
)
def test_entry_that_breaks_off_keeps_what_came(cut: str, title: str, text: str) -> None:
    found = reading(feed(FIRST + cut, tail=""))
    assert [item.title for item in found.items] == ["Helpline opens", title]
    assert found.items[1].text == text
    assert "text_cut" in codes(found.items[1])
    assert "text_cut" not in codes(found.items[0])
    assert [finding.code for finding in found.findings] == ["markup_mended"]


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "us-ascii", "x-no-such"])
@pytest.mark.parametrize("real", ["utf-8", "windows-1252"])
def test_wrong_declared_charset_spoils_no_letters(declared: str, real: str) -> None:
    text = feed("<item><title>Café “Ravens” – open</title></item>").replace(
        '"1.0"', f'"1.0" encoding="{declared}"'
    )
    (item,) = reading(text.encode(real)).items
    assert item.title == "Café “Ravens” – open"


def test_entry_without_id_date_and_link_is_read() -> None:
    (item,) = reading(feed("<item><description>Only words stand here.</description></item>")).items
    assert (item.id, item.published, item.link) == (None, None, None)
    assert item.text == "Only words stand here."
    assert {"title_missing", "date_missing"} <= codes(item)


def test_entry_with_nothing_is_still_one() -> None:
    (first, second) = reading(feed(FIRST + "<item/>")).items
    assert first.title == "Helpline opens"
    assert (second.title, second.title_is_printed) == ("Untitled", False)


def test_names_of_other_formats_mixed_in_are_read() -> None:
    mixed = (
        '<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        "<channel><title>A board</title><item><title>Keys</title><media:title>Picture</media:title><a:updated>2026-10-12T09:00:00Z</a:updated>"
        '<d:creator>Ann Poole</d:creator><a:link href="https://a.example/keys" rel="alternate"/><d:date>2026-10-11T09:00:00Z</d:date></item></channel></rss>'
    )
    (item,) = reading(mixed).items
    assert (item.title, item.credit.author, item.link) == ("Keys", "Ann Poole", "https://a.example/keys")
    assert item.published is not None
    assert item.published.value[:7] == "2026-10"


def test_page_served_as_a_feed_is_read_as_a_page() -> None:
    page = "<!DOCTYPE html><html><head><title>Not found</title></head><body><h1>We cannot find that page</h1><p>The feed has moved to another place; ask the board.</p></body></html>"
    found = reading(page)
    assert found.document.media_type is MediaType.HTML


@pytest.mark.parametrize("content", [feed(""), "<feed xmlns='http://www.w3.org/2005/Atom'/>", "<rss/>"])
def test_feed_without_entries_is_a_reading_without_items(content: str) -> None:
    found = reading(content)
    assert found.items == ()


def test_huge_feed_is_cut_and_says_so() -> None:
    found = reading(feed("<item><title>Same words again and again</title></item>" * 12_000))
    assert len(found.items) == 10_000
    assert [note.code for note in found.findings] == ["text_cut"]


@pytest.mark.parametrize(
    ("printed", "value", "code"),
    [
        ("Mon, 12 Oct 2026 08:30:00 BST", "2026-10-12T08:30+01:00", ""),
        ("Mon, 12 Oct 2026 08:30:00 GMT", "2026-10-12T09:30+01:00", ""),
        ("Mon, 12 Oct 2026 08:30:00 +0000", "2026-10-12T09:30+01:00", ""),
        ("Mon, 12 Oct 2026 08:30:00", "2026-10-12T08:30+01:00", ""),
        ("Tue, 3 Nov 2026 08:30:00 BST", "2026-11-03T08:30+00:00", "date_ambiguous"),
        ("Tue, 3 Nov 2026 08:30:00 EST", "2026-11-03T13:30+00:00", ""),
        ("2026-07-01T23:30:00Z", "2026-07-02T00:30+01:00", ""),
        ("2026-07-01", "2026-07-01", ""),
        ("Sun, 12 Oct 2026 08:30:00 BST", "2026-10-12T08:30+01:00", "weekday_mismatch"),
        ("3/4/2026", "2026-04-03", ""),
    ],
)
def test_zone_of_a_feed_is_read_as_it_was_meant(printed: str, value: str, code: str) -> None:
    (item,) = reading(feed(FIRST.replace("Mon, 12 Oct 2026 08:30:00 GMT", printed))).items
    assert item.published is not None
    assert item.published.value == value
    assert not code or code in codes(item)


def test_author_and_licence_of_an_atom_feed_hold_for_its_entries() -> None:
    entry = "<entry><id>u:{0}</id><title>{0}</title><updated>2026-10-12T09:00:00Z</updated>{1}</entry>"
    entries = (
        entry.format("One", "")
        + entry.format("Two", "<author><name>Ben Marsh</name></author>")
        + entry.format("Three", "<source><title>Another feed</title></source>")
    )
    head = "<title>A board</title><author><name>{}</name></author><rights>OGL</rights>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{entries}</feed>"
    items = reading(atom.format("Ann Poole")).items
    assert [item.credit.author for item in items] == ["Ann Poole", "Ben Marsh", None]
    assert [item.licence for item in items] == ["OGL", "OGL", None]
    assert reading(atom.format("A board")).items[0].credit.author is None
