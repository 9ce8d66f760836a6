"""Pages in many layouts: which lines are an item, and what its title is."""

from __future__ import annotations

import pytest

from almoner.pipeline.model import Document, MediaType, Snapshot
from almoner.pipeline.parse import parse
from almoner.pipeline.split import split
from tests.pipeline.readings import BODIES, CHECKLIST, HELPLINE, RAVENS, SURVEY, TITLES, reading, spans

DAYS = (18, 19, 20)


def page(form: str, between: str = "\n\n") -> str:
    """Three records of one form, in which {title}, {one}, {two}, {day} and {number} are filled in."""
    return between.join(
        form.format(title=title, one=one, two=two, day=day, number=number)
        for number, (title, (one, two), day) in enumerate(zip(TITLES, BODIES, DAYS, strict=True), 1)
    )


BLOCKS = {
    "a gap before each, a credit after it": (
        page("{title}\n\n{one}\n\n{two}\n\nCredit: Tidewater Courier", "\n\n\n"),
        [(1, 7), (10, 16), (19, 25)],
    ),
    "a rule between": (page("{title}\n\n{one}\n\n{two}", "\n\n-----\n\n"), [(1, 5), (9, 13), (17, 21)]),
    "a gap, a title and one paragraph": (page("{title}\n\n{one}", "\n\n\n"), [(1, 3), (6, 8), (11, 13)]),
    "a newsfeed with its source below the title": (
        page("{title}\n\nSource: Harbour Trust published on this website {day} April 2019 by Alice Poole\n\n{one}\n\n{two}"),
        [(1, 7), (9, 15), (17, 23)],
    ),
    "a library with an added date": (
        page("{title}\n\nAdded: {day}/04/2019 at 9:21 am Category: Health, Safeguarding\n\n{one}"),
        [(1, 5), (7, 11), (13, 17)],
    ),
    "a blog with date, categories and name": (
        page("{title}\n\nPosted April {day}th, 2019 in Online Safety, Training by alicep\n\n{one}\n\n{two}"),
        [(1, 7), (9, 15), (17, 23)],
    ),
    "dates above the titles": (page("{day} April 2019\n\n{title}\n\n{one}\n\n{two}"), [(1, 7), (9, 15), (17, 23)]),
    "dates below the teasers": (page("{title}\n\n{one}\n\n{day} April 2019"), [(1, 5), (7, 11), (13, 17)]),
    "a closing line that dates it": (
        page("{title}\n\n{one}\n\n{two}\n\nPosted on {day} April 2019 by Alice Poole"),
        [(1, 7), (9, 15), (17, 23)],
    ),
    "source and author in the title": (page("{title} - Tidewater Courier (Rowan Vale)\n\n{one}"), [(1, 3), (5, 7), (9, 11)]),
    "entries of one line with their date": (page("{day} April 2019 – {title}", "\n"), [(1, 1), (2, 2), (3, 3)]),
    "a numbered list": (page("{number}. {title}\n\n{one}\n\n{two}"), [(1, 5), (7, 11), (13, 17)]),
}  # fmt: skip


@pytest.mark.parametrize("layout", BLOCKS)
def test_items_are_cut_where_the_page_cuts_them(layout: str) -> None:
    text, expected = BLOCKS[layout]
    found = reading(text)
    assert spans(found) == expected
    assert tuple(item.title for item in found.items) == TITLES
    assert all(item.title_is_printed for item in found.items)
    for item, (one, _) in zip(found.items, BODIES, strict=True):
        assert item.text.startswith(one) or not item.text


@pytest.mark.parametrize("layout", BLOCKS)
def test_text_holds_no_title_metadata_or_credit(layout: str) -> None:
    for item in reading(BLOCKS[layout][0]).items:
        assert item.title not in item.text
        assert "April 2019" not in item.text
        assert "Courier" not in item.text


def test_entries_under_months_take_the_month() -> None:
    november = ("Rules for school trips changed", "A new form for host families", "Fees for checks rise")
    october = ("Guide for trustees reissued", "Register of clubs moves online", "Two forms are withdrawn")
    found = reading("\n\n".join(("November 2024", *november, "October 2024", *october)))
    assert tuple(item.title for item in found.items) == november + october
    assert [item.published.value if item.published else None for item in found.items] == ["2024-11"] * 3 + [
        "2024-10"
    ] * 3


def test_page_of_one_article_keeps_its_subheadings() -> None:
    found = reading(f"{TITLES[0]}\n\n18 April 2019\n\n{HELPLINE}\n\nMore help\n\n{SURVEY}\n")
    assert spans(found) == [(1, 9)]
    assert "More help" in found.items[0].text


def test_subheadings_of_a_news_item_are_no_items() -> None:
    text = (
        f"{TITLES[0]}\n\n{HELPLINE}\n\nMore drivers call\n\n{SURVEY}\n\nWhat drivers say\n\n{HELPLINE} {SURVEY}\n\nCredit: ITV"
        f"\n\n\n{TITLES[1]}\n\n{RAVENS}\n\nCredit: ITV\n\n\n{TITLES[2]}\n\n{CHECKLIST}\n\nCredit: ITV"
    )
    assert [item.title for item in reading(text).items] == list(TITLES)


BRIEFING = (
    "Tidewater Briefing - 18th November 2024\n\nDear colleague,\n\n"
    + page("{title}\n\n{one}\n\n{two}\n\nYou can read it here: https://example.org/{number}")
    + "\n\nQuestion of the Week\n\nQuestion: What is a welfare officer?\n\n"
    "Answer: A person in a club to whom anybody can turn who is worried about a child, and who knows what to do next.\n\n"
    "Available Courses\n\nSafe Waters for Coaches\n\nNext live online course - 15th January 2025\n\n"
    "Wednesday, 15th January 2025 Book here\n\nUntil next time,\n\nAlice Poole\n"
)


def test_briefing_is_cut_into_news_question_and_courses() -> None:
    found = reading(BRIEFING)
    assert [item.title for item in found.items] == [
        *TITLES,
        "What is a welfare officer?",
        "Available Courses",
    ]
    assert [item.kind for item in found.items[-2:]] == ["question", "course"]
    assert found.items[3].section == "Question of the Week"


def test_briefing_has_its_own_title_date_and_author() -> None:
    found = reading(BRIEFING)
    assert found.briefing is not None
    assert found.briefing.title == "Tidewater Briefing - 18th November 2024"
    assert (found.briefing.date, found.briefing.author) == ("2024-11-18", "Alice Poole")
    assert all(item.briefing == found.briefing for item in found.items)
    assert all(item.published is None for item in found.items[:3])


def test_furniture_is_in_no_item() -> None:
    text = (
        f"ACCOUNT log reg\n\n\n{BLOCKS['a gap before each, a credit after it'][0]}\n\n\nShare this\n\n\n"
        "© 2025 Tidewater Courier. All rights reserved.\n\nPage 1 of 4\n"
    )
    found = reading(text)
    assert spans(found) == [(4, 10), (13, 19), (22, 28)]


def test_running_text_without_a_title_is_one_item() -> None:
    found = reading(f"{HELPLINE}\n\n{SURVEY}\n")
    assert spans(found) == [(1, 3)]
    assert not found.items[0].title_is_printed
    assert HELPLINE.startswith(found.items[0].title.rstrip("…"))


@pytest.mark.parametrize(
    "text", ["", "\n \n\t\n", "Home\nNews\nContact us\n", "Hello\n", "-----\n", "© 2025 Harbour Trust"]
)
def test_page_without_items_is_read(text: str) -> None:
    found = reading(text)
    assert found.items == ()
    assert any(decision.what.startswith("no items") for decision in found.decisions)


@pytest.mark.parametrize("layout", [*BLOCKS, "briefing"])
def test_each_line_is_in_one_item_or_in_none(layout: str) -> None:
    text = BRIEFING if layout == "briefing" else BLOCKS[layout][0]
    document: Document = parse(Snapshot("page.txt", text.encode(), MediaType.TEXT))
    taken = [part.block.place for cut in split(document).cuts for part in cut.parts]
    assert len(taken) == len(set(taken)) > 0
    assert [block.place for block in document.blocks if block.place in taken] == taken


NEWS = """Quiet rooms in family courts
Two more family courts have opened quiet rooms in which children can wait. They were furnished by volunteers from the town.

New form for private fostering
The form with which schools tell the council about private fostering has become shorter. It can be sent by e-mail.

Walk-in sessions for foster carers
Foster carers can bring questions to a walk-in session on the first Monday of each month.
"""


@pytest.mark.parametrize(
    "head",
    [
        "HARBOUR SAFEGUARDING BULLETIN\nFriday 7 November 2025",
        "Issue 14 | November 2025",
        "Safeguarding newsletter\nAutumn term 2025, week 3",
    ],
)
def test_dateline_of_an_issue_is_no_title_and_stands_over_all_its_items(head: str) -> None:
    items = reading(f"{head}\n\n{NEWS}").items
    assert [item.title for item in items] == [
        "Quiet rooms in family courts",
        "New form for private fostering",
        "Walk-in sessions for foster carers",
    ]
