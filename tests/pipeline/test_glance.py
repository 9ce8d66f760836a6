"""What a first glance at a text tells, and that it never hides what a grammar would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almoner.pipeline.extract.figures import sorted_out
from almoner.pipeline.extract.figures.glance import may_count
from almoner.pipeline.extract.figures.multiples import HEADS, multiples
from almoner.pipeline.extract.private.evidence import RULES, At, Rule
from almoner.pipeline.lines import furniture
from almoner.pipeline.lines.glance import LENGTH, seen, words

_FOR = [rule for rule in RULES if rule.weight > 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The six-year-old, named as Sam", {"the", "six", "year", "old", "named", "name", "as", "sam"}),
        ("Ann’s DEATH… 2,400 calls", {"ann", "s", "death", "deat", "2", "400", "calls", "call"}),
        ("", set()),
    ],
)
def test_every_word_is_seen_whole_and_by_its_head(text: str, expected: set[str]) -> None:
    assert seen(text) == expected


_LETTERS = st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]) | st.sampled_from("’“”–é")


@pytest.mark.parametrize("rule", _FOR, ids=[f"{at}-{rule.at.value}" for at, rule in enumerate(_FOR)])
@given(data=st.data())
@settings(max_examples=5, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_rule_of_private_names_never_holds_without_its_stems(rule: Rule, data: st.DataObject) -> None:
    pattern = re.compile(rule.expression, re.IGNORECASE)
    text = data.draw(st.from_regex(pattern, fullmatch=True, alphabet=_LETTERS))
    found = words(f"Robin{text}" if rule.at is At.AFTER else text)
    assert any(
        word.startswith(stem) if len(stem) >= LENGTH else word == stem
        for stem in rule.stems
        for word in found
    )


@pytest.mark.parametrize(
    "text",
    [
        "24-1126 Robin Vale v Sample Ltd",
        "Sup Ct, Sample County | 2023 NY Slip Op 51439(U)",
        "0 | 14-22-00420-CR | COA14",
        "Vale v Sample 4/26/24 CA1/5",
        "United States v Private E2 ROBIN VALE",
        "40148 | Unpublished | 11 January 2023",
    ],
)
def test_rows_of_references_and_dates_are_passed_over(text: str) -> None:
    assert not may_count(text, seen(text))


@pytest.mark.parametrize(
    "text",
    [
        "40 pupils",
        "a third of pupils",
        "up 12%",
        "£5m",
        "50p",
        "up to 7.",
        "Total: 1,200",
        "doubled",
        "a 40-member team",
        "3 Homes",
    ],
)
def test_what_may_count_something_is_never_passed_over(text: str) -> None:
    assert may_count(text, seen(text))


_PIECES = [
    "24",
    "1126",
    "2023",
    "9",
    "1,200",
    "51439",
    "1084132",
    "3/4",
    "4/26/24",
    "0.5",
    "10:30",
    "00420",
    "7",
    "E2",
    "COA14",
    "CR",
    "Foo",
    "NY",
    "USD",
    "$",
    "£",
    "%",
    "pc",
    "Per",
    "Cent",
    "Times",
    "hours",
    "Days",
    "M",
    "K",
    "P",
    "MM",
    "m",
    "bn",
    "kg",
    "oz",
    "Pounds",
    "about",
    "over",
    "of",
    "to",
    "and",
    "by",
    "was",
    ":",
    ",",
    ".",
    "-",
    "–",
    "|",
    "(",
    ")",
    "“",
    "”",
    "~",
    "+",
    "x",
    "½",
    "January",
    "May",
    "v.",
    "pupils",
    "people",
    "member",
    "a",
    "third",
    "first",
    "half",
    "one",
    "Hundred",
    "million",
    "twice",
    "as",
    "likely",
    "No",
    "page",
    "Tonnes",
    "Years",
    "old",
    "aged",
    "Act",
    "999",
    "call",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " ", " ", " ", "-", ", ", "  "])), max_size=9
    )
)
@settings(max_examples=300, derandomize=True)
def test_a_text_that_is_passed_over_holds_no_figure(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    if not may_count(text, seen(text)):
        assert all(aside is not None for _, aside in sorted_out(text))
        assert not list(multiples(text, HEADS))


@given(st.from_regex(furniture._WHOLE, fullmatch=True, alphabet=_LETTERS))
@settings(max_examples=300, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_line_of_furniture_begins_otherwise_than_furniture_does(line: str) -> None:
    assert furniture.is_furniture(line) or len(line) > furniture.MAX_WHOLE
