"""A quantity: a number with its unit or currency, its hedge, and its part in a range."""

from __future__ import annotations

from dataclasses import dataclass

from almoner.lib.frozen import swift
from almoner.pipeline.extract.figures.currencies import Money
from almoner.pipeline.extract.figures.hedges import Hedge
from almoner.pipeline.extract.figures.number import Number
from almoner.pipeline.extract.figures.tokens import Value
from almoner.pipeline.extract.figures.units import Sort, Unit


@swift
@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with what belongs to it. `start`..`end` holds number, money sign and unit, not the hedge.

    `value` counts main units (5 m pounds is 5000000, 50p is 1/2). `span` is the whole expression it belongs to,
    hedge and rate included: "between 10 and 15 per cent" is one span and two quantities. `bound` is "low" or
    "high" in a range, "list" in a list that shares a unit, "tolerance" behind ±, else empty.
    """

    start: int
    end: int
    number: Number
    value: Value
    unit: Unit | None
    money: Money | None
    span: tuple[int, int]
    hedge: Hedge | None = None
    bound: str = ""

    def closed(self, hedge: Hedge | None, span: tuple[int, int]) -> Quantity:
        """The quantity with its hedge and the span of the whole expression."""
        return Quantity(
            self.start, self.end, self.number, self.value, self.unit, self.money, span, hedge, self.bound
        )

    @property
    def sort(self) -> Sort | None:
        """The unit's sort, None where it only counts."""
        return Sort.MONEY if self.money else self.unit.sort if self.unit else None
