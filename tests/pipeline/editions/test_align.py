"""Which paragraph became which."""

from __future__ import annotations

import pytest

from almoner.pipeline.editions.align import align
from almoner.pipeline.editions.model import Match
from tests.pipeline.editions.builders import edition
from tests.pipeline.editions.generator import editions


def fates(old: list[str], new: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...], str, bool]]:
    matches = align(edition(old).paragraphs, edition(new).paragraphs)
    return [(one.olds, one.news, one.fate.value, one.moved) for one in matches]


LEAD = "1. The lead keeps a record of every concern and of what was done about it."
VISIT = "2. Visitors sign in at the gate and wear a badge while they are in the building."
TRAIN = "3. Staff are trained once a year, and whenever the law or this policy changes."
CALL = "4. Whoever is worried about a child tells the lead on the same day, in person or by telephone."


def test_align_of_equal_editions_pairs_each_with_itself() -> None:
    assert fates([LEAD, VISIT, TRAIN], [LEAD, VISIT, TRAIN]) == [
        ((n,), (n,), "same", False) for n in range(3)
    ]


def test_align_pairs_by_words_and_not_by_numbers() -> None:
    new = [LEAD, "2. Doors are locked after nine.", VISIT.replace("2.", "3."), TRAIN.replace("3.", "4.")]
    assert fates([LEAD, VISIT, TRAIN], new) == [
        ((0,), (0,), "same", False),
        ((), (1,), "added", False),
        ((1,), (2,), "same", False),
        ((2,), (3,), "same", False),
    ]


def test_align_puts_what_was_removed_where_it_stood() -> None:
    assert fates([LEAD, VISIT, TRAIN], [LEAD, TRAIN])[1] == ((1,), (), "removed", False)


def test_align_finds_what_moved_and_was_edited() -> None:
    moved = CALL.replace("in person or by telephone", "in person")
    found = fates([CALL, LEAD, VISIT, TRAIN], [LEAD, VISIT, TRAIN, moved])
    assert found[-1] == ((0,), (3,), "edited", True)


def test_align_finds_a_paragraph_split_in_two() -> None:
    first, second = (
        "1. Doors are locked after nine in the morning.",
        "Keys are held by the caretaker and by nobody else.",
    )
    assert fates([f"{first} {second}", LEAD], [first, f"2. {second}", LEAD])[0] == (
        (0,),
        (0, 1),
        "split",
        False,
    )


def test_align_finds_two_paragraphs_merged_into_one() -> None:
    first, second = (
        "1. Doors are locked after nine in the morning.",
        "Keys are held by the caretaker and by nobody else.",
    )
    assert fates([first, f"2. {second}", LEAD], [f"{first} {second}", LEAD])[0] == (
        (0, 1),
        (0,),
        "merged",
        False,
    )


def test_align_of_reversed_editions_keeps_every_paragraph() -> None:
    texts = [LEAD, VISIT, TRAIN, CALL]
    found = fates(texts, texts[::-1])
    assert sorted(olds for olds, _, _, _ in found) == [(0,), (1,), (2,), (3,)]
    assert {fate for _, _, fate, _ in found} == {"same"}


def test_align_of_two_different_documents_pairs_nothing() -> None:
    assert {
        fate for _, _, fate, _ in fates([LEAD, VISIT], ["1. Bread rises slowly.", "2. Butter melts."])
    } == {
        "added",
        "removed",
    }


def links(matches: tuple[Match, ...]) -> set[tuple[int, int]]:
    return {(old, new) for one in matches for old in one.olds for new in one.news}


@pytest.mark.parametrize("share", [0.05, 0.15, 0.3])
def test_align_of_invented_editions_finds_what_was_done(share: float) -> None:
    found = right = there = 0
    for seed in range(12):
        made = editions(seed, share=share)
        got = links(align(edition(made.old).paragraphs, edition(made.new).paragraphs))
        found += len(got)
        there += len(made.links)
        right += len(got & made.links)
    assert 2 * right / (found + there) >= 0.98


def test_every_paragraph_is_in_exactly_one_match() -> None:
    for seed in range(20):
        made = editions(seed, share=0.5)
        matches = align(edition(made.old).paragraphs, edition(made.new).paragraphs)
        assert sorted(index for one in matches for index in one.olds) == list(range(len(made.old)))
        assert sorted(index for one in matches for index in one.news) == list(range(len(made.new)))


@pytest.mark.parametrize("emptied", ["3.—…", "3. [Not used]", "3. …", "3. Repealed."])
def test_align_knows_a_paragraph_of_which_only_the_number_is_left(emptied: str) -> None:
    added = "2. Doors are locked after nine."
    found = fates([LEAD, VISIT, TRAIN, CALL], [LEAD, added, emptied, CALL])
    assert found[2:] == [
        ((1,), (), "removed", False),
        ((2,), (2,), "edited", False),
        ((3,), (3,), "same", False),
    ]
    assert fates([LEAD, emptied, CALL], [LEAD, TRAIN, CALL])[1] == ((1,), (1,), "edited", False)


def test_align_does_not_take_an_emptied_number_for_another() -> None:
    found = fates([LEAD, VISIT, TRAIN], [LEAD, "4. …", TRAIN])
    assert [fate for _, _, fate, _ in found] == ["same", "added", "removed", "same"]
    moved = fates([LEAD, TRAIN, VISIT, CALL], [LEAD, "3. …", VISIT, CALL, TRAIN.replace("3.", "5.")])
    assert ((1,), (4,), "same", True) in moved
