"""Snapshots in a bucket: as on the disk, with what buckets do that disks do not."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from almoner.pipeline.errors import PipelineError, Unreadable
from almoner.records.ingest import retention, verification
from almoner.records.ingest.models import Snapshot, Source
from almoner.records.store import SnapshotFolder, SnapshotStore, snapshot_folder
from almoner.records.store.bucket import SnapshotBucket
from tests.servers.bucket import Bucket, holding

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
NAME = f"papers/{HELLO[:2]}/{HELLO[2:]}.gz"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "the-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the-secret")
    with holding(Bucket(now=time.time())) as held:
        yield held


@pytest.fixture
def store(bucket: Bucket) -> SnapshotStore:
    return SnapshotBucket("ours", "papers", bucket.endpoint, "eu-west-2", patience=timedelta(seconds=2))


def sent(bucket: Bucket) -> int:
    return sum(1 for method, _ in bucket.asked if method == "PUT")


def test_bucket_keeps_bytes_under_their_sha256(bucket: Bucket, store: SnapshotStore) -> None:
    assert store.put(b"hello") == HELLO
    assert list(bucket.objects) == [NAME]
    assert gzip.decompress(bucket.objects[NAME]) == b"hello"
    assert store.get(HELLO) == b"hello"
    assert "the-key" in bucket.signed[0]
    assert "the-secret" not in "".join(bucket.signed)


def test_bucket_is_sent_what_it_has_not(bucket: Bucket, store: SnapshotStore) -> None:
    store.put(b"hello")
    store.put(b"hello")
    assert sent(bucket) == 1
    bucket.objects[NAME] = b"cut"
    store.put(b"hello")
    assert sent(bucket) == 2
    assert store.get(HELLO) == b"hello"


def test_bucket_is_sent_again_what_might_be_taken_for_forgotten(bucket: Bucket, store: SnapshotStore) -> None:
    store.put(b"hello")
    bucket.put_at[NAME] -= 20 * 3600
    store.put(b"hello")
    assert sent(bucket) == 2


@pytest.mark.parametrize(
    "damage",
    [b"", b"no gzip", gzip.compress(b"other"), gzip.compress(b"hello")[:-3]],
    ids=["empty", "not compressed", "other bytes", "cut short"],
)
def test_bucket_s_bytes_are_checked_when_read(bucket: Bucket, store: SnapshotStore, damage: bytes) -> None:
    bucket.objects[NAME] = damage
    with pytest.raises(Unreadable, match="s3://ours/papers"):
        store.get(HELLO)


def test_bytes_that_are_not_in_the_bucket_are_unreadable(store: SnapshotStore) -> None:
    with pytest.raises(Unreadable, match="not in the bucket") as caught:
        store.get(HELLO)
    assert caught.value.permanent
    assert store.file(HELLO) is None
    with pytest.raises(ValueError, match="SHA-256"):
        store.get("../secret")


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_bucket_that_refuses_says_what_to_do(bucket: Bucket, store: SnapshotStore, status: int) -> None:
    bucket.refuses = status
    for act in (lambda: store.put(b"hello"), lambda: store.get(HELLO), lambda: list(store.files())):
        with pytest.raises(PipelineError) as caught:
            act()
        assert caught.value.advice
        assert not caught.value.permanent
        assert "the-secret" not in str(caught.value)


def test_answer_that_breaks_off_is_no_snapshot(bucket: Bucket, store: SnapshotStore) -> None:
    store.put(b"hello")
    bucket.cuts = True
    with pytest.raises(Unreadable):
        store.get(HELLO)


def test_bucket_that_is_away_says_so(bucket: Bucket) -> None:
    store = SnapshotBucket("ours", "", "http://127.0.0.1:1", "eu-west-2", patience=timedelta(seconds=1))
    with pytest.raises(PipelineError) as caught:
        store.put(b"hello")
    assert not caught.value.permanent


def test_bucket_s_files_are_listed_and_removed(bucket: Bucket, store: SnapshotStore) -> None:
    store.put(b"hello")
    bucket.objects |= {"papers/readme.txt": b"x", "elsewhere/ab/cd.gz": b"x"}
    listed = list(store.files())
    assert [file.sha256 for file in listed] == [HELLO]
    found = store.file(HELLO)
    assert found is not None
    assert found.size == listed[0].size == len(bucket.objects[NAME])
    store.remove(found)
    store.remove(found)
    assert NAME not in bucket.objects


def test_folder_and_bucket_name_alike(
    bucket: Bucket, store: SnapshotStore, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """So a folder can be copied into a bucket as it is."""
    folder = SnapshotFolder(tmp_path_factory.mktemp("folder"))
    folder.put(b"hello")
    store.put(b"hello")
    assert [file.name for file in folder.files()] == [file.name for file in store.files()]


@pytest.mark.django_db
def test_service_keeps_verifies_and_removes_in_the_bucket(bucket: Bucket, settings: Settings) -> None:
    settings.SNAPSHOT_BUCKET = {
        "name": "ours",
        "prefix": "papers",
        "endpoint": bucket.endpoint,
        "region": "eu-west-2",
    }
    source = Source.objects.create(name="Ours", keep_months=1)
    for content in (b"hello", b"damaged", b"gone"):
        Snapshot.objects.create(
            source=source, sha256=snapshot_folder().put(content), size=len(content), media_type="text/plain", captured_at=NOW
        )  # fmt: skip
    names = list(bucket.objects)
    bucket.objects[names[1]] = b"other bytes"
    del bucket.objects[names[2]]
    assert sorted(fault.missing for fault in verification.verify()) == [False, True]
    bucket.put_at = dict.fromkeys(bucket.objects, time.time() - 3 * 86_400)
    removed = retention.retain(NOW + timedelta(days=90))
    assert sum(one.snapshots for one in removed) == 3
    assert bucket.objects == {}
