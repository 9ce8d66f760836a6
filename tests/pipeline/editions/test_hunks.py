"""The words of a paragraph in two editions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.editions.hunks import exact_hunks, hunks
from almoner.pipeline.editions.model import Op

WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "a",
            "of",
            "school",
            "must",
            "should",
            "lead",
            "94",
            "12(2)",
            "record,",
            "keep.",
            "(b)",
            "‘quote’",
            "\n\n",
        ]
    )
)
TEXTS = st.one_of(WORDS.map(" ".join), st.text(max_size=60))


def shown(old: str, new: str) -> str:
    signs = {Op.SAME: "{}", Op.INS: "[+{}]", Op.DEL: "[-{}]", Op.MOVED: "{}"}
    return "".join(signs[one.op].format(one.old if one.op is Op.DEL else one.new) for one in hunks(old, new))


@given(TEXTS, TEXTS)
def test_hunks_hold_both_texts_to_the_letter(old: str, new: str) -> None:
    found = hunks(old, new)
    assert "".join(one.old for one in found) == old
    assert "".join(one.new for one in found) == new


@given(TEXTS, TEXTS)
def test_exact_hunks_show_every_letter_that_changed(old: str, new: str) -> None:
    found = exact_hunks(old, new)
    assert "".join(one.old for one in found) == old
    assert "".join(one.new for one in found) == new
    assert all(one.old == one.new for one in found if one.op is Op.SAME)


@given(TEXTS)
def test_hunks_of_a_text_with_itself_are_the_same(text: str) -> None:
    assert {one.op for one in hunks(text, text)} <= {Op.SAME}


def test_hunks_show_a_swapped_word() -> None:
    assert (
        shown("Staff should tell the lead.", "Staff must tell the lead.")
        == "Staff [-should ][+must ]tell the lead."
    )


def test_hunks_join_changes_that_few_words_part() -> None:
    old = "The school keeps a list of visitors at the gate and checks it every week of term without fail, all year."
    new = "The school keeps the register of guests at the gate and checks it every week of term without fail, all year."
    assert shown(old, new) == (
        "The school keeps [-a list of visitors ][+the register of guests ]at the gate and checks it every week of term "
        "without fail, all year."
    )


def test_hunks_take_a_reference_for_one_word() -> None:
    assert shown("See section 12(2) of it.", "See section 12 of it.") == "See section [-12(2) ][+12 ]of it."


def test_hunks_take_type_for_no_change_of_words() -> None:
    assert [one.op for one in hunks("The Lead’s record, kept.", "the lead's record kept")] == [Op.SAME]


def test_hunks_begin_an_insertion_where_a_clause_begins() -> None:
    old = "(a) keep it safe; and (b) keep it short; and no more than that is asked of anybody here."
    new = "(a) keep it safe; and (b) keep it short; and (c) keep it true; and no more than that is asked of anybody here."
    assert "short; [+and (c) keep it true; ]and no more" in shown(old, new)


def test_hunks_show_a_rewritten_paragraph_as_it_was_and_as_it_is() -> None:
    old = "Visitors sign in at the gate and wear a badge."
    new = "Nobody may enter who has not told the office before, and the office keeps their names."
    assert [one.op for one in hunks(old, new)] == [Op.DEL, Op.INS]


def test_hunks_of_long_rewritten_texts_end() -> None:
    old, new = "one two three four five " * 2_000, "five four three two one " * 2_000
    assert "".join(one.new for one in hunks(old, new)) == new
