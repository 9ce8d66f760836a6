"""Footnote digits that stuck to a word when a page became text: "the previous year.1", "in care2"."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.model import FootnoteMark, Place

_CANDIDATE: Final = re.compile(
    r"(?<![\w£$€#/])(?P<word>[^\W\d_]{2,}+)(?P<stop>[.,;:!?’”\"'\)\]]{0,3})(?P<mark>\d{1,2})(?=\s|\Z|[,;](?:\s|\Z))"
)
_DIGIT: Final = re.compile(r"\d")
_ABBREVIATIONS: Final = frozenset({"no", "pp", "vol", "fig", "figs", "para", "paras", "sec", "ch", "art", "nos", "reg", "ver", "st", "approx", "ext", "tel"})  # fmt: skip


class FootnoteReader:
    """Reads the blocks of one document in order, since marks count upwards.

    A digit behind a stop or bracket is a mark when it is 1 or the next one; a digit stuck to a bare word only
    when it is the next one in the same block, so that "Break4Change", "Covid19" and "area2" stay words.
    """

    def __init__(self) -> None:
        self.found = 0
        self._last = 0

    def read(self, text: str, place: Place) -> tuple[str, tuple[FootnoteMark, ...]]:
        """The text without its marks, and the marks with the words they stood at."""
        if _DIGIT.search(text) is None:
            return text, ()
        marks: list[FootnoteMark] = []
        pieces: list[str] = []
        position = 0
        for match in _CANDIDATE.finditer(text):
            number = int(match["mark"])
            if match["stop"]:
                follows = number in {1, self._last + 1}
                # "St.1", "No.1" are abbreviations; an apostrophe in front is a year: "class of '9".
                if (
                    not follows
                    or (match["stop"] == "." and match["word"].lower() in _ABBREVIATIONS)
                    or match["stop"] in {"'", ":"}
                ):
                    continue
            elif (
                not marks or number != self._last + 1 or not match["word"].islower() or len(match["word"]) < 3
            ):
                continue
            self._last = number
            marks.append(FootnoteMark(match["mark"], match["word"], place))
            pieces.append(text[position : match.start("mark")])
            position = match.end("mark")
        if not marks:
            return text, ()
        self.found += len(marks)
        return "".join(pieces) + text[position:], tuple(marks)
