"""Why a number is no figure, by name: so that a benchmark or an editor can see what was set aside as what."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Aside(StrEnum):
    """The reasons."""

    ADDRESS = "address"
    """Inside a web or e-mail address, a hashtag or a file name."""
    TELEPHONE = "telephone"
    IDENTIFIER = "identifier"
    """A company, charity, case or book number."""
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    """Of a page, paragraph, section, table, or of a source in brackets."""
    NAME = "name"
    """A part of a name: Year 9, Covid-19, Catch 22, a two-way radio."""
    LIST_NUMBER = "list_number"
    ONE = "one"
    """ "One" that counts nothing: one of them, one day."""
    DATE = "date"
    CLOCK = "clock"
    AGE = "age"
    DURATION = "duration"
    LENGTH = "length"
    MEASURE = "measure"
    """A reading of an instrument: °C, volts."""
    BASE = "base"
    """What a rate is given for: per 10,000."""
    TOLERANCE = "tolerance"
    BARE = "bare"
    """Nothing near it says what it counts."""


NOT_QUANTITIES: Final = frozenset(
    {
        Aside.ADDRESS,
        Aside.TELEPHONE,
        Aside.IDENTIFIER,
        Aside.FOOTNOTE,
        Aside.REFERENCE,
        Aside.NAME,
        Aside.LIST_NUMBER,
        Aside.ONE,
    }
)
"""These measure nothing at all. The others are quantities, and only no figures."""
