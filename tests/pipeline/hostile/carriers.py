"""Documents of every format with a hostile string in each of their fields."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from almoner.pipeline.model import MediaType, Snapshot
from tests.pipeline.readings import BODIES, TITLES

BASE: Final = "https://publisher.example/news/"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Carrier = Callable[[Sequence[str]], list[Snapshot]]
"""Vectors → documents that carry them: one each where a page is one item, else all in one."""


def article(vectors: Sequence[str]) -> list[Snapshot]:
    """A page of one article: in its head, title, author, text and link."""
    return [
        _page(
            f'<title>{TITLES[0]} {escape(one)}</title><meta name=author content="{escape(one)}"><meta name=description content="{escape(one)}">'
            f'<meta property=\'og:url\' content="{escape(one)}"><link rel=canonical href="{escape(one)}">',
            f"<article><h1>{TITLES[0]} {one}</h1><p class=byline>By {one}</p><p>{BODIES[0][0]}</p><p>{one}</p><p>{BODIES[0][1]}</p>"
            f'<p>{one} {BODIES[1][0]}</p><a href="{escape(one)}">Read the report</a></article>',
        )
        for one in vectors
    ]


def listing(vectors: Sequence[str]) -> list[Snapshot]:
    """A list of three records on a page, the vector in each of their parts."""
    return [
        _page(
            "<title>News</title>",
            "<ul class=news>"
            + "".join(
                f'<li class=item><h2><a href="/news/{number}">{title} {one}</a></h2><time>{number + 3} March 2025</time>'
                f'<p class=teaser>{body[0]} {one}</p><a class=more href="{escape(one)}">More</a></li>'
                for number, (title, body) in enumerate(zip(TITLES, BODIES, strict=True))
            )
            + "</ul>",
        )
        for one in vectors
    ]


def rss(vectors: Sequence[str]) -> list[Snapshot]:
    """RSS 2.0, the vector in every element of an item, escaped and as CDATA."""
    items = "".join(
        f"<item><title>{TITLES[0]} {_text(one)}</title><link>{_text(one)}</link><guid>{number}</guid><pubDate>{_text(one)}</pubDate>"
        f"<author>{_text(one)}</author><category>{_text(one)}</category><description>{_text(one)} {BODIES[0][0]}</description>"
        f"<content:encoded>{_cdata(one + ' ' + BODIES[0][1])}</content:encoded><enclosure url={_quoted(one)} type={_quoted(one)} length='3'/></item>"
        for number, one in enumerate(vectors)
    )
    return [
        _xml(
            f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>News</title><link>{BASE}</link>{items}</channel></rss>"
        )
    ]


def atom(vectors: Sequence[str]) -> list[Snapshot]:
    """Atom, the vector as HTML and as text, in names, terms and links."""
    entries = "".join(
        f"<entry><id>tag:{number}</id><title type='html'>{TITLES[1]} {_text(one)}</title><link href={_quoted(one)}/><updated>2025-03-03T09:00:00Z</updated>"
        f"<author><name>{_text(one)}</name><uri>{_text(one)}</uri></author><category term={_quoted(one)} label={_quoted(one)}/>"
        f"<summary type='text'>{_text(one)}</summary><content type='html' xml:base={_quoted(one)}>{_text(one)} {BODIES[1][0]}</content></entry>"
        for number, one in enumerate(vectors)
    )
    return [
        _xml(
            f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='{BASE}'><title>News</title><id>x</id>{entries}</feed>"
        )
    ]


def json_feed(vectors: Sequence[str]) -> list[Snapshot]:
    """JSON Feed 1.1."""
    items = [
        {
            "id": str(number), "url": one, "external_url": one, "title": f"{TITLES[2]} {one}",
            "content_html": f"{one}<p>{BODIES[2][0]}</p>", "summary": one, "image": one, "tags": [one],
            "date_published": one, "authors": [{"name": one, "url": one}],
            "attachments": [{"url": one, "mime_type": one, "title": one}],
        }
        for number, one in enumerate(vectors)
    ]  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "home_page_url": BASE,
        "items": items,
    }
    return [Snapshot("feed.json", json.dumps(feed).encode(), MediaType.JSON, BASE)]


def wordpress(vectors: Sequence[str]) -> list[Snapshot]:
    """A WordPress export with a post a vector."""
    items = "".join(
        f"<item><title>{_cdata(TITLES[0] + ' ' + one)}</title><link>{_text(one)}</link><dc:creator>{_cdata(one)}</dc:creator><category nicename='a'>{_cdata(one)}</category>"
        f"<content:encoded>{_cdata(one + BODIES[0][0])}</content:encoded><excerpt:encoded>{_cdata(one)}</excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2025-03-03 09:00:00</wp:post_date_gmt></item>"
        for number, one in enumerate(vectors)
    )
    return [
        _xml(
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
            " xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/' xmlns:wp='http://wordpress.org/export/1.2/'>"
            f"<channel><title>Blog</title><link>{BASE}</link><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"
        )
    ]


def govuk(vectors: Sequence[str]) -> list[Snapshot]:
    """Content API documents, the vector in body, notes, attachments and names."""
    return [
        Snapshot(
            "content.json",
            json.dumps(
                {
                    "content_id": "6f1c9f44-0000-4000-8000-000000000000", "base_path": "/guidance/x", "document_type": "guidance",
                    "schema_name": "publication", "title": f"{TITLES[0]} {one}", "description": one, "locale": "en",
                    "first_published_at": "2025-03-03T09:00:00Z", "public_updated_at": one,
                    "withdrawn_notice": {"explanation": one, "withdrawn_at": "2025-04-03T09:00:00Z"},
                    "details": {
                        "body": f"{one}<p>{BODIES[0][0]}</p>", "change_history": [{"note": one, "public_timestamp": "2025-03-04T09:00:00Z"}],
                        "attachments": [{"url": one, "title": one, "content_type": one}], "documents": [one],
                        "nation_applicability": {"england": {"label": one, "applicable": True, "alternative_url": one}},
                    },
                    "links": {"organisations": [{"title": one, "base_path": one, "api_path": one}]},
                }
            ).encode(),
            MediaType.JSON,
        )
        for one in vectors
    ]  # fmt: skip


def table(vectors: Sequence[str]) -> list[Snapshot]:
    """CSV with a row a vector."""
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["Title", "Date", "Link", "Source", "Author", "Summary"])
    for one in vectors:
        writer.writerow([f"{TITLES[0]} {one}", "3 March 2025", one, one, one, f"{BODIES[0][0]} {one}"])
    return [Snapshot("items.csv", rows.getvalue().encode("utf-8", "replace"), MediaType.CSV)]


def opml(vectors: Sequence[str]) -> list[Snapshot]:
    """A list of sources."""
    rows = "".join(
        f"<outline type='rss' text={_quoted(one)} title={_quoted(one)} xmlUrl={_quoted(one)} htmlUrl={_quoted(one)} description={_quoted(one)}/>"
        for one in vectors
    )
    return [_xml(f"<opml version='2.0'><head><title>Sources</title></head><body>{rows}</body></opml>")]


def text(vectors: Sequence[str]) -> list[Snapshot]:
    """Plain text, where all of it is words."""
    return [
        Snapshot(
            "page.txt",
            f"{TITLES[0]} {one}\n\nPosted 3 March 2025 by {one}\n\n{BODIES[0][0]}\n\n{one}\n\n{BODIES[0][1]}\n".encode(
                "utf-8", "replace"
            ),
            MediaType.TEXT,
        )
        for one in vectors
    ]


def letter(vectors: Sequence[str]) -> list[Snapshot]:
    """A message: in its header, the names of its files, its text and its HTML."""
    return [_letter(one, f"<p>{BODIES[0][0]} {one}</p><p>{BODIES[0][1]}</p>", "") for one in vectors]


def newsletter(vectors: Sequence[str]) -> list[Snapshot]:
    """A message to a list, with several items."""
    return [
        _letter(
            one,
            "".join(
                f'<h2><a href="{escape(one)}">{title} {one}</a></h2><p>{body[0]} {one}</p>'
                for title, body in zip(TITLES, BODIES, strict=True)
            ),
            "List-Id: <news.publisher.example>\n",
        )
        for one in vectors
    ]


CARRIERS: Final[tuple[Carrier, ...]] = (
    article, listing, rss, atom, json_feed, wordpress, govuk, table, opml, text, letter, newsletter,
)  # fmt: skip
KEEPS_ALL: Final[tuple[Carrier, ...]] = (rss, atom, json_feed, wordpress, table)
"""Those in which each vector is a record of its own, and each record must come out."""


def _letter(vector: str, markup: str, fields: str) -> Snapshot:
    line = " ".join(vector.split()).replace('"', "'")
    head = f'From: "{line}" <news@publisher.example>\nSubject: {TITLES[0]} {line}\nMessage-ID: <{line}>\nArchived-At: <{line}>\n{fields}'
    form = "Content-Type: text/{}; charset=utf-8\n\n{}\n"
    forms = (
        f"--a\n{form.format('plain', BODIES[0][0] + ' ' + vector)}--a\n{form.format('html', markup)}--a--\n"
    )
    file = f'--b\nContent-Type: application/pdf; name="{line}"\n\nx\n'
    content = (
        f'{head}Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: multipart/alternative; boundary="a"\n\n{forms}'
        f"{file}--b--\n"
    )
    return Snapshot("letter.eml", content.encode("utf-8", "replace"), MediaType.MAIL)


def _page(head: str, body: str) -> Snapshot:
    page = f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body><main>{body}</main></body></html>"
    return Snapshot("page.html", page.encode("utf-8", "replace"), MediaType.HTML, BASE)


def _xml(root: str) -> Snapshot:
    return Snapshot("feed.xml", f"<?xml version='1.0' encoding='utf-8'?>{root}".encode(), MediaType.XML, BASE)


def _text(words: str) -> str:
    """As an element's text: what XML cannot hold at all is left out."""
    return escape(_NOT_XML.sub("", words))


def _quoted(words: str) -> str:
    return f'"{_text(words)}"'


def _base64(words: str) -> str:
    return b64encode(words.encode("utf-8", "replace")).decode()


def _encoded(words: str) -> str:
    """As a word of a header (RFC 2047)."""
    return f"=?utf-8?B?{_base64(words)}?="


def _cdata(words: str) -> str:
    return "<![CDATA[" + _NOT_XML.sub("", words).replace("]]>", "]]]]><![CDATA[>") + "]]>"
