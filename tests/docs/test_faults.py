"""docs/faults.md names tests that exist, and every test that is named after a fault."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
DOC = (TESTS.parent / "docs" / "faults.md").read_text()
DEFINED = {
    name
    for path in TESTS.rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
}
ROWS = re.findall(r"^\| ([ADEFOPSVW]\d+) \| (.+?) \| (.+?) \| (.+?) \|$", DOC, re.MULTILINE)


def test_faults_are_all_listed_in_order() -> None:
    wanted = [
        *(f"F{n}" for n in range(1, 19)),
        *(f"P{n}" for n in range(1, 15)),
        *(f"S{n}" for n in (1, 2, 3, 4, 5, 10, 11)),
        *(f"W{n}" for n in range(1, 10)),
        *(f"E{n}" for n in range(1, 19)),
        "O5",
        *(f"A{n}" for n in range(1, 11)),
        *(f"D{n}" for n in range(1, 6)),
        *("V3", "V4"),
    ]
    assert [row[0] for row in ROWS] == wanted


def test_faults_name_tests_that_exist() -> None:
    for number, _, _, shown in ROWS:
        names = re.findall(r"`(\w+)`", shown)
        assert names or shown == "–", number
        assert set(names) <= DEFINED, (number, set(names) - DEFINED)


def test_every_test_of_a_fault_stands_in_its_row() -> None:
    for name in DEFINED:
        if found := re.match(r"test_([adefopsvw]\d+)_", name):
            assert any(row[0] == found[1].upper() and f"`{name}`" in row[3] for row in ROWS), name
