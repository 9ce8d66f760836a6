"""Items that announce an edition of a guidance document are told from those that only speak of it."""

from __future__ import annotations

import pytest

from almoner.pipeline.extract.mentions.announcements import Says, announcements


@pytest.mark.parametrize(
    ("title", "text", "year", "says", "since"),
    [
        ("KCSIE 2026 for information", "", "2026", Says.INFORMATION, ""),
        ("Keeping Children Safe in Education 2026 published", "", "2026", Says.OUT, ""),
        ("News for schools", "The DfE has published KCSIE 2026.", "2026", Says.OUT, ""),
        (
            "What changes in autumn",
            "The new term is near. KCSIE 2026 comes into force on 1 September 2026. Read it.",
            "2026",
            Says.IN_FORCE,
            "2026-09-01",
        ),
        ("Consultation on proposed changes to KCSIE 2027", "", "2027", Says.DRAFT, ""),
        ("Working Together to Safeguard Children has been updated", "", "", Says.OUT, ""),
        ("KCSIE 2019 withdrawn", "", "2019", Says.WITHDRAWN, ""),
    ],
)
def test_announcement_is_found_with_what_it_says(
    title: str, text: str, year: str, says: Says, since: str
) -> None:
    (found,) = announcements(title, text)
    assert (found.year, found.says, found.since) == (year, says, since)
    assert found.sentence in f"{title}\n{text}"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Training for governors", "All staff must read KCSIE 2025 before they start."),
        ("Inspectors visit Ravelstoke", "They asked how the school follows KCSIE."),
        ("Harbour safety updated", "The harbour master has published new rules."),
        ("A long report", "Much was said at the meeting. " * 60 + "KCSIE 2026 was published."),
    ],
)
def test_item_that_only_speaks_of_guidance_announces_nothing(title: str, text: str) -> None:
    assert announcements(title, text) == ()


def test_title_and_text_of_one_work_are_one_announcement_the_fuller_one() -> None:
    (found,) = announcements("KCSIE updated", "KCSIE 2026 comes into force on 1 September 2026.")
    assert (found.year, found.since) == ("2026", "2026-09-01")
