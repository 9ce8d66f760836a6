"""`python -m tests.pipeline.golden [--write] [NAME…]`: compare, or write down what is read now."""

from __future__ import annotations

import argparse
import sys

from tests.pipeline import golden


def main() -> int:
    """0: every input gives what is written beside it, or that was written now; 1: some do not."""
    parser = argparse.ArgumentParser(prog="python -m tests.pipeline.golden", description=golden.__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="inputs such as feed/atom.xml (default: all)"
    )
    parser.add_argument(
        "--write", action="store_true", help="write down what is read now; then review the diff"
    )
    arguments = parser.parse_args()
    differ = [
        name for name in arguments.names or golden.inputs() if golden.found(name) != golden.expected(name)
    ]
    for name in differ:
        if arguments.write:
            golden.write(name)
        sys.stdout.write(f"{'written' if arguments.write else 'differs'}: {name}\n")
    return 1 if differ and not arguments.write else 0


if __name__ == "__main__":
    sys.exit(main())
