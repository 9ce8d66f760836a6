"""Near copies, excerpts and round-ups; which of several copies is the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.relate.comparison import Standing, compare
from almoner.pipeline.relate.marks import MOST, RUN, WINDOW, marks
from almoner.pipeline.relate.near import Copies
from almoner.pipeline.relate.original import Witness, original

FERRY = (
    "The harbour trust has closed the evening ferry for a month after two crew members fell ill. Passengers who "
    "hold season tickets will be paid back in full, and a bus will run from the old customs house every hour. "
    "The trust said that it had no other crew with the right papers, and that it was sorry for the short notice."
)
CHOIR = (
    "A choir of sixty children sang on the steps of the library on Saturday to thank the readers who had raised "
    "money for its roof. The work took nine months and cost less than was feared, because a builder from the town "
    "gave his time for nothing and two schools collected tiles from a barn that was to be pulled down."
)
ROUND_UP = f"This week in brief. {FERRY} Also in the news. {CHOIR} Next week we look at the new market hall."


def test_text_with_a_few_other_words_is_a_near_copy() -> None:
    other = FERRY.replace("sorry for the short notice", "sorry that the notice was short").replace("has ", "")
    assert compare(FERRY, other).standing is Standing.NEAR


def test_typography_makes_no_difference() -> None:
    assert compare(FERRY, FERRY.upper().replace(" ", "\u00a0 ")).standing is Standing.SAME


def test_round_up_holds_its_items_and_is_no_copy_of_them() -> None:
    assert compare(ROUND_UP, FERRY).standing is Standing.HOLDS
    assert compare(CHOIR, ROUND_UP).standing is Standing.HELD


@pytest.mark.parametrize(
    ("old", "new"),
    [("two crew members", "12 crew members"), ("evening ferry", "evening ferry to Marram")],
)
def test_text_with_a_figure_or_name_of_its_own_on_each_side_is_another_happening(old: str, new: str) -> None:
    first = f"{FERRY} It carried 40 people a day from Eastlea."
    second = f"{FERRY.replace(old, new)} It carried people each day from Saltby."
    assert compare(first, second).standing is Standing.APART


def test_short_texts_are_copies_only_where_they_are_equal() -> None:
    assert compare("Courses are full.", "Courses are not full.").standing is Standing.APART
    assert compare("Courses are full.", "courses are full").standing is Standing.SAME
    assert compare("", "").standing is Standing.APART


def test_later_text_is_found_among_many() -> None:
    known = Copies()
    assert known.add(FERRY) == ()
    assert known.add(CHOIR) == ()
    near = known.add(ROUND_UP)
    assert [(each.number, each.comparison.standing) for each in near] == [
        (0, Standing.HOLDS),
        (1, Standing.HOLDS),
    ]


words = st.lists(st.sampled_from([f"word{number}" for number in range(400)]), max_size=200)


@given(before=words, after=words, other=words, data=st.data())
def test_every_long_passage_in_common_leaves_a_common_mark(
    before: list[str], after: list[str], other: list[str], data: st.DataObject
) -> None:
    least = RUN + WINDOW - 1
    passage = data.draw(st.lists(st.sampled_from([f"w{n}" for n in range(90)]), min_size=least, max_size=60))
    first, second = " ".join([*before, *passage, *after]), " ".join([*other, *passage])
    assert set(marks(first)) & set(marks(second))


def test_marks_of_a_book_are_bounded_and_still_meet_those_of_its_excerpt() -> None:
    book = [f"word{(number * number + 7 * number) % 9973}" for number in range(60_000)]
    whole = marks(" ".join(book))
    assert RUN <= len(whole) <= MOST
    assert set(whole) & set(marks(" ".join(book[20_000:40_000])))
    assert marks("") == ()
    assert len(marks("one")) == 1


def test_original_is_whom_the_others_credit() -> None:
    paper = Witness("The Eastlea Post", credits=("Harbour Trust",), moment="2025-04-01", words=300)
    trust = Witness("Harbour Trust", moment="2025-04-02", words=200)
    assert original([paper, trust]) == 1


def test_original_is_official_then_earlier_then_longer() -> None:
    paper = Witness("Post", moment="2025-04-01", words=300)
    assert original([paper, Witness("Ministry", is_official=True, moment="2025-04-02")]) == 1
    assert original([paper, Witness("Echo", moment="2025-03-31", words=9)]) == 1
    assert original([paper, Witness("Echo", moment="2025-04-01", words=400)]) == 1
    assert original([Witness(), Witness()]) == 0
    with pytest.raises(ValueError, match="no copy"):
        original([])
