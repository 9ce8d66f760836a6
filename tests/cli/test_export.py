"""`almoner export` and `almoner import` of WARC files: what goes out comes in again elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from almoner import cli
from almoner.pipeline.fetch import warc
from almoner.pipeline.model import MediaType
from almoner.pipeline.model import Snapshot as Captured
from almoner.records.catalogue.models import Item
from almoner.records.ingest.models import Document, Snapshot, Source
from almoner.records.ingest.services import import_snapshot
from almoner.records.store import SnapshotFolder, snapshot_folder

THEN = datetime(2026, 2, 1, 10, 0, 0, 123456, tzinfo=UTC)
LATER = datetime(2026, 2, 20, 10, 0, tzinfo=UTC)


def feed(title: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>Pier</title><item><title>{title}</title>"
        f"<description>What {title} means for the clubs of this harbour.</description></item></channel></rss>"
    ).encode()


@pytest.fixture(autouse=True)
def _gathered(tmp_path: Path, transactional_db: None, settings: Settings) -> None:
    settings.DATA = tmp_path / "data"
    for name, title, when in (("Pier", "Lights", THEN), ("Quay", "Ropes", LATER)):
        address = f"https://{name.lower()}.example/feed"
        source = Source.objects.create(name=name)
        import_snapshot(
            Captured(address, feed(title), MediaType.XML, address, when.isoformat()), source, now=LATER
        )


def exported(tmp_path: Path, *words: str) -> list[str]:
    target = tmp_path / "out.warc.gz"
    assert cli.main(["export", "--warc", str(target), *words]) == 0
    return [one.address for one in warc.snapshots(str(target)) if isinstance(one, Captured)]


def test_what_is_exported_is_the_same_elsewhere(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    exported(tmp_path)
    assert "2 documents written to" in capsys.readouterr().out

    def state() -> list[tuple[object, ...]]:
        return sorted(
            (one.path, one.snapshot.captured_at, snapshot_folder().get(one.snapshot.sha256))
            for one in Document.objects.select_related("snapshot")
        )

    before = state()
    Document.objects.all().delete()
    Snapshot.objects.all().delete()
    Item.objects.all().delete()
    settings.SNAPSHOT_FOLDER = tmp_path / "elsewhere"
    assert cli.main(["import", str(tmp_path / "out.warc.gz"), "--source", "Archive"]) == 0
    assert state() == before
    assert {item.title for item in Item.objects.all()} == {"Lights", "Ropes"}
    assert cli.main(["import", str(tmp_path / "out.warc.gz"), "--source", "Archive"]) == 0
    assert Item.objects.count() == 2


def test_export_takes_one_source_or_from_a_day_on(tmp_path: Path) -> None:
    assert exported(tmp_path, "--source", "Pier") == ["https://pier.example/feed"]
    assert exported(tmp_path, "--since", "2026-02-02") == ["https://quay.example/feed"]
    assert exported(tmp_path, "--since", "2026-03-01") == []
    assert cli.main(["export", "--warc", str(tmp_path / "x.warc.gz"), "--source", "Nobody"]) == 1


def test_export_names_what_is_missing_and_writes_the_rest(
    tmp_path: Path, snapshot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = SnapshotFolder(snapshot_folder).file(Snapshot.objects.get(source__name="Pier").sha256)
    assert file
    (snapshot_folder / file.name).unlink()
    target = tmp_path / "out.warc.gz"
    assert cli.main(["export", "--warc", str(target)]) == 1
    assert "Pier, 2026-02-01 10:00" in capsys.readouterr().err
    assert [one.address for one in warc.snapshots(str(target)) if isinstance(one, Captured)] == [
        "https://quay.example/feed"
    ]


def test_export_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", "--warc", str(tmp_path / "none" / "out.warc.gz")]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_import_names_broken_records_and_takes_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported(tmp_path)
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes((tmp_path / "out.warc.gz").read_bytes() + b"\x1f\x8b\x08 torn")
    assert cli.main(["import", str(broken), "--source", "Archive"]) == 1
    said = capsys.readouterr()
    assert "cannot be unpacked" in said.err
    assert Source.objects.get(name="Archive").snapshots.count() == 2
