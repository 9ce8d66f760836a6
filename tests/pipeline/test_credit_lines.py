"""Credits: lines that close an item, and credits inside a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.lines import credit


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Credit: ITV", {"outlet": "ITV"}),
        ("Thanks and credit to the Harbour Trust", {"source": "Harbour Trust"}),
        ("Thanks to Harbour Trust", {"source": "Harbour Trust"}),
        ("Source: Harbour Trust", {"source": "Harbour Trust"}),
        ("(Source: Ministry of Tides)", {"source": "Ministry of Tides"}),
        ("Courtesy of the Ministry of Tides (MoT)", {"source": "Ministry of Tides"}),
        ("Via Schools Weekly", {"source": "Schools Weekly"}),
        ("Article reported by Rowan Vale for the Courier.", {"author": "Rowan Vale", "outlet": "Courier"}),
        ("Story by Rowan Vale, The Courier", {"author": "Rowan Vale", "outlet": "Courier"}),
        ("By Rowan Vale for BBC News", {"author": "Rowan Vale", "outlet": "BBC News"}),
        ("First published in the Courier", {"outlet": "Courier"}),
        ("Read more at: Courier Online", {"outlet": "Courier Online"}),
    ],
)
def test_closing_line_names_who_it_came_from(line: str, expected: dict[str, str]) -> None:
    found = credit.read(line)
    assert found is not None
    named = {"source": found.source, "outlet": found.outlet, "author": found.author}
    assert {role: name for role, name in named.items() if name} == expected
    assert found.as_printed == line


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Photo credit: Rowan Vale",
        "Thanks to everyone who came to the meeting last week and helped us.",
        "Credit where credit is due",
        "Sources say the minister will resign",
        "By noon the hall was full",
        "Source: https://example.org/report",
        "Credit: " + "a very long name " * 20,
    ],
)
def test_other_lines_are_no_credit(line: str) -> None:
    assert credit.read(line) is None


def test_title_gives_up_a_suffix_of_source_and_author() -> None:
    found = credit.in_title("New help for pupils - Schools Weekly (Rowan Vale)")
    assert (found.bare, found.source, found.author) == ("New help for pupils", "Schools Weekly", "Rowan Vale")


def test_title_keeps_brackets_with_source_and_date() -> None:
    title = "A threat report on tides (Harbour Police and Tide Centre, November 2024)"
    found = credit.in_title(title)
    assert (found.bare, found.source) == (title, "Harbour Police and Tide Centre")
    assert found.published is not None
    assert found.published.as_printed == "November 2024"


def test_suffix_without_author_counts_only_where_titles_share_it() -> None:
    title = "New help for pupils – Schools Weekly"
    assert credit.in_title(title).source is None
    common = credit.forms([title, "Panel opens its files - Tidewater Council", "What the report left out"])
    assert credit.in_title(title, common=common).source == "Schools Weekly"
    assert credit.in_title(title, common=common).bare == "New help for pupils"


def test_name_in_brackets_counts_where_titles_share_the_form() -> None:
    titles = ["Online lessons (Thirtyone:eight)", "A new school (DfE)", "Files opened (Tidewater Council)"]
    assert credit.in_title(titles[0]).source is None
    assert credit.in_title(titles[0], common=credit.forms(titles)).source == "Thirtyone:eight"


def test_abbreviation_of_the_words_before_it_is_no_source() -> None:
    assert credit.in_title("Working together in the Tidewater Rescue Service (TRS)").source is None


def test_closing_brackets_name_outlet_and_date() -> None:
    found = credit.in_closing_bracket("The rule holds from today. (Schools Weekly, 3 October 2022)")
    assert found is not None
    assert found.source == "Schools Weekly"
    assert found.published is not None
    assert found.published.as_printed == "3 October 2022"
    assert credit.in_closing_bracket("The rule holds from today (as planned).") is None


@given(st.text(max_size=220))
def test_any_line_is_read_without_error(line: str) -> None:
    credit.read(line)
    assert credit.in_title(line).bare in line
    credit.in_closing_bracket(line)
