"""Names of children and victims: found where they stand beside an age, a child's word or a crime."""

from __future__ import annotations

import pytest

from almoner.pipeline.extract.private import private_names


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A court heard how seven-year-old Robin Sample was left alone.", ("Robin Sample",)),
        ("The 16-month-old baby boy Sam Sample died in hospital.", ("Sam Sample",)),
        ("She shook baby Lexi in her cot.", ("Lexi",)),
        ("He left her daughter, Molly Sample, at the gate.", ("Molly Sample",)),
        ("The inquest into the death of Molly Sample opened.", ("Molly Sample",)),
        ("He was jailed for the murder of young Molly Sample.", ("Molly Sample",)),
        ("Molly Sample, 7, was last seen on the pier.", ("Molly Sample",)),
        ("Molly Sample, aged four, was found by a neighbour.", ("Molly Sample",)),
        ("Molly Sample was found dead at the house.", ("Molly Sample",)),
        ("The children Molly and Robin were taken into care.", ("Robin", "Molly")),
        ("The victim, Molly Sample, spoke in court.", ("Molly Sample",)),
        ("The boy’s name was Robin.", ("Robin",)),
        ("The girl was named by officers as Molly Sample.", ("Molly Sample",)),
    ],
)
def test_name_is_found_beside_what_tells(sentence: str, expected: tuple[str, ...]) -> None:
    assert set(private_names(sentence)) == set(expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "Robin Sample, 47, leads the board of the trust.",
        "Detective Sergeant Robin Sample led the inquiry into the murder of two people.",
        "Minister Molly Sample said that children deserve better.",
        "The murder of two people shook the town.",
        "Children at Harbour School sang, and Baby Week begins on Monday.",
        "The Sarah Sample Act 2020 came into force.",
        "The abuse of Children Act powers was denied.",
        "",
    ],
)
def test_people_in_office_grown_ups_and_things_are_not_private(sentence: str) -> None:
    assert private_names(sentence) == ()


def test_first_name_is_found_in_full_where_the_text_gives_it() -> None:
    text = "Robin Sample went to school by the sea. In May, seven-year-old Robin was taken into care."
    assert "Robin Sample" in private_names(text)


def test_capital_with_two_small_letters_moves_no_name() -> None:
    assert private_names(f"{'İ' * 400} wrote: seven-year-old Robin was taken into care.") == ("Robin",)


def test_names_come_longest_first_and_once() -> None:
    text = "Baby Lexi was ill. Later baby Lexi died. The death of Molly Ann Sample was looked into."
    assert private_names(text) == ("Molly Ann Sample", "Lexi")


@pytest.mark.parametrize(
    "text", ["Aa-" * 60_000, "A" + "a" * 200_000, "murder of " * 20_000, "baby Ann and " * 20_000]
)
def test_endless_texts_are_searched_once(text: str) -> None:
    assert len(private_names(text)) <= 2
