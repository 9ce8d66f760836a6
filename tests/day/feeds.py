"""Lists that machines read, as publishers' systems write them: RSS, Atom, JSON Feed, RDF, sitemaps, GOV.UK, laws."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from tests.day.world import LONDON, WITHDRAWN, Piece, Site

ATOM = "http://www.w3.org/2005/Atom"


def _paragraphs(piece: Piece, now: datetime) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in piece.text(now))


def _link(site: Site, piece: Piece) -> str:
    return f"https://{site.host}{site.page(piece)}"


def rss(site: Site, now: datetime) -> str:
    """As a content management system writes it: an excerpt, a GUID that is an address, the time in London."""
    items = "".join(
        f"<item>\n<title>{escape(piece.title)}</title>\n<link>{_link(site, piece)}/?utm_source=rss</link>\n"
        f"<pubDate>{format_datetime(piece.at.astimezone(LONDON))}</pubDate>\n<category>{piece.category}</category>\n"
        f'<guid isPermaLink="false">https://{site.host}/?p={piece.number}</guid>\n'
        f"<description><![CDATA[{_paragraphs(piece, now)}]]></description>\n</item>\n"
        for piece in site.out(now)[:10]
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{site.name}</title><link>https://{site.host}</link>\n{items}</channel></rss>'


def rss_whole(site: Site, now: datetime) -> str:
    """The same with the whole text beside a summary, and who wrote it."""
    items = "".join(
        f"<item><title>{escape(piece.title)}</title><link>{_link(site, piece)}</link>"
        f"<dc:creator>Communications team</dc:creator><pubDate>{format_datetime(piece.at)}</pubDate>"
        f"<guid>{_link(site, piece)}</guid><description>{escape(piece.paragraphs[0])}</description>"
        f"<content:encoded><![CDATA[{_paragraphs(piece, now)}<p>The post <a href='{_link(site, piece)}'>{escape(piece.title)}"
        f"</a> appeared first on <a href='https://{site.host}'>{site.name}</a>.</p>]]></content:encoded></item>"
        for piece in site.out(now)[:10]
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{site.name} news</title>{items}</channel></rss>'
    )


def atom(site: Site, now: datetime) -> str:
    """Atom, dated by publication and by last change."""
    entries = "".join(
        f"<entry><id>tag:{site.host},2026:{piece.number}</id><title type='html'>{escape(escape(piece.title))}</title>"
        f"<link rel='alternate' type='text/html' href='{_link(site, piece)}'/><published>{piece.at.isoformat()}</published>"
        f"<updated>{piece.changed(now).isoformat()}</updated><category term='{piece.category}'/>"
        f"<content type='html'>{escape(_paragraphs(piece, now))}</content></entry>"
        for piece in site.out(now)[:10]
    )
    return f"<?xml version='1.0'?><feed xmlns='{ATOM}'><title>{site.name}</title><id>tag:{site.host},2026:all</id><updated>{now.isoformat()}</updated>{entries}</feed>"


def json_feed(site: Site, now: datetime) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": str(piece.number),
            "url": _link(site, piece),
            "title": piece.title,
            "content_html": _paragraphs(piece, now),
            "date_published": piece.at.isoformat(),
            "date_modified": piece.changed(now).isoformat(),
            "tags": [piece.category],
        }
        for piece in site.out(now)[:10]
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": site.name, "items": items})


def rdf(site: Site, now: datetime) -> str:
    """RSS 1.0, as older systems still write it."""
    items = "".join(
        f"<item rdf:about='{_link(site, piece)}'><title>{escape(piece.title)}</title><link>{_link(site, piece)}</link>"
        f"<dc:date>{piece.at.isoformat()}</dc:date><description>{escape(' '.join(piece.text(now)))}</description></item>"
        for piece in site.out(now)[:10]
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{site.name}</title></channel>{items}</rdf:RDF>'
    )


def sitemap(site: Site, now: datetime) -> str:
    """A list of pages, some of which are no news."""
    pages = [
        ("/", ""),
        ("/about", "2025-01-02"),
        *((site.page(one), one.changed(now).isoformat()) for one in site.out(now)),
    ]
    entries = "".join(
        f"<url><loc>http://{site.host}{path}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for path, changed in pages
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def news_sitemap(site: Site, now: datetime) -> str:
    """With titles and days."""
    entries = "".join(
        f"<url><loc>http://{site.host}{site.page(piece)}</loc><news:news><news:publication><news:name>{site.name}</news:name>"
        f"</news:publication><news:publication_date>{piece.at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(piece.title)}</news:title></news:news></url>"
        for piece in site.out(now)
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )


def sitemap_index(site: Site, now: datetime) -> str:
    """A list of one packed sitemap."""
    newest = site.out(now)[0].changed(now).isoformat()
    return f"<sitemapindex><sitemap><loc>http://{site.host}/pages.xml.gz</loc><lastmod>{newest}</lastmod></sitemap></sitemapindex>"


def packed_sitemap(site: Site, now: datetime) -> bytes:
    """The sitemap of that list."""
    return gzip.compress(sitemap(site, now).encode(), mtime=0)


def search(site: Site, now: datetime) -> str:
    """GOV.UK's answer to a search for an organisation, the last change first."""
    pieces = sorted(site.out(now), key=lambda one: one.changed(now), reverse=True)
    results = [
        {
            "title": piece.title,
            "link": site.page(piece),
            "_id": site.page(piece),
            "description": piece.paragraphs[0],
            "public_timestamp": piece.changed(now).isoformat(),
            "content_store_document_type": "guidance",
            "is_withdrawn": _is_withdrawn(piece, now),
            "organisations": [{"title": site.name, "slug": site.slug}],
        }
        for piece in pieces
    ]
    return json.dumps({"results": results, "total": len(results), "start": 0})


def content(site: Site, piece: Piece, now: datetime) -> str:
    """GOV.UK's document."""
    found: dict[str, Any] = {
        "base_path": site.page(piece),
        "content_id": f"{site.slug}-{piece.number}",
        "document_type": "guidance",
        "schema_name": "publication",
        "locale": "en",
        "title": piece.title,
        "description": piece.paragraphs[0],
        "first_published_at": piece.at.isoformat(),
        "public_updated_at": piece.changed(now).isoformat(),
        "updated_at": now.isoformat(),
        "details": {
            "body": _paragraphs(piece, now),
            "change_history": [{"note": "First published.", "public_timestamp": piece.at.isoformat()}],
        },
        "links": {"organisations": [{"title": site.name, "content_id": site.slug}]},
    }
    if _is_withdrawn(piece, now) and piece.withdrawn:
        found["withdrawn_notice"] = {
            "explanation": f"<p>{WITHDRAWN}</p>",
            "withdrawn_at": piece.withdrawn.isoformat(),
        }
    return json.dumps(found)


def laws(site: Site, now: datetime) -> str:
    """A feed of new legislation."""
    entries = "".join(
        f"<entry><id>http://{site.host}/id{site.page(piece).removesuffix('/made')}</id><title>{escape(piece.title)}</title>"
        f"<link rel='self' href='http://{site.host}/id{site.page(piece).removesuffix('/made')}'/>"
        f"<link href='http://{site.host}{site.page(piece)}'/><published>{piece.at.isoformat()}</published>"
        f"<updated>{piece.changed(now).isoformat()}</updated><summary>{escape(piece.paragraphs[0])}</summary></entry>"
        for piece in site.out(now)
    )
    return f"<feed xmlns='{ATOM}'><title>{site.name}</title><id>http://{site.host}{site.path}</id>{entries}</feed>"


def law(site: Site, piece: Piece, now: datetime) -> str:
    """A law in CLML."""
    day = piece.at.astimezone(LONDON).date().isoformat()
    paragraphs = "".join(
        f"<P1><Pnumber>{number}</Pnumber><P1para><Text>{escape(text)}</Text></P1para></P1>"
        for number, text in enumerate(piece.text(now), start=1)
    )
    return (
        '<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" RestrictExtent="E+W" '
        f'DocumentURI="http://{site.host}{site.page(piece)}"><ukm:Metadata xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(piece.title)}</dc:title><ukm:SecondaryMetadata>'
        f'<ukm:Made Date="{day}"/></ukm:SecondaryMetadata></ukm:Metadata><Secondary><Body><P1group><Title>What is to be done</Title>'
        f"{paragraphs}</P1group></Body></Secondary></Legislation>"
    )


def _is_withdrawn(piece: Piece, now: datetime) -> bool:
    return piece.withdrawn is not None and piece.withdrawn <= now


FEEDS: dict[str, tuple[Callable[[Site, datetime], str], str]] = {
    "rss": (rss, "application/rss+xml; charset=utf-8"),
    "rss-whole": (rss_whole, "text/xml"),
    "atom": (atom, "application/atom+xml"),
    "json": (json_feed, "application/feed+json"),
    "rdf": (rdf, "application/rdf+xml"),
    "sitemap": (sitemap, "application/xml"),
    "news-sitemap": (news_sitemap, "text/xml"),
    "sitemaps": (sitemap_index, "application/xml"),
    "laws": (laws, "application/atom+xml"),
}
