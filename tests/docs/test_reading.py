"""What docs/reading.md says is what the code does."""

import json
import re
from pathlib import Path

from almoner.pipeline.findings import FINDINGS, Gravity

DOCS = Path(__file__).parents[2] / "docs"
WEIGHTS = {Gravity.HOLD: "decide", Gravity.CHECK: "check", Gravity.NOTE: "note"}


def section(title: str) -> str:
    page = (DOCS / "reading.md").read_text()
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_findings_are_described_as_the_table_has_them() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \| (.+?) \|$", section("Findings"), re.MULTILINE)
    assert rows == [(kind.code, WEIGHTS[kind.gravity], kind.name, kind.remedy) for kind in FINDINGS.values()]


def test_keys_are_described_as_the_schema_has_them() -> None:
    schema = json.loads((DOCS / "item.schema.json").read_text())
    described = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", section("Keys of an item"), re.MULTILINE))
    assert list(described) == list(schema["properties"])
    assert all(described.values())
    assert schema["required"] == list(schema["properties"])
