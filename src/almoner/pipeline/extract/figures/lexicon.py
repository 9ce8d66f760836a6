"""The words that numbers are made of. Data only; the grammar is in `numerals`."""

from __future__ import annotations

from typing import Final

UNITS: Final = {
    "zero": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
HUNDREDS: Final = {"hundred": 100, "hundreds": 100}
SCALES: Final = {
    "thousand": 10**3, "thousands": 10**3, "million": 10**6, "millions": 10**6, "billion": 10**9,
    "billions": 10**9, "trillion": 10**12, "trillions": 10**12, "lakh": 10**5, "lakhs": 10**5,
    "crore": 10**7, "crores": 10**7,
}  # fmt: skip
DOZENS: Final = {"dozen": 12, "dozens": 12, "doz": 12, "dozs": 12, "dz": 12, "dzs": 12}
PARTS: Final = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
"""Denominators that are no ordinals."""

_ORDINALS: Final = {
    "first": 1, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    "hundredth": 100, "thousandth": 1000, "millionth": 10**6, "billionth": 10**9, "trillionth": 10**12,
}  # fmt: skip
ORDINALS: Final = _ORDINALS | {f"{word}s": value for word, value in _ORDINALS.items()}
"""Denominators that are ordinals too. "Second" is left out: it is a time or a rank, never a half."""

VAGUE: Final = {
    "tens": 10, "scores": 20, "dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6,
    "billions": 10**9,
}  # fmt: skip
"""Words that stand before "of" for a quantity nobody counted: "hundreds of calls"."""

SUFFIXES: Final = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "mm": 10**6, "bn": 10**9, "bln": 10**9,
    "b": 10**9, "g": 10**9, "tn": 10**12, "tln": 10**12,
}  # fmt: skip
"""Letters behind digits that multiply them, in lower case. What each may mean is decided in `numerals`."""
