"""Figures: the quantities in a text that measure something in the world, with what they count.

`figures_in` is for readers: ages, dates, durations, references and names of things that have a number in them
are set aside. `sorted_out` is the layer under it: every quantity, with the reason it was set aside for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from almoner.pipeline.extract.figures import context
from almoner.pipeline.extract.figures.aside import sorted_out
from almoner.pipeline.extract.figures.change import Direction, Sense, sense
from almoner.pipeline.extract.figures.grammar import Form
from almoner.pipeline.extract.figures.hedges import hedge_before
from almoner.pipeline.extract.figures.lines import placer
from almoner.pipeline.extract.figures.multiples import Multiple, multiples
from almoner.pipeline.extract.figures.quantities import Quantity
from almoner.pipeline.extract.figures.tokens import Value
from almoner.pipeline.extract.figures.units import Sort
from almoner.pipeline.extract.sentences import Sentences
from almoner.pipeline.model import Figure, Place

__all__ = ["figures_in", "sorted_out"]

_SENTENCE: Final = 600
"""Characters of a sentence that are kept with a figure."""
_MULTIPLE_AFTER: Final = re.compile(
    r"\s(?:as|more|less|higher|lower|greater|larger|bigger|smaller|faster|likelier|worse|better|over|the\s(?!(?:day|week|month|year)))", re.IGNORECASE
)


def figures_in(text: str, place: Place, raw: str = "") -> tuple[Figure, ...]:
    """The figures in a block's clean `text`, in order.

    `place` is the block's; where the block was joined from several lines, `raw` (its text as it stood, with line
    breaks) tells on which line each figure stands. Time grows with the length of the text and no faster.
    """
    quantities = sorted_out(text)
    words = multiples(text)
    first = next(words, None)
    if first is None and all(aside is not None for _, aside in quantities):
        return ()
    return tuple(_figures(text, placer(text, raw, place), quantities, first, words))


def _figures(text, at, quantities, pending, words):
    sentences = Sentences(text)
    held: Figure | None = None
    held_in = -1
    for quantity, aside in quantities:
        while pending is not None and pending.start < quantity.start:
            yield _of_multiple(text, pending, sentences, at)
            pending = next(words, None)
        if aside is not None:
            continue
        index = sentences.index_at(quantity.start)
        figure = _of_quantity(text, quantity, sentences.span(index), at)
        if figure.counts is None and figure.of == "change" and held is not None and held_in == index:
            figure = replace(figure, counts=held.counts)
        held, held_in = figure, index
        yield figure
    while pending is not None:
        yield _of_multiple(text, pending, sentences, at)
        pending = next(words, None)


def _of_quantity(text: str, quantity: Quantity, span: tuple[int, int], at) -> Figure:
    sort = quantity.sort
    unit, value = "count", quantity.value
    found = sense(text, quantity, span)
    if sort in {Sort.PERCENT, Sort.POINTS}:
        unit = "percent"
    elif sort is Sort.MONEY and quantity.money is not None:
        unit = quantity.money.code
    elif sort is Sort.FOLD or (sort is Sort.TIMES and _MULTIPLE_AFTER.match(text, quantity.end, quantity.end + 12)):
        unit = "multiple"
    elif quantity.number.form in {Form.FRACTION, Form.RATIO}:
        unit = "share"
    if found.direction is Direction.FALL and unit != "multiple":
        value = -abs(value)
    end = quantity.end if quantity.hedge is None or quantity.hedge.start < quantity.start else quantity.hedge.end
    counted = context.counts(text, end, span[1])
    if sort is Sort.MEASURE and quantity.unit is not None:
        counted = quantity.unit.name if counted is None else f"{quantity.unit.name} of {counted}"
    elif sort in {Sort.TIME, Sort.TIMES} and quantity.unit is not None and unit == "count":
        counted = quantity.unit.name
    return _figure(text, quantity.start, quantity.end, value, unit, _hedge(text, quantity), found, counted, span, at, quantity.bound)


def _hedge(text: str, quantity: Quantity) -> str | None:
    if quantity.hedge is not None:
        return re.sub(r"^an?\s(?=estimated|reported|projected)", "", quantity.hedge.text, flags=re.IGNORECASE)
    if quantity.number.form is Form.VAGUE:
        return text[quantity.start : quantity.end]
    return None


def _of_multiple(text: str, multiple: Multiple, sentences: Sentences, at) -> Figure:
    span = sentences.span(sentences.index_at(multiple.start))
    hedge = hedge_before(text, multiple.start)
    found = Sense("change" if multiple.direction else None, multiple.direction)
    counted = context.counts(text, multiple.end, span[1])
    return _figure(text, multiple.start, multiple.end, multiple.value, "multiple", hedge.text if hedge else None, found, counted, span, at, "")


def _figure(text, start, end, value: Value, unit, approx, found: Sense, counted, span, at, bound) -> Figure:
    left, right = span
    if right - left > _SENTENCE:
        left = max(left, start - _SENTENCE // 2)
        right = min(right, left + _SENTENCE)
    return Figure(
        value=_printed(value, unit),
        unit=unit,
        as_printed=text[start:end],
        approx=approx,
        of=found.of,
        direction=found.direction.value if found.direction else None,
        bound=bound if bound in {"low", "high"} else None,
        counts=counted,
        who=context.who(text, start, span[0]),
        where=context.where(text, start, end, span),
        when=context.when(text, start, end, span),
        sentence=text[left:right],
        place=at(start),
    )


def _printed(value: Value, unit: str) -> int | float | str:
    """Whole numbers as they are, shares as "1/8", the rest as decimals."""
    if isinstance(value, int):
        return value
    if unit == "share":
        return f"{value.numerator}/{value.denominator}"
    return float(value)
