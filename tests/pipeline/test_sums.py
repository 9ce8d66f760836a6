"""Figures that contradict each other are found; figures that may both be right are left alone."""

from __future__ import annotations

import pytest

from almoner.pipeline.extract.findings.sums import disagreement
from tests.pipeline.readings import HELPLINE, SURVEY, dated_item


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Of 120 children, 70 girls and 40 boys took part.", ("120", "110")),
        ("The club has 120 members, 70 women and 45 men.", ("120", "115")),
        ("The 1,200 pupils (700 girls and 400 boys) were asked.", ("1,200", "1,100")),
        ("Ninety children, fifty girls and thirty boys, came by bus.", ("Ninety", "80")),
        ("There were 45 referrals: 20 from schools, 15 from health and 12 from the police.", ("45", "47")),
        ("The panel heard 30 cases, made up of 12 new reviews and 17 old reviews.", ("30", "29")),
        ("In the end 12 of 48 (40%) schools had no lead.", ("25%", "40%")),
        ("In the end 12 of the 48 schools (40%) had no lead.", ("25%", "40%")),
        ("In the end 12 out of 48 schools, or 40%, had no lead.", ("25%", "40%")),
        ("In the end 12 (40%) of the 48 schools had no lead.", ("25%", "40%")),
        ("In the end 40 per cent (12 of 48) had no lead.", ("25%", "40%")),
        ("They spoke to 40 pupils, of whom 52 were new to the school.", ("40", "52")),
        ("The survey says that 60% were girls and 30% were boys.", ("90%",)),
        ("The survey says that 60% were female and 55% male.", ("115%",)),
        ("Asked about it, 40% said yes, 35% said no and 10% did not know.", ("85%",)),
        ("Most had left home (61%), but 16% of the total had left a care home.", ("16%", "61%")),
    ],
)
def test_figures_that_contradict_each_other_are_found_with_their_numbers(
    sentence: str, numbers: tuple[str, ...]
) -> None:
    message = disagreement(sentence)
    assert message is not None
    assert [number for number in numbers if number not in message] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Of 120 children, 70 girls and 50 boys took part.",
        "Of 120 children, 70 girls and 40 boys took part; the sex of ten was not recorded.",
        "Of about 120 children, 70 girls and 40 boys took part.",
        "Of 120 children, 70 were girls and 40 had been there before.",
        "In 2019, 70 girls and 40 boys took part.",
        "There were 45 referrals: 20 from schools, 15 from health and 10 from the police.",
        "There were 45 referrals, including 20 from schools and 12 from the police.",
        "The scheme has 4 parts: 3 for those with a pension age of 60 and one for all others.",
        "In the end 12 of 48 (25%) schools had no lead.",
        "In the end 16 of the 48 schools (33%) had no lead, and 32 (67%) had one.",
        "In the end 17 of 48 (35.4%) had no lead.",
        "In the end 12 of 48 (a rise of 40%) had no lead.",
        "Since 5 of 2019 (40%) nothing was heard.",
        "They spoke to 40 pupils, of whom 12 were new to the school.",
        "More girls (60%) than boys (30%) felt unsafe.",
        "There, 60% of girls and 30% of boys felt unsafe.",
        "The survey says that 60% were girls and 40% were boys.",
        "The survey says that 60% were girls and 35% were boys, and others did not say.",
        "Asked about it, 40% said yes, 35% said no and 25% did not know.",
        "Asked about it, 40% said yes and 35% said no.",
        "Exploited children are mostly boys (93%) aged 15 to 17 (80%); under-14s (20%) can be involved too.",
        "Most were missing from home (84%), but 16% of the total were missing from a care home.",
        "A total of 1,882 arrests were made, and 391 weapons, including 38 firearms, were found.",
    ],
)
def test_figures_that_may_all_be_right_are_left_alone(sentence: str) -> None:
    assert disagreement(sentence) is None


def test_finding_stands_at_its_line() -> None:
    item = dated_item(
        f"{HELPLINE}\n\n{SURVEY}\n\nOf 120 children, 70 girls and 40 boys took part in the course."
    )
    (found,) = item.findings
    assert found.code == "figures_disagree"
    assert found.place.first_line == 9
