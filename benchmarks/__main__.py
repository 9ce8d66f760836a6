"""`make bench`: every benchmark, or those that are named: `python -m benchmarks reading figures`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if not path.stem.startswith("_") and path.stem != "machine"
)


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; 2 where a name is none."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in names or NAMES:
        print(f"\n== {name} ==", flush=True)
        # Each reads its own arguments from the command line, of which there are none here.
        sys.argv = [name]
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


sys.exit(main(sys.argv[1:]))
