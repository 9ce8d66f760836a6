"""The next page of a list, and what a page's own marks say of its parts."""

from __future__ import annotations

import pytest

from almoner.cli.item_table import explanation
from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.run import read

ADDRESS = "https://www.valley-board.example/news"
CARDS = "".join(
    f'<div class="card"><h2><a href="/news/{number}">{title}</a></h2><p class="date">{number} October 2026</p>'
    f"<p>{text}</p></div>"
    for number, title, text in (
        (21, "Safer taxis at night", "Drivers and clubs agreed on a meeting point with light and a camera."),
        (14, "A helpline for carers", "It answers people who look after somebody and are at the end of it."),
        (7, "What the audit found", "Most files held a plan; fewer held the child's own words about it."),
    )
)


def page(below: str, head: str = "") -> Reading:
    """A list of three with something below it."""
    markup = f"<html><head><title>News</title>{head}</head><body><main>{CARDS}{below}</main></body></html>"
    return read(Snapshot("news.html", markup.encode(), MediaType.HTML, ADDRESS))


@pytest.mark.parametrize(
    "below",
    [
        '<a rel="next" href="?page=2">Weiter</a>',
        '<nav class="pagination"><a href="?page=1">1</a> <a href="?page=2">Next page ›</a></nav>',
        '<ul class="pager"><li><a href="?page=2" aria-label="Go to next page">»</a></li></ul>',
        '<div class="pages"><span class="current">1</span> <a href="?page=2">2</a> <a href="?page=3">3</a></div>',
        '<p><a href="?page=2">Older posts</a></p>',
        '<div class="pagination"><a href="?page=2">›</a></div>',
    ],
)
def test_next_page_is_found_however_it_is_marked(below: str) -> None:
    assert page(below).document.next_page == f"{ADDRESS}?page=2"


def test_what_the_head_says_of_the_next_page_goes_first() -> None:
    reading = page('<a href="?page=9">Next</a>', '<link rel="next" href="/news/page/2/">')
    assert reading.document.next_page == "https://www.valley-board.example/news/page/2/"


@pytest.mark.parametrize(
    "below",
    [
        "",
        '<p><a href="#top">Next</a></p>',
        '<p><a href="javascript:more()">Next page</a></p>',
        '<p><a href="/news/20">Next steps for schools</a></p>',
        '<p><a href="/about">»</a></p>',
    ],
)
def test_list_without_a_next_page_has_none(below: str) -> None:
    assert page(below).document.next_page is None


def test_next_page_is_explained() -> None:
    explained = explanation(page('<p><a href="?page=2">Next page</a></p>'))
    assert f"next page: {ADDRESS}?page=2" in explained
    assert "says that it leads to the next page" in explained


def article(body: str, head: str = "") -> Reading:
    """A page that is one article with this body."""
    text = "<p>The board met on site and spoke with the people who run the centre about what they had seen there.</p>"
    markup = (
        f"<html><head><title>A visit to the centre</title>{head}</head><body><h1>A visit to the centre</h1>"
        f"{body}{4 * text}</body></html>"
    )
    return read(Snapshot("article.html", markup.encode(), MediaType.HTML, ADDRESS))


def test_labels_side_by_side_are_read_apart() -> None:
    reading = article(
        "<p><span>3 beds</span><span>2 baths</span> in a quiet street, and a H<sub>2</sub>O tap</p>"
    )
    assert "3 beds 2 baths in a quiet street, and a H2O tap" in reading.items[0].text


def test_component_classes_are_no_consent_banner() -> None:
    reading = article(
        '<div class="cmp cmp-text"><p>Nobody had been asked before, they said, in nine years.</p></div>'
    )
    assert "Nobody had been asked before" in reading.items[0].text


def test_question_on_a_button_stays_with_its_answer() -> None:
    reading = article(
        "<button>Who may come to the meeting?</button><p>Anybody who lives or works in the area.</p>"
    )
    assert "Who may come to the meeting?" in reading.items[0].text


def test_all_authors_that_are_marked_are_named() -> None:
    names = "".join(
        f'<a class="author-name" href="/people/{n}">{n}</a>, ' for n in ("Ada Fenwick", "Bo Lindqvist")
    )
    reading = article(f'<p class="authors">{names}</p>')
    assert reading.items[0].credit.author == "Ada Fenwick, Bo Lindqvist"


def test_articles_of_one_person_on_that_persons_site_are_by_that_person() -> None:
    reading = article("", '<meta property="og:site_name" content="Peter Langrish">')
    assert reading.items[0].credit.author == "Peter Langrish"


def test_page_that_calls_itself_an_archive_is_a_list() -> None:
    intro = (
        "<p>" + "Here we gather what we know about neglect, for people who work with children. " * 6 + "</p>"
    )
    posts = "".join(
        f'<article><h2><a href="/{n}">{title}</a></h2></article>'
        for n, title in enumerate(
            (
                "Seeing neglect early",
                "Teeth and neglect",
                "Homes without heat",
                "Hungry at school",
                "Asking well",
            )
        )
    )
    markup = (
        '<html><head><meta property="og:type" content="article"></head><body class="archive category">'
        f"<h1>Neglect</h1>{intro}{posts}</body></html>"
    )
    reading = read(Snapshot("archive.html", markup.encode(), MediaType.HTML, ADDRESS))
    assert [item.title for item in reading.items][-5:] == [
        "Seeing neglect early",
        "Teeth and neglect",
        "Homes without heat",
        "Hungry at school",
        "Asking well",
    ]


def test_many_drawn_shapes_are_no_deep_nesting() -> None:
    icon = '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/><circle r="2"/></svg>'
    cards = "".join(
        f'<div class="card"><div><h2><a href="/n/{n}">{icon}Notice number {n}</a></h2></div><p>2 May 2026</p></div>'
        for n in range(1, 1_001)
    )
    reading = read(Snapshot("icons.html", f"<main>{cards}</main>".encode(), MediaType.HTML, ADDRESS))
    assert not reading.findings
    assert len(reading.items) == 1_000


def test_shapes_outside_a_drawing_nest_and_are_bounded() -> None:
    markup = "<p>Before</p><svg></svg><div>" + "<path/>" * 6_000 + "<p>After</p></div>"
    reading = read(Snapshot("deep.html", markup.encode(), MediaType.HTML, ADDRESS))
    assert [found.code for found in reading.findings] == ["text_cut"]
