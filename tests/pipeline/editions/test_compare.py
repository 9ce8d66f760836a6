"""Two editions compared: what changed, what it means, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoner.pipeline.editions.compare import compare
from almoner.pipeline.editions.model import Comparison, Kind, Op
from almoner.pipeline.editions.renumbering import in_sentences
from almoner.pipeline.editions.runs import applied, runs
from tests.pipeline.editions.builders import edition
from tests.pipeline.editions.generator import editions

LINES = st.lists(
    st.text(alphabet=st.sampled_from("ab .,()12#\u2019é"), min_size=1, max_size=24).map(
        lambda text: f"x{text}"
    ),
    min_size=1,
    max_size=12,
)


def compared(old: list[str], new: list[str]) -> Comparison:
    return compare(edition(old), edition(new))


def only_change(old: str, new: str) -> tuple[Kind, tuple[tuple[str, str], ...]]:
    (passage,) = compared([old], [new]).changes
    assert passage.change is not None
    return passage.change.kind, passage.change.weight


@given(LINES, LINES)
@settings(deadline=None)
def test_a_redline_makes_the_new_edition_of_the_old_one(old: list[str], new: list[str]) -> None:
    found = compared(old, new)
    assert applied([one.text for one in found.old.paragraphs], found) == tuple(
        one.text for one in found.new.paragraphs
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_redline_of_invented_editions_makes_the_new_one(seed: int) -> None:
    made = editions(seed, share=0.3)
    found = compare(edition(made.old), edition(made.new))
    assert applied(made.old, found) == made.new
    kept = "".join(text for op, text in runs(found) if op is not Op.DEL)
    assert kept.split() == " ".join(made.new).split()


@given(LINES)
@settings(deadline=None)
def test_an_unchanged_edition_has_no_changes(texts: list[str]) -> None:
    found = compared(texts, texts)
    assert found.changes == ()
    assert found.renumbering == ()
    assert {op for op, _ in runs(found)} <= {Op.SAME}
    assert found.alike == 1.0


def test_a_redline_of_another_text_is_refused() -> None:
    found = compared(["1. Act."], ["1. Act now."])
    with pytest.raises(ValueError, match="another text"):
        applied(["1. Something else."], found)


@pytest.mark.parametrize(
    ("old", "new", "kind", "weight"),
    [
        ("Staff should tell the lead at once.", "Staff must tell the lead at once.", Kind.SUBSTANTIVE, (("should", "must"),)),
        ("Staff may not enter the hall.", "Staff may enter the hall.", Kind.SUBSTANTIVE, (("may not", "may"),)),
        ("Ask for the form by 4 May 2025 at the office.", "Ask for the form by 6 May 2026 at the office.", Kind.FACTUAL, ()),
        ("Ring 0808 800 5000 for advice.", "Ring 0808 800 5001 for advice.", Kind.FACTUAL, ()),
        ("The lead keeps the record safe.", "The Lead keeps the record, safe.", Kind.EDITORIAL, ()),
        ("We recognize what they need there.", "We recognise what they need there.", Kind.EDITORIAL, ()),
        (
            "Harm takes many forms in school life today.",
            "Harm takes many forms in school life today, for example being left out by others.",
            Kind.CLARIFICATION,
            (),
        ),
        ("The lead keeps the record safe at school.", "The lead burns the record safe at school.", Kind.SUBSTANTIVE, ()),
    ],
)  # fmt: skip
def test_a_change_says_what_it_means(
    old: str, new: str, kind: Kind, weight: tuple[tuple[str, str], ...]
) -> None:
    assert only_change(old, new) == (kind, weight)


FIVE = [f"{count}. {text}" for count, text in enumerate(
    ("Doors are locked after nine.", "Visitors sign in at the gate.", "Staff are trained once a year.",
     "The lead keeps a record of each concern.", "Parents are told what was decided."), 90)]  # fmt: skip


def renumbered(texts: list[str], first: int) -> list[str]:
    return [f"{count}. {text.split('. ', 1)[1]}" for count, text in enumerate(texts, first)]


def test_a_new_paragraph_shifts_the_numbers_after_it() -> None:
    new = renumbered([*FIVE[:2], "0. Keys are held by the caretaker and nobody else.", *FIVE[2:]], 90)
    found = compared(FIVE, new)
    assert found.renumbering == (("92", "93"), ("93", "94"), ("94", "95"))
    assert in_sentences(found) == ("There is a new paragraph 92, so paragraphs 92 to 94 are now 93 to 95.",)


def test_a_removed_paragraph_shifts_the_numbers_after_it() -> None:
    found = compared(FIVE, renumbered([FIVE[0], *FIVE[2:]], 90))
    assert in_sentences(found) == (
        "The former paragraph 91 is gone, so paragraphs 92 to 94 are now 91 to 93.",
    )


def test_two_documents_that_hardly_match_are_said_to() -> None:
    found = compared(FIVE, ["1. Bread rises slowly in winter.", "2. Butter melts on the stove."])
    assert [one.code for one in found.findings] == ["editions_unlike"]


def test_right_to_left_text_is_compared() -> None:
    found = compared(["1. يجب على المدرسة حماية كل طفل دائما"], ["1. يجب على الكلية حماية كل طفل دائما"])
    assert [(op, text.strip()) for op, text in runs(found)][1:3] == [(Op.DEL, "المدرسة"), (Op.INS, "الكلية")]


def test_five_thousand_paragraphs_in_reverse_keep_every_word() -> None:
    texts = [
        f"{count}. Paragraph number {count} speaks of matter {count * 7} and of no other."
        for count in range(1, 5001)
    ]
    found = compared(texts, texts[::-1])
    assert applied(texts, found) == tuple(texts[::-1])


def test_numbers_that_stay_end_a_stretch_and_each_stretch_says_why() -> None:
    texts = [
        "Doors are locked after nine in the evening. Keys are held by the caretaker and by nobody else at all.",
        "Visitors sign in at the gate.",
        "Staff are trained once a year.",
        "The lead keeps a record of each concern.",
        "Parents are told what was decided.",
        "Boats are counted at night.",
    ]
    first, rest = texts[0].split(". ")
    new = [
        f"{first}.",
        rest,
        texts[1],
        f"{texts[2]} {texts[3]}",
        *texts[4:5],
        "A new one on lamps and ropes.",
        texts[5],
    ]
    found = compared(
        [f"{count}. {text}" for count, text in enumerate(texts, 1)],
        [f"{count}. {text}" for count, text in enumerate(new, 1)],
    )
    assert in_sentences(found) == (
        "Paragraph 1 was split, so paragraphs 2 to 3 are now 3 to 4.",
        "There is a new paragraph 6, so paragraph 6 is now 7.",
    )
    merged = next(passage for passage in found.passages if len(passage.match.olds) == 2)
    assert merged.change is not None
    assert (merged.change.kind, merged.change.reason) == (
        Kind.EDITORIAL,
        "its words are the same, in other paragraphs",
    )


def test_number_that_goes_down_a_rank_keeps_its_first_part() -> None:
    passage = compare(
        edition(["15.—Each boat carries a radio on every trip."]),
        edition(["15.—(1) Each boat carries a radio on every trip."]),
    ).passages[0]
    assert [(one.op, one.text) for one in passage.number] == [(Op.SAME, "15.—"), (Op.INS, "(1) ")]


def test_section_that_was_emptied_keeps_its_number() -> None:
    passage = compare(
        edition(["9.—(1) Each boat carries a radio.", "10. Each crew knows its use."]),
        edition(["9.—…", "10. Each crew knows its use."]),
    ).passages[0]
    assert [(one.op, one.text) for one in (*passage.number, *passage.words)] == [
        (Op.SAME, "9.—"), (Op.DEL, "(1) "), (Op.DEL, "Each boat carries a radio."), (Op.INS, "…"),
    ]  # fmt: skip
