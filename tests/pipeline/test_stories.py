"""Which items tell of one happening, and what they follow over years."""

from __future__ import annotations

from datetime import date, timedelta
from operator import mul

import pytest

from almoner.pipeline.model import Mention, MentionKind, Place
from almoner.pipeline.relate import meaning
from almoner.pipeline.relate.periods import period_of
from almoner.pipeline.relate.stories import Member, Stories, Told, settle
from almoner.pipeline.relate.threads import subjects_of
from almoner.pipeline.relate.traits import Trait, Usage, terms_of, trait
from tests.pipeline.stories_of_one_kind import OF_ONE_KIND

FERRY = (
    "Harbour Trust closes the evening ferry",
    "The Harbour Trust has stopped the evening ferry from Eastlea for a month. Two of the crew are ill with shingles.",
)
FERRY_AGAIN = (
    "No evening ferry from Eastlea until May",
    "Passengers must take a bus, since the Harbour Trust has no crew for its evening ferry: two are ill.",
)
SCHOOL = (
    "Inspectors praise Marram Primary",
    "Inspectors found Marram Primary School good in every respect and its safeguarding effective.",
)
OTHER_SCHOOL = (
    "Inspectors praise Saltby Infants",
    "Inspectors found Saltby Infants School good in every respect and its safeguarding effective.",
)


def test_two_reports_of_one_happening_are_one_story() -> None:
    known = Stories()
    first = known.add(*FERRY)
    assert known.add(*SCHOOL) != first
    assert known.add(*FERRY_AGAIN) == first


def test_two_happenings_of_one_kind_stay_apart() -> None:
    known = Stories()
    for name in ("Wick", "Holm", "Ardley", "Thorne", "Burton", "Penrose"):  # what inspectors always say
        known.add(
            f"Inspectors visit {name}",
            f"Inspectors found {name} School good in every respect and its safeguarding effective.",
        )
    assert known.add(*SCHOOL) != known.add(*OTHER_SCHOOL)


@pytest.mark.parametrize("kind", OF_ONE_KIND)
def test_different_happenings_of_one_kind_stay_apart(kind: str) -> None:
    one, other = OF_ONE_KIND[kind]
    known = Stories()
    assert known.add(*one) != known.add(*other)


def test_what_looks_the_same_a_year_later_is_another_story() -> None:
    one, other = Trait({1: 0.8, 2: 0.6}), Trait({1: 0.5, 3: 0.75**0.5})
    day = date(2024, 3, 1)
    old = Member(one, day)
    assert settle(Member(other, day + timedelta(days=4)), {7: [old]})[0].story == 7
    assert settle(Member(other, day + timedelta(days=365)), {7: [old]})[0].story is None
    assert settle(Member(other), {7: [old]})[0].story == 7


def test_item_never_goes_where_an_editor_took_it_out() -> None:
    member = Member(Trait(dict.fromkeys(range(9), 1 / 3)))
    (told,) = settle(member, {7: [member]})
    assert (told.story, told.members, told.has_new) == (7, ((7, 0),), True)
    assert told.likeness == pytest.approx(0.9)
    assert settle(member, {7: [member]}, barred={7}) == [Told(None, (), True)]
    assert settle(member, {}) == [Told(None, (), True)]


def test_item_between_two_stories_makes_them_one_but_for_those_an_editor_spoke_of() -> None:
    left, right = Member(Trait({1: 0.9, 2: 0.19**0.5})), Member(Trait({3: 0.9, 2: 0.19**0.5}))
    between = Member(Trait({1: 0.64, 3: 0.64, 2: 0.18**0.5}))
    apart: dict[int, list[Member]] = {7: [left], 8: [right, right]}
    (joined,) = settle(between, {7: [left], 8: [left, right]})
    assert joined.has_new
    assert sorted(joined.members) == [(7, 0), (8, 0), (8, 1)]
    changed = settle(between, apart, fixed={7, 8})
    assert len(changed) == 1
    assert changed[0].story in (7, 8)


def test_early_mistake_is_mended_when_more_is_known() -> None:
    """Two ferries were taken for one happening, until each has reports of its own."""
    north, south = Member(Trait({1: 0.92, 9: 0.39})), Member(Trait({2: 0.92, 9: 0.39}))
    mended = settle(north, {7: [south, north, south]})
    assert {frozenset(told.members): told.has_new for told in mended} == {
        frozenset({(7, 0), (7, 2)}): False,
        frozenset({(7, 1)}): True,
    }
    assert {told.story for told in mended} == {7, None}
    (whole,) = settle(north, {7: [south, north, south]}, fixed={7})
    assert (whole.story, len(whole.members)) == (7, 3)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Referrals, March 2025", "Referrals, April 2025", True),
        ("Absence in 2024", "Absence in 2025", True),
        ("Bulletin no. 12", "Bulletin No 13", True),
        ("Open day on 3 May", "Open day on 4 May 2025", False),
        ("Schools may close", "March for children in April 2025", False),
        ("Figures for 2024 and 2025", "Figures for 2025", False),
    ],
)
def test_titles_of_two_periods_are_of_two_happenings(one: str, other: str, apart: bool) -> None:
    assert period_of(one).is_other_than(period_of(other)) is apart
    assert period_of(other).is_other_than(period_of(one)) is apart


def test_likeness_of_many_terms_is_worth_more_than_the_same_of_few() -> None:
    def worth(*weights: float) -> float:
        one = Trait(dict(enumerate(weights)))
        return one.agreement(one)

    assert worth(1.0) == pytest.approx(0.5)
    assert worth(0.5, 0.5, 0.5, 0.5) == pytest.approx(0.8)
    assert (
        worth(0.5**0.5, 0.5**0.5) > worth(0.99, 0.01) > worth(1.0)
    )  # one that weighs next to nothing adds as little
    assert Trait({1: 1.0}).agreement(Trait({2: 1.0})) == 0.0


def test_rarity_of_a_word_is_learnt() -> None:
    usage = Usage()
    terms = terms_of("Ferry", "The ferry was full of ravens.")
    before = trait(terms, usage)
    for _ in range(500):
        usage.learn(terms_of("", "ravens everywhere"))
    after = trait(terms, usage)
    raven = next(iter(terms_of("", "ravens")))
    assert after.weights[raven] < before.weights[raven]


def test_empty_text_is_like_nothing() -> None:
    empty = trait(terms_of("", ""), Usage())
    assert not empty.weights
    assert empty.likeness(empty) == 0.0


def test_meaning_counts_where_both_have_one() -> None:
    one, other = {1: 1.0}, {2: 1.0}
    assert Trait(one).likeness(Trait(other, meaning=(1.0, 0.0))) == 0.0
    assert 0 < Trait(one, meaning=(1.0, 0.0)).likeness(Trait(other, meaning=(1.0, 0.0))) < 1
    assert Trait(one, meaning=(1.0, 0.0)).likeness(Trait(other, meaning=(-1.0, 0.0))) == 0.0


@pytest.mark.skipif(not meaning.of("a", "word"), reason="wordllama has no wheel for this machine")
def test_same_thing_in_other_words_has_a_like_meaning() -> None:
    def like(one: str, other: str) -> float:
        return float(sum(map(mul, meaning.of(one, ""), meaning.of(other, ""))))

    free = like("Llamas set loose at night", "Animals freed from a farm")
    assert free > 2 * like("Llamas set loose at night", "Council raises parking fees")
    assert like("Ferry stops", "Ferry stops") == pytest.approx(1.0)


def test_meaning_of_nothing_is_empty_and_of_strange_letters_is_no_error() -> None:
    assert meaning.of("", "") == ()
    assert meaning.of("?!", "…") == ()
    assert len(meaning.of("Łódź 家 zzzqqqx", "\x00\ud800")) in (0, meaning.LENGTH)


def mention(known: str, name: str, count: int, printed: str = "", kind: str = "guidance") -> Mention:
    return Mention(MentionKind(kind), known, name, printed or name, Place(), None, count)


def test_item_follows_what_it_names_in_its_title_or_often() -> None:
    kcsie = mention("kcsie", "Keeping Children Safe in Education", 1, "KCSIE")
    assert [each.id for each in subjects_of("KCSIE is out", "", [kcsie])] == ["kcsie"]
    assert subjects_of("Ferries", "As KCSIE has it.", [kcsie]) == ()
    often = mention("kcsie", "Keeping Children Safe in Education", 2)
    assert [each.name for each in subjects_of("Ferries", "", [often])] == [often.name]
    assert subjects_of("Dover", "", [mention("E07000108", "Dover", 9, kind="place")]) == ()


def test_strategy_that_is_only_promised_has_its_thread_already() -> None:
    text = "Ministers will publish a first national strategy on child sexual abuse. It is late."
    assert [each.id for each in subjects_of("Report on families", text, [])] == ["csa-strategy"]
    work = mention("csa-strategy", "Tackling Child Sexual Abuse Strategy", 3)
    assert [each.id for each in subjects_of("", "", [work])] == ["csa-strategy"]
    assert subjects_of("Report", "A strategy is needed. Child sexual abuse is hidden.", []) == ()
