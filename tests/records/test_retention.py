"""What is removed by rule, what stays, and that nothing comes back."""

from __future__ import annotations

import logging
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import Settings

from almoner.pipeline.model import MediaType
from almoner.pipeline.model import Snapshot as Captured
from almoner.pipeline.ports import Answer, Validators, Wanted
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import publish, withdraw
from almoner.records.ingest import heartbeat, retention, verification
from almoner.records.ingest.models import ItemKey, Snapshot, Source
from almoner.records.ingest.retention import months_before, retain, would_remove
from almoner.records.ingest.services import import_snapshot
from almoner.records.ingest.watching import watch
from almoner.records.store import SnapshotFolder, snapshot_folder

THEN = datetime(2025, 1, 10, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def feed(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://pier.example/{title.replace(' ', '-')}</link>"
        f"<description>What {title} means for the clubs of this harbour.</description></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>Pier</title>{items}</channel></rss>".encode()


def take(source: Source, content: bytes, when: datetime) -> Snapshot:
    address = "https://pier.example/feed"
    outcome = import_snapshot(
        Captured(address, content, MediaType.XML, address, when.isoformat()), source, now=when
    )
    for file in snapshot_folder().files():
        os.utime(Path(settings.SNAPSHOT_FOLDER) / file.name, (0, 0))  # as if put long ago
    return outcome.document.snapshot


def pier(**fields: Any) -> Source:
    return Source.objects.create(name="Pier", **{"keep_months": 12, **fields})


def has_bytes(snapshot: Snapshot) -> bool:
    return snapshot_folder().file(snapshot.sha256) is not None


def removed(snapshot: Snapshot) -> bool:
    snapshot.refresh_from_db()
    return snapshot.removed_at is not None


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 1, "2025-12-15"), ("2024-02-29", 12, "2023-02-28")],
)
def test_months_end_with_the_month(now: str, months: int, before: str) -> None:
    assert months_before(datetime.fromisoformat(now), months) == datetime.fromisoformat(before)


def test_a_source_without_a_rule_keeps_everything() -> None:
    snapshot = take(pier(keep_months=None), feed("Lights"), THEN)
    assert retain(NOW) == []
    assert has_bytes(snapshot)


def test_old_bytes_go_and_young_ones_stay(caplog: pytest.LogCaptureFixture) -> None:
    source = pier()
    old, young = take(source, feed("Lights"), THEN), take(source, feed("Ropes"), NOW - timedelta(days=9))
    with caplog.at_level(logging.INFO):
        (report,) = retain(NOW)
    assert (report.source, report.snapshots, report.items, report.size > 0) == (source, 1, 1, True)
    assert "Pier: 1 snapshots, 1 items" in caplog.text
    assert (removed(old), has_bytes(old)) == (True, False)
    assert (removed(young), has_bytes(young)) == (False, True)
    assert [item.title for item in Item.objects.all()] == ["Ropes"]
    assert retain(NOW) == []


def test_a_published_item_stays_when_its_bytes_go() -> None:
    snapshot = take(pier(), feed("Lights"), THEN)
    publish(Item.objects.all(), now=THEN)
    (report,) = retain(NOW)
    assert (report.items, has_bytes(snapshot)) == (0, False)
    assert Item.objects.get().status == "published"


def test_bytes_stay_while_an_item_in_them_is_still_seen() -> None:
    source = pier()
    old = take(source, feed("Lights", "Ropes"), THEN)
    take(source, feed("Ropes", "Sails"), NOW - timedelta(days=9))
    assert retain(NOW) == []
    withdraw(Item.objects.get(title="Ropes"), reason="Not ours.", now=NOW)
    assert len(retain(NOW)) == 1
    assert not has_bytes(old)
    # It is in a copy that is kept, and stays with it.
    assert {item.title for item in Item.objects.all()} == {"Ropes", "Sails"}


def test_bytes_that_another_source_names_stay() -> None:
    one, other = pier(), Source.objects.create(name="Quay")
    snapshot = take(one, feed("Lights"), THEN)
    same = take(other, feed("Lights"), THEN)
    assert snapshot.sha256 == same.sha256
    retain(NOW)
    assert removed(snapshot)
    assert has_bytes(same)
    assert list(verification.verify()) == []
    assert Item.objects.count() == 1  # the other source still shows it


@pytest.mark.parametrize("again", [feed("Lights"), feed("Lights", "Ropes")], ids=["same bytes", "one more"])
def test_a_removed_item_that_is_still_listed_does_not_come_back(again: bytes) -> None:
    source = pier()
    take(source, feed("Lights"), THEN)
    retain(NOW)
    assert ItemKey.objects.filter(source=source, item=None).exists()
    take(source, again, NOW)
    assert "Lights" not in {item.title for item in Item.objects.all()}


def test_an_item_from_before_names_were_kept_does_not_come_back_either() -> None:
    source = pier()
    take(source, feed("Lights"), THEN)
    ItemKey.objects.all().delete()
    retain(NOW)
    take(source, feed("Lights", "Ropes"), NOW)
    assert [item.title for item in Item.objects.all()] == ["Ropes"]


def test_dry_run_says_the_same_and_removes_nothing() -> None:
    snapshot = take(pier(), feed("Lights"), THEN)
    told = would_remove(NOW)
    assert (removed(snapshot), has_bytes(snapshot), Item.objects.count()) == (False, True, 1)
    assert told == retain(NOW)


def test_killed_between_row_and_file_leaves_a_file_that_is_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = take(pier(), feed("Lights"), THEN)

    def killed(_: str) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(retention, "_remove_bytes", killed)
        with pytest.raises(SystemExit):
            retain(NOW)
    assert (removed(snapshot), has_bytes(snapshot)) == (True, True)
    assert list(verification.verify()) == []  # nothing is missed
    retention.sweep(lambda: NOW, threading.Event(), lambda: None)
    assert not has_bytes(snapshot)


def test_killed_before_the_commit_leaves_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = take(pier(), feed("Lights"), THEN)

    def killed(_: list[int]) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(retention, "_bury", killed)
        with pytest.raises(SystemExit):
            retain(NOW)
    assert (removed(snapshot), has_bytes(snapshot), Item.objects.count()) == (False, True, 1)


def test_bytes_that_were_put_again_today_are_left_to_be_tidied() -> None:
    snapshot = take(pier(), feed("Lights"), THEN)
    snapshot_folder().put(feed("Lights"))  # a check that has not written its row yet
    retain(NOW)
    assert has_bytes(snapshot)


def test_small_batches_remove_all_in_the_end() -> None:
    source = pier()
    for number in range(5):
        take(source, feed(f"Notice {number}"), THEN)
    beats: list[int] = []
    assert retain(NOW, most=2)[0].snapshots == 2
    retention.sweep(lambda: NOW, threading.Event(), lambda: beats.append(1))
    assert (Snapshot.objects.filter(removed_at=None).count(), len(beats), Item.objects.count()) == (0, 1, 0)


def test_verify_tells_missing_from_damaged_and_tidies_only_what_is_old(snapshot_folder: Path) -> None:
    source = pier(keep_months=None)
    fine, gone, torn = (take(source, feed(title), THEN) for title in ("Lights", "Ropes", "Sails"))
    store = SnapshotFolder(snapshot_folder)
    for snapshot, damage in ((gone, None), (torn, b"torn")):
        file = store.file(snapshot.sha256)
        assert file
        if damage:
            (snapshot_folder / file.name).write_bytes(damage)
        else:
            (snapshot_folder / file.name).unlink()
    assert {(fault.of, fault.missing) for fault in verification.verify()} == {
        (gone, True),
        (torn, False),
    }
    forgotten, fresh = store.put(b"forgotten"), store.put(b"fresh")
    for sha256, when in ((forgotten, 0), (fresh, None)):
        file = store.file(sha256)
        assert file
        if when is not None:
            os.utime(snapshot_folder / file.name, (when, when))
    half = snapshot_folder / fine.sha256[:2] / ".new-half"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert {file.sha256 for file in verification.unnamed()} == {forgotten, fresh, ""}
    assert verification.tidy()[0] == 2
    assert {file.sha256 for file in verification.unnamed()} == {fresh}
    assert store.get(fine.sha256) == feed("Lights")


class Once(threading.Event):
    """Stops the watch after one round."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return super().wait(timeout)


class Nothing:
    """A web that nobody should ask."""

    def fetch(self, wanted: Wanted, known: Validators) -> Answer:
        raise AssertionError(f"{wanted} was asked for with {known}")


def test_the_watch_gives_signs_of_life_and_removes_what_is_too_old(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    snapshot = take(pier(), feed("Lights"), THEN)
    watch(Nothing(), lambda: NOW, Once())
    assert heartbeat.last() == heartbeat.Beat(NOW, NOW)
    assert removed(snapshot)
    assert not has_bytes(snapshot)
