"""Which items tell of one happening, and what they follow over years."""

from __future__ import annotations

from datetime import date, timedelta

from almoner.pipeline.model import Mention, MentionKind, Place
from almoner.pipeline.relate.stories import Member, Stories, choose
from almoner.pipeline.relate.threads import subjects_of
from almoner.pipeline.relate.traits import Trait, Usage, terms_of, trait

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


def test_what_looks_the_same_a_year_later_is_another_story() -> None:
    weights = {1: 0.8, 2: 0.6}
    other = {1: 0.5, 3: 0.75**0.5}
    old = Member(Trait(weights), date(2024, 3, 1))
    same = {7: [old]}
    assert choose(Member(Trait(other), date(2024, 3, 5)), same).story == 7
    assert choose(Member(Trait(other), old.day and old.day + timedelta(days=365)), same).story is None
    assert choose(Member(Trait(other)), same).story == 7


def test_item_never_goes_where_an_editor_took_it_out() -> None:
    member = Member(Trait({1: 1.0}))
    assert choose(member, {7: [member]}).likeness == 1.0
    assert choose(member, {7: [member]}, barred={7}).story is None
    assert choose(member, {}).story is None


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
