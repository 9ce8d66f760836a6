"""Bad input of every format: a typed error, or a reading that says where something was wrong; never a crash, a hang, a
flood of memory, or another item lost. The rows named are those of the faults that the design answers: P1 entities and
bombs, P2 malformed and truncated, P3 encodings that lie, P12 absurd dates."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.parse.limits import MAX_ELEMENTS
from almoner.pipeline.run import read
from almoner.pipeline.split.listing import MAX_RECORDS
from tests.pipeline.bounded import Outcome, outcomes
from tests.pipeline.hostile.carriers import CARRIERS
from tests.pipeline.readings import BODIES, CAPTURED, HELPLINE, RAVENS, TITLES

LEVELS = 100_000
SOAK = os.environ.get("ALMONER_SOAK") == "1"
SCALE = 10 if SOAK else 1
"""How much longer the endless documents are in the long run: several megabytes each."""
SECONDS = 10
"""CPU seconds after which a reading is killed. Ten times what the worst here needs; a hang needs more than any."""
SOUND = [carrier(["Ravens nest again"])[0] for carrier in CARRIERS]
"""A sound document of each format."""
by_format = pytest.mark.parametrize("sound", SOUND, ids=[str(carrier.__name__) for carrier in CARRIERS])


def page(body: str, head: str = "") -> Snapshot:
    return Snapshot(
        "page.html",
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(),
        MediaType.HTML,
    )


def xml(root: str, before: str = "") -> Snapshot:
    return Snapshot("feed.xml", f"<?xml version='1.0'?>{before}{root}".encode(), MediaType.XML)


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>News</title>{''.join(items)}</channel></rss>"


def entry(title: str, text: str, rest: str = "") -> str:
    return f"<item><title>{title}</title><description>{text}</description>{rest}</item>"


def json_of(value: object) -> Snapshot:
    return Snapshot("feed.json", json.dumps(value).encode(), MediaType.JSON)


def clean(*snapshots: Snapshot) -> list[Outcome]:
    """How each was read, in a process with limits; all of them read or refused."""
    found = outcomes(snapshots, seconds=SECONDS * SCALE)
    assert [one for one in found if not one.is_clean] == []
    return found


# P1: entities and bombs

LAUGHS = (
    "<!DOCTYPE lol [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {name} '{f'&{inner};' * 10}'>"
        for inner, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'ravens ' * 10_000}'>]>"
ROOTS: dict[str, Callable[[str], str]] = {
    "feed": lambda words: rss(entry(words, words), entry(TITLES[0], HELPLINE)),
    "atom": lambda words: f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{words}</title><entry><title>{words}</title><summary>{words}</summary></entry><entry><title>{TITLES[0]}</title><summary>{HELPLINE}</summary></entry></feed>",
    "wordpress": lambda words: f"<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><title>{words}</title><content:encoded>{words}</content:encoded></item><item><title>{TITLES[0]}</title><content:encoded>{HELPLINE}</content:encoded></item></channel></rss>",
    "opml": lambda words: f"<opml version='2.0'><body><outline text='{words}' xmlUrl='https://example.org/f'/><outline text='{TITLES[0]}' xmlUrl='https://example.org/g'/></body></opml>",
}  # fmt: skip


@pytest.mark.parametrize(
    ("doctype", "words"), [(LAUGHS, "&j;"), (QUADRATIC, "&a;" * 10_000)], ids=["laughs", "quadratic"]
)
def test_entities_that_multiply_are_not_expanded(doctype: str, words: str) -> None:
    for found in clean(*(xml(root(words), doctype) for root in ROOTS.values())):
        assert found.size < 2_000_000
        assert found.how == "refused" or TITLES[0] in found.titles


def test_external_entities_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("<!ENTITY e 'the password is raven'>")
    doctypes = (
        "<!DOCTYPE x [<!ENTITY e SYSTEM '{}'>]>",
        "<!DOCTYPE x [<!ENTITY e PUBLIC '-//x' '{}'>]>",
        "<!DOCTYPE x SYSTEM '{}'>",
        "<!DOCTYPE x [<!ENTITY % p SYSTEM '{}'> %p;]>",
    )
    documents = [
        xml(root("before &e; after"), doctype.format(secret.as_uri()))
        for root in ROOTS.values()
        for doctype in doctypes
    ]
    for found in clean(*documents):
        assert "password" not in f"{found.words}{found.titles}"
        assert found.how == "refused" or TITLES[0] in found.titles


def test_included_files_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is raven")
    include = (
        f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}' parse='text'/>"
    )
    (found,) = clean(xml(rss(entry(f"Title {include}", include), entry(TITLES[0], HELPLINE))))
    assert "password" not in f"{found.words}{found.titles}"
    assert TITLES[0] in found.titles


def test_packed_bombs_are_no_text() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", b"0" * 20_000_000)
    for content in (gzip.compress(b"0" * 60_000_000), packed.getvalue()):
        for media_type in (None, MediaType.HTML, MediaType.XML, MediaType.JSON):
            with pytest.raises(PipelineError) as refused:
                read(Snapshot("page", content, media_type))
            assert not isinstance(refused.value, StageBroken)


# Nested and repeated without end

NESTED = {
    "divs": page("<div>" * LEVELS + HELPLINE),
    "spans": page("<span>" * LEVELS + HELPLINE + "</span>" * LEVELS),
    "bold": page(f"<p>{RAVENS}</p>" + "<b><p>" * LEVELS),
    "lists": page("<ul><li>" * LEVELS + HELPLINE),
    "tables": page("<table><tr><td>" * (LEVELS // 10) + HELPLINE),
    "quotations": page("<blockquote>" * LEVELS + HELPLINE + "</blockquote>" * LEVELS),
    "links": page("<a href=/x>" * LEVELS + HELPLINE),
    "buttons": page("<button>" * LEVELS + HELPLINE),
    "forms in tables": page("<table><form>" * (LEVELS // 10) + HELPLINE),
    "svg": page("<svg><desc>" * (LEVELS // 10) + HELPLINE),
    "elements of a feed": xml(rss(entry(TITLES[0], HELPLINE), entry("Deep", "<x>" * LEVELS + "</x>" * LEVELS))),
    "mark-up in a feed": xml(rss(entry(TITLES[0], HELPLINE), entry("Deep", "&lt;div&gt;" * LEVELS))),
    "outlines": xml("<opml version='2.0'><body>" + "<outline text='x'>" * LEVELS + "</outline>" * LEVELS + "</body></opml>"),
    "JSON lists": Snapshot("x.json", b"[" * LEVELS + b"]" * LEVELS, MediaType.JSON),
    "JSON objects": Snapshot("x.json", b'{"items":' * LEVELS + b"1" + b"}" * LEVELS, MediaType.JSON),
    "mark-up in JSON": json_of({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<div>" * LEVELS}]}),
    "a GOV.UK body": json_of({"document_type": "guidance", "schema_name": "publication", "base_path": "/x", "title": TITLES[0], "details": {"body": "<blockquote>" * LEVELS + HELPLINE}}),
    "quotation marks in text": Snapshot("x.txt", (("> " * LEVELS) + HELPLINE).encode(), MediaType.TEXT),
    "brackets in text": Snapshot("x.txt", ("(" * LEVELS + "[" * LEVELS + HELPLINE).encode(), MediaType.TEXT),
    "quotation marks in a table": Snapshot("x.csv", b'Title,Date\n' + b'"' * LEVELS + b"\n", MediaType.CSV),
}  # fmt: skip
ENDLESS = {
    "one div": page("<div class=card>Ravens nest again on the tower.</div>" * 10_000 * SCALE),
    "one card": page("<div class=card><h2><a href=/a>Ravens return to the cathedral</a></h2><p>3 March 2025</p></div>" * 2_000 * SCALE),
    "table rows": page("<table>" + "<tr><td>3 March 2025</td><td><a href=/a>Ravens return</a></td></tr>" * 5_000 * SCALE),
    "table cells": page("<table><tr>" + "<td>Ravens</td>" * 15_000 * SCALE),
    "attributes": page("<p " + "".join(f"a{number}=1 " for number in range(10_000 * SCALE)) + f">{HELPLINE}</p>"),
    "one attribute": page(f"<p title='{'x' * (500_000 * SCALE)}'>{HELPLINE}</p>"),
    "headings": page("<h2>Ravens return to the cathedral</h2>" * 5_000 * SCALE),
    "line breaks": page("<p>" + "Ravens nest<br>" * 10_000 * SCALE),
    "character references": page("<p>" + "&amp;" * 50_000 * SCALE),
    "open tags": page("<" * 100_000 * SCALE),
    "comments": page("<!--" * 20_000 * SCALE),
    "items of a feed": xml(rss(entry(TITLES[0], HELPLINE) * 500 * SCALE)),
    "ampersands of a feed": xml(rss(entry(TITLES[0], "&" * 50_000 * SCALE))),
    "CDATA of a feed": xml(rss(entry(TITLES[0], "<![CDATA[" * 10_000 * SCALE))),
    "namespaces": xml("<rss " + " ".join(f"xmlns:n{number}='urn:{number}'" for number in range(2_000 * SCALE)) + "><channel/></rss>"),
    "items of JSON": json_of({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": HELPLINE}] * 500 * SCALE}),
    "rows of a table": Snapshot("x.csv", b"Title,Date,Link\n" + b"Ravens return,3 March 2025,https://example.org/a\n" * 2_000 * SCALE, MediaType.CSV),
    "columns of a table": Snapshot("x.csv", b"Title," * 5_000 * SCALE + b"\n" + b"x," * 5_000 * SCALE, MediaType.CSV),
    "one line of text": Snapshot("x.txt", (HELPLINE + " ").encode() * 1_000 * SCALE, MediaType.TEXT),
    "one word": Snapshot("x.txt", b"a" * 500_000 * SCALE, MediaType.TEXT),
    "dates in text": Snapshot("x.txt", b"3 March 2025 " * 10_000 * SCALE, MediaType.TEXT),
    "numbers in text": Snapshot("x.txt", b"1,000 " * 20_000 * SCALE, MediaType.TEXT),
    "digits": Snapshot("x.txt", b"There were " + b"9" * 100_000 * SCALE + b" ravens.", MediaType.TEXT),
    "empty lines": Snapshot("x.txt", b"\n" * 500_000 * SCALE + HELPLINE.encode(), MediaType.TEXT),
}  # fmt: skip


def test_nesting_100_000_deep_is_read_or_refused_in_bounded_time() -> None:
    found = dict(zip(NESTED, clean(*NESTED.values()), strict=True))
    for name in ("divs", "lists", "elements of a feed", "mark-up in JSON"):
        assert "text_cut" in found[name].findings, name
    assert TITLES[0] in found["elements of a feed"].titles
    assert TITLES[0] in found["mark-up in a feed"].titles


def test_what_repeats_without_end_is_read_or_refused_in_bounded_time() -> None:
    found = dict(zip(ENDLESS, clean(*ENDLESS.values()), strict=True))
    assert found["items of a feed"].titles[:1] == (TITLES[0],)
    for name in ("one attribute", "attributes", "empty lines"):
        assert "helpline" in found[name].words, name


def test_elements_without_end_are_read_up_to_a_bound_and_that_is_said() -> None:
    reading = read(page("<div>Ravens nest again on the tower.</div>" * (MAX_ELEMENTS + 1_000)))
    assert len(reading.document.blocks) == pytest.approx(MAX_ELEMENTS, rel=0.01)
    (cut,) = (found for found in reading.findings if found.code == "text_cut")
    assert f"first {MAX_ELEMENTS:,} elements" in cut.message


def test_records_without_end_become_items_up_to_a_bound_and_the_rest_is_counted() -> None:
    records = (
        f"<div><a href=/{number}>Ravens {number}</a> 3 March 2025</div>" for number in range(MAX_RECORDS + 20)
    )
    reading = read(page("".join(records)))
    assert len(reading.items) == MAX_RECORDS
    (cut,) = (found for found in reading.findings if found.code == "text_cut")
    assert (
        cut.message
        == f"The page was not read whole: 20 records after the first {MAX_RECORDS:,} were left out."
    )
    assert cut.place.css == f"body > div:nth-child({MAX_RECORDS + 1})"


# P2: malformed and truncated


@by_format
def test_documents_cut_anywhere_are_read_or_refused(sound: Snapshot) -> None:
    step = max(1, len(sound.content) // 60)
    for end in range(0, len(sound.content), step):
        survives(Snapshot(sound.source, sound.content[:end], sound.media_type, sound.address))


@by_format
def test_documents_with_stray_bytes_are_read_or_refused(sound: Snapshot) -> None:
    middle = len(sound.content) // 2
    for stray in (
        b"\x00",
        b"\x00" * 500,
        b"\xff\xfe",
        b"\xef\xbf\xbe",
        b"\x1b[31m",
        b"\x80\x81",
        b"\xed\xa0\x80",
        b"]]>",
        b"<",
        b'"',
        b"&#0;&#xd800;&#x110000;",
    ):
        content = sound.content[:middle] + stray + sound.content[middle:]
        survives(Snapshot(sound.source, content, sound.media_type, sound.address))
        survives(Snapshot(sound.source, stray + sound.content, sound.media_type, sound.address))


@by_format
def test_documents_under_another_name_are_read_or_refused(sound: Snapshot) -> None:
    for media_type in (None, *MediaType):
        survives(Snapshot(sound.source, sound.content, media_type, sound.address))


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>Broken", "<item><title>Broken</description></item>", "<item><title>A & B < C</title></item>",
        "<item><title>\x00\x01Broken</title></item>", "<item><title>Broken</title><description><![CDATA[ no end </description></item>",
        "<item><title>Broken</title><description>&undefined; &#xFFFFFFF;</description></item>", "<item a=1 a=1 b><title>Broken</title></item>",
        "<item><title>Broken</title><description><![CDATA[<p>&#xD800; &#55555; &#99999999999;]]></description></item>",
        "<item><title>Broken</title><description>&lt;p&gt;&amp;#xdfff;</description></item>",
        "<item><pubDate>Tue, 31 Feb 2025 25:61:00 XYZ</pubDate></item>", "</item></channel></rss><item>",
    ],
)  # fmt: skip
def test_a_broken_item_of_a_feed_takes_no_other_with_it(broken: str) -> None:
    found = read(xml(rss(entry(TITLES[0], HELPLINE), broken, entry(TITLES[1], RAVENS))))
    titles = [item.title for item in found.items]
    assert TITLES[0] in titles
    assert TITLES[1] in titles or "no end" in broken  # what follows an open CDATA section is inside it


@pytest.mark.parametrize(
    "broken", [None, 3, "x", [], {"id": None, "title": 7, "url": ["x"], "date_published": {}, "authors": "x"}]
)
def test_a_broken_item_of_json_takes_no_other_with_it(broken: object) -> None:
    sound = [
        {"id": str(number), "title": title, "content_text": body[0]}
        for number, (title, body) in enumerate(zip(TITLES, BODIES, strict=True))
    ]
    found = read(
        json_of({"version": "https://jsonfeed.org/version/1.1", "items": [sound[0], broken, *sound[1:]]})
    )
    assert [item.title for item in found.items if item.title in TITLES] == list(TITLES)


# P3: encodings that lie

WORDS = "Café “Raven” £5 – naïve"
ENCODED = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15")
DECLARED = (
    "utf-8",
    "UTF-16",
    "iso-8859-1",
    "windows-1252",
    "utf-7",
    "shift_jis",
    "rot13",
    "zlib",
    "unicode_escape",
    "",
)


@pytest.mark.parametrize("encoded", ENCODED)
@pytest.mark.parametrize("declared", DECLARED)
def test_encodings_that_lie_lose_no_words(encoded: str, declared: str) -> None:
    words = WORDS if encoded != "iso8859-15" else "Café £5 naïve"
    body = entry(TITLES[0], f"{HELPLINE} {words}")
    root = f"<?xml version='1.0' encoding='{declared}'?>{rss(body)}" if declared else rss(body)
    head = f"<meta charset='{declared}'>" if declared else ""
    web = f"<!DOCTYPE html><html><head>{head}</head><body><h1>{TITLES[0]}</h1><p>3 March 2025</p><p>{HELPLINE} {words}</p></body></html>"
    for content, media_type in (
        (root, MediaType.XML),
        (web, MediaType.HTML),
        (f"{TITLES[0]}\n\n3 March 2025\n\n{HELPLINE} {words}\n", MediaType.TEXT),
    ):
        found = survives(Snapshot("x", content.encode(encoded), media_type))
        if found is None:  # without a byte order mark nothing tells the bytes of UTF-16 from others
            assert encoded.startswith("utf-16-")
            continue
        whole = " ".join(item.text for item in found.items)
        assert "helpline for taxi drivers" in whole
        if encoded.startswith("utf") or declared in {"iso-8859-1", "windows-1252", ""}:
            assert words in whole


def test_utf_7_is_never_read() -> None:
    hidden = "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
    for declared in ("utf-7", "unicode-1-1-utf-7", "x-imap4-modified-utf7"):
        found = read(
            page(f"<h1>{TITLES[0]}</h1><p>{HELPLINE}</p><p>{hidden}</p>", f"<meta charset={declared}>")
        )
        assert "<script" not in " ".join(item.text for item in found.items)


# P12: absurd dates

DATES = (
    "", "0", "-1", "31 February 2025", "29 February 2025", "31/02/2025", "2025-02-31", "0000-00-00", "0001-01-01", "9999-12-31",
    "99999-12-31", "2025-13-45T99:99:99Z", "1970-01-01T00:00:00Z", "1 January 1970", "1 January 2099", "2099-01-01T00:00:00+99:99",
    "30 March 2025 01:30", "2025-03-30T01:30:00", "26 October 2025 01:30", "Tue, 31 Feb 2025 25:61:61 +9999", "Mon, 03 Mar 2025 09:00:00 BST",
    "1e309", "99999999999999999999", "٣ March ٢٠٢٥", "3 March 20255", "March March 2025", "3rd of the month", "\u202e5202 hcraM 3", "2025-03-03T09:00:00.999999999999Z",
)  # fmt: skip


@pytest.mark.parametrize("date", DATES)
def test_absurd_dates_lose_no_item(date: str) -> None:
    feed = rss(
        *(
            entry(title, body[0], f"<pubDate>{date}</pubDate>")
            for title, body in zip(TITLES, BODIES, strict=True)
        )
    )
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'>"
        + "".join(
            f"<entry><title>{title}</title><updated>{date}</updated><summary>{body[0]}</summary></entry>"
            for title, body in zip(TITLES, BODIES, strict=True)
        )
        + "</feed>"
    )
    items = [
        {"id": title, "title": title, "content_text": body[0], "date_published": date}
        for title, body in zip(TITLES, BODIES, strict=True)
    ]
    rows = "Title,Date,Summary\n" + "".join(
        f'{title},"{date}","{body[0]}"\n' for title, body in zip(TITLES, BODIES, strict=True)
    )
    posts = "".join(
        f"{title}\n\nPosted {date} by Alice Poole\n\n{body[0]}\n\n{body[1]}\n\n"
        for title, body in zip(TITLES, BODIES, strict=True)
    )
    for snapshot in (
        xml(feed),
        xml(atom),
        json_of({"version": "https://jsonfeed.org/version/1.1", "items": items}),
        Snapshot("x.csv", rows.encode(), MediaType.CSV),
        Snapshot("x.txt", posts.encode(), MediaType.TEXT),
    ):
        found = read(snapshot)
        everything = " ".join(f"{item.title} {item.text}" for item in found.items)
        assert all(body[0] in everything for body in BODIES)
        for item in found.items:
            assert item.published is None or _is_a_day(item.published.value)


@pytest.mark.parametrize("date", ["1 January 2099", "1 January 1970", "31 February 2025"])
def test_dates_that_cannot_be_true_are_reported(date: str) -> None:
    content = f"{TITLES[0]}\n\nPosted {date} by Alice Poole\n\n{HELPLINE}\n".encode()
    found = read(Snapshot("x.txt", content, MediaType.TEXT, captured=CAPTURED))
    assert "date_implausible" in {one.code for item in found.items for one in item.findings}


@pytest.mark.parametrize(
    "day", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "31 December 9999"]
)
@pytest.mark.parametrize(
    "promise",
    [
        "next month",
        "next year",
        "tomorrow",
        "within 99999999999 days",
        "within 3,000 years",
        "by spring 9999",
    ],
)
def test_promises_at_the_end_of_all_days_lose_no_item(day: str, promise: str) -> None:
    text = (
        f"{TITLES[0]}\n\nPosted {day} by Alice Poole\n\n{HELPLINE} We will publish the details {promise}.\n"
    )
    found = survives(Snapshot("x.txt", text.encode(), MediaType.TEXT))
    assert found is not None
    assert "helpline for taxi drivers" in " ".join(item.text for item in found.items)


def _is_a_day(value: str) -> bool:
    year = value[:4]
    return year.isascii() and year.isdigit() and 1 <= int(year) <= 9999


def survives(snapshot: Snapshot) -> Reading | None:
    """Read, or refused by a typed error; a stage that breaks is a mistake of ours."""
    try:
        return read(snapshot)
    except StageBroken:
        raise
    except PipelineError as error:
        refused = error
    assert refused.stage
    assert refused.problem
    return None
