"""Which words of a page its items keep: what only looks like furniture, and what only looks like the matter."""

from __future__ import annotations

from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.run import read

SENTENCE = (
    "The harbour trust has counted the boats that were moored along the northern quay since the spring tide. "
)


def shown(body: str, head: str = "") -> Reading:
    """An invented page, read."""
    text = f"<html><head><title>Harbour notes</title>{head}</head><body>{body}</body></html>"
    return read(Snapshot("notes.html", text.encode(), MediaType.HTML, "https://harbour.example/notes"))


def words(reading: Reading) -> str:
    return " ".join(f"{item.title} {item.text}" for item in reading.items)


def cards(count: int, form: str) -> str:
    return "".join(form.format(number=number) for number in range(1, count + 1))


def test_a_teaser_hidden_from_screen_readers_alone_is_kept() -> None:
    form = (
        '<article><h2><a href="/n/{number}">Ferry notice number {number}</a></h2>'
        '<p><a href="/n/{number}" aria-hidden="true">Teaser {number} says that the ferry over the sound leaves an hour '
        "earlier than the printed timetable</a></p><time>1{number} May 2021</time></article>"
    )
    assert "Teaser 3 says that the ferry" in words(shown(f"<main>{cards(6, form)}</main>"))


def test_a_box_named_after_what_it_goes_without_is_no_advert() -> None:
    form = '<div class="card"><h3><a href="/n/{number}">Ferry notice number {number}</a></h3><p>It leaves at {number}.</p></div>'
    more = form.replace("/n/", "/m/").replace("Ferry", "Bridge")
    page = (
        f'<main><div>{cards(18, form)}</div><div class="cards hide-inline-ad">{cards(4, more)}</div></main>'
    )
    assert "Bridge notice number 4" in words(shown(page))
    assert "Bridge" not in words(shown(page.replace("cards hide-inline-ad", "cards inline-ad")))


def test_a_footer_longer_than_the_page_is_no_story() -> None:
    places = " ".join(f"Quay {number}" for number in range(1200))
    reading = shown(f"<div><h1>Boats</h1><p>{SENTENCE * 16}</p></div><footer><div>{places}</div></footer>")
    assert "northern quay" in words(reading)
    assert "Quay 17" not in words(reading)


def test_an_archive_of_dated_links_beside_a_story_is_not_the_list() -> None:
    links = cards(90, '<li><a href="/n/{number}">Older ferry notice, 4 May 2019, part {number}</a></li>')
    story = "".join(f"<p>{SENTENCE * 3}</p>" for _ in range(8))
    reading = shown(f"<div><ul>{links}</ul></div><div><h1>Boats</h1><section>{story}</section></div>")
    assert len(reading.items) == 1
    assert "Older ferry notice" not in words(reading)


def test_a_feature_that_is_a_catalogue_is_a_list() -> None:
    form = (
        '<li><h3><a href="/n/{number}">Restored lighthouse {number}</a></h3><span>Keeper {number}</span></li>'
    )
    story = f"<p>{SENTENCE * 12}</p>"
    head = '<meta property="og:type" content="article">'
    reading = shown(f"<main><h1>Lighthouses</h1>{story}<ul>{cards(400, form)}</ul></main>", head)
    assert "Restored lighthouse 399" in [item.title for item in reading.items]
    few = shown(f"<main><h1>Lighthouses</h1>{story}<ul>{cards(20, form)}</ul></main>", head)
    assert len(few.items) == 1


def test_boxes_to_filter_a_catalogue_are_none_of_its_words() -> None:
    form = '<li><h3><a href="/n/{number}">Oilskin coat {number}</a></h3><p>Worn by the pilot of boat {number}, dry.</p></li>'
    filters = '<div class="filter-group"><p>Colour</p><p>Kelp</p><p>Foam</p></div>'
    reading = shown(f"<main><h1>Coats</h1><p>{SENTENCE * 4}</p>{filters}<ul>{cards(20, form)}</ul></main>")
    assert "Oilskin coat 7" in words(reading)
    assert "Kelp" not in words(reading)


def test_a_short_main_part_that_holds_much_of_the_page_is_the_page() -> None:
    page = (
        "<p>Free ferry on Sundays</p><main><h1>Ropes</h1><p>Hemp rope, nine fathoms</p><p>Sold out</p></main>"
    )
    reading = shown(page)
    assert "Hemp rope" in words(reading)
    assert "Free ferry" not in words(reading)


STORY = "".join(f"<p>{SENTENCE * 3}Part {number}.</p>" for number in range(8))
RULES = "".join(
    f"<p>Quay rules hold for all boats and crews, at berth {number} too.</p>" for number in range(6)
)
ANSWERS = "<h2>Questions</h2><h3>When does it sail?</h3><p>It sails at the turn of the tide, as it has always done.</p>"


def test_text_goes_on_in_a_later_part_that_has_headings_and_no_links() -> None:
    page = f"<main><h1>Boats</h1><div class='text'>{STORY}</div><section>{ANSWERS * 6}</section></main>"
    assert "turn of the tide" in words(shown(page))
    linked = ANSWERS.replace("<p>", '<p><a href="/q">').replace("</p>", "</a></p>")
    assert "turn of the tide" not in words(shown(page.replace(ANSWERS, linked)))


def test_text_goes_on_in_a_part_that_is_named_alike() -> None:
    page = f"<main><h1>Boats</h1><div class='text'>{STORY}</div><div class='text'>{RULES}</div></main>"
    assert "Quay rules" in words(shown(page))
    assert "Quay rules" not in words(
        shown(page.replace("<div class='text'><p>Quay", "<div class='side'><p>Quay"))
    )


def told_by(ending: str) -> str:
    body = "".join(f"<p>{SENTENCE}It was done {number} times.</p>" for number in range(2, 12))
    return words(
        shown(f'<main><h1>Quay notes</h1><p class="byline">By Nell Harbourne</p>{body}{ending}</main>')
    )


def test_lines_about_the_author_at_the_end_are_not_of_the_text() -> None:
    boxed = "<p>Nell Harbourne</p><p>Nell keeps the tide tables and writes on Fridays.</p>"
    for ending in (boxed, "<p>Nell Harbourne is the trust's historian and lives on the quay.</p>"):
        text = told_by(ending)
        assert text.endswith("It was done 11 times.")


def test_what_the_author_saw_stays_in_the_text() -> None:
    for ending in (
        "<p>Nell Harbourne saw the last boat leave.</p>",
        f"<p>Nell Harbourne</p><p>{SENTENCE * 12}</p>",
    ):
        assert told_by(ending).endswith(ending.rpartition("<p>")[2].removesuffix("</p>").strip())


def test_a_box_named_menu_is_one_where_it_holds_short_links() -> None:
    leads = "".join(f'<li><a href="/quay/{number}">Quay {number}</a></li>' for number in range(9))
    page = (
        f'<main><h1>Boats</h1><p>{SENTENCE * 9}</p><div class="left-menu"><ul>{leads}</ul></div>'
        '<div class="menu"><p>Soup of the day with bread and butter, and a pot of tea for two at the ferry café.</p>'
        "</div></main>"
    )
    read = words(shown(page))
    assert "Quay 7" not in read
    assert "Soup of the day" in read


def test_a_record_says_a_line_once_and_no_button() -> None:
    form = (
        '<li class="product"><h3><a href="/b/{number}">Rowing boat {number}</a></h3><p>Rowing boat {number}</p>'
        "<p>Oak, {number} oars.</p><p>Oak, {number} oars.</p><p>Quick view</p><p>Add to basket</p></li>"
    )
    read = words(shown(f"<main><h1>Boats</h1><ul>{cards(12, form)}</ul></main>"))
    assert read.count("Rowing boat 7") == 1
    assert read.count("Oak, 7 oars.") == 1
    assert "Quick view" not in read
    assert "Add to basket" not in read
