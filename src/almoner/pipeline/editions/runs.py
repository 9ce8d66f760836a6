"""A comparison as runs of text over the whole new edition, and as a patch that makes the new edition of the old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from almoner.pipeline.editions.model import BREAK, Comparison, Hunk, Op, Passage

Run = tuple[Op, str]
"""What happened, and the text: of the new edition, or of the old one where it is gone."""


def runs(comparison: Comparison) -> tuple[Run, ...]:
    """The whole text in order. All runs but those gone together are the new edition, `BREAK` after each paragraph."""
    return tuple(joined(run for passage in comparison.passages for run in runs_of(passage)))


def runs_of(passage: Passage) -> Iterator[Run]:
    """The runs of one passage, `BREAK` after it."""
    for hunk in (*passage.number, *passage.words):
        yield hunk.op, hunk.text
    yield _op_of_break(passage), BREAK


def _op_of_break(passage: Passage) -> Op:
    if not passage.match.news:
        return Op.DEL
    return Op.INS if not passage.match.olds else Op.MOVED if passage.match.moved else Op.SAME


def joined(found: Iterator[Run]) -> Iterator[Run]:
    """The runs with neighbours of one kind made one."""
    held: tuple[Op, list[str]] | None = None
    for op, text in found:
        if held is not None and held[0] is op:
            held[1].append(text)
            continue
        if held is not None:
            yield held[0], "".join(held[1])
        held = op, [text]
    if held is not None:
        yield held[0], "".join(held[1])


def applied(old: Sequence[str], comparison: Comparison) -> tuple[str, ...]:
    """The paragraphs of the new edition, made from those of the old one by the comparison alone.

    Raises `ValueError` where `old` is not the edition that was compared: a redline says what was there.
    """
    made = []
    for passage in comparison.passages:
        was = BREAK.join(old[index] for index in passage.match.olds)
        if was != _side(passage, new=False):
            raise ValueError(f"the redline is of another text: {was[:60]!r} is not what it says was there")
        if passage.match.news:
            made += _side(passage, new=True).split(BREAK)
    return tuple(made)


def _side(passage: Passage, *, new: bool) -> str:
    found: list[Hunk] = [*passage.number, *passage.words]
    return "".join(hunk.new if new else hunk.old for hunk in found)
