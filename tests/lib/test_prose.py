"""Sources' words made safe, whatever they hold."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from almoner.lib.prose import source_html, xml_text

ALLOWED = {
    "p", "br", "hr", "h3", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "a", "strong", "b", "em", "i",
    "sub", "sup", "abbr", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
}  # fmt: skip
PIECES = st.sampled_from(
    ["<p>", "</p>", "<script>", "</script>", "<svg>", "<math>", "<style>", "<img src=//x onerror=y>",
     "<a href=", "<a href='http://a b'>", "javascript:x", "'", '"', ">", "<", "<h1>", "</h1>", "<!--", "-->",
     "<![CDATA[", "&lt;", "&#x3c;", "\x00", "<table><tr><td onclick=x>", "<noscript>", "<template>",
     "<iframe srcdoc=", "text", " style=x"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=20).map("".join))
def test_source_html_holds_nothing_but_plain_mark_up(html: str) -> None:
    tree = LexborHTMLParser(f"<div id='root'>{source_html(html, 'text')}</div>")
    for node in tree.css("#root *"):
        assert node.tag in ALLOWED
        for name, value in node.attributes.items():
            assert name in {"href", "rel", "colspan", "rowspan"} or (name, value) == ("class", "bare")
            if name == "href":
                assert (value or "").split(":")[0] in {"http", "https", "mailto", "tel"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        (
            "Before\n- one\n• two\nAfter",
            "<p>Before</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<p>After</p>",
        ),
        ("- only", "<ul>\n<li>only</li>\n</ul>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("-5 degrees", "<p>-5 degrees</p>"),
        ("", ""),
    ],
)
def test_text_becomes_paragraphs_and_lists(text: str, html: str) -> None:
    assert source_html("", text) == html


@pytest.mark.parametrize(
    ("words", "is_bare"),
    [
        ("https://www.example.org/a", True),
        ("www.example.org", True),
        ("courses.example.org/trustees", True),
        ("Book a place", False),
        ("Read more.", False),
    ],
)
def test_link_that_is_its_own_address_is_marked(words: str, is_bare: bool) -> None:
    html = source_html(f'<p><a href="https://www.example.org/a">{words}</a></p>', "")
    assert ('<a class="bare" href=' in html) is is_bare


@pytest.mark.parametrize(
    "address", ["/news/", "page.html", "//elsewhere.example/", "#top", "?q=1", "javascript:x"]
)
def test_link_that_means_something_else_here_loses_its_address(address: str) -> None:
    assert "href" not in source_html(f'<p><a href="{address}">Words</a></p>', "")


def test_mark_up_of_which_nothing_is_left_falls_back_on_the_text() -> None:
    assert source_html("<script>x</script><p> </p>", "Text") == "<p>Text</p>"


@given(st.text(st.characters(exclude_categories=[])))
def test_xml_text_can_always_be_parsed_again(text: str) -> None:
    element = ElementTree.Element("t")
    element.text = xml_text(text)
    again = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))
    assert (again.text or "") == xml_text(text).replace("\r\n", "\n").replace("\r", "\n")
