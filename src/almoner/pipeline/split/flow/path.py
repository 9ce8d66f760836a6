"""The best way through a page's lines under a template (Viterbi, with the current item carried along)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.split.flow.templates import OPEN, Step, Template
from almoner.pipeline.split.flow.weights import MOST, NEVER, Weights

_NO_ITEM: Final = frozenset({Step.OUTSIDE, Step.BETWEEN})


@dataclass(frozen=True, slots=True)
class Path:
    """A step for every line, and how much the lines speak for it."""

    template: Template
    steps: tuple[Step, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Move:
    """From one step to the next: its cost, whether an item begins, and whether what stands before has ended."""

    to: Step
    cost: float
    begins: bool = False
    ends: bool = False


class _State:
    """The best way to one step at one line: where it came from, and the item it stands in (first line, title)."""

    __slots__ = ("before", "first", "score", "step", "title")

    def __init__(self, step: Step, score: float, before: _State | None, first: int, title: int) -> None:
        self.step = step
        self.score = score
        self.before = before
        self.first = first
        self.title = title


def best(weights: Weights, templates: Sequence[Template]) -> Path | None:
    """The way that the page speaks for most, of all templates; None where none leads through."""
    fitting = (template for template in templates if template.mark is None or weights.has(template.mark))
    found = [path for template in fitting if (path := walk(weights, template)) is not None]
    return max(found, key=lambda path: path.score, default=None)


def walk(weights: Weights, template: Template) -> Path | None:
    """The best way under one template; None where none leads through."""
    moves = {step: _moves(template, step) for step in Step}
    lacking = template.mark is not None  # its records are known by something else than their titles
    states = [_State(Step.OUTSIDE, 0.0, None, -1, -1)]
    for index in range(weights.size):
        scores = weights.of[index]
        reached: dict[Step, tuple[float, _State, _Move]] = {}
        for state in states:
            for move in moves[state.step]:
                to = move.to
                if scores[to] <= NEVER:
                    continue
                score = state.score + move.cost + scores[to]
                if move.ends:
                    score += weights.boundary[index] if move.begins else weights.leaves[index]
                known = reached.get(to)
                if to is Step.UNTOLD:
                    if known is not None and score + MOST <= known[0]:
                        continue
                    score += weights.speaks(index, state.first, state.title, lacking=lacking)
                elif to is Step.BODY and lacking:
                    score += weights.unread[index]
                if known is None or score > known[0]:
                    reached[to] = score, state, move
        states = [_follow(state, move, index, score) for score, state, move in reached.values()]
    return _finish(states, template)


def _moves(template: Template, step: Step) -> list[_Move]:
    moves = [_Move(to, cost) for to, cost in template.after.get(step, {}).items()]
    if step in _NO_ITEM:
        leave, opening, ends = 0.0, OPEN, False
        moves.append(_Move(step, 0.0))
    elif step is Step.CAPTION:
        leave, opening, ends = 0.0, 0.0, False
    elif step in template.ends:
        leave, opening, ends = template.ends[step], OPEN, True
        moves.append(_Move(Step.BETWEEN, leave, ends=True))
    else:
        return moves
    moves += [
        _Move(to, leave + opening + cost, begins=True, ends=ends)
        for to, cost in (*template.first.items(), (Step.CAPTION, 0.0))
    ]
    return moves


def _follow(state: _State, move: _Move, index: int, score: float) -> _State:
    to = move.to
    if to in {Step.CAPTION, *_NO_ITEM}:  # the item before it is still what the next title is compared with
        return _State(to, score, state, state.first, state.title)
    first = index if move.begins else state.first
    return _State(to, score, state, first, index if to.is_title else -1 if move.begins else state.title)


def _finish(states: Sequence[_State], template: Template) -> Path | None:
    ended = [
        (state.score + template.ends.get(state.step, 0.0), state)
        for state in states
        if state.step in _NO_ITEM or state.step in template.ends
    ]
    if not ended:
        return None
    score, at = max(ended, key=lambda end: end[0])
    steps: list[Step] = []
    while at.before is not None:
        steps.append(at.step)
        at = at.before
    return Path(template, tuple(reversed(steps)), score)
