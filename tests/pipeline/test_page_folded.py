"""Which words of a page its items keep that a click unfolds, and which a name in the mark-up says nothing about."""

from __future__ import annotations

import pytest

from tests.pipeline.test_page_words import SENTENCE, cards, shown, words

CARD = '<li class="product"><h3><a href="/b/{number}">Rowing boat {number}</a></h3><p>Oak, {number} oars, a seat of rope.</p></li>'


@pytest.mark.parametrize(
    "panel",
    [
        '<div role="region" aria-hidden="true">',
        '<div role="tabpanel" hidden>',
        '<div class="accordion__content" style="display: none">',
        '<div id="faq-answer-3" aria-hidden="true">',
    ],
)
def test_the_answer_that_an_accordion_folds_is_of_the_page(panel: str) -> None:
    page = (
        f"<main><h1>Rowing boats</h1><ul>{cards(12, CARD)}</ul><section><h2>How long do they last?</h2>"
        f"{panel}<p>Oak boats last thirty years if they are tarred each spring.</p><p>Pine ones need new ribs after ten winters.</p>"
        "</div></section></main>"
    )
    assert "new ribs after ten winters" in words(shown(page))


def test_a_folded_box_of_links_stays_furniture() -> None:
    links = " ".join(f'<a href="/quay/{number}">Quay number {number}</a>' for number in range(30))
    page = f'<main><h1>Boats</h1><p>{SENTENCE * 9}</p><div class="collapse" aria-hidden="true">{links}</div></main>'
    assert "Quay number 7" not in words(shown(page))


def test_what_a_heading_is_called_by_is_what_it_says() -> None:
    page = (
        f'<main><h1>Harbour notes</h1><p>{SENTENCE * 9}</p><h2 id="social-media-and-the-pilots">Social media and the'
        f' pilots</h2><p>{SENTENCE * 4}</p><section id="answering-pilots-comments"><h2>Answering pilots\' comments</h2>'
        "<p>Whoever writes to a pilot gives the tide at which the boat left.</p></section></main>"
    )
    read = words(shown(page))
    assert "Social media and the pilots" in read
    assert "gives the tide at which the boat left" in read


def test_a_section_about_more_of_the_same_is_of_the_text() -> None:
    page = (
        f'<main><h1>Harbour notes</h1><p>{SENTENCE * 9}</p><section id="s-more-on-moorings"><h2>More on moorings</h2>'
        "<p>Chains are lifted each spring and weighed against last year's.</p></section></main>"
    )
    assert "weighed against last year" in words(shown(page))


def test_a_comment_in_code_is_code() -> None:
    page = (
        f"<main><h1>Tide tables</h1><p>{SENTENCE * 9}</p><pre><code>depth = table[hour]"
        ' <span class="token comment"># metres below the sill</span></code></pre></main>'
    )
    assert "metres below the sill" in words(shown(page))


def test_text_begins_in_an_earlier_part_that_is_named_otherwise() -> None:
    opening = "The trust counts its boats each spring, and this year it counted the oars as well. " * 4
    rest = "".join(f"<p>On day {number} it rained. {SENTENCE}</p>" for number in range(30))
    page = (
        f'<main><div class="outer"><div class="first"><p>{opening}</p></div><div class="promo"><p>A raffle is held. '
        f'{opening}</p></div><div class="rest">{rest}</div></div></main>'
    )
    read = words(shown(page, '<meta property="og:type" content="article">'))
    assert "counted the oars as well" in read
    assert "A raffle is held" not in read


def test_a_line_below_the_headline_is_not_where_the_text_begins() -> None:
    line = "What the trust found when it counted its boats, and why the oars are locked away by night. " * 4
    rest = "".join(f"<p>On day {number} it rained. {SENTENCE}</p>" for number in range(30))
    page = f'<main><div class="page-header"><p>{line}</p></div><div class="rest">{rest}</div></main>'
    assert "the oars are locked away" not in words(shown(page, '<meta property="og:type" content="article">'))


def test_an_articles_list_of_contents_is_none_of_its_text() -> None:
    parts = "".join(
        f'<h2 id="part-{number}">Quay {number} and its moorings</h2><p>Of quay {number}: {SENTENCE}</p>'
        for number in range(5)
    )
    leads = "".join(f'<li><a href="#part-{number}">Down to quay {number}</a></li>' for number in range(5))
    read = words(
        shown(f"<main><h1>Moorings</h1><div><p>On this page</p><ul>{leads}</ul></div>{parts}</main>")
    )
    assert "Quay 3 and its moorings" in read
    assert "Down to quay 3" not in read


def test_a_picture_that_opens_larger_keeps_its_words() -> None:
    page = (
        f'<main><h1>Harbour notes</h1><p>{SENTENCE * 9}</p><figure class="wp-block-image wp-lightbox-container">'
        "<figcaption>The pilot boat in 1931, seen from the mole at low water.</figcaption></figure></main>"
    )
    assert "seen from the mole" in words(shown(page))


def test_a_heading_ends_before_the_sign_that_leads_to_it() -> None:
    page = (
        f'<main><h1>Working a lock<a class="headerlink" href="#lock">¶</a></h1><p>{SENTENCE * 9}</p>'
        '<section id="share"><h2>Share<a href="#share">#</a></h2><p>Two boats may share a broad lock, side by side,'
        " if neither is wider than seven feet.</p></section></main>"
    )
    read = shown(page)
    assert read.items[0].title == "Working a lock"
    assert "neither is wider than seven feet" in words(read)
    assert "#" not in words(read)
