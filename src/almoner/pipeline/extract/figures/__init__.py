"""Figures: the quantities in a text that measure something in the world, with what they count.

`figures_in` is for readers: ages, dates, durations, references and names of things that have a number in them
are set aside. `sorted_out` is the layer under it: every quantity, with the reason it was set aside for.
"""

from __future__ import annotations

from almoner.pipeline.extract.figures.aside import sorted_out
from almoner.pipeline.extract.figures.figure import figures_in
from almoner.pipeline.extract.figures.quantities import numbers_beyond_limit

__all__ = ["figures_in", "numbers_beyond_limit", "sorted_out"]
