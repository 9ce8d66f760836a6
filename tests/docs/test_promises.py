"""docs/promises.md is the list that the benchmark counts against."""

import re
from pathlib import Path

from benchmarks import promises

DOC = Path(__file__).parents[2] / "docs" / "promises.md"


def test_promises_are_described_as_the_list_has_them() -> None:
    rows = re.findall(
        r"^\| (\d{3}) \| (\d+) \| (.+?) \| (.+?) \| (.*?) \| (yes|doubtful) \|$", DOC.read_text(), re.M
    )
    wanted = [
        (
            name[:3],
            str(one["line"]),
            one["who"],
            one["what"],
            " to ".join(dict.fromkeys(one["due"] or [])) or "–",
            "doubtful" if one.get("doubtful") else "yes",
        )
        for name, listed in promises.listed().items()
        for one in listed
    ]
    assert [tuple(cell.strip() for cell in row) for row in rows] == wanted
