"""What a first glance at a text tells, and that it never hides what a grammar would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almoner.pipeline.extract.private.evidence import RULES, At, Rule
from almoner.pipeline.lines.glance import heads

_FOR = [rule for rule in RULES if rule.weight > 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The six-year-old, named as Sam", {"the", "six", "year", "old", "name", "as", "sam"}),
        ("Ann’s DEATH… 2,400 calls", {"ann", "s", "deat", "2", "400", "call"}),
        ("", set()),
    ],
)
def test_heads_are_the_first_letters_of_every_word(text: str, expected: set[str]) -> None:
    assert heads(text) == expected


_LETTERS = st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]) | st.sampled_from("’“”–é")


@pytest.mark.parametrize("rule", _FOR, ids=[f"{at}-{rule.at.value}" for at, rule in enumerate(_FOR)])
@given(data=st.data())
@settings(max_examples=5, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_rule_of_private_names_never_holds_without_its_heads(rule: Rule, data: st.DataObject) -> None:
    pattern = re.compile(rule.expression, re.IGNORECASE)
    text = data.draw(st.from_regex(pattern, fullmatch=True, alphabet=_LETTERS))
    assert not rule.heads.isdisjoint(heads(f"Robin{text}" if rule.at is At.AFTER else text))
