"""Metadata lines: labels, the values behind them, and little else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.lines import dates, labels, metadata
from almoner.pipeline.lines.dates import DateMention
from almoner.pipeline.lines.metadata import Metadata


def value(mention: DateMention | None) -> str | None:
    when = mention.when("") if mention is not None else None
    return when.value if when is not None else None


def said(line: str) -> dict[str, object]:
    """What the line says, without what it does not say."""
    found = metadata.read(line)
    assert isinstance(found, Metadata), f"no metadata line: {line}"
    every = {
        "published": value(found.published),
        "updated": value(found.updated),
        "added": value(found.added),
        "source": found.source,
        "author": found.author,
        "byline": found.byline,
        "categories": found.categories,
        "relative": found.relative,
    }
    return {name: thing for name, thing in every.items() if thing}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Source: Harbour Trust published on this website Wednesday 9 April 2025 by Alice Poole",
            {"source": "Harbour Trust", "published": "2025-04-09", "byline": "Alice Poole"},
        ),
        (
            "published on this site December 21st 2012 published on this site by Alice Poole",
            {"published": "2012-12-21", "byline": "Alice Poole"},
        ),
        (
            "Posted April 18th, 2019 in Online Safety, Training by alicep",
            {"published": "2019-04-18", "categories": ("Online Safety", "Training"), "byline": "alicep"},
        ),
        (
            "Added: 17/08/2020 at 9:21 am Category: Health/Wellbeing, Safeguarding",
            {"added": "2020-08-17T09:21+01:00", "categories": ("Health/Wellbeing", "Safeguarding")},
        ),
        (
            "From: Ministry of Tides. Published 3 May 2023",
            {"source": "Ministry of Tides", "published": "2023-05-03"},
        ),
        ("Date: 12/03/2024", {"published": "2024-03-12"}),
        ("12 March 2024", {"published": "2024-03-12"}),
        ("Wednesday 3 April 2025", {"published": "2025-04-03"}),
        ("12 March 2024 | News", {"published": "2024-03-12", "categories": ("News",)}),
        (
            "News | 12 March 2024 | Alice Poole",
            {"published": "2024-03-12", "categories": ("News",), "author": "Alice Poole"},
        ),
        ("Harbour Trust, 12 March 2024", {"source": "Harbour Trust", "published": "2024-03-12"}),
        ("Published: 12 March 2024 Updated: 14 March 2024", {"published": "2024-03-12", "updated": "2024-03-14"}),
        ("Published 12 March 2024. Last updated 14 March 2024.", {"published": "2024-03-12", "updated": "2024-03-14"}),
        ("Last updated on 14 March 2024", {"updated": "2024-03-14"}),
        ("By Alice Poole", {"author": "Alice Poole"}),
        ("By Alice Poole, education reporter", {"author": "Alice Poole"}),
        ("By Alice Poole | 12 March 2024", {"author": "Alice Poole", "published": "2024-03-12"}),
        (
            "Written by Alice Poole and Bob Marsh on 12 March 2024",
            {"author": "Alice Poole and Bob Marsh", "published": "2024-03-12"},
        ),
        (
            "Posted by alicep on 12 March 2024 at 10:15",
            {"byline": "alicep", "published": "2024-03-12T10:15+00:00"},
        ),
        ("Reading time: 4 minutes | 12 March 2024", {"published": "2024-03-12"}),
        ("Categories: Health, Training", {"categories": ("Health", "Training")}),
        ("Filed under: Online Safety", {"categories": ("Online Safety",)}),
        ("Author: Rowan Vale", {"author": "Rowan Vale"}),
        ("3 days ago", {"relative": "3 days ago"}),
        ("Yesterday", {"relative": "Yesterday"}),
    ],
)  # fmt: skip
def test_line_says_what_its_labels_govern(line: str, expected: dict[str, object]) -> None:
    assert said(line) == expected


@pytest.mark.parametrize("printed", ["31/02/2020", "29/02/2019", "00/00/0000"])
def test_impossible_date_is_kept_as_printed(printed: str) -> None:
    found = metadata.read(f"Posted on {printed} by Alice Poole")
    assert found is not None
    assert found.byline == "Alice Poole"
    assert found.published is not None
    assert found.published.as_printed == printed
    assert found.published.when("") is None


def test_doubtful_date_keeps_its_doubt() -> None:
    found = metadata.read("Posted 1/2/20")
    assert found is not None
    assert found.published is not None
    assert found.published.doubt


@pytest.mark.parametrize(
    "line", ["Deadline: 12 March 2024", "Closing date: 12 March 2024", "Event date: 12 March 2024"]
)
def test_deadline_is_no_publication(line: str) -> None:
    assert said(line) == {}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The board met on 12 March 2024 and agreed a plan for the schools of the district.",
        "On 12 March 2024 the board met.",
        "The end was on 12 March 2024.",
        "In Leeds, a trial began on 12 March 2024",
        "Source of funding for the new helpline",
        "12 March 2024: New guidance on visits to schools",
        "By the end of the year",
        "By Monday",
        "Article reported by Rowan Vale for the Courier.",
        "A plain title of an item",
        "Posted 12 March 2024 " + "in a long sentence that goes on and on " * 12,
    ],
)  # fmt: skip
def test_prose_titles_and_entries_are_no_metadata(line: str) -> None:
    assert metadata.read(line) is None


def test_lines_of_one_shape_have_the_same_labels() -> None:
    one = metadata.read("Posted April 18th, 2019 in Training by alicep")
    other = metadata.read("Posted May 2nd, 2020 in Online Safety, Health by bobm")
    third = metadata.read("Last updated 2 May 2020")
    assert one is not None
    assert other is not None
    assert third is not None
    assert one.labels == other.labels != third.labels


@given(st.text(max_size=320))
def test_any_line_is_taken_apart_without_error(line: str) -> None:
    found = metadata.read(line)
    assert found is None or len(line.strip()) <= metadata.MAX_LENGTH + 100


@pytest.mark.parametrize(
    "label",
    [
        "Filed under", "Closing date", "Page updated", "Date added", "Originally published", "Publication date",
        "Words by", "Catalogued", "Tagged with", "Estimated reading time", "Week commencing", "W/C",
        "Keywords", "ISBN", "Applies to",
    ],
)  # fmt: skip
def test_label_is_found_wherever_one_can_begin(label: str) -> None:
    for before in ("", "9 April 2025 | ", "News • "):
        line = f"{before}{label}: Rowan Vale"

        found = labels.find(line, dates.mentions(line))

        assert [(one.start, line[one.end :]) for one in found if one.end > len(before)] == [
            (len(before), "Rowan Vale")
        ]
