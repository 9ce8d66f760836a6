"""Who wrote an article page: what the page prints, what its head names, and whose site it is."""

from __future__ import annotations

import pytest

from almoner.pipeline.lines.stated_authors import stated_author, stated_persons
from tests.pipeline.test_page_dates import TEXT, article, read_page


def named(names: str) -> str:
    return f'<meta name="author" content="{names}">'


def test_person_in_the_head_goes_before_another_line_in_an_author_box() -> None:
    item = article('<div class="author"><p>Last updated</p></div>', head=named("Nell Harbourne"))
    assert item.credit.author == "Nell Harbourne"


def test_person_in_the_head_is_given_as_the_page_prints_her() -> None:
    item = article('<p class="byline">By Nell J. Harbourne</p>', head=named("Nell Harbourne"))
    assert item.credit.author == "Nell Harbourne"
    item = article('<p class="byline">By Nell Harbourne, PhD</p>', head=named("Nell Harbourne"))
    assert item.credit.author == "Nell Harbourne, PhD"


def test_all_persons_of_the_head_are_authors_in_its_order() -> None:
    item = article('<p class="byline">By Owen Wharf</p>', head=named("Nell Harbourne; Owen Wharf"))
    assert item.credit.author == "Nell Harbourne, Owen Wharf"
    item = article(
        '<p class="byline">Owen Wharf and Nell Harbourne</p>', head=named("Nell Harbourne; Owen Wharf")
    )
    assert item.credit.author == "Owen Wharf and Nell Harbourne"


@pytest.mark.parametrize(
    "head", ["Boat House Trust", "Example Site", "n.harbourne", "https://example.org/nell"]
)
def test_body_login_or_address_in_the_head_does_not_hide_the_person_on_the_page(head: str) -> None:
    item = article(
        '<p class="byline">By Nell Harbourne</p>',
        head=f'{named(head)}<meta property="og:site_name" content="Example Site">',
    )
    assert item.credit.author == "Nell Harbourne"


def test_person_who_owns_the_site_wrote_what_nobody_signed() -> None:
    item = article(below="<div>Copyright (c) 2012- Nell Harbourne. All rights reserved.</div>")
    assert item.credit.author == "Nell Harbourne"
    item = article(below="<div>© 2026 Harbourne Software GmbH</div>")
    assert item.credit.author is None


def test_minutes_of_reading_are_nobody() -> None:
    assert stated_author({"twitter:data1": "6 minutes"}) == ""
    assert stated_author({"jsonld:author": "Editors", "author": "Nell Harbourne"}) == "Nell Harbourne"
    assert stated_persons({"author": "by Nell Harbourne"}, "") == ("Nell Harbourne",)


@pytest.mark.parametrize(
    ("said", "persons"),
    [
        ("Nell Harbourne, Owen Wharf and Ida Quay", ("Nell Harbourne", "Owen Wharf", "Ida Quay")),
        ("Harbourne, Nell; Wharf, Owen", ("Nell Harbourne", "Owen Wharf")),
        ("Nell Harbourne, Boat House Trust", ()),
    ],
)
def test_several_persons_in_one_line_of_the_head_are_each_an_author(
    said: str, persons: tuple[str, ...]
) -> None:
    assert stated_persons({"author": said}, "") == persons


def test_fuller_of_two_lines_of_the_head_names_the_authors() -> None:
    said = {"jsonld:author": "Nell Harbourne", "author": "Nell Harbourne, Owen Wharf"}
    assert stated_persons(said, "") == ("Nell Harbourne", "Owen Wharf")


@pytest.mark.parametrize("box", ["01:30 Min.", "Boats Ltd www.boats.example", "Stand: "])
def test_line_in_an_author_box_that_is_no_name_is_nobody(box: str) -> None:
    assert article(f'<p class="byline">{box}</p>').credit.author is None


def test_link_to_all_of_an_author_is_not_his_name() -> None:
    box = '<div class="author-name"><a href="/a">Nell Harbourne</a> <a href="/b">Alles von Nell Harbourne</a></div>'
    assert article(box).credit.author == "Nell Harbourne"


CARDS = "".join(
    f'<div class="card"><a href="/n/{number}">Further story number {number} from the harbour and its boats</a></div>'
    for number in range(9)
)


def test_page_that_its_theme_calls_one_post_is_no_list_of_the_links_beside_it() -> None:
    (item,) = read_page(
        f"<html><head><title>Boat house rules</title></head><body class='single single-talk postid-7'><main>"
        f"<h1>Boat house rules</h1>{TEXT[:600]}</p></main><div>{CARDS}</div></body></html>"
    )
    assert item.title == "Boat house rules"


def test_paragraphs_that_hold_links_are_no_list() -> None:
    text = "".join(
        f"<div><a href='/who/{number}'>The {name}</a> of the harbour trust met the volunteers of the boat house to hear how"
        " the new rules for lone working are kept, who is told of a worry, what is still missing from the plan for the"
        " summer camp, and when the next round of training takes place for all who row with children.</div>"
        for number, name in enumerate(
            ("chair", "clerk", "treasurer", "secretary", "warden", "cook", "guide", "host")
        )
    )
    item = article(text=text)
    assert item.title == "Boat house rules"
