"""Other lines: entries, furniture, headings, addresses, footnotes, names, and the cleaning before it all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.lines import addresses, entries, furniture, headings, names
from almoner.pipeline.lines.clean import clean
from almoner.pipeline.lines.footnotes import FootnoteReader
from almoner.pipeline.model import Place


@pytest.mark.parametrize(
    "line",
    [
        "12 March 2024 – New guidance on visits",
        "12 March 2024: New guidance on visits",
        "12/03/2024 New guidance on visits",
        "New guidance on visits (12 March 2024)",
        "New guidance on visits - 12 March 2024",
    ],
)
def test_entry_is_parted_from_its_date(line: str) -> None:
    entry = entries.read(line)
    assert entry is not None
    assert entry.title == "New guidance on visits"
    assert entry.published is not None
    assert entry.published.day_date is not None
    assert entry.published.day_date.isoformat() == "2024-03-12"
    assert entry.shape == "date"


def test_entry_is_parted_from_its_credit() -> None:
    entry = entries.read("New guidance on visits - Schools Weekly (Rowan Vale)")
    assert entry is not None
    assert (entry.title, entry.source, entry.author) == (
        "New guidance on visits",
        "Schools Weekly",
        "Rowan Vale",
    )


@pytest.mark.parametrize(
    "line",
    [
        "On 12 March 2024 the board met and agreed.",
        "12 March 2024",
        "The board met on 12 March 2024",
        "A plain title",
    ],
)
def test_sentences_and_bare_dates_are_no_entries(line: str) -> None:
    assert entries.read(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "log reg", "ACCOUNT log reg", "Menu", "Skip to content", "Home > News > 2024", "Page 2 of 7",
        "© Harbour Trust 2024", "Share this", "Comments are closed", "Next page »", "Photo: Rowan Vale",
        "We use cookies to make this site better", "Registered charity 123456", "01632 960961",
    ],
)  # fmt: skip
def test_furniture_is_known(line: str) -> None:
    assert furniture.is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Children learn to share",
        "A new home for the helpline",
        "Search results for parents are in",
        "Home visits resume",
    ],
)
def test_titles_are_no_furniture(line: str) -> None:
    assert not furniture.is_furniture(line)


def test_lines_that_lead_on_belong_to_their_item() -> None:
    assert furniture.is_more_link("Read more")
    assert furniture.is_trailer("Download the report (PDF, 1.2 MB)")
    assert not furniture.is_more_link("Read more stories to children, schools are told")


def test_letters_are_opened_and_closed() -> None:
    assert furniture.is_salutation("Dear colleague,")
    assert furniture.is_sign_off("Kind regards")
    assert furniture.is_sign_off("Until next time,")
    assert not furniture.is_sign_off("Best practice in schools: a new guide for governors")


@pytest.mark.parametrize(
    ("line", "title", "heading", "sentence"),
    [
        ("Council opens a helpline for drivers", True, True, False),
        ("The council has opened a helpline for drivers, and it will answer within the hour.", True, False, True),
        ("These areas include:", False, False, False),
        ("https://example.org/a", False, False, False),
        ("and so it went on", False, False, False),
        ("What should a trustee do first?", True, True, False),
        ("", False, False, False),
    ],
)  # fmt: skip
def test_line_looks_like_title_heading_or_sentence(
    line: str, title: bool, heading: bool, sentence: bool
) -> None:
    assert headings.is_title_like(line) is title
    assert headings.is_heading_like(line) is heading
    assert headings.is_sentence(line) is sentence


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Available Courses", "course"),
        ("Question of the Week", "question"),
        ("Consultations", "consultation"),
        ("News in brief", "news"),
        ("Latest guidance", "guidance"),
        ("Council opens a helpline", None),
    ],
)
def test_heading_names_a_section(line: str, section: str | None) -> None:
    assert headings.section_of(line) == section


def test_headings_inside_articles_and_over_issues() -> None:
    assert headings.is_inner_heading("Key findings")
    assert not headings.is_inner_heading("Key worker schemes open in three towns")
    assert headings.names_issue("Safeguarding Briefing - 18th November 2024")
    assert headings.names_periodical("News in brief")
    assert not headings.names_issue("News in brief")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a.", [("https://example.org/a", "https://example.org/a")]),
        ("(https://example.org/a_(b))", [("https://example.org/a_(b)", "https://example.org/a_(b)")]),
        ("at www.example.org, today", [("https://www.example.org", "www.example.org")]),
        ("[the report](https://example.org/r)", [("https://example.org/r", "the report")]),
        ("twice https://example.org/a and https://example.org/a", [("https://example.org/a", "https://example.org/a")]),
        ("alice@www.example.org", []),
        ("https://", []),
        ("no address", []),
    ],
)  # fmt: skip
def test_addresses_are_found_without_their_punctuation(text: str, found: list[tuple[str, str]]) -> None:
    assert [(link.href, link.text) for link in addresses.links_in(text)] == found


def test_address_with_a_hundred_thousand_brackets_is_trimmed() -> None:
    assert [link.href for link in addresses.links_in("https://example.org/a" + ")" * 100_000)] == [
        "https://example.org/a"
    ]


def footnotes(*texts: str) -> list[tuple[str, list[str]]]:
    reader = FootnoteReader()
    return [
        (words, [mark.mark for mark in marks])
        for words, marks in (reader.read(text, Place(1, 1)) for text in texts)
    ]


def test_footnote_digits_are_taken_out_where_they_count_upwards() -> None:
    assert footnotes("up on the previous year.1 The youngest", "as found.2 Then in care3 it grew") == [
        ("up on the previous year. The youngest", ["1"]),
        ("as found. Then in care it grew", ["2", "3"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Break4Change, area2 and Covid19",
        "class of '9 and No.1 pupil",
        "a rise of £5.1 and 7.2",
        "in 2024.1 more",
        "said.7 of them",
    ],
)
def test_digits_that_belong_to_words_stay(text: str) -> None:
    assert footnotes(text) == [(text, [])]


def test_footnotes_of_a_word_without_end_are_looked_for_once() -> None:
    text = "a" * 200_000 + " 1"
    assert footnotes(text) == [(text, [])]


@pytest.mark.parametrize("name", ["Rowan Vale", "Dr Rowan Vale", "Alice van der Poole", "Anne-Marie O’Neill"])
def test_names_of_people(name: str) -> None:
    assert names.looks_personal(name)
    assert not names.looks_organisational(name)


@pytest.mark.parametrize(
    "name", ["Harbour Trust", "ITV", "Schools Weekly", "Department for Tides", "National Crime Agency"]
)
def test_names_of_bodies(name: str) -> None:
    assert names.looks_organisational(name)
    assert not names.looks_personal(name)


def test_abbreviation_and_article_are_no_part_of_a_name() -> None:
    assert names.without_abbreviation("the Ministry of Tides (MoT)") == "Ministry of Tides"
    assert names.without_abbreviation("NSPCC") == "NSPCC"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("<u>Under</u>\xa0lined&nbsp;and&amp; so\u200b on", "Under lined and& so on"),
        ("a <b>bold</b>  claim\t", "a bold claim"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("x\u202eabc\u202c y\u200f", "xabc y"),
        ("co\u00adoperate", "cooperate"),
        ("<script>x</script>", "<script>x</script>"),
        ("\u200b\u00a0", ""),
    ],
)
def test_line_is_cleaned_of_what_prints_nothing(raw: str, words: str) -> None:
    assert clean(raw) == words


@given(st.text(max_size=400))
def test_any_line_is_looked_at_without_error(line: str) -> None:
    words = clean(line)
    assert clean(words).count(" ") <= words.count(" ")
    furniture.is_furniture(words)
    furniture.is_trailer(words)
    headings.section_of(words)
    entries.read(words)
    assert all(link.href for link in addresses.links_in(words))
    text, marks = FootnoteReader().read(words, Place(1, 1))
    assert len(text) == len(words) - sum(len(mark.mark) for mark in marks)
