"""Files with some of their bytes changed, and a run over many damaged PDFs in one process.

    python -m tests.pipeline.papers.damaged FIRST COUNT

A process for each file would spend forty times as long on its start as on the file. The number of each is printed
before it is read: the last one names what brought the process down or took more than `SECONDS` of the processor.
"""

from __future__ import annotations

import random
import resource
import signal
import sys
from typing import Final

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.parse.apart.confine import MEMORY
from almoner.pipeline.parse.pdf import read_pdf
from tests.pipeline import papers

SECONDS: Final = 2.0
MADE: Final = papers.made()
PDF: Final = sorted(name for name in MADE if name.startswith("pdf/"))


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


def pdf(seed: int) -> bytes:
    """The damaged PDF of that number."""
    dice = random.Random(seed)
    return b"%PDF-1.7\n" + damaged(MADE[dice.choice(PDF)], dice)


def main(first: int, count: int) -> None:
    """Read them one after another; what is refused must say what to do, anything else breaks the run."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends the process even within a library
    for seed in range(first, first + count):
        content = pdf(seed)
        sys.stdout.write(f"{seed}\n")
        sys.stdout.flush()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            read_pdf(content)
        except PipelineError as error:
            if not error.advice:
                raise
        except (MemoryError, RecursionError):
            pass  # the process that reads one file answers with a refusal
        signal.setitimer(signal.ITIMER_PROF, 0)
    sys.stdout.write("all read or refused\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
