"""What is read from an item's lines: titles, times, credits, kinds, categories, links, events, words."""

from __future__ import annotations

import pytest

from almoner.pipeline.model import Credit, Kind, Link, MediaType, Precision, Snapshot
from almoner.pipeline.run import read
from tests.pipeline.readings import BODIES, HELPLINE, SURVEY, TITLES, dated_item, only_item, reading

BODY = f"{HELPLINE}\n\n{SURVEY}"
COURSE = (
    "Book your place on our one-day course for coaches. Places are limited, and delegates get a handbook."
)


@pytest.mark.parametrize(
    "title",
    [
        "Government responds to consultation on visits",
        "National strategy for safe visits",
        "Council opens a centre for safe visits",
        "Two hurt in knife attacks",
        "Schools told to check visitors",
        "Ravens nest at the cathedral",
        "“We will answer every call”",
        "Who looks after the helpline?",
        "Café culture: 5 tips for carers",
    ],
)
def test_title_is_the_line_over_the_item(title: str) -> None:
    item = dated_item(BODY, title=title)
    assert (item.title, item.title_is_printed) == (title, True)


def test_first_sentence_that_stands_in_is_cut_at_a_word() -> None:
    long = "The county council and " + "many other bodies and " * 12 + "the trust opened a helpline."
    item = only_item(f"{long} {SURVEY}\n\n{HELPLINE}\n")
    assert not item.title_is_printed
    assert item.title.endswith("…")
    assert len(item.title) <= 121
    assert long.startswith(item.title[:-1])


def test_label_before_a_title_is_no_part_of_it() -> None:
    assert (
        dated_item(BODY, title="Question: What is a welfare officer?").title == "What is a welfare officer?"
    )


def test_times_keep_their_words_and_precision() -> None:
    item = dated_item(BODY, line="Published: 12 March 2024 at 9:21 am Updated: Thursday 14 March 2024")
    assert item.published is not None
    assert item.updated is not None
    assert (item.published.value, item.published.precision) == ("2024-03-12T09:21+00:00", Precision.MINUTE)
    assert item.published.as_printed == "12 March 2024 at 9:21 am"
    assert (item.updated.value, item.updated.precision) == ("2024-03-14", Precision.DAY)
    assert item.updated.as_printed == "Thursday 14 March 2024"


def test_added_is_never_published() -> None:
    item = dated_item(BODY, line="Added: 17/08/2020 at 9:21 am Category: Health, Safeguarding")
    assert item.published is None
    assert item.added is not None
    assert item.added.value == "2020-08-17T09:21+01:00"
    assert item.kind is Kind.RESOURCE


def test_dates_in_the_text_are_no_publication() -> None:
    item = only_item(f"{TITLES[0]}\n\n{HELPLINE} It opened on 3 March 2025.\n\n{SURVEY}\n")
    assert item.published is None


def test_month_of_a_title_is_its_publication() -> None:
    title = f"{TITLES[0]} (Harbour Police and Tide Centre, November 2024)"
    item = only_item(f"{title}\n\n{BODY}\n")
    assert item.title == title
    assert item.credit.source == "Harbour Police and Tide Centre"
    assert item.published is not None
    assert (item.published.value, item.published.precision) == ("2024-11", Precision.MONTH)


@pytest.mark.parametrize("day", ["3/4/2025", "3.4.2025"])
def test_order_of_numbers_follows_the_page(day: str) -> None:
    item = dated_item(f"{BODY} It was planned on 4/25/2024.", line=f"Posted {day} by Alice Poole")
    assert item.published is not None
    assert item.published.value == "2025-03-04"
    item = dated_item(BODY, line=f"Posted {day} by Alice Poole")
    assert item.published is not None
    assert item.published.value == "2025-04-03"


@pytest.mark.parametrize(
    ("closing", "credit"),
    [
        ("Credit: ITV", Credit(outlet="ITV", as_printed="Credit: ITV")),
        ("Thanks and credit to the Harbour Trust (HT)", Credit(source="Harbour Trust", as_printed="Thanks and credit to the Harbour Trust (HT)")),
        ("Article reported by Rowan Vale for the Courier.", Credit(author="Rowan Vale", outlet="Courier", as_printed="Article reported by Rowan Vale for the Courier.")),
    ],
)  # fmt: skip
def test_closing_line_is_the_credit(closing: str, credit: Credit) -> None:
    item = only_item(f"{TITLES[0]}\n\n{BODY}\n\n{closing}\n")
    assert item.credit == credit
    assert closing not in item.text


def test_line_beside_the_title_names_source_and_byline() -> None:
    item = dated_item(
        BODY, line="Source: Harbour Trust published on this website Wednesday 9 April 2025 by Alice Poole"
    )
    assert (item.credit.source, item.credit.byline, item.credit.author) == (
        "Harbour Trust",
        "Alice Poole",
        None,
    )


def test_who_wrote_it_is_the_author() -> None:
    item = dated_item(BODY, line="By Rowan Vale, education reporter | 3 March 2025")
    assert (item.credit.author, item.credit.byline) == ("Rowan Vale", None)


def test_nothing_printed_is_no_credit() -> None:
    assert dated_item(BODY, line="3 March 2025").credit == Credit()


def test_categories_come_as_printed_each_once() -> None:
    item = dated_item(
        BODY, line="Posted 3 March 2025 in Health/Wellbeing, Online Safety, Health/Wellbeing by alicep"
    )
    assert item.categories == ("Health/Wellbeing", "Online Safety")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Helpline for taxi drivers opens", Kind.NEWS),
        ("Consultation on changes to the visiting rules", Kind.CONSULTATION),
        ("Government responds to consultation on visits", Kind.NEWS),
        ("New statutory guidance on visits published", Kind.GUIDANCE),
        ("Quarterly statistics on visits released", Kind.STATISTICS),
        ("Have you ordered your copy of the handbook yet?", Kind.NOTICE),
        ("Question: What is a welfare officer?", Kind.QUESTION),
    ],
)
def test_kind_is_news_unless_the_title_says_otherwise(title: str, kind: Kind) -> None:
    assert dated_item(BODY, title=title).kind is kind


OWN_COPY = "It is free. Colleagues can ask for a copy of their own, and we do not count who opens it."


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Would your team read this briefing if you passed it on?", OWN_COPY, Kind.NOTICE),
        ("Get it every week", f"{OWN_COPY} Our monthly newsletter tells you more.", Kind.NOTICE),
        ("Your child's safety online", OWN_COPY, Kind.NEWS),
        ("Inspectors' new bulletin lists your duties", OWN_COPY, Kind.NEWS),
        ("What our weekly briefing found", BODY, Kind.NEWS),
    ],
)
def test_paper_that_speaks_of_itself_to_its_reader_is_a_notice(title: str, text: str, kind: Kind) -> None:
    assert dated_item(text, title=title).kind is kind


def test_summary_of_a_question_begins_with_its_answer_and_not_with_a_label() -> None:
    item = dated_item(f"Answer: {HELPLINE}", title="Question: What is a welfare officer?")
    assert item.kind is Kind.QUESTION
    assert item.summary.startswith(HELPLINE[:20])
    assert item.text.startswith("Answer: ")


def test_course_is_offered() -> None:
    assert dated_item(COURSE, title="Training course: Safe Waters for Coaches").kind is Kind.COURSE


def test_links_are_the_items_own_each_once_and_only_of_the_web() -> None:
    item = dated_item(
        f"{HELPLINE} See https://example.org/a.\n\n{SURVEY} See www.example.com/b or https://example.org/a."
    )
    assert item.links == (
        Link("https://example.org/a", "https://example.org/a"),
        Link("https://www.example.com/b", "www.example.com/b"),
    )


def test_courses_of_a_section_are_its_events() -> None:
    news = "\n\n".join(f"{title}\n\n{one}\n\n{two}" for title, (one, two) in zip(TITLES, BODIES, strict=True))
    text = (
        f"Tidewater Briefing - 18th November 2024\n\n{news}\n\nAvailable Courses\n\nSafe Waters for Coaches\n\n"
        "Next live online course - 15th January 2025\n\nWednesday, 15th January 2025 Book here\n\n"
        "First Aid on the Beach\n\nThursday, 6th February 2025 Book here\n\nUntil next time,\n\nAlice Poole\n"
    )
    item = reading(text).items[-1]
    assert item.kind is Kind.COURSE
    assert [(event.title, event.starts) for event in item.events] == [
        ("Safe Waters for Coaches", "2025-01-15"),
        ("First Aid on the Beach", "2025-02-06"),
    ]
    assert item.events[0].mode == "live online"


def test_text_and_mark_up_say_the_same_words() -> None:
    item = dated_item(
        "These may call:\n\n• drivers & “guards”\n• parents <all>\n\nSee https://example.org/a?b=1&c=2 for more on it."
    )
    assert item.text == (
        "These may call:\n\n• drivers & “guards”\n• parents <all>\n\nSee https://example.org/a?b=1&c=2 for more on it."
    )
    assert item.html == (
        "<p>These may call:</p><ul><li>drivers &amp; “guards”</li><li>parents &lt;all&gt;</li></ul><p>See"
        ' <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a> for more on it.</p>'
    )


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"]
)
def test_mark_up_of_a_text_is_only_words(words: str) -> None:
    item = dated_item(f"{HELPLINE} {words} {SURVEY}")
    assert words in item.text
    assert "<script" not in item.html
    assert "<img" not in item.html
    assert "<a " not in item.html


def test_summary_leaves_out_a_sentence_that_would_have_a_hole() -> None:
    item = dated_item(
        f"{HELPLINE} Ask for a copy at https://almshouse.example/copy today. Nobody counts who opens it."
    )
    assert item.summary == f"{HELPLINE} Nobody counts who opens it."


def test_summary_is_the_items_own_first_sentences() -> None:
    item = dated_item(BODY)
    assert item.summary == HELPLINE
    assert len(dated_item("A very long word list " + "and so on " * 60).summary) <= 280


def test_footnotes_are_kept_beside_the_text() -> None:
    item = dated_item(f"{HELPLINE} It rose on the previous year.1 Then it fell.\n\n{SURVEY}")
    assert [(mark.mark, mark.word, mark.place.first_line) for mark in item.footnotes] == [("1", "year", 5)]
    assert "year. Then" in item.text


def test_every_decision_says_why() -> None:
    item = dated_item(BODY)
    assert {decision.stage for decision in item.decisions} == {"split", "extract"}
    assert all(decision.why for decision in item.decisions)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "Mehr als 4.000 Kinder waren 2024 betroffen, 17,50 Prozent mehr als im Jahr zuvor.", []),
        ("de-AT", "More than 4,000 children were known to the councils of England in 2024.", [4000]),
        ("en-GB", "More than 4,000 children were known to councils in England in 2024.", [4000]),
        ("cy", "Mwy na 4,000 plant yng Nghymru.", [4000]),
        ("", "Mehr als 4,000 Kinder.", [4000]),
    ],
)
def test_figures_are_read_where_numbers_are_printed_as_in_english(
    language: str, text: str, values: list[int]
) -> None:
    page = (
        f"<html lang='{language}'><title>Kinder</title><article><h1>Kinder</h1><p>{text}</p></article></html>"
    )
    (item,) = read(Snapshot("page.html", page.encode(), MediaType.HTML)).items
    assert [figure.value for figure in item.figures] == values
    foreign = [
        decision.why for decision in item.decisions if decision.what.startswith("figures and promises")
    ]
    assert bool(foreign) is (not values)
