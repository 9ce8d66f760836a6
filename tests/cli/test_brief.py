"""`almoner brief`: what it says and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from almoner import cli
from almoner.products.briefing.models import Briefing, Issue
from almoner.products.briefing.services.issues import approve
from almoner.records.catalogue.models import Item

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def brief(
    transactional_db: None, settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Run:
    """Run the verb; there is a briefing for schools too."""
    settings.DATA = tmp_path / "data"
    Briefing.objects.create(key="weekly", name="Harbour weekly", audiences=["schools"])

    def run(*words: str) -> tuple[int, str, str]:
        code = cli.main(["brief", *words])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


def test_issue_is_composed_looked_at_and_published(
    brief: Run, make_item: Callable[..., Item], now: datetime, tmp_path: Path
) -> None:
    make_item("News of today", summary="In short.", captured_at=datetime.now(now.tzinfo))
    code, out, _ = brief("compose", "weekly", "--on", "2026-11-23")
    assert (code, "News of today" in out, "1 entries" in out) == (0, True, False)
    assert "Lead" in out
    assert "Harbour weekly, 23 November 2026" in brief("preview", "weekly")[1]
    assert brief("preview", "weekly", "--as", "html", "--for", "schools")[1].startswith("<!doctype html>")
    assert "New since the last issue" in brief("preview", "weekly", "--as", "plan")[1].replace(
        "Leads: n", "N"
    )
    printed = tmp_path / "issue.pdf"
    assert brief("preview", "weekly", "--as", "pdf", "--out", str(printed))[0] == 0
    assert printed.read_bytes().startswith(b"%PDF-")
    assert brief("send", "weekly", "--test", "bob@example.org")[0] == 0
    assert [one.to for one in mail.outbox] == [["bob@example.org"]]
    code, _, err = brief("send", "weekly")
    assert (code, "Approve it first." in err) == (1, True)
    approve(Issue.objects.get(), None, now=now)
    assert "is published" in brief("send", "weekly")[1]
    assert "was published before" in brief("send", "weekly")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compose", "daily"), "There is no briefing “daily”. There are: weekly."),
        (("preview", "weekly"), "It has no issue yet"),
        (("send", "weekly"), "It has no issue yet"),
    ],
)
def test_what_is_not_there_is_said(brief: Run, words: tuple[str, ...], said: str) -> None:
    code, _, err = brief(*words)
    assert code == 1
    assert said in err


def test_edition_that_is_not_there_and_file_that_cannot_be_written_are_said(
    brief: Run, tmp_path: Path
) -> None:
    brief("compose", "weekly")
    assert "no edition for police" in brief("preview", "weekly", "--for", "police")[2]
    assert "could not be written" in brief("preview", "weekly", "--out", str(tmp_path / "no" / "where"))[2]
