"""`almoner snapshots`: what it says and what it returns."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from almoner import cli
from almoner.records.ingest.models import Snapshot, Source
from almoner.records.store import SnapshotFolder
from tests.web.documents import make_document


@pytest.fixture
def kept(
    tmp_path: Path, transactional_db: None, settings: Settings, now: datetime, snapshot_folder: Path
) -> Snapshot:
    settings.DATA = tmp_path
    return make_document([], captured=now, source="Pier").snapshot


def test_verify_is_content_with_what_is_whole(kept: Snapshot, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["snapshots", "verify"]) == 0
    assert "every snapshot is there, whole" in capsys.readouterr().out


def test_verify_names_what_is_missing_with_source_and_date(
    kept: Snapshot, snapshot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = SnapshotFolder(snapshot_folder).file(kept.sha256)
    assert file
    (snapshot_folder / file.name).unlink()
    assert cli.main(["snapshots", "verify", "--tidy"]) == 1
    assert f"missing: Pier, 2025-04-10 09:00, {kept.sha256}" in capsys.readouterr().out


def test_list_shows_a_sources_snapshots(kept: Snapshot, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["snapshots", "list", "Pier"]) == 0
    said = capsys.readouterr().out
    assert f"2025-04-10 09:00  {kept.sha256[:12]}  {kept.size} bytes, text/html" in said
    assert "/srv/inbox/Pier.html" in said
    assert cli.main(["snapshots", "list", "Quay"]) == 1


def test_a_rule_is_set_tried_and_followed(kept: Snapshot, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["snapshots", "keep", "Pier", "6"]) == 0
    assert Source.objects.get().keep_months == 6
    assert cli.main(["snapshots", "retain", "--dry-run"]) == 0
    assert "1 snapshots and 0 items would be removed" in capsys.readouterr().out
    assert cli.main(["snapshots", "retain"]) == 0
    kept.refresh_from_db()
    assert kept.removed_at is not None
    assert cli.main(["snapshots", "keep", "Pier", "for-ever"]) == 0
    assert Source.objects.get().keep_months is None


@pytest.mark.parametrize("months", ["0", "-1", "soon", "9999"])
def test_a_rule_is_a_number_of_months(kept: Snapshot, months: str) -> None:
    with pytest.raises(SystemExit):
        cli.main(["snapshots", "keep", "Pier", months])
