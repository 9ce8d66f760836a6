"""PDF files: the words that are found, in order, beside texts that are known; pages a second of CPU; memory.

`words` is the share of words that stand in the same order in both (twice the longest common subsequence over all words
of both), the mean over the files that have a text beside them (`X.pdf` and `X.txt`). Running heads and page numbers are
in those texts, and ours leaves them out where a file has several pages. `shared` is, over the files without such a text,
the share of pdfplumber's words that a reader has too, in any order; it says that little is lost, and no more.

Each reader runs in a process of its own over the same files in the same run; ours starts a further one for each file,
and its time and memory are counted. `report` is one file of 400 pages, written by our own tests' writer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.parse import parse
from benchmarks.machine import described
from benchmarks.peers import OURS
from benchmarks.race import Scores

NEEDS: Final = "pdf"
REFERENCE: Final = "pdfplumber"
REPORT_PAGES: Final = 400


@dataclass(frozen=True, slots=True)
class Run:
    """What a reader made of some files: a text each (None where it gave up), pages in all, CPU seconds, MiB."""

    texts: dict[str, str | None]
    pages: int
    seconds: float
    memory: float


def ours(path: Path) -> tuple[str, int]:
    """The words of all blocks and footnotes, and how many pages there are."""
    document = parse(Snapshot(path.name, path.read_bytes(), MediaType.PDF))
    texts = [block.text for block in document.blocks] + [
        f"{note.mark} {note.text}" for note in document.notes
    ]
    return "\n".join(texts), document.pages or 0


def _pdfplumber(path: Path) -> tuple[str, int]:
    import pdfplumber

    with pdfplumber.open(path) as file:
        return "\n".join(page.extract_text() or "" for page in file.pages), len(file.pages)


def _pypdf(path: Path) -> tuple[str, int]:
    import pypdf

    file = pypdf.PdfReader(path)
    return "\n".join(page.extract_text() for page in file.pages), len(file.pages)


READERS: Final[dict[str, Callable[[Path], tuple[str, int]]]] = {
    OURS: ours, REFERENCE: _pdfplumber, "pypdf": _pypdf,
}  # fmt: skip


def run(reader: str, paths: Sequence[Path]) -> Run | None:
    """One reader over some files, in a process of its own; None where it is not installed."""
    command = [sys.executable, "-m", "benchmarks.pdf", reader, *map(str, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    answer = json.loads(said)
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    seconds = used.ru_utime + used.ru_stime - answer["start"]
    return Run(answer["texts"], answer["pages"], seconds, used.ru_maxrss / unit)


def _read(reader: str, paths: Sequence[str]) -> dict[str, Any]:
    """In the reader's own process: all files, once."""
    read = READERS[reader]
    if reader != OURS:
        __import__(reader)
    begun = os.times()
    texts: dict[str, str | None] = {}
    pages = 0
    for path in paths:
        try:
            texts[path], count = read(Path(path))
            pages += count
        except Exception:  # whatever a reader raises, it has read nothing
            texts[path] = None
    return {"texts": texts, "pages": pages, "start": begun.user + begun.system}


def in_order(gold: str, found: str) -> float:
    """Twice the longest common subsequence of two texts' words, over all their words."""
    ours, theirs = gold.split(), found.split()
    row = [0] * (len(theirs) + 1)
    for word in ours:
        before = 0
        for at, other in enumerate(theirs, start=1):
            above = row[at]
            row[at] = before + 1 if word == other else max(above, row[at - 1])
            before = above
    return 2 * row[-1] / max(1, len(ours) + len(theirs))


def shared(gold: str, found: str) -> float:
    """The share of the words of one text that another has as well."""
    wanted = Counter(gold.split())
    return sum((wanted & Counter(found.split())).values()) / max(1, wanted.total())


def _files(folder: Path, stride: int) -> tuple[list[Path], dict[str, str]]:
    """The files of the set, and the texts that stand beside some of them."""
    paths = sorted(folder.rglob("*.pdf"))[::stride]
    return paths, {
        str(path): beside.read_text() for path in paths if (beside := path.with_suffix(".txt")).exists()
    }


def _words(found: Run, gold: dict[str, str]) -> float:
    known = [in_order(text, found.texts.get(path) or "") for path, text in gold.items()]
    return sum(known) / max(1, len(known))


def scores(folder: Path, stride: int) -> Scores:
    """Words in order, beside the known texts."""
    _, gold = _files(folder, stride)
    found = run(OURS, [Path(path) for path in gold])
    return {"words": _words(found, gold)} if found is not None else {}


def compare(folder: Path, stride: int) -> None:
    """Prints what each reader finds, how fast, and how much memory that takes."""
    paths, gold = _files(folder, stride)
    print(f"{described()}; {len(paths)} files, {len(gold)} with a text beside them")
    runs = {name: run(name, paths) for name in READERS}
    reference = runs[REFERENCE]
    with tempfile.TemporaryDirectory() as held:
        report = Path(held) / "report.pdf"
        report.write_bytes(_report())
        reports = {name: run(name, [report]) if found is not None else None for name, found in runs.items()}
    print(f"\n| reader | words | shared | read | pages a CPU second | MiB | report of {REPORT_PAGES} pages, CPU seconds | MiB |")  # fmt: skip
    print("|---|" + "---|" * 7)
    for name, found in runs.items():
        whole = reports[name]
        if found is None or whole is None:
            print(f"| {name} | not installed: `make setup-bench` |")
            continue
        others = [
            path
            for path in found.texts
            if path not in gold and reference is not None and reference.texts[path]
        ]
        alike = [
            shared(reference.texts[path] or "", found.texts[path] or "")
            for path in others
            if reference is not None
        ]
        both = f"{sum(alike) / len(alike):.3f}" if alike else "–"
        read = sum(text is not None for text in found.texts.values())
        print(
            f"| {name} | {_words(found, gold):.3f} | {both} | {read} of {len(paths)} | {found.pages / found.seconds:.0f}"
            f" | {found.memory:.0f} | {whole.seconds:.1f} | {whole.memory:.0f} |"
        )


def _report() -> bytes:
    from tests.pipeline.papers.sheets import report

    return report(REPORT_PAGES)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_read(sys.argv[1], sys.argv[2:])))
