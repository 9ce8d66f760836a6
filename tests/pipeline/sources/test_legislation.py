"""legislation.gov.uk watched: its feeds say what is new, and each law is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from almoner.pipeline.errors import TooLarge
from almoner.pipeline.parse.legislation import markup
from tests.pipeline.golden import FOLDER
from tests.pipeline.sources.site import Site, titles

HOME = "https://www.legislation.gov.uk"
FEED = f"{HOME}/new/data.feed"
LAW = f"{HOME}/uksi/2026/9901/made/data.xml"
TITLE = "The Invented Clubs (Registers & Checks) Regulations 2026"


def feed(updated: str = "2026-10-09T10:00:00Z", following: str = "") -> str:
    further = f'<link rel="next" href="{following}"/>' if following else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>New legislation</title>{further}<entry><id>'
        "http://www.legislation.gov.uk/id/uksi/2026/9901</id><title>The Invented Clubs Regulations 2026</title>"
        f'<link href="http://www.legislation.gov.uk/uksi/2026/9901/made"/><updated>{updated}</updated>'
        "<published>2026-10-08T00:00:00Z</published><summary>Registers for clubs.</summary></entry></feed>"
    )


def site() -> Site:
    return Site("legislation", {FEED: feed(), LAW: Path(FOLDER / "legislation/regulations.xml").read_bytes()})


def test_a_law_is_read_whole_with_its_dates_and_its_extent() -> None:
    there = site()
    (item,) = there.check(FEED).gathered[1].items
    assert there.asked == [FEED, LAW]
    assert (item.title, item.kind, item.link) == (
        TITLE,
        "guidance",
        "http://www.legislation.gov.uk/uksi/2026/9901/made",
    )
    assert item.published
    assert item.published.value == "2026-10-05"
    assert item.effective
    assert item.effective.value == "2027-01-01"
    assert item.applies_to == ("England", "Wales")
    assert "Duty to keep a register" in item.text
    assert "1.—(1) These Regulations may be cited" in item.text
    assert "Not part of the text" not in item.text


def test_a_law_is_asked_for_again_only_when_the_feed_marks_it() -> None:
    there = site()
    there.check(FEED)
    there.check(FEED)
    assert there.asked == [FEED]
    there.pages[FEED] = feed("2026-11-19T10:00:00Z")
    assert titles(there.check(FEED)) == [TITLE]


def test_a_law_that_cannot_be_had_is_kept_as_the_feed_shows_it() -> None:
    there = site()
    there.pages[LAW] = TooLarge(LAW, "fetch", "is over 16,384 KiB.")
    found = there.check(FEED)
    assert titles(found) == ["The Invented Clubs Regulations 2026"]
    assert found.gathered[0].items[0].kind == "guidance"
    there.check(FEED)
    assert there.asked == [FEED]


def test_the_feed_s_next_page_is_read_while_there_is_news() -> None:
    there = site()
    there.pages[FEED] = feed(following="http://www.legislation.gov.uk/new/data.feed?page=2")
    there.pages[f"{FEED}?page=2"] = feed().replace("9901", "9900")
    there.check(FEED)
    assert there.asked[:2] == [FEED, f"{FEED}?page=2"]
    there.check(FEED)
    assert there.asked == [FEED]


def test_entries_that_lead_elsewhere_are_never_fetched() -> None:
    there = site()
    there.pages[FEED] = feed().replace("http://www.legislation.gov.uk/uksi", "http://10.0.0.1/uksi")
    assert titles(there.check(FEED)) == ["The Invented Clubs Regulations 2026"]
    assert there.asked == [FEED]


@pytest.mark.parametrize(
    "inside",
    ["<Contents>" + "<a>" * 30_000, "<Metadata>" + "<DateTime Date='2026-01-01'>" * 30_000, "<Body>" + "<Text>" * 30_000,
     "<Body>" + "<BlockAmendment>" * 30_000, "<Body><Text>" + "&" * 30_000, "<Metadata>" + "<subject>" * 30_000],
)  # fmt: skip
def test_laws_that_are_nested_without_end_are_read_in_time(inside: str) -> None:
    reader = markup.read_law(f"<Legislation>{inside}")
    assert [code for code, _ in reader.findings] == ["markup_mended"]


def test_a_single_law_can_be_watched() -> None:
    assert titles(site().check(LAW)) == [TITLE]
