"""The numbers that paragraphs are printed with."""

from __future__ import annotations

import pytest

from almoner.pipeline.editions.numbers import number


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("94. The lead keeps it.", ("94",)),
        ("94 The lead keeps it.", ("94",)),
        ("94A. The lead keeps it.", ("94a",)),
        ("1.2.3 The lead keeps it.", ("1.2.3",)),
        ("8.—(1) (a) The lead may appoint", ("8", "1", "a")),
        ("8.—(1)(a)The lead may appoint", ("8", "1", "a")),
        ("(a) keep it", ("a",)),
        ("(a)(ii) keep it", ("a", "ii")),
        ("(2A) keep it", ("2a",)),
        ("a) keep it", ("a",)),
        ("Part one: Safeguarding information", ("1",)),
        ("Annex F", ("f",)),
        ("Chapter 12 — Records", ("12",)),
    ],
)
def test_number_reads_what_is_printed(text: str, parts: tuple[str, ...]) -> None:
    found = number(text)
    assert found is not None
    assert found.parts == parts


@pytest.mark.parametrize(
    "text",
    ["12 months after that", "2024 was a hard year", "Partners agree", "(see below) it is so", "A child", ""],
)
def test_number_of_a_sentence_is_none(text: str) -> None:
    assert number(text) is None
