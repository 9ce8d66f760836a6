"""Guidance cited in an edition that another has replaced is found, by the date of the item."""

from __future__ import annotations

import pytest

from almoner.pipeline.model import Item
from tests.pipeline.readings import HELPLINE, SURVEY, dated_item, only_item, reading


def citing(words: str, line: str) -> Item:
    return dated_item(f"{HELPLINE}\n\n{words}\n\n{SURVEY}", line=line)


def messages(item: Item) -> list[str]:
    return [each.message for each in item.findings if each.code == "edition_superseded"]


def test_edition_that_was_replaced_is_found_with_the_one_in_force() -> None:
    (message,) = messages(
        citing("All staff must read KCSIE 2022 before they start.", "Posted 3 March 2025 by Alice Poole")
    )
    assert message == (
        "The 2022 edition of Keeping Children Safe in Education is cited; that of 2024 is in force from 2 September 2024."
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("All staff must read KCSIE 2024 before they start.", "Posted 3 March 2025 by Alice Poole"),
        ("All staff must read KCSIE 2023 before they start.", "Posted 30 August 2024 by Alice Poole"),
        ("All staff must read KCSIE before they start.", "Posted 3 March 2025 by Alice Poole"),
        ("KCSIE 2024 replaces KCSIE 2023 in all its parts.", "Posted 3 March 2025 by Alice Poole"),
        (
            "The court looked at KCSIE 2018, which was in force at the time.",
            "Posted 3 March 2025 by Alice Poole",
        ),
        ("All staff must read KCSIE 2022. KCSIE 2024 is here as well.", "Posted 3 March 2025 by Alice Poole"),
        (
            "The Care Act 2014 and the Children Act 1989 are on the list.",
            "Posted 3 March 2025 by Alice Poole",
        ),
    ],
)
def test_edition_that_holds_or_is_looked_back_upon_is_left_alone(words: str, line: str) -> None:
    assert messages(citing(words, line)) == []


def test_item_without_a_date_is_left_alone() -> None:
    assert messages(only_item(f"{HELPLINE}\n\nAll staff must read KCSIE 2018 before they start.\n")) == []


def test_date_of_the_briefing_stands_in_for_the_item_s() -> None:
    found = reading(
        "Tidewater Briefing - 18th November 2024\n\n"
        f"Policies to read\n\nAll staff must read KCSIE 2022 before they start. {HELPLINE}\n\n{SURVEY}\n\n"
        f"Ravens return to the cathedral\n\n{SURVEY}\n\n{HELPLINE}\n"
    )
    assert [message for item in found.items for message in messages(item)] != []
