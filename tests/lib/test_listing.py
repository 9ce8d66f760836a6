"""Names in a sentence."""

from __future__ import annotations

import pytest

from almoner.lib.listing import joined


@pytest.mark.parametrize(
    ("names", "sentence"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_joined_as_one_says_them(names: list[str], sentence: str) -> None:
    assert joined(names) == sentence
