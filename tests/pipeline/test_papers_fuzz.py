"""Damaged PDF and Word files: whatever is done to their bytes, they are read or refused, and never break us."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator

import pytest

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import Snapshot
from almoner.pipeline.parse import parse
from almoner.pipeline.parse.word import read_word
from tests.pipeline import papers
from tests.pipeline.papers import word

SOAK = os.environ.get("ALMONER_SOAK") == "1"
MADE = papers.made()
PDF = sorted(name for name in MADE if name.startswith("pdf/"))
WORD = sorted(name for name in MADE if name.startswith("docx/"))


def damaged(content: bytes, dice: random.Random) -> bytes:
    """The bytes with some of them changed, doubled, moved or cut off."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 12)):
        at, length = dice.randrange(len(made)), dice.randint(1, 60)
        deed = dice.randrange(5)
        if deed == 0:
            made[at : at + length] = dice.randbytes(length)
        elif deed == 1:
            made[at:at] = made[at : at + length] * dice.randint(1, 30)
        elif deed == 2:
            del made[at : at + length]
        elif deed == 3:
            made[at : at + 1] = str(dice.choice((0, -1, 2**31, 2**63, 10**9))).encode()
        elif dice.random() < 0.1:
            del made[at:]
        if not made:
            break
    return bytes(made)


def deeds(count: int) -> Iterator[random.Random]:
    return (random.Random(seed) for seed in range(count))


def refusal(read: Callable[[bytes], object], content: bytes) -> PipelineError | None:
    """The error with which a file is refused; None where it is read."""
    try:
        read(content)
    except PipelineError as error:
        return error
    return None


@pytest.mark.slow
def test_damaged_pdf_is_read_or_refused() -> None:
    for dice in deeds(600 if SOAK else 8):
        content = b"%PDF-1.7\n" + damaged(MADE[dice.choice(PDF)], dice)
        error = refusal(lambda found: parse(Snapshot("damaged.pdf", found)), content)
        assert error is None or (error.advice and not isinstance(error, StageBroken))


@pytest.mark.slow
def test_damaged_word_file_is_read_or_refused() -> None:
    for dice in deeds(20_000 if SOAK else 60):
        content = MADE[dice.choice(WORD)]
        if dice.random() < 0.7:  # the archive stays whole, and its parts are damaged
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                files = {part.filename: archive.read(part) for part in archive.infolist()}
            name = dice.choice(sorted(files))
            content = word.packed(files | {name: damaged(files[name], dice)})
        else:
            content = damaged(content, dice)
        error = refusal(read_word, content)
        assert error is None or error.advice
