"""What keeps readers safe: headers, no cookies, a way out and numbers to call on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from almoner.records.catalogue.services import withdraw
from almoner.web.views.standing import server_error
from tests.web.documents import make_document

MakeItem = Callable[..., Any]
PAGES = (
    "/",
    "/news/",
    "/library/",
    "/briefings/",
    "/briefings/{briefing}/",
    "/items/{item}/",
    "/items/{withdrawn}/",
    "/search/",
    "/feeds/",
    "/alerts/",
    "/alerts/asked/",
    "/alerts/link/",
    "/topics/",
    "/topics/stalking/",
    "/glossary/",
    "/help/",
    "/leaving/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/there/is/nothing/",
)


@pytest.fixture
def keys(make_item: MakeItem, now: datetime) -> dict[str, str]:
    """A published item in a briefing, and a withdrawn one."""
    item, gone = make_item("Kept", licence="own", text="Text"), make_item("Gone")
    withdraw(gone, reason="No longer right.", now=now)
    briefing = make_document([item], captured=now, briefing_title="Briefing", briefing_date=date(2025, 4, 7))
    return {"item": item.key, "withdrawn": gone.key, "briefing": briefing.key}


@pytest.mark.parametrize("page", PAGES)
def test_page_is_safe_to_read(client: Client, keys: dict[str, str], page: str) -> None:
    answer = client.get(page.format(**keys))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "base-uri 'none'" in policy
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"] in {"no-store", "private, no-cache", "private, no-store"}
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content


@pytest.mark.parametrize("page", PAGES)
def test_page_has_a_way_out_and_the_numbers(client: Client, keys: dict[str, str], page: str) -> None:
    content = client.get(page.format(**keys)).content.decode()
    assert 'class="govuk-button govuk-exit-this-page__button' in content
    assert content.count('href="https://www.bbc.co.uk/weather"') == 2
    assert 'href="/help/"' in content
    for number in ("999", "101", "0800 1111", "0808 800 5000"):
        assert number in content


@pytest.mark.parametrize("page", PAGES)
def test_page_loads_nothing_from_elsewhere_and_has_nothing_inline(
    client: Client, keys: dict[str, str], page: str
) -> None:
    content = client.get(page.format(**keys)).content.decode()
    assert not re.search(r'(?:src|srcset|poster|data)="(?:https?:)?//', content)
    assert not re.search(r'<link[^>]+href="(?:https?:)?//', content)
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]+src=)", content)


def test_search_engines_are_kept_from_names_and_from_what_is_gone(
    client: Client, keys: dict[str, str], make_item: MakeItem, now: datetime
) -> None:
    named = make_item("Robin Vale", private_names=["Robin Vale"], licence="own")
    make_document([named], captured=now, content=b"named")
    for closed in (
        f"/items/{named.key}/",
        f"/items/{named.key}/source/",
        f"/items/{keys['withdrawn']}/",
        "/search/?q=kept",
    ):
        assert client.get(closed)["X-Robots-Tag"] == "noindex", closed
    for path in (f"/items/{keys['item']}/", "/news/"):
        assert "X-Robots-Tag" not in client.get(path), path


def test_robots_may_read_all_but_search_and_newsroom(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /search/",
        "Disallow: /newsroom/",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]


def test_fault_of_ours_has_a_page_that_needs_nothing(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    for word in (b"Something went wrong on our side", b"999", b"0800 1111", b"https://www.bbc.co.uk/weather"):
        assert word in answer.content


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_error_pages_stand_without_a_request(name: str) -> None:
    assert "</html>" in render_to_string(name)


def test_page_about_the_operator_says_what_is_missing(client: Client, db: None, settings: Settings) -> None:
    settings.OPERATOR = settings.CONTACT = ""
    assert b"This page is not finished" in client.get("/about/").content
    settings.OPERATOR, settings.CONTACT = "Harbour Trust", "help@harbour.example"
    content = client.get("/about/").content
    assert b"This page is not finished" not in content
    assert b"mailto:help@harbour.example" in content


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_aaa_contrast_on_every_ground(scheme: str) -> None:
    import almoner.web

    css = (Path(almoner.web.__file__).parent / "static/web/tokens.css").read_text()
    light, dark = css.split("prefers-color-scheme: dark")
    colours = _colours(light) | (_colours(dark) if scheme == "dark" else {})
    for ground in ("paper", "sheet", "wash"):
        for text in ("ink", "quiet", "accent", "accent-deep", "visited"):
            assert _contrast(colours[text], colours[ground]) >= 7, (text, ground)
        for line in ("edge", "ring"):  # of controls and of the focus
            assert _contrast(colours[line], colours[ground]) >= 3, (line, ground)
    assert _contrast(colours["on-accent"], colours["accent"]) >= 7
    assert _contrast(colours["on-mark"], colours["mark"]) >= 7
    assert _contrast(colours["paper"], colours["ink"]) >= 7
