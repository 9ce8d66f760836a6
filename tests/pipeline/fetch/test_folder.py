"""A folder as a source: what is taken, when it is looked at again, and what is left alone."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from almoner.pipeline.errors import AddressRefused, PipelineError, TooLarge, Unreadable
from almoner.pipeline.fetch.folder import Folder, folder_path
from almoner.pipeline.model import MediaType, Snapshot

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def put(path: Path, words: str = "Words.", age: timedelta = timedelta(hours=1)) -> Path:
    """A file that was written some time ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)
    os.utime(path, (NOW.timestamp() - age.total_seconds(),) * 2)
    return path


def collect(
    folder: Path, since: str = "", only: MediaType | None = None
) -> tuple[list[Snapshot | PipelineError], str]:
    opened = Folder(str(folder), lambda: NOW, only=only)
    return list(opened.collect(since)), opened.position


def names(found: list[Snapshot | PipelineError]) -> list[str]:
    return [os.path.basename(one.source) for one in found]


def test_folder_gives_its_files_in_the_order_they_were_written(tmp_path: Path) -> None:
    put(tmp_path / "b.eml", age=timedelta(days=2))
    put(tmp_path / "deep/c.pdf", age=timedelta(days=1))
    put(tmp_path / "a.html")
    found, _ = collect(tmp_path)
    assert names(found) == ["b.eml", "c.pdf", "a.html"]
    assert [one.media_type for one in found if isinstance(one, Snapshot)] == [
        MediaType.MAIL, MediaType.PDF, MediaType.HTML,
    ]  # fmt: skip


def test_folder_that_looks_the_same_is_not_opened(tmp_path: Path) -> None:
    put(tmp_path / "a.eml")
    _, position = collect(tmp_path)
    assert position
    assert collect(tmp_path, position) == ([], position)
    put(tmp_path / "b.eml")
    found, later = collect(tmp_path, position)
    assert names(found) == ["a.eml", "b.eml"]
    assert later != position


def test_file_that_is_being_written_is_left_until_it_rests(tmp_path: Path) -> None:
    put(tmp_path / "whole.eml")
    put(tmp_path / "half.eml", age=timedelta(seconds=2))
    found, position = collect(tmp_path)
    assert names(found) == ["whole.eml"]
    assert position == ""  # it is looked at again
    put(tmp_path / "half.eml", age=timedelta(seconds=20))
    found, position = collect(tmp_path)
    assert len(found) == 2
    assert position


def test_file_that_is_written_while_it_is_read_is_left(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", age=timedelta(days=2))
    put(tmp_path / "b.eml")
    opened = Folder(str(tmp_path), lambda: NOW)
    messages = opened.collect("")
    next(messages)
    put(tmp_path / "b.eml", "Other words.")
    assert list(messages) == []
    assert opened.position == ""


def test_file_that_vanishes_meanwhile_stops_nothing(tmp_path: Path) -> None:
    for number in range(3):
        put(tmp_path / f"{number}.eml")
    messages = Folder(str(tmp_path), lambda: NOW).collect("")
    next(messages)
    (tmp_path / "1.eml").unlink()
    assert names(list(messages)) == ["2.eml"]


def test_links_pipes_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside/secret.eml")
    inside = tmp_path / "inside"
    put(inside / "a.eml")
    put(inside / ".hidden.eml")
    put(inside / ".git/config.txt")
    put(inside / "programme.exe")
    (inside / "link.eml").symlink_to(secret)
    (inside / "folder").symlink_to(secret.parent)
    (inside / "nowhere.eml").symlink_to(tmp_path / "nothing")
    os.mkfifo(inside / "pipe.eml")
    assert names(collect(inside)[0]) == ["a.eml"]


def test_link_that_takes_a_file_s_place_is_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside/secret.eml")
    put(tmp_path / "inside/a.eml", age=timedelta(days=2))
    late = put(tmp_path / "inside/b.eml")
    messages = Folder(str(tmp_path / "inside"), lambda: NOW).collect("")
    next(messages)
    late.unlink()
    late.symlink_to(secret)
    assert not [one for one in messages if isinstance(one, Snapshot)]


def test_file_that_cannot_be_had_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    put(tmp_path / "a.eml")
    big = put(tmp_path / "b.eml")
    os.truncate(big, 17 * 2**20)
    os.utime(big, (NOW.timestamp() - 60,) * 2)
    put(tmp_path / "c.eml", age=timedelta(seconds=30))
    found, position = collect(tmp_path)
    assert [type(one) for one in found] == [Snapshot, TooLarge, Snapshot]
    assert position


def test_maildir_needs_no_endings(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    put(tmp_path / "new/1700000000.M1P2.host")
    put(tmp_path / "cur/1700000000.M1P1.host:2,S")
    put(tmp_path / "tmp/1700000000.M1P3.host")
    found, _ = collect(tmp_path, only=MediaType.MAIL)
    assert len(found) == 2


def test_folder_of_messages_holds_nothing_else(tmp_path: Path) -> None:
    put(tmp_path / "a.eml")
    put(tmp_path / "b.mbox")
    put(tmp_path / "c.html")
    assert names(collect(tmp_path, only=MediaType.MAIL)[0]) == ["a.eml", "b.mbox"]


def test_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        collect(tmp_path / "gone")
    assert caught.value.advice
    assert not caught.value.permanent


@pytest.mark.parametrize("address", [
    "file:///etc", "file://{0}/../etc", "file://{0}/link", "file://{0}-other", "file://host{0}", "{0}", "file:relative",
    "http://a.example/", "file://{0}?x", "file://{0}%00", "file://[", "",
])  # fmt: skip
def test_folder_outside_those_allowed_is_refused(tmp_path: Path, address: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "root-other").mkdir()
    (root / "link").symlink_to("/etc")
    with pytest.raises(AddressRefused) as caught:
        folder_path(address.format(root), [str(root)], source="Ours")
    assert "ALMONER_FOLDERS" in caught.value.advice


def test_folder_within_those_allowed_is_named(tmp_path: Path) -> None:
    (tmp_path / "A B").mkdir()
    assert folder_path(f"file://{tmp_path}/A%20B/", [str(tmp_path)]) == str(tmp_path / "A B")
    with pytest.raises(AddressRefused):
        folder_path(f"file://{tmp_path}", [])
