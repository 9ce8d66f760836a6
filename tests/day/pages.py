"""Pages that people read: lists of news in five layouts, and the pages of single pieces, with what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from itertools import groupby

from tests.day.world import LONDON, Piece, Site

A_PAGE = 4
"""Pieces on one page of a list."""


def day(moment: datetime) -> str:
    """A date as it is printed."""
    moment = moment.astimezone(LONDON)
    return f"{moment.day} {moment:%B %Y}"


def _around(site: Site, title: str, main: str, crumbs: str = "") -> str:
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)} | {site.name}</title></head><body>
<a class="skip-link" href="#main">Skip to main content</a>
<header class="site-header"><a class="logo" href="/">{site.name}</a><nav aria-label="Main"><ul><li><a href="/">Home</a></li>
<li><a href="/news/">News</a></li><li><a href="/about">About us</a></li><li><a href="/contact">Contact</a></li></ul></nav></header>
{crumbs}<main id="main">{main}</main>
<footer class="site-footer"><ul><li><a href="/privacy">Privacy notice</a></li><li><a href="/cookies">Cookies</a></li>
<li><a href="/accessibility">Accessibility</a></li></ul><p>© {site.name}. Registered office: 1 Invented Street.</p></footer></body></html>"""


def article(site: Site, piece: Piece, now: datetime) -> str:
    """The page of a piece."""
    text = "".join(f"<p>{escape(text)}</p>" for text in piece.text(now))
    crumbs = f'<nav class="breadcrumb" aria-label="Breadcrumb"><a href="/">Home</a> <a href="/news/">News</a> {escape(piece.title)}</nav>'
    printed = day(piece.at)
    heads = (
        f'<p class="date">{printed}</p>',
        f'<p class="meta">Published: <time datetime="{piece.at.isoformat()}">{printed}</time></p>',
        f'<div class="byline">Posted on {printed} in <a href="/news/?c=1">{piece.category}</a></div>',
    )
    main = f"""<article><h1>{escape(piece.title)}</h1>{heads[site.number % 3]}<div class="content">{text}</div></article>
<div class="share"><span>Share this page</span><a href="https://social.example/share">Post</a></div>"""
    return _around(site, piece.title, main, crumbs)


def listing(site: Site, now: datetime, number: int = 1) -> str:
    """One page of the list, with the way to the next."""
    pieces = site.out(now)
    some = pieces[(number - 1) * A_PAGE : number * A_PAGE]
    following = number * A_PAGE < len(pieces)
    pager = f'<nav class="pagination" aria-label="Pages"><span>Page {number}</span>' + (
        f'<a rel="next" href="{site.path}?page={number + 1}">Next page</a></nav>' if following else "</nav>"
    )
    return _around(site, "News", f"<h1>News</h1>{_LAYOUTS.get(site.form, _cards)(site, some)}{pager}")


def _cards(site: Site, pieces: Sequence[Piece]) -> str:
    return "".join(
        f'<article class="card"><h2><a href="{site.page(one)}">{escape(one.title)}</a></h2><p class="date">{day(one.at)}</p>'
        f"<p>{escape(one.paragraphs[0])}</p></article>"
        for one in pieces
    )


def _lines(site: Site, pieces: Sequence[Piece]) -> str:
    lines = "".join(
        f'<li><a href="{site.page(one)}">{escape(one.title)}</a> <span class="date">{day(one.at)}</span></li>'
        for one in pieces
    )
    return f'<ul class="news-list">{lines}</ul>'


def _table(site: Site, pieces: Sequence[Piece]) -> str:
    rows = "".join(
        f'<tr><td>{one.at.astimezone(LONDON):%d/%m/%Y}</td><td><a href="{site.page(one)}">{escape(one.title)}</a></td><td>{one.category}</td></tr>'
        for one in pieces
    )
    return f"<table><thead><tr><th>Date</th><th>Title</th><th>Type</th></tr></thead><tbody>{rows}</tbody></table>"


def _days(site: Site, pieces: Sequence[Piece]) -> str:
    def of_day(printed: str, some: Sequence[Piece]) -> str:
        items = "".join(
            f'<div class="item"><h3><a href="{site.page(one)}">{escape(one.title)}</a></h3><p>{escape(one.paragraphs[0])}</p></div>'
            for one in some
        )
        return f"<h2>{printed}</h2>{items}"

    return "".join(of_day(printed, list(some)) for printed, some in groupby(pieces, lambda one: day(one.at)))


def _boxes(site: Site, pieces: Sequence[Piece]) -> str:
    return "".join(
        f'<div class="news-item"><div class="tag">{one.category}</div><a class="title" href="{site.page(one)}"><strong>{escape(one.title)}</strong></a>'
        f'<time datetime="{one.at.astimezone(LONDON).date()}">{day(one.at)}</time><p>{escape(one.paragraphs[0])}</p>'
        f'<a href="{site.page(one)}" class="more">Read more</a></div>'
        for one in pieces
    )


_LAYOUTS: dict[str, Callable[[Site, Sequence[Piece]], str]] = {
    "cards": _cards, "lines": _lines, "table": _table, "days": _days, "boxes": _boxes,
}  # fmt: skip
