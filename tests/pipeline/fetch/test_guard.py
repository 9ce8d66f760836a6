"""Addresses that lead inside: however they are written and wherever they come from, nobody is dialled."""

from __future__ import annotations

import ast
import itertools
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

import httpcore2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import almoner
from almoner.pipeline.errors import AddressRefused, PipelineError
from almoner.pipeline.fetch.addresses import web_address, why_not_public
from almoner.pipeline.gather import Check, check
from almoner.pipeline.ports import Validators, Wanted
from almoner.pipeline.registry import ADAPTERS
from tests.servers import spellings
from tests.servers.canary import Canary, singing
from tests.servers.ways import PUBLIC, fetcher
from tests.servers.web import Web, answer, sent_to, serving

HOME = "http://public.example/"
FEED = (
    "<rss version='2.0'><channel><title>A feed</title><item><title>On attendance</title><link>{0}</link>"
    "<comments>{0}</comments><enclosure url='{0}' type='image/png'/><description>What it says: &lt;img src='{0}'&gt;"
    "</description></item></channel></rss>"
)
LIST = (
    "<!doctype html><html><head><title>News</title><base href='{0}'><link rel=next href='{0}'>"
    "<link rel=icon href='{0}'><link rel=alternate type='application/rss+xml' href='{0}'>"
    "<meta http-equiv=refresh content='0; url={0}'></head><body><main>"
    "<article><h2><a href='{0}'>On attendance</a></h2><p>3 March 2025</p><p>What it says to schools.</p>"
    "<img src='{0}'></article>"
    "<article><h2><a href='http://public.example/on-reporting'>On reporting</a></h2><p>4 March 2025</p>"
    "<p>What it says to colleges.</p></article>"
    "</main><nav><a rel=next href='{0}'>Next page</a></nav></body></html>"
)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(Web()) as served:
        yield served


@pytest.fixture
def canary() -> Iterator[Canary]:
    with singing() as listening:
        yield listening


def gather(web: Web, address: str, adapter: str = "feed", *, guarded: bool = True) -> Check:
    with fetcher(web, guarded=guarded, seconds=2.0) as way:
        return check(address, ADAPTERS[adapter], way)


@pytest.mark.parametrize("adapter", sorted(ADAPTERS))
def test_f1_no_spelling_of_a_private_address_is_dialled(web: Web, canary: Canary, adapter: str) -> None:
    spelled = spellings.addresses(canary.port)
    assert len(spelled) >= 24
    for address in spelled:
        found = gather(web, address, adapter)
        assert isinstance(found.failure, AddressRefused), address
        assert found.failure.advice
    assert canary.connections == 0
    assert web.requests == []


def test_f1_the_canary_hears_those_that_lead_here_when_the_guard_is_off(web: Web, canary: Canary) -> None:
    heard = 0
    for host in spellings.HOME[:14]:
        before = canary.connections
        gather(web, f"http://{host}:{canary.port}/", guarded=False)
        heard += canary.connections > before
    assert heard == 14


def test_f1_addresses_within_a_feed_are_not_fetched_at_all(web: Web, canary: Canary) -> None:
    for address in spellings.addresses(canary.port):
        web.pages["/feed"] = answer(
            FEED.format(address.replace("&", "&amp;")), Content_Type="application/rss+xml"
        )
        assert gather(web, HOME + "feed").failure is None
    assert canary.connections == 0
    assert {request.target for request in web.requests} == {"/feed", "/robots.txt"}


def test_f1_pages_that_a_list_names_are_checked_like_any_other(web: Web, canary: Canary) -> None:
    """The pages of its items, where those send on, and its next page."""
    refused = 0
    for address in spellings.addresses(canary.port):
        web.pages["/news"] = answer(LIST.format(address), Content_Type="text/html")
        web.pages["/on-reporting"] = sent_to(address)
        found = gather(web, HOME + "news", "listing")
        assert found.failure is None
        refused += sum(isinstance(problem, AddressRefused) for problem in found.problems)
    assert canary.connections == 0
    assert refused >= 2 * len(spellings.HOME)
    web.pages["/on-reporting"] = sent_to(f"http://127.0.0.1:{canary.port}/")
    gather(web, HOME + "news", "listing", guarded=False)
    assert canary.connections > 0


def test_f1_addresses_that_a_site_names_as_its_own_are_checked_like_any_other(
    web: Web, canary: Canary
) -> None:
    """In a sitemap, in a list of sitemaps, in GOV.UK's search and redirects, in a feed of laws; and where a page of
    the site's own sends on."""
    for address in spellings.addresses(canary.port):
        there = escape(address)
        web.pages["/sitemap.xml"] = answer(
            f"<sitemapindex><sitemap><loc>{there}</loc></sitemap><sitemap><loc>{HOME}map.xml</loc></sitemap></sitemapindex>",
            Content_Type="application/xml",
        )
        web.pages["/map.xml"] = answer(
            f"<urlset><url><loc>{there}</loc></url><url><loc>{HOME}page</loc></url></urlset>",
            Content_Type="application/xml",
        )
        web.pages["/page"] = sent_to(address)
        gather(web, HOME + "sitemap.xml", "sitemap")
        moved = {
            "base_path": "/a",
            "document_type": "redirect",
            "redirects": [{"path": "/a", "destination": address}],
        }
        web.pages["/api/content/a"] = answer(json.dumps(moved), Content_Type="application/json")
        gather(web, HOME + "a", "govuk")
        web.pages["/laws"] = answer(
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Laws</title><entry><title>A law</title>"
            f"<link href={quoteattr(address)}/><id>1</id><updated>2026-01-01T00:00:00Z</updated></entry></feed>",
            Content_Type="application/atom+xml",
        )
        gather(web, HOME + "laws", "legislation")
    assert canary.connections == 0
    assert web.asked("/page") > 0
    web.pages["/page"] = sent_to(f"http://127.0.0.1:{canary.port}/")
    gather(web, HOME + "map.xml", "sitemap", guarded=False)
    assert canary.connections > 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_f2_each_hop_is_checked_anew(web: Web, canary: Canary, status: int) -> None:
    for address in spellings.addresses(canary.port):
        web.pages["/feed"] = sent_to("/further", status)
        web.pages["/further"] = sent_to(address, status)
        found = gather(web, HOME + "feed")
        if address.startswith(("//", "http://", "HTTP://")):
            assert isinstance(found.failure, AddressRefused), address
        else:  # "http:127.0.0.1" has no host: joined to where we are, it is a page there
            assert found.failure is not None
    assert canary.connections == 0
    web.pages["/further"] = sent_to(f"http://127.0.0.1:{canary.port}/", status)
    gather(web, HOME + "feed", guarded=False)
    assert canary.connections > 0


def test_f2_the_hops_of_a_robots_txt_are_checked_too(web: Web, canary: Canary) -> None:
    web.pages["/feed"] = answer(FEED.format("https://public.example/a"), Content_Type="application/rss+xml")
    for address in spellings.addresses(canary.port):
        web.pages["/robots.txt"] = sent_to(address)
        gather(web, HOME + "feed")
    assert canary.connections == 0
    web.pages["/robots.txt"] = sent_to(f"http://127.0.0.1:{canary.port}/robots.txt")
    gather(web, HOME + "feed", guarded=False)
    assert canary.connections > 0


def test_f2_a_protected_connection_is_not_left_for_an_open_one(web: Web) -> None:
    from almoner.pipeline.fetch.http import _next_place

    with pytest.raises(AddressRefused, match="open one"):
        _next_place(web_address("https://public.example/"), "http://public.example/", "A source")


def test_f3_the_machine_that_was_checked_is_the_one_that_is_dialled(web: Web, canary: Canary) -> None:
    """The name's answer changes each time it is asked for: a check that resolves apart from the dialling is led
    inside by every other answer."""
    answers = itertools.cycle(([PUBLIC], ["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["::1", PUBLIC]))
    asked = refused = 0
    web.pages["/feed"] = answer(FEED.format("https://public.example/a"), Content_Type="application/rss+xml")

    def turning(host: str, port: int) -> list[str]:
        nonlocal asked
        asked += 1
        return next(answers)

    with fetcher(web, resolver=turning) as way:
        for number in range(1_000):
            wanted = Wanted(f"http://turning{number % 7}.example:{canary.port}/feed", "feed")
            try:
                way.fetch(wanted, Validators())
            except AddressRefused:
                refused += 1
    assert canary.connections == 0
    assert refused >= 500
    assert asked >= 1_000
    assert web.asked("/feed") == 1_000 - refused > 0


def test_f3_a_name_with_one_machine_inside_is_refused_whole(web: Web, canary: Canary) -> None:
    for machines in (
        [PUBLIC, "127.0.0.1"],
        ["::1", PUBLIC],
        [PUBLIC, PUBLIC, "10.0.0.1"],
        [PUBLIC, "fe80::1%2"],
    ):

        def mixed(host: str, port: int, found: list[str] = machines) -> list[str]:
            return found

        with fetcher(web, resolver=mixed) as way, pytest.raises(AddressRefused):
            way.fetch(Wanted(f"http://mixed.example:{canary.port}/", "feed"), Validators())
    assert (canary.connections, web.requests) == (0, [])


_PIECES = st.sampled_from(
    [
        "http",
        "https",
        "HTTP",
        "ftp",
        ":",
        "/",
        "//",
        "\\",
        "@",
        "?",
        "#",
        "[",
        "]",
        "::1",
        "127.0.0.1",
        "example.org",
        "%00",
        "%2f",
        "%40",
        "\t",
        "\n",
        " ",
        ".",
        "..",
        "a",
        "8080",
        "80",
        "é",
        "。",
        "⓪",
        "%25lo",
        "user",
        ";",
        "&",
        "ß",
        "xn--",
    ]
)


@given(st.lists(_PIECES, max_size=9).map(lambda pieces: "http://" + "".join(pieces)) | st.text(max_size=40))
def test_f4_what_is_accepted_is_read_alike_by_every_parser(address: str) -> None:
    try:
        place = web_address(address)
    except AddressRefused:
        return
    written = str(place)
    assert str(web_address(written)) == written
    theirs, engines = urlsplit(written), httpcore2.URL(written)
    assert theirs.scheme == place.scheme == engines.scheme.decode()
    assert (theirs.hostname or "").rstrip(".") == place.host == engines.host.decode().strip("[]")
    assert (theirs.port or engines.origin.port) == place.port == engines.origin.port
    assert engines.target.decode() == place.target
    assert "@" not in theirs.netloc
    assert written.isascii()
    assert written.isprintable()


@given(st.integers(0, 2**32 - 1))
def test_f4_an_address_inside_is_inside_however_it_is_wrapped(number: int) -> None:
    from ipaddress import IPv4Address, IPv6Address

    plain = IPv4Address(number)
    inside = why_not_public(str(plain))
    for wrapped in (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert bool(why_not_public(str(IPv6Address(wrapped)))) == bool(inside)
    if not plain.is_global:
        assert inside


SOCKETS = frozenset(
    {"socket", "socketserver", "ssl", "http.client", "http.server", "urllib.request", "urllib3", "httpx", "httpx2", "httpcore",
     "httpcore2", "requests", "aiohttp", "hishel", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc.client",
     "imap_tools", "asyncio", "asyncore", "websockets", "pycurl"}
)  # fmt: skip
MAY = {"cli/serve.py", "products/alerts/relay.py"}
"""Beside `pipeline/fetch`: the start of our own web server looks whether its port is free, and mail is handed over to the
one server that the operator names."""


def sockets_in(source: str) -> set[str]:
    """Modules that open sockets and are imported in a module's text, wherever in it and however."""
    named: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name | ast.Attribute)
            and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
            in ("import_module", "__import__")
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            named.add(str(node.args[0].value))
    return {name for name in named if any(name == each or name.startswith(f"{each}.") for each in SOCKETS)}


@pytest.mark.parametrize(
    "source",
    ["import socket", "from socket import create_connection", "import urllib.request as web", "from http import client",
     "def f():\n    import httpcore2", "import importlib\nimportlib.import_module('requests')", "__import__('ssl')"],
)  # fmt: skip
def test_f5_the_check_sees_every_way_to_import(source: str) -> None:
    assert sockets_in(source)


def test_f5_no_other_part_can_open_a_socket() -> None:
    package = Path(almoner.__file__).parent
    modules = sorted(package.rglob("*.py"))
    assert len(modules) > 100
    opens = {
        str(path.relative_to(package)): found
        for path in modules
        if not path.is_relative_to(package / "pipeline" / "fetch") and (found := sockets_in(path.read_text()))
    }
    assert set(opens) <= MAY, opens
    assert any(sockets_in(path.read_text()) for path in (package / "pipeline" / "fetch").glob("*.py"))


def test_f1_reading_what_was_fetched_asks_nobody(web: Web, canary: Canary) -> None:
    """A page of nothing but things to load: frames, styles, fonts, pictures, a base, feeds."""
    there = f"http://127.0.0.1:{canary.port}/"
    loads = "".join(
        f"<{tag} {name}='{there}'></{tag}>"
        for tag, name in (
            ("iframe", "src"),
            ("link rel=stylesheet", "href"),
            ("script", "src"),
            ("img", "src"),
            ("object", "data"),
            ("embed", "src"),
            ("video", "src"),
            ("form", "action"),
        )
    )
    web.pages["/page"] = answer(LIST.format(there) + loads, Content_Type="text/html")
    with suppress(PipelineError):
        gather(web, HOME + "page")
    assert canary.connections == 0
