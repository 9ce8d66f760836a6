"""`python -m tests.pipeline.papers`: write the golden PDF and Word files, and what is read of each now, beside them."""

from __future__ import annotations

import sys

from tests.pipeline import golden, papers


def main() -> int:
    """Always 0: the diff says what changed."""
    for name, content in papers.made().items():
        path = golden.FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        golden.write(name)
        papers.shown_file(name).parent.mkdir(parents=True, exist_ok=True)
        papers.shown_file(name).write_text(papers.shown(name), encoding="utf-8")
        sys.stdout.write(f"written: {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
