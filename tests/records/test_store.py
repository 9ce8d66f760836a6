"""The snapshot store: whole or not at all, checked when read."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoner.pipeline.errors import PipelineError, Unreadable
from almoner.records.store import SnapshotFolder

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_store_keeps_bytes_under_their_sha256(tmp_path: Path) -> None:
    store = SnapshotFolder(tmp_path)
    assert store.put(b"hello") == HELLO
    assert store.put(b"hello") == HELLO
    assert files(tmp_path) == [f"{HELLO[:2]}/{HELLO[2:]}.gz"]
    assert gzip.decompress((tmp_path / HELLO[:2] / f"{HELLO[2:]}.gz").read_bytes()) == b"hello"
    assert store.get(HELLO) == b"hello"


@settings(max_examples=30, deadline=None)
@given(content=st.binary(max_size=3000))
def test_store_gives_back_what_it_was_given(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    store = SnapshotFolder(tmp_path_factory.getbasetemp() / "store")
    assert store.get(store.put(content)) == content


@pytest.mark.parametrize(
    "damage",
    [b"", b"no gzip", gzip.compress(b"something else"), gzip.compress(b"hello")[:-3]],
    ids=["empty", "not compressed", "other bytes", "cut short"],
)
def test_store_refuses_damaged_bytes_and_mends_them(tmp_path: Path, damage: bytes) -> None:
    store = SnapshotFolder(tmp_path)
    store.put(b"hello")
    (tmp_path / HELLO[:2] / f"{HELLO[2:]}.gz").write_bytes(damage)
    with pytest.raises(Unreadable):
        store.get(HELLO)
    store.put(b"hello")
    assert store.get(HELLO) == b"hello"


def test_store_leaves_nothing_behind_when_the_disk_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(PipelineError, match="No space left") as caught:
        SnapshotFolder(tmp_path).put(b"hello")
    assert (caught.value.stage, caught.value.permanent) == ("store", False)
    assert files(tmp_path) == []


def test_store_sees_to_it_that_every_new_name_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    sync = os.fsync

    def noting(handle: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{handle}")))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noting)
    store, inner = SnapshotFolder(tmp_path), tmp_path / HELLO[:2]
    store.put(b"hello")
    assert synced[1:] == [inner, tmp_path]
    (inner / f"{HELLO[2:]}.gz").unlink()
    store.put(b"hello")
    assert synced[4:] == [inner]  # its own name is there to stay
    shutil.rmtree(inner)
    store.put(b"hello")
    assert synced[6:] == [inner, tmp_path]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", HELLO.upper(), HELLO + "0"])
def test_store_takes_nothing_but_a_sha256_for_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        SnapshotFolder(tmp_path).get(name)
