"""Damaged PDF and Word files: whatever is done to their bytes, they are read or refused, and never break us."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import Snapshot
from almoner.pipeline.parse import parse
from almoner.pipeline.parse.pdf import read_pdf
from almoner.pipeline.parse.word import read_word
from tests.pipeline.papers import word
from tests.pipeline.papers.damaged import MADE, damaged, pdf

SOAK = os.environ.get("ALMONER_SOAK") == "1"
ROOT = Path(__file__).parents[2]
WORD = sorted(name for name in MADE if name.startswith("docx/"))


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
    done = subprocess.run(
        [sys.executable, "-m", "tests.pipeline.papers.damaged", "0", str(12_000 if SOAK else 60)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.endswith("all read or refused\n"), done.stdout[-20:] + done.stderr[-2_000:]


def test_damaged_pdf_comes_to_its_refusal_through_a_process_of_its_own() -> None:
    content = next(pdf(seed) for seed in range(100) if refusal(read_pdf, pdf(seed)) is not None)
    error = refusal(lambda found: parse(Snapshot("damaged.pdf", found)), content)
    assert error is not None
    assert error.advice
    assert not isinstance(error, StageBroken)


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
