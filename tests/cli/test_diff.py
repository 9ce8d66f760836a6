"""`almoner diff` at the command line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import jsonschema
import pytest

from almoner.cli import main

OLD = "# Guide\n\n1. Staff should tell the lead at once.\n\n2. Keys are kept in the office.\n"
NEW = "# Guide\n\n1. Staff must tell the lead at once.\n\n2. Doors are shut at nine & not before.\n\n3. Keys are kept in the office.\n"
SCHEMA = Path(__file__).parents[2] / "docs" / "redline.schema.json"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """Two editions as files."""
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    return str(tmp_path / "old.md"), str(tmp_path / "new.md")


def test_diff_prints_a_table_of_changes(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *pair]) == 0
    said = capsys.readouterr().out
    assert "1 → 1  substantive (edited): a word that binds came or went · should → must" in said
    assert "1. Staff [-should-] [+must+] tell the lead at once." in said
    assert "There is a new paragraph 2, so paragraph 2 is now 3." in said


def test_diff_as_json_follows_its_schema(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *pair, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    kept = "".join(text for op, text in told["runs"] if op != "del")
    assert kept.split() == NEW.replace("# ", "").split()
    assert told["renumbering"] == [{"old": "2", "new": "3"}]


def test_diff_as_html_stands_by_itself(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *pair, "--html"]) == 0
    page = capsys.readouterr().out
    assert '<del><span class="hidden">removed: </span>should </del>' in page
    assert "nine &amp; not before" in page
    assert "http" not in page
    assert "<script" not in page


def test_diff_as_a_word_file_goes_where_it_is_told(pair: tuple[str, str], tmp_path: Path) -> None:
    made = tmp_path / "redline.docx"
    assert main(["diff", *pair, "--docx", "--out", str(made)]) == 0
    with zipfile.ZipFile(made) as archive:
        assert b"<w:ins " in archive.read("word/document.xml")


def test_diff_of_a_file_with_itself_says_that_nothing_changed(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", pair[0], pair[0]]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_diff_of_two_documents_that_hardly_match_says_so(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "bread.txt"
    other.write_text("Bread rises slowly.\n\nButter melts on the stove.\n", encoding="utf-8")
    assert main(["diff", pair[0], str(other)]) == 0
    assert "hardly match" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.4 broken"])
def test_diff_of_what_cannot_be_read_names_the_file_and_what_to_do(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    assert main(["diff", pair[0], str(bad)]) == 1
    assert str(bad) in capsys.readouterr().err


def test_diff_of_a_missing_file_is_an_error(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", pair[0], "nowhere.pdf"]) == 1
    assert "nowhere.pdf: fetch: could not be opened" in capsys.readouterr().err


def test_diff_that_cannot_be_saved_is_an_error(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *pair, "--html", "--out", str(tmp_path)]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_diff_as_a_pdf_goes_where_it_is_told(pair: tuple[str, str], tmp_path: Path) -> None:
    made = tmp_path / "redline.pdf"
    assert main(["diff", *pair, "--pdf", "--out", str(made)]) == 0
    assert made.read_bytes().startswith(b"%PDF-1.7")


def test_diff_as_a_pdf_says_when_no_font_has_a_letter(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, made = tmp_path / "other.md", tmp_path / "redline.pdf"
    other.write_text(OLD.replace("Keys", "钥匙"), encoding="utf-8")
    assert main(["diff", pair[0], str(other), "--pdf", "--out", str(made)]) == 0
    assert "not PDF/UA" in capsys.readouterr().err
    assert made.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("shape", ["--html", "--docx", "--pdf", "--json", "--table"])
def test_diff_with_a_file_behind_the_form_says_how_to_name_one(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str], shape: str
) -> None:
    assert main(["diff", shape, "redline.html", *pair]) == 2
    assert "use --out FILE" in capsys.readouterr().err
