"""The benchmarks by name, a module each; where a module's name has a low line, the benchmark's has a hyphen.

A module with a data set says so in `NEEDS` and has `compare(folder, stride)`, which prints a table, and for the floors
`scores(folder, stride)`, which gives our scores alone. A module without `NEEDS` has `main()` and brings its own data.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

from benchmarks import data

_FIRST: Final = (
    "listing", "pages", "articles", "dates", "figures", "recognizers", "promises", "feeds", "govuk", "mail", "pdf",
)  # fmt: skip
_FRAME: Final = frozenset({"data", "floors", "machine", "names", "peers", "race", "wordpress", "words"})
NAMES: Final = (
    *_FIRST,
    *sorted(
        path.stem.replace("_", "-")
        for path in Path(__file__).parent.glob("*.py")
        if not path.stem.startswith("_") and path.stem not in _FRAME and path.stem not in _FIRST
    ),
)


def module(name: str) -> ModuleType:
    """The module of a benchmark."""
    return importlib.import_module(f"benchmarks.{name.replace('-', '_')}")


def folder_for(benchmark: ModuleType) -> Path | None:
    """Where its data is, or None where that is absent."""
    return data.reference() if benchmark.NEEDS == "reference" else data.folder(benchmark.NEEDS)


def run(name: str, stride: int, *, failures: bool = False) -> None:
    """Print the table of one benchmark, or that its set is absent."""
    benchmark = module(name)
    # Some print what is wrong, on request, and read that from the command line as they do when run by themselves.
    sys.argv = [name, *(["--failures"] if failures else [])]
    if not hasattr(benchmark, "NEEDS"):
        benchmark.main()
        return
    there = folder_for(benchmark)
    if there is None:
        print(data.absent(benchmark.NEEDS))
    else:
        benchmark.compare(there, stride)
