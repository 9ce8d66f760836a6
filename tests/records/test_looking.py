"""An address is pasted: each adapter's sources are recognised, and their items are shown as they would be watched."""

from __future__ import annotations

from pathlib import Path

from almoner.records.ingest import care
from tests.pipeline.golden import FOLDER
from tests.pipeline.sources.site import Site
from tests.pipeline.sources.test_govuk import HOME as GOVUK
from tests.pipeline.sources.test_govuk import document, office, result
from tests.pipeline.sources.test_legislation import FEED as LAWS
from tests.pipeline.sources.test_legislation import feed as laws
from tests.pipeline.sources.test_sitemap import HOME, MAP, listed, page

NEWS = f"{HOME}/news"
ARTICLES = "".join(
    f"<article><h2><a href='/news/{name}'>News of {name}</a></h2><p>{day} November 2026</p>"
    f"<p>What {name} mean for schools and clubs.</p></article>"
    for day, name in enumerate(("tides", "harbours", "boats"), start=1)
)
LIST = f"<!doctype html><html><head><title>News</title>{{}}</head><body><main>{ARTICLES}</main></body></html>"
RSS = (
    "<rss version='2.0'><channel><title>A feed</title><item><title>From the feed</title><link>https://trust.example/f"
    "</link><description>What it says to schools.</description></item></channel></rss>"
)


def ways(address: str, site: Site) -> tuple[list[tuple[str, str]], list[str]]:
    """The proposals, and the titles that are shown."""
    seen = care.look(address, site)
    return [(way.adapter, way.address) for way in seen.proposals], [item.title for item in seen.reading.items]


def test_a_page_that_names_a_feed_is_watched_by_it() -> None:
    link = f"<link rel=alternate type='application/rss+xml' title='All news' href='{HOME}/feed'>"
    site = Site("feed", {NEWS: LIST.format(link), f"{HOME}/feed": RSS})
    assert ways(NEWS, site) == ([("feed", f"{HOME}/feed"), ("listing", NEWS)], ["From the feed"])
    assert ways(f"{HOME}/feed", site) == ([("feed", f"{HOME}/feed")], ["From the feed"])


def test_a_page_without_a_feed_is_watched_as_a_list_with_its_sitemap_as_a_second_way() -> None:
    robots = f"User-agent: *\nDisallow: /admin\nSitemap: {MAP}\nsitemap: javascript:alert(1)\n"
    site = Site("listing", {NEWS: LIST.format(""), f"{HOME}/robots.txt": robots})
    found, shown = ways(NEWS, site)
    assert found == [("listing", NEWS), ("sitemap", MAP)]
    assert shown == ["News of tides", "News of harbours", "News of boats"]


def test_a_page_that_lists_nothing_is_watched_by_the_sitemap_that_robots_names() -> None:
    site = Site("sitemap", {
        HOME + "/": "<!doctype html><title>A trust</title><p>Welcome to the trust.</p>",
        f"{HOME}/robots.txt": f"Sitemap: {HOME}/gone.xml\nSitemap: {MAP}",
        MAP: listed([(f"{HOME}/news/tides", "2026-11-01")]),
        f"{HOME}/news/tides": page("News of tides"),
    })  # fmt: skip
    assert ways(HOME + "/", site) == ([("sitemap", MAP)], ["News of tides"])
    assert ways(f"{MAP}#/news/", site) == ([("sitemap", f"{MAP}#/news/")], ["News of tides"])


def test_a_page_of_govuk_is_watched_by_its_documents() -> None:
    there = f"{GOVUK}/government/organisations/invented-office"
    site = office(result("clubs"), clubs=document("clubs"))
    site.pages[there] = "<!doctype html><title>Invented Office - GOV.UK</title><h1>Invented Office</h1>"
    found, shown = ways(there, site)
    assert (found[0], shown) == (("govuk", there), ["About clubs"])
    assert care.look(there, site).reading.document.title == "Invented Office - GOV.UK"
    site.pages[f"{GOVUK}/guidance/clubs"] = "<!doctype html><title>About clubs</title><h1>About clubs</h1>"
    assert ways(f"{GOVUK}/guidance/clubs", site)[0][0] == ("govuk", f"{GOVUK}/guidance/clubs")


def test_a_feed_of_laws_is_watched_with_the_laws_themselves() -> None:
    site = Site("legislation", {LAWS: laws()})
    assert ways(LAWS, site) == ([("legislation", LAWS)], ["The Invented Clubs Regulations 2026"])
    law = "https://www.legislation.gov.uk/uksi/2026/9901/made/data.xml"
    site.pages[law] = Path(FOLDER / "legislation/regulations.xml").read_bytes()
    assert ways(law, site)[0] == [("legislation", law)]
    there = "https://www.legislation.gov.uk/new"
    link = f"<link rel=alternate type='application/atom+xml' title='New' href='{LAWS}'>"
    site.pages[there] = f"<!doctype html><title>New legislation</title>{link}"
    assert ways(there, site)[0] == [("legislation", LAWS)]


def test_a_way_that_fails_gives_place_to_the_next() -> None:
    link = f"<link rel=alternate type='application/rss+xml' href='{HOME}/gone'>"
    site = Site("feed", {NEWS: LIST.format(link)})
    assert ways(NEWS, site)[0] == [("listing", NEWS)]
    site.pages[NEWS] = f"<!doctype html><title>Nothing here</title>{link}"
    assert ways(NEWS, site)[0] == []
