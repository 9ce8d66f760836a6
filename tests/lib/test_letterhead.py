"""A message's frame: whole without styles, without anybody else, with help and the way out."""

import re

from selectolax.lexbor import LexborHTMLParser

from almoner.lib.letterhead import Letterhead, Look, letter_html, letter_text
from almoner.lib.message import CHANGE, LEAVE, Message

HEAD = Letterhead(
    site="Harbour <News>",
    address="https://almoner.example",
    kind="Weekly briefing",
    title="Issue 4 & more",
    preview="Six things to know",
    why="You get this because you follow the briefing.",
    page="https://almoner.example/briefing/weekly/4/",
    look=Look("#123456", "#abcdef"),
)


def test_message_asks_nothing_of_another_host_and_reads_without_styles() -> None:
    html = letter_html(HEAD, '<h2>News</h2><p>One <a href="https://www.example.org/">link</a>.</p>')
    assert not re.search(r"<(?:img|link|script|iframe|video|audio|object|form)|@import|url\(|\ssrc=", html)
    plain = LexborHTMLParser(re.sub(r"<style>.*?</style>|\sstyle=\"[^\"]*\"", "", html, flags=re.DOTALL))
    assert [node.tag for node in plain.css("h1, h2")] == ["h1", "h2", "h2"]
    assert [node.text() for node in plain.css("h1")] == ["Issue 4 & more"]
    assert "999" in "".join(node.text() for node in plain.css("li"))
    assert '<a style="color:#123456" href="https://www.example.org/"' in html


def test_message_has_places_for_a_persons_own_links_in_both_forms() -> None:
    message = Message("s", "t", "p", letter_html(HEAD, "<p>x</p>"), letter_text(HEAD, "x"))
    own = message.addressed(leave="https://almoner.example/l/1", change="https://almoner.example/c/1")
    for form in (own.html, own.text):
        assert "https://almoner.example/l/1" in form
        assert "https://almoner.example/c/1" in form
        assert LEAVE not in form
        assert CHANGE not in form
        assert "Get help now" in form
        assert HEAD.why in form


def test_plain_text_keeps_to_its_width() -> None:
    text = letter_text(HEAD, "Words")
    assert max(map(len, text.splitlines())) <= 76
    assert "\n-- \n" in text
