"""`make bench`: every benchmark, or those that are named, ours beside the peers.

    python -m benchmarks                            # all of them
    python -m benchmarks listing articles --every 10
    python -m benchmarks --check [NAME…]            # only ours, against benchmarks/floors.json; 1 where one is under it

`--every N` looks at each N-th file of a set. What is absent (a set, a peer) is said, and the rest goes on.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks import floors
from benchmarks.names import NAMES, run


def main(arguments: list[str]) -> int:
    """0; 1 where a score is under its floor; 2 where the command was not understood."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure speed and quality beside the peers."
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(NAMES)} (all by default)"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th file of a set")
    parser.add_argument("--check", action="store_true", help="compare our scores with benchmarks/floors.json")
    parser.add_argument("--failures", action="store_true", help="also print what is wrong, where a set can")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in NAMES]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    if given.every < 1:
        parser.error("--every takes a number from 1.")
    if given.check:
        return floors.main(given.names)
    for name in given.names or NAMES:
        print(f"\n== {name} ==", flush=True)
        run(name, given.every, failures=given.failures)
    return 0


sys.exit(main(sys.argv[1:]))
