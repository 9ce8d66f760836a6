"""Servers that are slow, endless, swollen, circular, broken or false: an error that says so, in time, and nothing half."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoner.pipeline.errors import (
    BrokenAnswer,
    NotAllowed,
    PipelineError,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    Walled,
)
from almoner.pipeline.fetch import decoding
from almoner.pipeline.model import MediaType
from almoner.pipeline.ports import Answer, Validators, Wanted
from tests.servers import hostile
from tests.servers.ways import fetcher
from tests.servers.web import Page, Web, answer, raw, sent_to, serving

MOST = 1 << 20


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(Web()) as served:
        yield served


def fetch(
    web: Web, page: Page | None = None, *, known: Validators | None = None, seconds: float = 10.0
) -> Answer:
    if page is not None:
        web.pages["/page"] = page
    with fetcher(web, seconds=seconds, most=MOST) as way:
        return way.fetch(Wanted("http://public.example/page", "page"), known or Validators())


@pytest.mark.parametrize("page", [hostile.drip, hostile.drip_of_headers, hostile.silence])
def test_f6_a_drip_server_is_left_when_the_time_for_the_whole_answer_is_over(web: Web, page: Page) -> None:
    with pytest.raises(TooSlow, match=r"0\.3 seconds"):
        fetch(web, page, seconds=0.3)


def test_f6_a_drip_server_gains_no_time_by_sending_on(web: Web) -> None:
    """Each hop within its own time, all of them together never."""

    def slowly_on(number: int) -> Page:
        def page(request: object) -> Iterator[bytes]:
            time.sleep(0.1)
            yield f"HTTP/1.1 302 On\r\nLocation: /{number + 1}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()

        return page

    web.pages.update({f"/{number}": slowly_on(number) for number in range(9)})
    web.pages["/9"] = answer("<p>Here at last.</p>")
    with fetcher(web, seconds=0.5) as way, pytest.raises(TooSlow):
        way.fetch(Wanted("http://public.example/0", "page"), Validators())
    assert 1 <= sum(request.target != "/robots.txt" for request in web.requests) <= 6


def test_f6_a_drip_of_a_robots_txt_ends_too(web: Web) -> None:
    web.pages["/robots.txt"] = hostile.drip
    with pytest.raises(TooSlow):
        fetch(web, answer("<p>Words.</p>"), seconds=0.3)


@pytest.mark.parametrize("page", [hostile.endless, hostile.endless_to_close])
def test_f7_an_endless_body_ends_at_the_cap_in_bounded_memory(web: Web, page: Page) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="1,024 KiB"):
            fetch(web, page)
        assert tracemalloc.get_traced_memory()[1] < 6 * MOST
    finally:
        tracemalloc.stop()
    assert web.sent < 64 * MOST  # what the kernel's buffers took, and no more


@pytest.mark.parametrize(
    "said",
    [b"Content-Length: 2000000\r\n\r\nShort.", b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nShort.",
     b"Content-Length: -1\r\n\r\nShort.", b"Content-Length: many\r\n\r\nShort."],
)  # fmt: skip
def test_f7_a_content_length_that_lies_is_no_answer(web: Web, said: bytes) -> None:
    with pytest.raises(BrokenAnswer):
        fetch(web, raw(hostile.OK + said))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_f8_a_bomb_is_left_at_the_cap(web: Web, encoding: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            fetch(web, hostile.bomb(64, encoding))
        assert tracemalloc.get_traced_memory()[1] < 12 * MOST
    finally:
        tracemalloc.stop()


def test_f8_ten_gigabytes_in_ten_megabytes_cost_no_more_than_the_cap() -> None:
    """Without a network between: a bomb as large as they come, and how much of it is unpacked."""
    member = hostile.zeros(64, 31)
    taken = 0

    def pieces() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(160):
            taken += 1
            yield member

    with pytest.raises(decoding.TooMuch):
        decoding.body(pieces(), "gzip", 16 << 20)
    assert taken == 1


def test_f8_members_in_a_row_and_packings_in_one_another_are_bounded(web: Web) -> None:
    with pytest.raises(TooLarge):
        fetch(web, hostile.bomb_of_members(8))
    with pytest.raises(BrokenAnswer, match="did not ask for"):
        fetch(web, hostile.bomb_in_a_bomb(8))
    for encoding in ("br", "zstd", "compress", "gzip, br", "x" * 500):
        with pytest.raises(BrokenAnswer, match="did not ask for"):
            fetch(web, answer(b"anything", Content_Encoding=encoding))


def test_f8_damaged_and_cut_packings_are_broken(web: Web) -> None:
    whole = gzip.compress(b"<p>What schools should know.</p>" * 100)
    for content in (whole[:-9], whole[:20], b"no gzip at all", whole[:30] + b"????" + whole[34:]):
        with pytest.raises(BrokenAnswer):
            fetch(web, answer(content, Content_Encoding="gzip"))
    assert fetch(web, answer(whole, Content_Encoding="gzip")).snapshot


def test_f9_hops_end_at_ten_and_circles_at_once(web: Web) -> None:
    web.pages["/page"] = sent_to("/1")
    web.pages.update({f"/{number}": sent_to(f"/{number + 1}") for number in range(1, 1_000)})
    with pytest.raises(TooManyRedirects, match="11 times"):
        fetch(web)
    assert len(web.requests) == 12  # robots.txt, the page, ten hops
    web.pages["/page"], web.pages["/back"] = sent_to("/back"), sent_to("/page")
    with pytest.raises(TooManyRedirects, match="circle"):
        fetch(web)
    with pytest.raises(TooManyRedirects, match="circle"):
        fetch(web, answer(status=302, Location="/page", Set_Cookie="seen=1"))
    web.pages["/10"] = answer("<p>Here.</p>")
    web.pages["/page"] = sent_to("/1")
    found = fetch(web)
    assert (found.address, len(found.hops)) == ("http://public.example/10", 10)


def test_f9_no_cookie_is_ever_sent_back(web: Web) -> None:
    web.pages["/next"] = answer("<p>Words.</p>")
    fetch(web, answer(status=302, Location="/next", Set_Cookie="who=you"))
    assert all("cookie" not in request.headers for request in web.requests)


BROKEN = {
    "header flood": hostile.OK + b"X: y\r\n" * 200_000 + b"\r\n",
    "a header of a megabyte": hostile.OK + b"X: " + b"y" * (1 << 20) + b"\r\n\r\nBody",
    "HTTP/0.9": b"<p>Only words.</p>",
    "no status": b"HTTP/1.1 \r\n\r\n",
    "status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "status of 999": b"HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n",
    "bad chunk length": hostile.OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nBody\r\n0\r\n\r\n",
    "negative chunk": hostile.OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nBody\r\n0\r\n\r\n",
    "chunks without end": hostile.OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nBody\r\n",
    "chunk longer than said": hostile.OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nBody\r\n0\r\n\r\n",
    "half a body": hostile.OK + b"Content-Length: 400\r\n\r\n" + b"<p>Half" * 10,
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "nothing": b"",
    "NUL in a header": hostile.OK + b"X: a\0b\r\nContent-Length: 4\r\n\r\nBody",
    "folded name": b"HTTP/1.1 200 OK\r\n : y\r\nContent-Length: 4\r\n\r\nBody",
    "in part": b"HTTP/1.1 206 Partial\r\nContent-Length: 4\r\nContent-Range: bytes 0-3/400\r\n\r\nBody",
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_f10_a_broken_answer_is_an_error_and_never_a_part(web: Web, content: bytes) -> None:
    with pytest.raises((BrokenAnswer, Unreachable)) as caught:
        fetch(web, raw(content))
    assert caught.value.source == "http://public.example/page"


def test_f10_answers_before_the_answer_are_passed_over_until_the_time_is_over(web: Web) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    last = hostile.OK + b"Content-Length: 12\r\n\r\n<p>Words</p>"
    assert fetch(web, raw(early * 3 + last)).snapshot

    def only_hints(request: object) -> Iterator[bytes]:
        while True:
            yield early

    with pytest.raises((TooSlow, BrokenAnswer)):
        fetch(web, only_hints, seconds=0.3)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_f10_any_bytes_are_an_answer_or_an_error(data: st.DataObject) -> None:
    piece = st.sampled_from(
        [b"HTTP/1.1 ", b"HTTP/1.0 ", b"200 OK", b"301", b"304", b"410", b"\r\n", b"\n", b"\r\n\r\n", b"Content-Length: ", b"4", b"0",
         b"Transfer-Encoding: chunked", b"Location: //", b"Content-Encoding: gzip", b"Body", b":", b" ", b"Retry-After: x",
         b"ETag: \xff", b"Location: \xff\xfe"]
    )  # fmt: skip
    content = b"".join(data.draw(st.lists(piece | st.binary(max_size=6), max_size=14)))
    with serving(Web({"/page": raw(content), "/robots.txt": answer("User-agent: *\nDisallow:\n")})) as web:
        said = "It came whole."
        try:
            fetch(web, seconds=5.0)
        except PipelineError as error:
            said = error.advice
        assert said


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small authority, and servers' certificates by what is wrong with them."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make certificates with")
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    for name in ("authority", "stranger"):
        openssl("req", "-x509", *key, "-keyout", f"{name}.key", "-out", f"{name}.crt", "-days", "30", "-subj", f"/CN={name}",
                "-addext", "keyUsage=keyCertSign")  # fmt: skip
    for name, host, begins, ends in (
        ("good", "public.example", "20200101000000Z", "20990101000000Z"),
        ("expired", "public.example", "20200101000000Z", "20210101000000Z"),
        ("early", "public.example", "20980101000000Z", "20990101000000Z"),
        ("other-host", "another.example", "20200101000000Z", "20990101000000Z"),
    ):
        (folder / "index.txt").write_text("")
        (folder / "ca.cnf").write_text(
            f"[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n"
            f"x509_extensions=x\nunique_subject=no\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=DNS:{host}\n"
        )
        openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={host}")
        openssl("ca", "-batch", "-config", "ca.cnf", "-in", f"{name}.csr", "-out", f"{name}.crt", "-cert", "authority.crt",
                "-keyfile", "authority.key", "-startdate", begins, "-enddate", ends, "-notext")  # fmt: skip
    openssl("req", "-x509", *key, "-keyout", "self-signed.key", "-out", "self-signed.crt", "-days", "30", "-subj",
            "/CN=public.example", "-addext", "subjectAltName=DNS:public.example")  # fmt: skip
    return folder


def over_tls(
    certificates: Path, name: str, authority: str = "authority", page: str = "<p>Words.</p>"
) -> Answer:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificates / f"{name}.crt", certificates / f"{name}.key")
    ours = ssl.create_default_context(cafile=str(certificates / f"{authority}.crt"))
    with serving(Web({"/page": answer(page)}), server) as web, fetcher(web, tls=ours) as way:
        return way.fetch(Wanted("https://public.example/page", "page"), Validators())


def test_f11_a_certificate_that_is_in_order_is_trusted(certificates: Path) -> None:
    assert over_tls(certificates, "good").snapshot


def test_a_long_page_comes_whole_over_a_protected_connection(certificates: Path) -> None:
    page = "<p>Words.</p>" * 200_000
    snapshot = over_tls(certificates, "good", page=page).snapshot
    assert snapshot is not None
    assert snapshot.content == page.encode()


@pytest.mark.parametrize("name", ["expired", "early", "other-host", "self-signed"])
def test_f11_a_certificate_that_is_not_is_refused(certificates: Path, name: str) -> None:
    with pytest.raises(Unreachable, match="ertificate"):
        over_tls(certificates, name)


def test_f11_a_stranger_s_authority_is_not_trusted(certificates: Path) -> None:
    with pytest.raises(Unreachable, match="ertificate"):
        over_tls(certificates, "good", "stranger")


def test_f11_nothing_is_trusted_unseen_by_default(certificates: Path) -> None:
    """The fetcher as it is made for the service: the machine's own authorities, none of ours among them."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificates / "good.crt", certificates / "good.key")
    with (
        serving(Web({"/page": answer("<p>Words.</p>")}), server) as web,
        fetcher(web) as way,
        pytest.raises(Unreachable),
    ):
        way.fetch(Wanted("https://public.example/page", "page"), Validators())
    assert web.requests == []


def test_f11_an_open_server_under_a_protected_address_is_unreachable(web: Web) -> None:
    with fetcher(web, seconds=0.5) as way, pytest.raises((Unreachable, TooSlow)):
        way.fetch(Wanted("https://public.example/page", "page"), Validators())


TAGS = (
    '"plain"',
    'W/"weak"',
    "unquoted",
    '"with \\"quotes\\""',
    '"comma, comma"',
    '""',
    '"caf\xc3\xa9"',
    "W/",
    '"' + "x" * 400 + '"',
)


@pytest.mark.parametrize("tag", TAGS)
def test_f15_validators_go_back_to_the_letter(web: Web, tag: str) -> None:
    modified = "Sometime last week"
    web.pages["/page"] = raw(
        hostile.OK
        + f"ETag: {tag}\r\nLast-Modified: {modified}\r\nContent-Length: 12\r\n\r\n<p>Words</p>".encode(
            "latin-1"
        )
    )
    first = fetch(web)
    assert first.validators == Validators(tag, modified)
    again = fetch(web, raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), known=first.validators)
    assert (again.snapshot, again.validators) == (None, first.validators)
    assert web.requests[-1].headers["if-none-match"] == tag
    assert web.requests[-1].headers["if-modified-since"] == modified


WALLS = {
    "robots": "<html><title>Just a moment...</title><p>Checking your browser.</p></html>",
    "consent": "<!doctype html><html><head><title>Before you continue</title></head></html>",
    "not found": "<html><head><title>404 | Page not found</title></head><p>Sorry.</p></html>",
    "maintenance": "<html><title>Down for maintenance</title></html>",
    "denied": "<html><title>Access denied</title></html>",
    "gateway": "<html><title>502 Bad Gateway</title></html>",
}


@pytest.mark.parametrize("page", WALLS.values(), ids=WALLS)
def test_f17_a_wall_with_status_200_is_told_from_content(web: Web, page: str) -> None:
    with pytest.raises(Walled, match="stays as it was"):
        fetch(web, answer(page, Content_Type="text/html"))


def test_f17_a_web_page_where_a_feed_was_is_a_wall_and_a_long_page_about_walls_is_none(web: Web) -> None:
    web.pages["/page"] = answer(
        "<!doctype html><title>Welcome</title><p>Log in.</p>", Content_Type="text/html"
    )
    with fetcher(web) as way, pytest.raises(Walled, match="instead of a feed"):
        way.fetch(Wanted("http://public.example/page", "feed", MediaType.XML), Validators())
    article = (
        "<!doctype html><title>Access denied: how schools block help sites</title>"
        + "<p>Words about it.</p>" * 5_000
    )
    assert fetch(web, answer(article, Content_Type="text/html")).snapshot


def test_f17_what_robots_txt_forbids_is_not_fetched(web: Web) -> None:
    web.pages["/robots.txt"] = answer("User-agent: *\nDisallow: /p*ge$\n")
    with pytest.raises(NotAllowed):
        fetch(web, answer("<p>Words.</p>"))
    assert web.asked("/page") == 0
    web.pages["/robots.txt"] = answer("Out of order.", 503)
    with pytest.raises(Unreachable, match=r"robots\.txt"):
        fetch(web)
    assert web.asked("/page") == 0
