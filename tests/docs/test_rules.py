"""What docs/rules.md says of rules is what the code does."""

import json
import re
from pathlib import Path

from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import read
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules.form import SLOTS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "rules.md").read_text(encoding="utf-8")
EXAMPLE = (DOCS / "examples" / "saltmarsh.toml").read_text(encoding="utf-8")


def test_worked_example_is_the_file_and_does_what_is_said() -> None:
    assert f"```toml\n{EXAMPLE}```" in PAGE
    content = (DOCS / "examples" / "saltmarsh.html").read_bytes()
    snapshot = Snapshot("saltmarsh.html", content, MediaType.HTML)
    before, after = read(snapshot), read(snapshot, rule=rules.load(EXAMPLE))
    assert "Transport group" in before.items[0].text
    assert before.items[0].text.startswith("Open")
    assert [item.credit.author for item in after.items] == [
        "Transport group",
        "Community group",
        "Arts group",
    ]
    assert after.items[0].text == "A card with four questions now hangs in every cab."
    assert [item.published and item.published.value for item in after.items] == [
        "2026-11-06",
        "2026-11-02",
        "2026-10-27",
    ]
    assert not after.findings


def test_keys_are_described_as_the_schema_has_them() -> None:
    schema = json.loads((DOCS / "rule.schema.json").read_text(encoding="utf-8"))
    keys = []
    for name, key in schema["properties"].items():
        keys += [f"{name}.{inner}" for inner in key.get("properties", ())] or [name]
    described = dict(re.findall(r"^\| `([\w.]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert list(described) == keys


def test_example_of_forms_passes_the_check_and_slots_are_named() -> None:
    (forms,) = re.findall(r"```toml\n(\[lines\].+?)```", PAGE, re.DOTALL)
    assert rules.load(f'name = "n"\nmatch = ["n.example/*"]\npage = "text"\n{forms}').lines
    section = PAGE.split("## Forms of lines")[1]
    assert set(re.findall(r"`\{(\w+)\}`", section)) == SLOTS
