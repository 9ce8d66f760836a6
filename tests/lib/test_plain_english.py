"""How hard a text is to read."""

from __future__ import annotations

import pytest

from almoner.lib.plain_english import LONGEST_SENTENCE, MOST_HINTS, reading, sentences, syllables

PLAIN = "We moved the course. It is on Monday now. Come at ten. Bring your card. Lunch is free. " * 4
HEAVY = (
    "Organisational representatives endeavouring to implement comprehensive multi-disciplinary safeguarding "
    "methodologies must subsequently demonstrate appropriate accountability arrangements to partnership boards. "
) * 3


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("school", 1), ("harbour", 2), ("services", 3), ("changes", 2), ("used", 1), ("needed", 2), ("table", 2),
        ("statement", 2), ("area", 3), ("information", 4), ("quality", 3), ("the", 1), ("whole", 1), ("well-being", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_the_letters(word: str, count: int) -> None:
    assert syllables(word) == count


def test_sentences_end_where_people_end_them() -> None:
    text = "Dr. Hale spoke. “Come at 3.30pm.” It cost £4.50 etc. in all!\n• one thing\n• another"
    assert list(sentences(text)) == [
        "Dr. Hale spoke.",
        "“Come at 3.30pm.",
        "It cost £4.50 etc. in all!",
        "• one thing",
        "• another",
    ]


def test_heavy_words_and_long_sentences_raise_the_age() -> None:
    plain, heavy = reading(PLAIN).age, reading(HEAVY).age
    assert plain is not None
    assert heavy is not None
    assert plain <= 8 < 18 <= heavy


def test_few_words_have_no_age() -> None:
    assert reading("").age is None
    assert reading("Training is cancelled.").age is None


def test_hints_name_the_words_and_what_to_say() -> None:
    long = "We " + "and we " * (LONGEST_SENTENCE // 2) + "go."
    hints = {
        hint.words: hint.advice for hint in reading(f"{long}\nUtilise it prior to the SCIE visit.").hints
    }
    assert hints["Utilise"] == "Plainer: use."
    assert hints["prior to"] == "Plainer: before."
    assert hints["SCIE"].startswith("Say what it stands for")
    assert any("words: two sentences" in advice for advice in hints.values())


def test_letters_that_are_explained_are_left_alone() -> None:
    assert not reading("Ask the designated safeguarding lead (DSL). The DSL knows. The NHS too.").hints


def test_hints_are_few_enough_to_read() -> None:
    assert (
        len(reading("\n".join(f"The A{letter}C met." for letter in "BDEFGHIJKLMNOPQR")).hints) == MOST_HINTS
    )
