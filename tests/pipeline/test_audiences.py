"""Whom items concern: those they address, not those they only speak of."""

from __future__ import annotations

import pytest

from almoner.pipeline.extract.audiences import MOST, audiences_of
from almoner.pipeline.extract.topics import topics_of
from almoner.pipeline.taxonomy.audiences import AudienceKind, audiences, concerned, sectors_of
from almoner.pipeline.taxonomy.entries import table
from almoner.pipeline.taxonomy.topics import topics


def ids(title: str, text: str = "") -> set[str]:
    return {found.audience for found in audiences_of(title, text)}


@pytest.mark.parametrize(
    ("title", "audience"),
    [
        ("A new toolkit for school governors", "governors"),
        ("Housing associations must keep a register of falls", "housing"),
        ("Duties on tech companies begin in March", "online-services"),
        ("GPs are reminded to ask twice", "health"),
        ("Employers: what a barred list is", "recruiters"),
        ("Advice for DSLs before the holidays", "safeguarding-leads"),
        ("A leaflet for young carers", "young-people"),
        ("Council urges taxi firms to train their drivers", "licensing"),
        ("Funding for colleges", "schools"),
    ],
)
def test_those_who_are_addressed_are_concerned(title: str, audience: str) -> None:
    assert audience in ids(title)


@pytest.mark.parametrize(
    "title",
    [
        "Two schools closed after a flood",
        "Police arrested a teacher at the station",
        "Children must be heard, says the judge",
        "Support for victims was cut by a third",
        "Training for everyone who works with children",
        "The gps of the van was broken",
        "Nurses on strike",
    ],
)
def test_those_who_are_only_spoken_of_are_not(title: str) -> None:
    assert ids(title) == set()


def test_all_in_a_list_are_addressed_together_and_no_further() -> None:
    text = "The guide is written for schools, youth clubs and foster carers. Hospitals were not asked."
    assert ids("A guide", text) == {"schools", "youth-work", "foster-carers"}


def test_name_that_hardly_stands_elsewhere_needs_nobody_to_address_it() -> None:
    assert "safeguarding-leads" in ids("What designated safeguarding leads say")


def test_topic_in_the_title_and_work_in_the_title_say_whom_it_concerns() -> None:
    title = "Private hire: what the register shows"
    assert {found.audience for found in audiences_of(title, "", topics=topics_of(title, ""))} == {"licensing"}
    found = audiences_of("KCSIE is out", "", works=["kcsie"])
    assert [each.audience for each in found] == ["schools", "safeguarding-leads"]
    assert found[0].why == "the guidance in its title"


def test_one_sentence_far_down_a_long_text_is_not_enough() -> None:
    far = "The hall was painted and the garden tidied.\n" * 60 + "Councils should look at their roofs."
    assert ids("The hall is open again", far) == set()
    assert ids("The hall is open again", "Councils should look at their roofs.") == {"councils"}


def test_reason_quotes_the_words_that_address() -> None:
    [found] = audiences_of("News", "The board reminds youth workers to lock the door.")
    assert found.why == "“reminds youth workers” in the opening"


def test_no_item_is_for_everybody() -> None:
    named = ", ".join(audience.names[0].rstrip("?") for audience in audiences().values())
    assert len(audiences_of("A guide", f"A guide for {named}.")) == MOST


def test_table_of_audiences_holds_together() -> None:
    works = {row["id"] for row in table("works.csv")}
    for audience in audiences().values():
        assert audience.scope
        assert audience.names
        assert audience.topics <= topics().keys()
        assert audience.works <= works
        assert all(audiences()[sector].kind is AudienceKind.SECTOR for sector in sectors_of(audience.id))
        assert not audience.broader or audience.kind is not AudienceKind.PEOPLE
        if audience.kind is AudienceKind.PEOPLE:
            assert all(name.endswith("?") for name in audience.names), "people are spoken of everywhere"


def test_narrower_topics_concern_whom_the_broader_ones_do() -> None:
    assert "schools" in concerned(["exclusion"])
    assert concerned(["taxi"]) == ("licensing",)
    assert concerned([]) == ()
