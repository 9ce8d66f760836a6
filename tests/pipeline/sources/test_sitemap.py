"""Sitemaps watched: only what is new or has changed is read, and hostile ones do no harm."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

import pytest

from almoner.pipeline.errors import Failed, Malformed, TooLarge, UnknownFormat
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.parse import parse
from almoner.pipeline.parse.sitemap import MOST
from tests.pipeline.sources.site import Site, titles

HOME = "https://trust.example"
MAP = f"{HOME}/sitemap.xml"


def listed(pages: Iterable[tuple[str, str]], tag: str = "url") -> str:
    entries = "".join(
        f"<{tag}><loc>{address}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{tag}>"
        for address, changed in pages
    )
    root = "urlset" if tag == "url" else "sitemapindex"
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'
    )


def page(title: str, words: str = "What it asks of schools and of clubs, at length and in full.") -> str:
    return (
        f"<!doctype html><title>{title}</title><main><article><h1>{title}</h1><p>1 November 2026</p>"
        f"<p>{words}</p></article></main>"
    )


def site(*names: str, changed: str = "") -> Site:
    there = Site("sitemap", {f"{HOME}/news/{name}": page(f"News of {name}") for name in names})
    there.pages[MAP] = listed(
        (f"{HOME}/news/{name}", changed and f"{changed}{n}") for n, name in enumerate(names)
    )
    return there


def document(content: str | bytes, address: str = MAP) -> object:
    content = content.encode() if isinstance(content, str) else content
    return parse(Snapshot(address, content, MediaType.XML, address))


def test_pages_are_read_once_and_again_when_they_have_changed() -> None:
    there = site("tides", "harbours", changed="2026-11-0")
    assert titles(there.check(MAP)) == ["News of harbours", "News of tides"]
    assert titles(there.check(MAP)) == []
    assert there.asked == [MAP]
    there.pages[MAP] = listed([(f"{HOME}/news/tides", "2026-11-19"), (f"{HOME}/news/harbours", "2026-11-01")])
    there.pages[f"{HOME}/news/tides"] = page(
        "News of tides", "What has changed for schools since the spring."
    )
    assert titles(there.check(MAP)) == ["News of tides"]
    assert there.asked == [MAP, f"{HOME}/news/tides"]


def test_a_time_that_all_pages_share_says_nothing() -> None:
    there = site(*"abcdef")
    for day in ("2026-11-18", "2026-11-19"):
        there.pages[MAP] = listed((f"{HOME}/news/{name}", day) for name in "abcdef")
        there.check(MAP)
    assert there.asked == [MAP]


def test_lists_of_sitemaps_packed_or_not_are_followed_where_they_changed() -> None:
    there = site("tides")
    there.pages[f"{HOME}/index.xml"] = listed(
        [(MAP, "2026-11-01"), (f"{HOME}/more.xml.gz", "2026-11-02")], "sitemap"
    )
    there.pages[f"{HOME}/more.xml.gz"] = gzip.compress(listed([(f"{HOME}/news/boats", "")]).encode())
    there.pages[f"{HOME}/news/boats"] = page("News of boats")
    assert titles(there.check(f"{HOME}/index.xml")) == ["News of boats", "News of tides"]
    there.check(f"{HOME}/index.xml")
    assert there.asked == [f"{HOME}/index.xml"]
    there.pages[f"{HOME}/index.xml"] = listed([(MAP, "2026-11-19")], "sitemap")
    there.pages[MAP] = listed([(f"{HOME}/news/tides", ""), (f"{HOME}/news/crews", "")])
    there.pages[f"{HOME}/news/crews"] = page("News of crews")
    assert titles(there.check(f"{HOME}/index.xml")) == ["News of crews"]


def test_a_sitemap_of_which_a_page_failed_is_read_again() -> None:
    there = site("tides")
    there.pages[f"{HOME}/index.xml"] = listed([(MAP, "2026-11-01")], "sitemap")
    there.pages[f"{HOME}/news/tides"] = Failed(MAP, "fetch", "an error.", status=500)
    assert there.check(f"{HOME}/index.xml").unfinished
    there.pages[f"{HOME}/news/tides"] = page("News of tides")
    assert titles(there.check(f"{HOME}/index.xml")) == ["News of tides"]
    assert not there.check(f"{HOME}/index.xml").unfinished


def test_titles_and_days_of_a_news_sitemap_stand_where_the_page_cannot_be_had() -> None:
    there = Site("sitemap")
    there.pages[MAP] = (
        "<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://trust.example/n/1</loc>"
        "<news:news><news:publication_date>2026-11-19</news:publication_date><news:title>On the quay</news:title>"
        "</news:news></url></urlset>"
    )
    (gathered,) = there.check(MAP).gathered
    (item,) = gathered.items
    assert (item.title, item.published and item.published.value) == ("On the quay", "2026-11-19")


def test_only_pages_below_the_path_that_is_asked_for_are_read() -> None:
    there = site("tides")
    there.pages[MAP] = listed([(f"{HOME}/about", ""), (f"{HOME}/news/tides", "")])
    assert titles(there.check(f"{MAP}#/news/")) == ["News of tides"]
    assert there.asked == [MAP, f"{HOME}/news/tides"]


def test_of_an_archive_the_newest_are_read_and_the_rest_counts_as_known() -> None:
    names = [f"{number:04}" for number in range(1_000)]
    there = site(*names)
    there.pages[MAP] = listed((f"{HOME}/news/{name}", f"2026-01-01T{name[:2]}:{name[2:]}") for name in names)
    assert len(titles(there.check(MAP))) == 50
    assert f"{HOME}/news/0999" in there.asked
    assert f"{HOME}/news/0949" not in there.asked
    there.check(MAP)
    assert there.asked == [MAP]


def test_pages_without_an_item_of_their_own_give_none_and_are_not_asked_for_again() -> None:
    there = site()
    there.pages[MAP] = listed([(f"{HOME}/empty", ""), (f"{HOME}/missing", "")])
    there.pages[f"{HOME}/empty"] = "<!doctype html><title>Nothing</title>"
    assert titles(there.check(MAP)) == []
    there.check(MAP)
    assert there.asked == [MAP]


def test_circles_of_sitemaps_end() -> None:
    there = Site("sitemap")
    for number in range(6):
        there.pages[f"{HOME}/{number}.xml"] = listed(
            [(f"{HOME}/{(number + 1) % 6}.xml", ""), (f"{HOME}/{number}.xml", "")], "sitemap"
        )
    there.check(f"{HOME}/0.xml")
    assert there.asked == [f"{HOME}/{number}.xml" for number in range(3)]


def test_addresses_on_other_hosts_are_left_out_with_a_finding() -> None:
    there = site("tides")
    there.pages[MAP] = listed(
        [
            ("https://other.example/a", ""),
            ("javascript:alert(1)", ""),
            ("https://www.trust.example/news/tides", ""),
        ]
    )
    there.pages["https://www.trust.example/news/tides"] = page("News of tides")
    found = there.check(MAP)
    assert titles(found) == ["News of tides"]
    assert [one.code for one in found.gathered[0].reading.findings] == ["markup_refused"]


def test_over_fifty_thousand_addresses_are_cut_with_a_finding() -> None:
    read = parse(
        Snapshot(MAP, listed((f"/p/{number}", "") for number in range(MOST + 7)).encode(), None, MAP)
    )
    assert len(read.listed) == MOST
    assert [one.code for one in read.findings] == ["text_cut"]
    assert "7" in read.findings[0].message


def test_entity_bombs_are_not_loaded() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE urlset [<!ENTITY l0 "lol">{lol}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    read = parse(
        Snapshot(
            MAP,
            f"<?xml version='1.0'?>{bomb}<urlset><url><loc>{HOME}/&l9;&f;</loc></url><url><loc>{HOME}/b</loc></url></urlset>".encode(),
            None,
            MAP,
        )
    )
    assert [one.address for one in read.listed][-1] == f"{HOME}/b"
    assert all(len(one.address) < 100 for one in read.listed)
    assert "markup_refused" in [one.code for one in read.findings]


def test_what_unpacks_to_too_much_is_refused_and_what_is_damaged_says_so() -> None:
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(60)) + packer.flush()
    with pytest.raises(TooLarge):
        document(packed)
    with pytest.raises(Malformed):
        document(b"\x1f\x8b\x08" + b"\xff" * 40)


@pytest.mark.parametrize(
    "content",
    ["<urlset>" + "<url>" * 20_000, "<urlset>" + "<url " * 20_000, "<urlset><url>" + "<a><![CDATA[" * 20_000,
     "<urlset>" + "<!--" * 20_000, "<urlset><url><loc>" + "&" * 20_000, "<urlset><url><loc>https://trust.example/a"],
)  # fmt: skip
def test_damaged_sitemaps_are_read_as_far_as_they_go(content: str) -> None:
    read = parse(Snapshot(MAP, content.encode(), None, MAP))
    assert len(read.listed) <= 1


def test_a_page_where_a_sitemap_was_is_a_failure() -> None:
    there = site()
    there.pages[MAP] = page("News of tides")
    assert isinstance(there.check(MAP).failure, UnknownFormat)
