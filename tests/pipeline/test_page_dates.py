"""The day of an article page: which of the dates on the page it is, and in which words."""

from __future__ import annotations

import pytest

from almoner.pipeline.lines import continental, dates
from almoner.pipeline.model import Item, MediaType, Snapshot
from almoner.pipeline.run import read

TEXT = " ".join(
    f"<p>The {name} of the harbour trust met the volunteers of the boat house to hear how the new rules for lone"
    " working are kept, who is told of a worry, and what is still missing from the plan for the summer camp.</p>"
    for name in ("chair", "clerk", "treasurer", "secretary", "warden")
)


def read_page(markup: str) -> tuple[Item, ...]:
    return read(
        Snapshot("page.html", markup.encode(), MediaType.HTML, captured="2026-10-01T09:00+01:00")
    ).items


def article(above: str = "", below: str = "", head: str = "", text: str = TEXT) -> Item:
    """The one item of an invented page, with mark-up above and below its text."""
    (item,) = read_page(
        f"<html><head><title>Boat house rules</title>{head}</head><body><main><h1>Boat house rules</h1>{above}"
        f"{text}</main>{below}</body></html>"
    )
    return item


def day(item: Item) -> str | None:
    return item.published.value[:10] if item.published is not None else None


def test_labelled_date_goes_before_one_in_a_sentence() -> None:
    law = "<p>Im Gesetzblatt vom 17. August 2021 (Teil <abbr>I</abbr>) steht die neue Regel.</p>"
    item = article("<div><span>Datum:</span> <span>18.10.2021</span></div>", text=law + TEXT)
    assert day(item) == "2021-10-18"


@pytest.mark.parametrize("opening", ["(21. November 2022) ", "(21 November 2022) ", "(November 21, 2022) "])
def test_date_in_brackets_that_opens_the_text_is_its_date(opening: str) -> None:
    assert day(article(text=TEXT.replace("<p>", f"<p>{opening}", 1))) == "2022-11-21"


def test_described_day_is_taken_where_the_page_prints_none() -> None:
    said = '<meta name="description" content="Boat house rules (Notizia del 14 Gennaio 2020)">'
    assert day(article(head=said)) == "2020-01-14"
    event = '<meta name="description" content="The camp begins on 14 January 2020">'
    assert day(article(head=event)) is None


def test_address_much_older_than_the_page_is_the_day_of_publication() -> None:
    address = '<link rel="canonical" href="https://boats.example/2017/07/12/rules">'
    moved = '<meta property="article:published_time" content="2019-06-17T18:28:00Z">'
    item = article(head=address + moved)
    assert (day(item), item.updated and item.updated.value[:10]) == ("2017-07-12", "2019-06-17")
    near = '<meta property="article:published_time" content="2017-07-13T08:00:00Z">'
    assert day(article(head=address + near)) == "2017-07-13"


@pytest.mark.parametrize("printed", ["03/05/2022 21:44", "05/03/2022 21:44"])
def test_printed_day_in_figures_is_read_as_the_head_reads_it(printed: str) -> None:
    head = '<meta property="article:published_time" content="2022-05-04T00:44:52Z">'
    assert day(article(f"<p class='date'>{printed}</p>", head=head)) == "2022-05-03"


def test_last_change_stands_in_where_no_other_day_is_given() -> None:
    item = article(below="<footer>This page was last modified on 29 January 2020 at 13:22.</footer>")
    assert item.published is not None
    assert item.updated is not None
    assert item.published.value == item.updated.value == "2020-01-29"
    assert "last change" in item.published.how


def test_day_of_a_meeting_told_in_the_text_is_not_its_date() -> None:
    meeting = "<p>The next meeting of our group is on Wednesday 5 February 2020.</p>"
    assert day(article(text=meeting + TEXT)) is None


@pytest.mark.parametrize(
    ("printed", "value"), [("26. Jan 2022", "2022-01-26"), ("5. September 2018", "2018-09-05")]
)
def test_point_after_the_day_belongs_to_the_date(printed: str, value: str) -> None:
    (mention,) = dates.mentions(f"Erschienen am {printed}")
    when = mention.when("")
    assert when is not None
    assert when.value == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("15 августа 2016, 13:43", "2016-08-15"),
        ("3 травня 2021", "2021-05-03"),
        ("27 de enero de 2026", "2026-01-27"),
    ],
)
def test_months_of_other_languages_are_known(printed: str, value: str) -> None:
    found = continental.first(printed)
    assert found is not None
    assert found[0] == value


def test_column_of_issue_goes_before_another_date() -> None:
    rows = "".join(
        f"<tr><td>0{number}-07-2026</td><td>2{number}-05-2026</td><td><a href='/d/{number}'>"
        f"{name} v. Harbour Board of Tidewater</a></td></tr>"
        for number, name in enumerate(("Alder", "Birch", "Cedar", "Damson", "Elder"), 1)
    )
    items = read_page(
        "<html><body><table><thead><tr><th>Order Date</th><th>Decision Issued</th><th>Case</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></body></html>"
    )
    assert [day(item) for item in items] == [f"2026-05-2{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    "opening",
    [
        "On 3 May 2024 the council said that the ravens nest again.",
        "3 May 2024 – The council closed the stairs of the tower, and nobody may climb it until the young ones have flown",
    ],
)
def test_a_sentence_that_dates_the_article_stays_in_its_text(opening: str) -> None:
    page = f"<h1>Ravens nest</h1><p>{opening}</p><p>They nest again, the wardens say, and the tower is closed.</p>"
    (item,) = read(Snapshot("page.html", page.encode(), MediaType.HTML)).items
    assert item.published is not None
    assert item.published.value == "2024-05-03"
    assert item.text.startswith(opening)


@pytest.mark.parametrize(
    "pieces",
    [
        '<div class="badge"><span>24</span> <span>June</span> <span>2019</span></div>',
        '<p class="meta">24.<a href="/2019/06/">Juni 2019</a> um 09:43 · <span>6 Kommentare</span></p>',
    ],
)
def test_date_in_pieces_is_one_date(pieces: str) -> None:
    item = article(above=pieces)
    assert day(item) == "2019-06-24"
    assert "2019" not in item.text


def test_pieces_of_a_sentence_are_no_date_beside_the_title() -> None:
    told = (
        "<p>The clerk wrote to all of the clubs on 24 <b>June 2019</b> and again when the summer camp had ended, "
        "and the answers are kept in the boat house for whoever asks.</p>"
    )
    assert "24 June 2019" in article(text=TEXT + told).text


@pytest.mark.parametrize("printed", ["2019年6月24日 17時", "2019년 6월 24일", "24.Juni 2019"])
def test_days_of_other_languages_are_read(printed: str) -> None:
    found = continental.first(printed)
    assert found is not None
    assert found[0] == "2019-06-24"
