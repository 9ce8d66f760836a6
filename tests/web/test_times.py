"""Times in words: in UK form, and no more exact than they were printed."""

from __future__ import annotations

import pytest

from almoner.records.catalogue.times import in_words, span_in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025", "2025"),
        ("2025-04", "April 2025"),
        ("2025-04-09", "9 April 2025"),
        ("2020-08-17T09:21+01:00", "17 August 2020 at 9:21am"),
        ("2020-08-17T08:21+00:00", "17 August 2020 at 9:21am"),  # said in London, where it was summer
        ("2018-11-01T13:15+00:00", "1 November 2018 at 1:15pm"),
        ("2018-11-01T12:00", "1 November 2018 at 12pm"),
        ("2018-11-01T00:05", "1 November 2018 at 12:05am"),
        ("this month", "this month"),
        ("2025-02-30", "2025-02-30"),
        ("", ""),
    ],
)
def test_time_is_written_as_exactly_as_it_was_printed(value: str, words: str) -> None:
    assert in_words(value) == words


def test_day_can_say_its_weekday_but_a_month_cannot() -> None:
    assert in_words("2025-04-09", weekday=True) == "Wednesday 9 April 2025"
    assert in_words("2025-04", weekday=True) == "April 2025"


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2025-05-14", "", "Wednesday 14 May 2025"),
        ("2025-05-14", "2025-05-14", "Wednesday 14 May 2025"),
        ("2025-05-14", "2025-05-15", "Wednesday 14 May 2025 to Thursday 15 May 2025"),
        ("2025-05-14T16:00", "2025-05-14T17:30", "Wednesday 14 May 2025 at 4pm to 5:30pm"),
        (
            "2025-05-14T16:00",
            "2025-05-15T09:00",
            "Wednesday 14 May 2025 at 4pm to Thursday 15 May 2025 at 9am",
        ),
    ],
)
def test_span_does_not_say_a_day_twice(starts: str, ends: str, words: str) -> None:
    assert span_in_words(starts, ends) == words
