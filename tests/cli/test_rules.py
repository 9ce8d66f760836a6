"""`almoner rules`: what it prints, and what it returns."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from almoner import cli
from tests.pipeline.sources.test_rules import LISTING, PAGE

GOOD = LISTING + '[select]\nrecord = "li.card"\ntitle = ".name"\ndate = ".day"\n'


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "page.html").write_text(PAGE)
    return str(tmp_path / "page.html")


def rule(folder: Path, text: str) -> str:
    (folder / "rule.toml").write_text(text)
    return str(folder / "rule.toml")


def test_good_rule_is_said_to_be_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "check", rule(tmp_path, GOOD)]) == 0
    assert "good. “Fernleigh”" in capsys.readouterr().out


@pytest.mark.parametrize("text", [b'name = "a"\n', b"\xff\xfe", None])
def test_bad_rule_is_said_with_its_place(
    text: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.toml"
    if text is not None:
        file.write_bytes(text)
    assert cli.main(["rules", "check", str(file), rule(tmp_path, GOOD)]) == 1
    found = capsys.readouterr()
    assert f"{file}, line 1: " in found.err
    assert "good" in found.out


def test_try_says_item_by_item_what_changes(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "try", rule(tmp_path, GOOD), page]) == 0
    out = capsys.readouterr().out
    assert "3 record(s) with the rule “Fernleigh”, 3 without." in out
    assert "title 3 of 3" in out
    assert "empty everywhere: updated, author" in out
    assert "0 the same, 3 changed, 0 new, 0 gone" in out
    assert "published: 2026-03-12 → 2026-03-03" in out


def test_try_prints_json(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "try", "--json", rule(tmp_path, GOOD), page]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["records"], said["records_without"], said["filled"]["title"]) == (3, 3, 3)
    assert "author" in said["empty"]
    assert said["items"][0]["item"]["title"] == "Checks for drivers change in June"
    assert {"field": "published", "before": "2026-03-12", "after": "2026-03-03"} in said["items"][0][
        "changes"
    ]


def test_try_with_a_rule_that_does_not_fit_is_one(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "try", rule(tmp_path, GOOD.replace("li.card", "div.old")), page]) == 1
    assert "rule_unmatched" in capsys.readouterr().out
    assert cli.main(["rules", "try", rule(tmp_path, GOOD), str(tmp_path / "absent.html")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_suggested_rule_passes_check_and_changes_nothing(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "suggest", page]) == 0
    found = capsys.readouterr()
    assert "100% of the items" in found.err
    file = rule(tmp_path, found.out)
    assert cli.main(["rules", "check", file]) == 0
    assert cli.main(["rules", "try", file, page]) == 0
    assert "3 the same, 0 changed" in capsys.readouterr().out


def test_read_takes_a_rule(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--json", "--rule", rule(tmp_path, GOOD), page]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["published"]["value"] == "2026-03-03"
    assert cli.main(["read", "--rule", str(tmp_path / "absent.toml"), page]) == 1
    assert "absent.toml, line 1" in capsys.readouterr().err


def test_rules_do_not_wait_for_django(page: str) -> None:
    code = f"from almoner import cli; import sys; cli.main(['rules', 'suggest', {page!r}]); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
