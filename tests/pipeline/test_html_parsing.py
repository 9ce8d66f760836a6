"""What a page's source becomes before anything is split: its tree, its blocks, what its head says."""

from urllib.parse import urljoin

import pytest

from almoner.pipeline.page.addresses import absolute
from almoner.pipeline.page.view import PageView
from almoner.pipeline.parse.html import parse_html
from almoner.pipeline.split.groups import Kinds
from almoner.pipeline.split.units import units


def test_parse_html_reads_what_json_ld_says() -> None:
    page = """<html><head><script type="application/ld+json">
        {"@type": "NewsArticle", "headline": "Buses for the fair", "author": {"name": "Rowan Vale"},
         "datePublished": "2024-03-05"}</script></head><body><p>The fair opens on Friday.</p></body></html>"""

    said = parse_html("page.html", page).metadata

    assert said["jsonld:headline"] == "Buses for the fair"
    assert said["jsonld:author"] == "Rowan Vale"
    assert said["jsonld:datepublished"] == "2024-03-05"


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "/news",
        "/news?page=2#top",
        "/a/../b",
        "/a/./b",
        "//cdn.example/x",
        "/a?#b",
        "/a;?b",
        "/a?",
        "/a#",
        "a/b",
    ],
)
def test_addresses_join_as_the_standard_says(href: str) -> None:
    for base in (
        "https://council.example",
        "https://council.example/news/index.html?x=1",
        "http://A.example:80/b/",
    ):
        assert absolute(href, base) == urljoin(base, href)


def test_records_built_alike_have_the_pieces_they_would_have_alone() -> None:
    rows = "".join(
        f"<li class=entry><h3><a href='/news/{day}'>Walking bus number {day}</a> new</h3>"
        f"<p>{day} March 2024 <em>{'' if day % 3 else 'Transport'}</em></p></li>"
        for day in range(1, 12)
    )
    tree = parse_html("page.html", f"<body><a href='/all'><ul>{rows}</ul></a></body>").tree
    assert tree is not None
    view = PageView(tree)
    records = [(node, tree.ends[node]) for node, tag in enumerate(tree.tags) if tag == "li"]

    together = units(view, Kinds(view), records)

    assert together == [units(view, Kinds(view), [record])[0] for record in records]
    assert [pieces[0].text for pieces in together][:2] == [
        "Walking bus number 1 new",
        "Walking bus number 2 new",
    ]
