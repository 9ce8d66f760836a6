"""The best way through a page's lines under a template (Viterbi, with the current item carried along)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.split.flow.templates import OPEN, Step, Template
from almoner.pipeline.split.flow.weights import NEVER, Weights


_NO_ITEM: Final = frozenset({Step.OUTSIDE, Step.BETWEEN})


@dataclass(frozen=True, slots=True)
class Path:
    """A step for every line, and how much the lines speak for it. `opens` are the first lines of the records."""

    template: Template
    steps: tuple[Step, ...]
    score: float


class _State:
    """The best way to one step at one line: where it came from, and the item it stands in."""

    __slots__ = ("before", "first", "score", "step", "title")

    def __init__(self, step: Step, score: float, before: _State | None, first: int, title: int) -> None:
        self.step = step
        self.score = score
        self.before = before
        self.first = first
        self.title = title


def best(weights: Weights, templates: Sequence[Template]) -> Path | None:
    """The way that the page speaks for most, of all templates; None where none leads through."""
    found = [path for template in templates if (path := _walk(weights, template)) is not None]
    return max(found, key=lambda path: path.score, default=None)


def _walk(weights: Weights, template: Template) -> Path | None:
    first, after, ends = template.first, template.after, template.ends
    lacking = first.get(Step.UNTOLD, 0.0) < 0
    states: list[_State] = [_State(Step.OUTSIDE, 0.0, None, -1, -1)]
    for index in range(weights.size):
        scores = weights.of[index]
        boundary = weights.boundary[index]
        reached: dict[Step, _State] = {}

        def reach(
            step: Step, before: _State, cost: float, item: int, title: int,
            scores: Sequence[float] = scores, reached: dict[Step, _State] = reached,
        ) -> None:  # fmt: skip
            score = before.score + cost + scores[step]
            known = reached.get(step)
            if known is None or score > known.score:
                reached[step] = _State(step, score, before, item, title)

        for state in states:
            step = state.step
            for following, cost in after.get(step, {}).items():
                if scores[following] > NEVER:
                    title = index if _is_title(following) else state.title
                    more = (
                        weights.speaks(index, state.first, state.title, lacking=lacking)
                        if following is Step.UNTOLD
                        else 0.0
                    )
                    reach(following, state, cost + more, state.first if state.first >= 0 else index, title)
            if step is Step.CAPTION:
                leave, opened = 0.0, True
            elif step in _NO_ITEM:
                leave, opened = 0.0, False
            elif step in ends:
                leave, opened = ends[step], False
            else:
                continue
            edge = boundary if step not in {Step.OUTSIDE, Step.CAPTION} else 0.0
            if step is Step.OUTSIDE:
                reach(Step.OUTSIDE, state, 0.0, -1, -1)
            elif step is not Step.CAPTION:
                reach(
                    Step.OUTSIDE,
                    state,
                    leave + min(0.0, edge) + (weights.leaves[index] if step in _UNCLOSED else 0.0),
                    -1,
                    -1,
                )
            for opening, cost in first.items():
                if scores[opening] > NEVER:
                    more = (
                        weights.speaks(index, state.first, state.title, lacking=lacking)
                        if opening is Step.UNTOLD
                        else 0.0
                    )
                    reach(
                        opening, state, leave + edge + cost + more + (0.0 if opened else OPEN),
                        index, index if _is_title(opening) else -1,
                    )  # fmt: skip
            if scores[Step.CAPTION] > NEVER:
                reach(Step.CAPTION, state, leave + edge + (0.0 if opened else OPEN), state.first, state.title)
        states = list(reached.values())
        if not states:
            return None
    last = [
        _State(state.step, state.score + ends.get(state.step, 0.0), state, -1, -1)
        for state in states
        if state.step in _NO_ITEM or state.step in ends
    ]
    if not last:
        return None
    final = max(last, key=lambda state: state.score)
    steps: list[Step] = []
    at = final.before
    while at is not None and at.before is not None:
        steps.append(at.step)
        at = at.before
    return Path(template, tuple(reversed(steps)), final.score)


def _is_title(step: Step) -> bool:
    return Step.AWAITING <= step <= Step.LISTED
