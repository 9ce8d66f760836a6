"""Dates as they are printed, in many forms, with what each one means."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import Order


def values(text: str, order: Order = "dmy") -> list[str | None]:
    """The values of all dates in `text`; None for one that has none."""
    whens = (mention.when("") for mention in dates.mentions(text, order))
    return [when.value if when is not None else None for when in whens]


@pytest.mark.parametrize(
    "printed",
    [
        "9 April 2025", "Wed 9 Apr 2025", "9. Apr 2025", "April 9, 2025", "Wednesday April 9th 2025 at 9:21 am",
        "09/04/2025", "9.4.2025", "2025-04-09", "April 2025",
    ],
)  # fmt: skip
def test_date_that_is_all_of_a_line_is_read_as_within_one(printed: str) -> None:
    alone, within = dates.mentions(printed), dates.mentions(f"Kept: {printed}, and so on for some more words")
    assert [replace(mention, start=mention.start + 6, end=mention.end + 6) for mention in alone] == list(
        within
    )
    assert len(within) == 1


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("9 April 2025", "2025-04-09"),
        ("09 April 2025", "2025-04-09"),
        ("Wednesday 9 April 2025", "2025-04-09"),
        ("Wed 9 Apr 2025", "2025-04-09"),
        ("Wednesday, 9th of April, 2025", "2025-04-09"),
        ("WEDNESDAY 9 APRIL 2025", "2025-04-09"),
        ("wednesday 9th april 2025", "2025-04-09"),
        ("Thurs 13 March 2025", "2025-03-13"),
        ("Tues. 11 March 2025", "2025-03-11"),
        ("the 12th of March 2024", "2024-03-12"),
        ("1st Sept. 2024", "2024-09-01"),
        ("2nd Sept 2024", "2024-09-02"),
        ("3rd September 2024", "2024-09-03"),
        ("12-Mar-2024", "2024-03-12"),
        ("April 9, 2025", "2025-04-09"),
        ("April 9th 2025", "2025-04-09"),
        ("December 21st 2012", "2012-12-21"),
        ("Wednesday August 20 2025", "2025-08-20"),
        ("9 April '25", "2025-04-09"),
        ("9 April ’25", "2025-04-09"),
        ("17/08/2020", "2020-08-17"),
        ("17.08.2020", "2020-08-17"),
        ("17-08-2020", "2020-08-17"),
        ("17/8/20", "2020-08-17"),
        ("17/8/70", "1970-08-17"),
        ("2020/08/17", "2020-08-17"),
        ("2020-08-17", "2020-08-17"),
        ("29/02/2020", "2020-02-29"),
        ("12–14 March 2025", "2025-03-12"),
        ("12 to 14 March 2025", "2025-03-12"),
        ("12th and 14th March 2025", "2025-03-12"),
        ("November 2024", "2024-11"),
        ("Nov 2024", "2024-11"),
        ("May 2024", "2024-05"),
    ],
)  # fmt: skip
def test_date_is_read_in_each_form(printed: str, value: str) -> None:
    (mention,) = dates.mentions(f"It was printed on {printed} by the board.")
    when = mention.when("")
    assert when is not None
    assert (when.value, when.as_printed) == (value, printed.removeprefix("the "))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("9 April 2025 at 9:21 am", "2025-04-09T09:21+01:00"),
        ("9 April 2025, 14:39", "2025-04-09T14:39+01:00"),
        ("9 April 2025 at 9.21pm", "2025-04-09T21:21+01:00"),
        ("9 April 2025 at 9am", "2025-04-09T09:00+01:00"),
        ("9 April 2025 12:05 am", "2025-04-09T00:05+01:00"),
        ("9 April 2025 12:05 pm", "2025-04-09T12:05+01:00"),
        ("9 January 2025 at 9:21 am", "2025-01-09T09:21+00:00"),
        ("17/08/2020 at 9:21 am", "2020-08-17T09:21+01:00"),
        ("14:39 on Thursday, 28 January 2021", "2021-01-28T14:39+00:00"),
        ("August 20th, 2025 at 3:15 PM", "2025-08-20T15:15+01:00"),
        ("2025-04-09T10:00:00+01:00", "2025-04-09T10:00+01:00"),
        ("2025-04-09T10:00:00.123Z", "2025-04-09T11:00+01:00"),
        ("2025-01-09T23:30:00-05:00", "2025-01-10T04:30+00:00"),
    ],
)  # fmt: skip
def test_time_is_local_with_its_offset(printed: str, value: str) -> None:
    assert values(printed) == [value]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12 July 2024 09:21 BST", "2024-07-12T09:21+01:00"),
        ("12 July 2024 09:21 GMT", "2024-07-12T10:21+01:00"),
        ("12 July 2024 09:21 +02:00", "2024-07-12T08:21+01:00"),
        ("12 January 2024 09:21 BST", "2024-01-12T08:21+00:00"),
    ],
)
def test_zone_that_is_printed_counts(printed: str, value: str) -> None:
    assert values(printed) == [value]


def test_time_that_the_clocks_left_out_is_doubted() -> None:
    (mention,) = dates.mentions("30 March 2025 at 1:30 am")
    assert "no such time" in mention.doubt
    assert values("30 March 2025 at 1:30 am") == ["2025-03-30T01:30+00:00"]
    assert dates.mentions("30 March 2025 at 2:30 am")[0].doubt == ""


def test_time_that_came_twice_is_doubted() -> None:
    (mention,) = dates.mentions("26 October 2025 at 1:30 am")
    assert "came twice" in mention.doubt
    assert dates.mentions("26 October 2025 at 1:30 am GMT")[0].doubt == ""


@pytest.mark.parametrize(
    "printed",
    [
        "31/02/2020", "29/02/2019", "00/00/0000", "13/13/2020", "32/01/2020", "31 June 2024",
        "31st November 2024", "0 May 2024", "2025-13-45", "2025-02-30", "30 February",
    ],
)  # fmt: skip
def test_day_that_does_not_exist_is_seen_but_has_no_value(printed: str) -> None:
    (mention,) = dates.mentions(printed)
    assert not mention.exists
    assert mention.when("") is None
    assert mention.day_date is None


def test_short_year_is_doubted_and_swapped_days_are_named() -> None:
    assert dates.mentions("17/8/20")[0].doubt == "two digits for the year"
    assert "swapped" in dates.mentions("1/2/20")[0].doubt
    assert dates.mentions("1/2/2020")[0].doubt == ""


def test_month_first_is_read_where_no_other_way_is_open() -> None:
    assert values("12/25/2024") == ["2024-12-25"]
    assert "month first" in dates.mentions("12/25/2024")[0].doubt


def test_order_decides_what_is_open() -> None:
    assert values("3/4/2025", "dmy") == ["2025-04-03"]
    assert values("3/4/2025", "mdy") == ["2025-03-04"]


def test_page_order_follows_the_one_date_that_tells() -> None:
    assert dates.page_order(iter(["3/4/2025", "4/25/2025"])) == "mdy"
    assert dates.page_order(iter(["3/4/2025", "25/4/2025"])) == "dmy"
    assert dates.page_order(iter(["3/4/2025", "no date"])) == "dmy"


@pytest.mark.parametrize("printed", ["17th June", "Friday 4 April", "Friday April 4th", "2 May"])
def test_date_without_year_has_no_value(printed: str) -> None:
    (mention,) = dates.mentions(f"They met on {printed}.")
    assert mention.year is None
    assert mention.when("") is None


@pytest.mark.parametrize(
    "text",
    [
        "in 2024", "may 2024 see more", "version 1.2.3", "192.168.1.10", "9.30.15", "section 3.4.25",
        "call 01632 960961", "they may 3 times refuse", "sat 5 times", "paragraph 12/3",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates.mentions(text) == ()


def test_range_keeps_its_last_day() -> None:
    assert dates.mentions("12–14 March 2025")[0].last_day == 14


def test_several_dates_stand_in_order_without_overlap() -> None:
    found = dates.mentions("From 5 May 2020, again on 3/4/2021 at 9am and in November 2024.")
    assert [mention.as_printed for mention in found] == ["5 May 2020", "3/4/2021 at 9am", "November 2024"]
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Wednesday 3 April 2025", "Thursday"),
        ("Wednesday 9 April 2025", None),
        ("9 April 2025", None),
        ("Monday 29 February 2024", "Thursday"),
        ("Monday 31 February 2024", None),
    ],
)
def test_weekday_is_held_against_the_calendar(printed: str, right: str | None) -> None:
    assert dates.mentions(printed)[0].weekday_printed_wrong() == right


def test_span_of_a_cut_value() -> None:
    assert dates.span_of("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert dates.span_of("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert dates.span_of("2024-02-03T09:00+00:00") == (date(2024, 2, 3), date(2024, 2, 3))


def test_line_of_nothing_but_a_date() -> None:
    assert dates.is_only_date("(9 April 2025)")
    assert not dates.is_only_date("9 April 2025: the board met")


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(["%d %B %Y", "%d/%m/%Y", "%B %d, %Y", "%A %d %b %Y", "%Y-%m-%d"]))  # fmt: skip
def test_every_day_is_read_back_from_every_form(day: date, form: str) -> None:
    assert values(f"Posted {day.strftime(form)} by the board") == [day.isoformat()]
    assert dates.mentions(day.strftime(form))[0].weekday_printed_wrong() is None


@given(st.text(alphabet="0123456789/.-: apmtQMWed29FebMarch,’'()", max_size=80))
def test_any_line_is_read_without_error(text: str) -> None:
    for mention in dates.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        mention.when("")
        mention.weekday_printed_wrong()


def test_time_with_a_minute_that_does_not_exist_is_its_day() -> None:
    mention = dates.first("2020-01-16T18:60:33+01:00")
    assert mention is not None
    when = mention.when("printed")
    assert when is not None
    assert when.value == "2020-01-16"
