"""The server on which all the publishers' sites stand, each with its trouble at its time."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.day import feeds, pages
from tests.day.world import Piece, Site, Trouble
from tests.servers.web import Page, Request, Web, answer, raw, sent_to

ELSEWHERE = "/moved"
"""What the paths of a site that has moved begin with."""
SILENCE = 6.0
"""Seconds for which a silent server says nothing: longer than anybody waits."""


class World(Web):
    """The sites, as they are at the clock's time."""

    def __init__(self, sites: Sequence[Site], clock: Callable[[], datetime], start: datetime) -> None:
        super().__init__()
        self._by_host: dict[str, list[Site]] = {}
        for site in sites:
            self._by_host.setdefault(site.host, []).append(site)
        self._clock = clock
        self._start = start

    def page(self, request: Request) -> Page:
        """What a site answers now."""
        now = self._clock()
        parts = urlsplit(request.target)
        if parts.path == "/robots.txt":
            return answer("User-agent: *\nDisallow: /admin/\n", Content_Type="text/plain")
        for site in self._by_host.get(request.host, []):
            found = self._of_site(site, parts.path, parse_qs(parts.query), now)
            if found is not None:
                return self._troubled(site, request, _conditional(*found), now)
        return answer("<!doctype html><title>Page not found</title>", 404, Content_Type="text/html")

    def _of_site(
        self, site: Site, path: str, given: dict[str, list[str]], now: datetime
    ) -> tuple[str | bytes, str] | None:
        path = path.removeprefix(ELSEWHERE)
        if site.form == "govuk":
            return _of_govuk(site, path, given, now)
        if path == site.path:
            if site.form in feeds.FEEDS:
                write, media_type = feeds.FEEDS[site.form]
                return write(site, now), media_type
            return pages.listing(site, now, int(given.get("page", ["1"])[0])), "text/html; charset=utf-8"
        if path == "/pages.xml.gz" and site.form == "sitemaps":
            return feeds.packed_sitemap(site, now), "application/x-gzip"
        if path in ("/", "/about") and site.form.startswith("sitemap"):
            return pages.listing(
                site, now
            ) if path == "/" else "<!doctype html><title>About us</title>", "text/html"
        piece = _piece(site, path.removesuffix("/data.xml"), now)
        if piece is None:
            return None
        if site.form == "laws":
            return (feeds.law(site, piece, now), "application/xml") if path.endswith("/data.xml") else None
        return pages.article(site, piece, now), "text/html; charset=utf-8"

    def _troubled(self, site: Site, request: Request, page: Page, now: datetime) -> Page:
        # What passes lasts four hours: by then no source of this day is left alone for longer.
        hours = (now - self._start) / timedelta(hours=1)
        moved = request.target.startswith(ELSEWHERE)
        match site.trouble:
            case Trouble.DEAD:
                return answer("<!doctype html><title>Page not found</title>", 404, Content_Type="text/html")
            case Trouble.GONE if hours >= 12:
                return answer(status=410)
            case Trouble.MOVED if hours >= 8 and not moved:
                return sent_to(ELSEWHERE + request.target, 301)
            case Trouble.AWAY if 8 <= hours < 14 and not moved:
                return sent_to(ELSEWHERE + request.target, 302)
            case Trouble.ERRORS if 8 <= hours < 12:
                return answer("Internal error", 500)
            case Trouble.BUSY if 8 <= hours < 12:
                return answer(status=503, Retry_After="1800")
            case Trouble.SILENT if 8 <= hours < 12:
                return _silent
            case Trouble.CUT if 8 <= hours < 12:
                return raw(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n<!doctype html>"
                )
            case Trouble.WALL if 8 <= hours < 12:
                return answer("<!doctype html><title>Just a moment...</title>", 200, Content_Type="text/html")
        return page


def _of_govuk(site: Site, path: str, given: dict[str, list[str]], now: datetime) -> tuple[str, str] | None:
    if path == "/api/search.json" and given.get("filter_organisations") == [site.slug]:
        return feeds.search(site, now), "application/json"
    piece = _piece(site, path.removeprefix("/api/content"), now)
    return (
        (feeds.content(site, piece, now), "application/json") if piece and path.startswith("/api/") else None
    )


def _piece(site: Site, path: str, now: datetime) -> Piece | None:
    return next((piece for piece in site.out(now) if site.page(piece) == path), None)


def _silent(request: Request) -> Iterable[bytes]:
    time.sleep(SILENCE)
    yield b""


def _conditional(content: str | bytes, media_type: str) -> Page:
    """The page, with a tag; 304 to whoever has it."""
    body = content.encode() if isinstance(content, str) else content
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    def page(request: Request) -> Iterable[bytes]:
        if request.headers.get("if-none-match") == tag:
            return answer(status=304, ETag=tag)(request)
        return answer(body, Content_Type=media_type, ETag=tag)(request)

    return page
