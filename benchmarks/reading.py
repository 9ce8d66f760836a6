"""How fast documents are read: the command with its start, and pages beside trafilatura.

    python -m benchmarks reading

The pages are the sample content's own, and each text of it once more as HTML, so that both read the same words.
trafilatura reads one article of a page; we read all its items. CPU time, medians; the machine is shared, so the
ratio is what counts.
"""

from __future__ import annotations

import importlib.util
import resource
import statistics
import subprocess
import sys
import time
from html import escape
from pathlib import Path
from typing import Final

import almoner
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import read
from benchmarks import data
from benchmarks.machine import described

RUNS: Final = 7
PAGES: Final = Path(almoner.__file__).parent / "demo" / "pages"


def main() -> None:
    """Print both tables."""
    print(described())
    folder = data.reference()
    reference = sorted(str(path) for path in folder.glob("*.txt")) if folder is not None else []
    texts = sorted(str(path) for path in PAGES.rglob("*.txt"))
    print(
        "\n| almoner read --json, start included | documents | CPU, median | fastest to slowest |\n|---|---|---|---|"
    )
    for name, paths in (("sample texts", texts), ("five reference texts", reference)):
        if not paths:
            print(f"| {name} | not here | – | – |")
            continue
        times = sorted(_command(paths) for _ in range(RUNS))
        print(
            f"| {name} | {len(paths)} | {statistics.median(times):.2f} s | {times[0]:.2f} to {times[-1]:.2f} s |"
        )
    _beside_trafilatura([*sorted(PAGES.rglob("*.html")), *map(Path, [*texts, *reference])])


def _command(paths: list[str]) -> float:
    """CPU seconds of one run of the command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "almoner", "read", "--json", *paths],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _beside_trafilatura(files: list[Path]) -> None:
    pages = [path.read_bytes() if path.suffix == ".html" else _as_page(path.read_text()) for path in files]
    print(
        f"\n| the same {len(pages)} pages of HTML, one core | documents a second, median | items read |\n|---|---|---|"
    )
    items = sum(len(read(Snapshot("page", page, MediaType.HTML)).items) for page in pages)
    ours = _a_second(lambda page: read(Snapshot("page", page, MediaType.HTML)), pages)
    print(f"| almoner {almoner.__version__} | {ours:.1f} | {items} |")
    if importlib.util.find_spec("trafilatura") is None:
        print("| trafilatura | not installed: `make setup-bench` | – |")
        return
    import trafilatura

    theirs = _a_second(lambda page: trafilatura.bare_extraction(page, with_metadata=True), pages)
    print(f"| trafilatura {trafilatura.__version__} | {theirs:.1f} | one text a page |")
    print(f"\nratio: {ours / theirs:.1f}")


def _a_second(reader: object, pages: list[bytes]) -> float:
    assert callable(reader)
    reader(pages[0])  # imports and patterns are not counted
    rates = []
    for _ in range(RUNS):
        begun = time.process_time()
        for page in pages:
            reader(page)
        rates.append(len(pages) / (time.process_time() - begun))
    return statistics.median(rates)


def _as_page(text: str) -> bytes:
    """A text as a plain page: a paragraph a line."""
    lines = (f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f"<!DOCTYPE html><html lang='en-GB'><head><title>Page</title></head><body><main>{''.join(lines)}</main></body></html>".encode()


if __name__ == "__main__":
    main()
