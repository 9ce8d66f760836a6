"""What an opening means, as a direction: the mean of its words' vectors, each counting less the later it stands.

The vectors are those of WordLlama (Miller 2024, MIT): distilled from large language models, one for each piece of a
word, their first numbers telling most (Matryoshka; Kusupati et al. 2022). They lie in its package as a plain file
(safetensors), which is mapped and read here: nothing is fetched, its library and what that needs are not loaded, and
what is read of the file is the rows in use. So it is seen that "llamas set loose" and "animals freed from a farm" are
one thing, which shared words do not show.

A word that is no piece is cut into the longest ones there are, from its beginning; on rated pairs of articles that
does no worse than the way the vectors were trained for.
"""

from __future__ import annotations

import json
import math
import mmap
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

LENGTH: Final = 256
"""Numbers of a direction, all that a vector has: with fewer, stories come out a little worse."""
FADES: Final = 40
"""Words after which one counts a third of the first: the opening says what has happened, the rest what is always said
about such things."""
_LOOKED_AT: Final = 4 * FADES
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PIECE: Final = re.compile(r"▁?(?:[^\W\d_]+|\d+)")
_BEGINS: Final = "▁"
_PACKAGE: Final = "wordllama"
_VECTORS: Final = "weights/l2_supercat_256.safetensors"
_PIECES: Final = "tokenizers/l2_supercat_tokenizer_config.json"
_HALF: Final = 2
"""Bytes of a number in the file."""


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The pieces that begin a word and those inside one, with their rows, and where the rows stand in the file."""

    begin: Mapping[str, int]
    inside: Mapping[str, int]
    longest: int
    file: mmap.mmap
    start: int
    width: int

    def of(self, row: int) -> tuple[float, ...]:
        return struct.unpack_from(f"<{LENGTH}e", self.file, self.start + row * self.width * _HALF)

    def rows(self, word: str) -> Iterator[int]:
        """The rows of the pieces that a word is cut into; a letter that is none is passed over."""
        at, pieces = 0, self.begin
        while at < len(word):
            for end in range(min(len(word), at + self.longest), at, -1):
                if (row := pieces.get(word[at:end])) is not None:
                    yield row
                    break
            at, pieces = end, self.inside


def of(title: str, text: str) -> tuple[float, ...]:
    """A direction of length 1; empty where there is nothing to read, or where the package is not installed: it
    comes with us where there is a wheel of it (Linux on x86-64)."""
    vectors = _vectors()
    if vectors is None:
        return ()
    total = [0.0] * LENGTH
    for place, word in enumerate(_WORD.finditer(f"{title} {text}")):
        if place >= _LOOKED_AT:
            break
        weight = math.exp(-place / FADES)
        for row in vectors.rows(word[0]):
            total = [so_far + weight * value for so_far, value in zip(total, vectors.of(row), strict=True)]
    length = math.hypot(*total)
    return tuple(value / length for value in total) if length else ()


@cache
def _vectors() -> _Vectors | None:
    spec = find_spec(_PACKAGE)
    folder = Path(str(spec.origin)).parent if spec and spec.origin else None
    if folder is None or not ((folder / _VECTORS).is_file() and (folder / _PIECES).is_file()):
        return None
    listed = json.loads((folder / _PIECES).read_text(encoding="utf-8"))["model"]["vocab"]
    words = {piece: row for piece, row in listed.items() if _PIECE.fullmatch(piece)}
    with (folder / _VECTORS).open("rb") as opened:
        file = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    (header,) = struct.unpack_from("<Q", file)
    (described,) = json.loads(file[8 : 8 + header]).values()
    return _Vectors(
        {piece[1:]: row for piece, row in words.items() if piece.startswith(_BEGINS)},
        {piece: row for piece, row in words.items() if not piece.startswith(_BEGINS)},
        max(map(len, words)),
        file,
        8 + header + described["data_offsets"][0],
        described["shape"][1],
    )
