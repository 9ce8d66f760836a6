"""The PDF and Word files of the golden pairs are read block for block as is written beside them."""

from __future__ import annotations

import pytest

from tests.pipeline import golden, papers

MADE = papers.made()


@pytest.mark.parametrize("name", sorted(MADE))
def test_paper_is_the_one_its_words_make(name: str) -> None:
    assert (golden.FOLDER / name).read_bytes() == MADE[name]


@pytest.mark.parametrize("name", sorted(MADE))
def test_paper_gives_the_blocks_written_beside_it(name: str) -> None:
    assert papers.shown(name) == papers.shown_file(name).read_text(encoding="utf-8")
