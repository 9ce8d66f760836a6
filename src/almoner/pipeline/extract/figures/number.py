"""A number as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from almoner.lib.frozen import swift
from almoner.pipeline.extract.figures.tokens import Value


class Form(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    FRACTION = "fraction"
    """A part of one: 3/4, two-thirds, a quarter, ½."""
    RATIO = "ratio"
    """One number out of another: one in eight, 9 out of 10."""
    VAGUE = "vague"
    """Nobody counted: hundreds of, dozens of."""
    DOTTED = "dotted"
    """A piece of 3.12.4 or 192.168.1.2."""


@swift
@dataclass(frozen=True, slots=True)
class Number:
    """A number at `start`..`end` (half open) of a text. `glued`: a letter follows directly (29km)."""

    start: int
    end: int
    value: Value
    form: Form
    glued: bool = False
