"""What a page holds twice is read once, and what merely begins alike is not lost."""

from __future__ import annotations

from almoner.pipeline.model import Block, BlockKind, Place
from almoner.pipeline.split.once import once

LONG = "The harbour trust asks every club that takes children on the water to name a person who can be told of a worry."
MORE = f"{LONG} The name stands on the notice board."


def made(*texts: str) -> list[Block]:
    return [
        Block(
            BlockKind.HEADING if text.istitle() else BlockKind.PARAGRAPH, text, Place(css=f"p:nth-child({n})")
        )
        for n, text in enumerate(texts, 1)
    ]


def texts(*given: str) -> list[str]:
    return [block.text for block in once(made(*given))]


def test_long_text_that_stands_there_again_is_read_once_with_its_heading() -> None:
    twice = texts("Who To Tell", LONG, "Elsewhere", "Short.", "Who To Tell", LONG)
    assert twice == ["Who To Tell", LONG, "Elsewhere", "Short."]


def test_beginning_of_a_text_goes_where_the_whole_stands_too() -> None:
    assert texts(f"{LONG[:80]}…", MORE) == [MORE]
    assert texts(MORE, LONG) == [MORE]


def test_short_lines_and_texts_that_part_ways_stay() -> None:
    assert texts("£5", "£5", "Read more") == ["£5", "£5", "Read more"]
    other = f"{LONG[:70]} nobody at all, and that is the trouble with it."
    assert texts(LONG, other) == [LONG, other]
