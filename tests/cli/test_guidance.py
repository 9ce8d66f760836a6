"""`almoner guidance`: what it says and what it returns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from almoner import cli
from almoner.records.guidance.models import Edition, Work
from tests.records.guidance.conftest import NEWER, OLDER

Run = Callable[..., tuple[int, str, str]]
TITLE = "Harbour safety for clubs"


@pytest.fixture
def guidance(
    transactional_db: None, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the verb with two files at hand."""
    settings.DATA = tmp_path / "data"
    (tmp_path / "old.md").write_text(OLDER)
    (tmp_path / "new.md").write_text(NEWER)
    (tmp_path / "empty.md").write_text("")

    def run(*words: str) -> tuple[int, str, str]:
        code = cli.main(["guidance", *(str(tmp_path / one) if one.endswith(".md") else one for one in words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_editions_are_added_listed_and_compared(guidance: Run) -> None:
    code, out, _ = guidance(
        "add", TITLE, "old.md", "--name", "2023", "--status", "in_force=2023-09-01", "--nations", "EW"
    )
    assert (code, "HSC" in out) == (0, False)
    assert "7 paragraphs" in out
    assert (
        guidance("add", TITLE.upper(), "new.md", "--name", "2024", "--status", "in_force=2024-09-02")[0] == 0
    )
    assert "is there already" in guidance("add", TITLE, "new.md", "--name", "2024")[1]
    assert (Work.objects.count(), Edition.objects.count()) == (1, 2)
    listed = guidance("list")[1]
    assert "England, Wales" in listed
    assert "2024: In force since 2024-09-02" in listed
    assert "2023: Superseded since 2024-09-02" in listed
    code, out, err = guidance("compare", TITLE, "2023", "2024")
    assert (code, err) == (0, "")
    assert "[-should-][+must+]" in out.replace(" ", "")
    assert len(json.loads(guidance("compare", TITLE, "2023", "2024", "--json")[1])["changes"]) == 4
    assert "what going back would change" in guidance("compare", TITLE, "2024", "2023")[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", TITLE, "empty.md", "--name", "2023"), "no words"),
        (("add", TITLE, "missing.md", "--name", "2023"), "could not be opened"),
        (("add", TITLE, "old.md", "--name", "2023", "--published", "soon"), "“soon” is not a year"),
        (("compare", "Nothing", "1", "2"), "there is no work “Nothing”"),
        (("list", "Nothing"), "there is no work “Nothing”"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], said: str, guidance: Run) -> None:
    code, _, err = guidance(*words)
    assert (code, said in err) == (1, True)
    assert not Edition.objects.exists()


def test_edition_that_is_not_kept_is_said_with_those_that_are(guidance: Run) -> None:
    guidance("add", TITLE, "old.md", "--name", "2023")
    assert "has no edition “2031”. Kept: 2023." in guidance("compare", TITLE, "2023", "2031")[2]
    assert "no works yet" not in guidance("list")[1]
