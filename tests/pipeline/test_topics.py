"""What items are about, and why."""

from __future__ import annotations

import pytest

from almoner.pipeline.extract.topics import MOST, topics_of


def ids(title: str, text: str = "") -> list[str]:
    return [found.topic for found in topics_of(title, text)]


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Two children found during a county lines raid", "county-lines"),
        ("New rules for taxi licensing", "taxi"),
        ("What a LADO does", "allegations"),
        ("DoLS: what will change", "dols"),
        ("Children’s homes and the register", "childrens-homes"),
        ("Peer-on-peer abuse is called something else now", "child-on-child-abuse"),
        ("Grooming gangs: the audit", "sexual-exploitation"),
    ],
)
def test_topic_is_known_by_name_abbreviation_former_name_and_plural(title: str, topic: str) -> None:
    assert ids(title) == [topic]


@pytest.mark.parametrize(
    "title",
    [
        "Missing data in the annual return",
        "Adoption of the new minutes",
        "A neglected topic: our noticeboard",
        "Protect your plants from the frost",
        "Teachers meet on Friday",
        "he sent us a cse of apples",
    ],
)
def test_words_that_mean_something_else_give_no_topic(title: str) -> None:
    assert ids(title) == []


def test_title_weighs_more_than_the_text() -> None:
    found = topics_of("Self-neglect: where to begin", "Housing officers asked about stalking.")
    assert found[0].topic == "self-neglect"
    assert found[0].score > found[-1].score


def test_a_passing_mention_beside_a_subject_in_the_title_is_left_out() -> None:
    text = "Forced marriage is a crime. Forced marriages are planned abroad, too. The office also hears of stalking."
    assert ids("Forced marriage: who to call", text) == ["forced-marriage"]


def test_a_name_far_down_a_long_text_is_not_what_it_is_about() -> None:
    far = "The hall was painted and the garden tidied. " * 120 + "Somebody mentioned knife crime."
    assert ids("The hall is open again", far) == []
    assert ids("The hall is open again", "Somebody mentioned knife crime.") == ["knife-crime"]


def test_hints_count_only_beside_others() -> None:
    assert ids("A letter", "Teachers wrote it.") == []
    assert ids("A letter", "A headteacher asked teachers and pupils of the school to read it.") == [
        "education"
    ]


def test_broader_topic_is_named_only_where_it_is_far_surer() -> None:
    assert ids("Child sexual exploitation and sexual abuse") == ["sexual-exploitation"]
    assert ids("Adult safeguarding", "A care home asked.") == ["adult-safeguarding", "care-homes"]


def test_longest_name_wins_and_hides_those_inside_it() -> None:
    assert ids("Online child sexual abuse") == ["online-sexual-abuse"]


def test_names_do_not_reach_over_the_end_of_a_sentence() -> None:
    assert ids("It was late. Child. Sexual abuse") == ["sexual-abuse"]
    assert ids("They had to run away. From home they took nothing", "") == []


def test_capitals_make_no_abbreviations_of_a_shouted_title() -> None:
    assert ids("SEND US YOUR VIEWS") == []
    assert ids("SEND and school") == ["send"]


def test_why_quotes_the_words_and_says_where_they_stand() -> None:
    (found,) = topics_of("FGM: a duty", "FGM is a crime. FGM is not required by any faith.")
    assert found.why == "“FGM” in the title; “FGM” in the opening, 2 times"


def test_item_about_everything_gets_no_more_than_the_limit() -> None:
    title = "Bullying, spiking, stalking, fostering, FGM, suicide, bereavement, gaming, hoarding and taxis"
    assert len(topics_of(title, "")) == MOST


@pytest.mark.parametrize("text", ["", "\x00", "’’’", "?" * 10_000, "🙂" * 5_000, "child " * 20_000])
def test_odd_text_is_no_topic_and_no_fault(text: str) -> None:
    assert topics_of(text, text) == ()
