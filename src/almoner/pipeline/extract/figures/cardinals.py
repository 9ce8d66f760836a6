"""Whole numbers (and decimals before a scale word) out of a chain: "two hundred and two thousand", "4.5 million"."""

from __future__ import annotations

from typing import Final, NamedTuple

from almoner.pipeline.extract.figures.chain import Chain
from almoner.pipeline.extract.figures.tokens import Token, Value, plain

_HIGHEST: Final = 10**30


class Seam(NamedTuple):
    """Where the last "and" joined two parts: a fraction may belong to the second part only."""

    before: Value
    after: Value
    scale: int
    """The scale word's value right before the "and", else 1."""


class Cardinal(NamedTuple):
    """A number that was read up to the piece at `next`."""

    value: Value
    next: int
    scale: int
    """The last scale word's value where the number closes with it, else 1."""
    seam: Seam | None


class _Sum:
    """The number as far as it was read: `total` is closed by scale words, `group` is the part below the next."""

    def __init__(self, chain: Chain, at: int) -> None:
        self.chain = chain
        self.at = at
        self.total: Value = 0
        self.group: Value | None = None
        self.ceiling = _HIGHEST
        self.scale = 1
        self.seam: Seam | None = None

    @property
    def value(self) -> Value:
        return self.total + (self.group or 0)

    def take(self, index: int) -> bool:
        """Adds the piece at `index`, or says that it does not belong to this number."""
        token = self.chain.pieces[index]
        joined = index > self.at and self.chain.linked(index, "and")
        if index > self.at and not (joined or self.chain.linked(index, "space", "hyphen")):
            return False
        if token.plural and (index == self.at or joined):
            return False
        if token.kind in {"unit", "ten", "digits"}:
            return self._add(token, index, joined)
        if joined:
            return False
        if token.kind == "hundred":
            return self._hundred()
        return token.kind == "scale" and self._scaled(int(token.value))

    def _add(self, token: Token, index: int, joined: bool) -> bool:
        before = self.value
        if token.kind == "digits" and index > self.at and not self._holds_digits(index, joined):
            return False
        if self.group is None:
            if self.total and (
                token.value == 0 or token.value >= self.ceiling or self._next_scale(index) >= self.ceiling
            ):
                return False
            self.group = token.value
        elif self._fits(token, index):
            self.group += token.value
        else:
            return False
        if joined:
            self.seam = Seam(before, token.value, self.scale)
        elif self.seam is not None:
            self.seam = self.seam._replace(after=self.value - self.seam.before)
        self.scale = 1
        return True

    def _fits(self, token: Token, index: int) -> bool:
        """Whether a smaller piece fits into the gap that the group leaves: forty | two, three hundred | five."""
        group = self.group
        if not isinstance(group, int) or not isinstance(token.value, int) or token.value <= 0 or group == 0:
            return False
        if group % 100 == 0 and token.value < 100:
            return not self.chain.isa(index + 1, "hundred")
        in_words = token.kind == "unit" and self.chain.pieces[index - 1].kind == "ten"
        return in_words and token.value < 10 and self.chain.linked(index, "space", "hyphen")

    def _holds_digits(self, index: int, joined: bool) -> bool:
        """Digits go on from a word only in "3 hundred and 21", "4 thousand 3 hundred"."""
        pieces = self.chain.pieces
        if pieces[self.at].kind != "digits" or pieces[index - 1].kind not in {"hundred", "scale"}:
            return False
        return joined or self.chain.isa(index + 1, "hundred", "scale")

    def _next_scale(self, index: int) -> int:
        return int(self.chain.pieces[index + 1].value) if self.chain.isa(index + 1, "scale") else 0

    def _hundred(self) -> bool:
        if self.group is None and self.total:
            return False
        if self.group is not None and (
            self.group == 0 or (isinstance(self.group, int) and self.group % 100 == 0)
        ):
            return False
        self.group = plain((1 if self.group is None else self.group) * 100)
        self.scale = 1
        return True

    def _scaled(self, scale: int) -> bool:
        if self.group is None:
            self.total = plain((self.total or 1) * scale)
        elif scale < self.ceiling:
            self.total = plain(self.total + self.group * scale)
        else:
            return False
        self.group, self.ceiling, self.scale = None, scale, scale
        return True


def read_cardinal(chain: Chain, at: int, end: int | None = None) -> Cardinal:
    """The longest number that starts with the piece at `at` and stops before the piece at `end`."""
    read = _Sum(chain, at)
    index, stop = at, len(chain.pieces) if end is None else end
    while index < stop:
        token = chain.pieces[index]
        if token.kind == "dozen" and not read.total and not chain.linked(index, "and"):
            seam = read.seam
            value = seam.before + seam.after * 12 if seam else (1 if read.group is None else read.group) * 12
            return Cardinal(plain(value), index + 1, 1, None)
        if not read.take(index):
            break
        index += 1
        if token.glued:
            break
    return Cardinal(read.value, max(index, at + 1), read.scale, read.seam)
