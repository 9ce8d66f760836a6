"""Every input gives exactly the items that stand beside it. How to write them down: tests/pipeline/golden."""

from __future__ import annotations

import pytest

from tests.pipeline import golden


@pytest.mark.parametrize("name", golden.inputs())
def test_input_gives_what_is_written_beside_it(name: str) -> None:
    assert golden.found(name) == golden.expected(name)
