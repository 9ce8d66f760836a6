"""Quantities and multiples of a block → figures, each with its sentence, its words and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Final

from almoner.pipeline.extract.figures import context, shares
from almoner.pipeline.extract.figures.aside import sorted_out
from almoner.pipeline.extract.figures.change import Direction, Sense, sense
from almoner.pipeline.extract.figures.glance import may_count
from almoner.pipeline.extract.figures.hedges import hedge_before
from almoner.pipeline.extract.figures.lines import placer
from almoner.pipeline.extract.figures.multiples import Multiple, multiples
from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.tokens import Value
from almoner.pipeline.extract.figures.units import Sort
from almoner.pipeline.extract.sentences import Sentences, sentences_of
from almoner.pipeline.lines import glance
from almoner.pipeline.model import Figure, Place

LONGEST: Final = 600
"""Characters of a sentence that are kept with a figure."""
_MULTIPLE_AFTER: Final = re.compile(
    r"\s(?:as|more|less|higher|lower|greater|larger|bigger|smaller|faster|likelier|worse|better|over|the\s(?!(?:day|week|month|year)))",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"an?\s(?=estimated|reported|projected)", re.IGNORECASE)


def figures_in(text: str, place: Place, raw: str = "", seen: Set[str] | None = None) -> tuple[Figure, ...]:
    """The figures in a block's clean `text`, in order.

    `place` is the block's; where the block was joined from several lines, `raw` (its text as it stood, with line
    breaks) tells on which line each figure stands. `seen` are words and heads (`lines.glance`), the text's among
    them, where they are known already. Time grows with the length of the text and no faster; of a
    block with thousands of numbers only the first are read.
    """
    if seen is None:
        seen = glance.seen(text)
    if not may_count(text, seen):
        return ()
    found: list[Quantity | Multiple] = [quantity for quantity, aside in sorted_out(text) if aside is None]
    found.extend(multiples(text, seen))
    if not found:
        return ()
    found.sort(key=lambda one: one.start)
    return tuple(_Block(text, sentences_of(text), placer(text, raw, place)).figures(found))


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    sentences: Sentences
    place_at: Callable[[int], Place]

    def figures(self, found: list[Quantity | Multiple]) -> Iterator[Figure]:
        held: tuple[int, str | None] = (-1, None)
        for one in found:
            index = self.sentences.index_at(one.start)
            span = self.sentences.span(index)
            figure = (
                self._of_multiple(one, span) if isinstance(one, Multiple) else self._of_quantity(one, span)
            )
            if figure.counts is None and figure.of == "change" and held[0] == index:
                figure = replace(figure, counts=held[1])  # "4,120 offences, up 12%"
            held = (index, figure.counts)
            yield figure

    def _of_quantity(self, quantity: Quantity, span: tuple[int, int]) -> Figure:
        found = sense(self.text, quantity, span)
        unit = _unit(self.text, quantity)
        falls = found.direction is Direction.FALL and unit != "multiple" and quantity.value > 0
        value: Value = -quantity.value if falls else quantity.value
        bound = quantity.bound if quantity.bound in {"low", "high"} else None
        return self._figure(
            (quantity.start, quantity.end),
            value,
            unit,
            _hedge(self.text, quantity),
            found,
            self._counts(quantity, unit, span),
            span,
            bound,
        )

    def _of_multiple(self, multiple: Multiple, span: tuple[int, int]) -> Figure:
        hedge = hedge_before(self.text, multiple.start)
        found = Sense("change" if multiple.direction else None, multiple.direction)
        counts = context.counts(self.text, multiple.end, span[1])
        return self._figure(
            (multiple.start, multiple.end),
            multiple.value,
            "multiple",
            hedge.text if hedge else None,
            found,
            counts,
            span,
            None,
        )

    def _counts(self, quantity: Quantity, unit: str, span: tuple[int, int]) -> str | None:
        hedged_behind = quantity.hedge is not None and quantity.hedge.start >= quantity.start
        end = quantity.hedge.end if quantity.hedge is not None and hedged_behind else quantity.end
        name = quantity.unit.name if quantity.unit else None
        if quantity.sort in {Sort.TIME, Sort.TIMES} and unit == "count":
            return name
        if quantity.number.form is Form.RATIO and (
            inside := shares.counted_in(self.text[quantity.start : end])
        ):
            return inside
        counts = context.counts(self.text, end, span[1])
        if quantity.sort is Sort.MEASURE:
            return f"{name} of {counts}" if counts else name
        return counts

    def _figure(
        self,
        at: tuple[int, int],
        value: Value,
        unit: str,
        approx: str | None,
        found: Sense,
        counts: str | None,
        span: tuple[int, int],
        bound: str | None,
    ) -> Figure:
        start, end = at
        left, right = span
        if right - left > LONGEST:
            left = max(left, start - LONGEST // 2)
            right = min(right, left + LONGEST)
        return Figure(
            value=_printed(value, unit),
            unit=unit,
            as_printed=self.text[start:end],
            approx=approx,
            of=found.of,
            direction=found.direction.value if found.direction else None,
            bound=bound,
            counts=counts,
            who=context.who(self.text, start, span[0]),
            where=context.where(self.text, start, end, span),
            when=context.when(self.text, start, end, span),
            sentence=self.text[left:right],
            place=self.place_at(start),
        )


def _unit(text: str, quantity: Quantity) -> str:
    """count, percent, share, multiple, or a currency's code."""
    sort = quantity.sort
    if sort in {Sort.PERCENT, Sort.POINTS}:
        return "percent"
    if quantity.money is not None:
        return quantity.money.code
    if sort is Sort.FOLD or (
        sort is Sort.TIMES and _MULTIPLE_AFTER.match(text, quantity.end, quantity.end + 12)
    ):
        return "multiple"
    return "share" if quantity.number.form in {Form.FRACTION, Form.RATIO} else "count"


def _hedge(text: str, quantity: Quantity) -> str | None:
    if quantity.hedge is not None:
        return _ARTICLE.sub("", quantity.hedge.text, count=1)
    return text[quantity.start : quantity.end] if quantity.number.form is Form.VAGUE else None


def _printed(value: Value, unit: str) -> int | float | str:
    """Whole numbers as they are, shares as "1/8", the rest as decimals."""
    if isinstance(value, int):
        return value
    return f"{value.numerator}/{value.denominator}" if unit == "share" else float(value)
