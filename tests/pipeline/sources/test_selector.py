"""Selectors mean what they mean to a browser, and no selector takes long."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from almoner.pipeline.page.view import PageView
from almoner.pipeline.parse.html import parse_html
from almoner.pipeline.sources.rules import selector

PAGE = """
<body><div id="top" class="lead wide"><p class="first">One</p><p>Two <a href="/a" rel="next nofollow">a</a></p>
<ul class="list"><li class="card odd">1</li><li class="card">2</li><li class="card odd"><b>3</b></li><li>4</li></ul></div>
<section itemprop="hasPart"><h2>H</h2><p lang="en">Three</p><p>Four</p><a href="https://x.example/doc.pdf">doc</a></section>
"""


def view(markup: str = PAGE) -> PageView:
    tree = parse_html("page.html", markup).tree
    assert tree is not None
    return PageView(tree)


@pytest.mark.parametrize(
    "printed",
    [
        "p", "li.card", ".card.odd", "#top", "#top p", "div > p", "div > a", "h2 + p", "h2 ~ p", "p + p", "body *", "ul *",
        "li:first-child", "li:nth-child(2)", "li:nth-child(odd)", "li:nth-child(2n)", "li:nth-child(-n+2)",
        "li:not(.card)", "p:not([class])", "a[rel~=next]", "a[href$='.pdf']",
        "[itemprop=hasPart] a", "a[href^='https://'], li.odd", "div li b", ".lead.wide > ul > .card", "a[href*=\"doc\"]",
        "section > *", "h2, h2 + p , .first", ".none", "body p",
    ],
)  # fmt: skip
def test_selector_chooses_what_a_browser_would(printed: str) -> None:
    page = view()
    found = [page.text(node).replace(" ", "") for node in selector.parse(printed).find(page)]
    assert found == ["".join(node.text().split()) for node in LexborHTMLParser(PAGE).css(printed)]


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        ("", "empty"), ("p,", "comma"), ("> p", "nothing before"), ("p >", "nothing follows"), ("p:has(a)", "from “:has"),
        ("//p", "cannot be read"), ("p:not(", ":not"), ("p:not(div p)", ":not"), ("[data-x]", "only these are known"),
        ("p:nth-child(x)", "no number"), ("p:nth-child", "without brackets"), (".a p" * 100, "characters long"), (".a*", "comes first"),
        ("a[href^='']", "with nothing"),
    ],
)  # fmt: skip
def test_what_is_no_selector_is_refused_with_words(printed: str, says: str) -> None:
    with pytest.raises(selector.BadSelector, match=says):
        selector.parse(printed)


def test_selector_does_not_go_back_over_ancestors() -> None:
    """Lexbor needs more than an hour for this: it tries every choice of ancestors."""
    page = view("<body>" + "<div>" * 400 + "<p>x</p>" + "</div>" * 400)
    assert selector.parse(".q " + "div " * 40 + "p").find(page) == []
    assert len(selector.parse("div " * 40 + "p").find(page)) == 1
