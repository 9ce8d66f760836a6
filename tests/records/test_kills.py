"""Processes that are killed while they gather, that run doubled, or that have no room: nothing lost, nothing twice."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from almoner.records.catalogue.models import Item
from almoner.records.ingest.models import Snapshot, Source
from tests.servers.ways import NOW
from tests.servers.web import Page, Request, Web, answer, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS = 1_000 if os.environ.get("ALMONER_SOAK") == "1" else 20
SOURCES = 12
MOST = 25
"""Items that a source has in the end."""


def growing(number: int, web: Web) -> Page:
    """A feed that has one item more each other time, up to `MOST`."""

    def page(request: Request) -> list[bytes]:
        shown = min(3 + web.asked(f"/{number}") // 2, MOST)
        return list(feed(number, range(shown))(request))

    return page


def feed(number: int, items: range, padding: str = "") -> Page:
    listed = "".join(
        f"<item><title>Guidance {number} {one} on attendance</title><guid>tag:{number},{one}</guid>"
        f"<link>https://host{number}.example/{one}</link><description>What part {one} of guidance {number} asks of schools,"
        f" of colleges and of the people who work there. {padding}</description></item>"
        for one in items
    )
    return answer(
        f"<rss version='2.0'><channel><title>A feed</title>{listed}</channel></rss>", Content_Type="text/xml"
    )


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(Web()) as served:
        yield served


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder with a database of some sources that are due."""
    if connection.vendor != "sqlite":
        pytest.skip("the database in a file is SQLite's")
    for number in range(SOURCES):
        Source.objects.create(
            name=f"Source {number}",
            address=f"http://host{number}.example/{number}",
            adapter="feed",
            next_check_at=NOW,
        )
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "almoner.sqlite3") as copy:
        connection.connection.backup(copy)
    copy.close()
    return tmp_path


def gatherer(disk: Path, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.records.gatherer", *map(str, words)],
        env={**os.environ, "ALMONER_DATA": str(disk)},
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def result(process: subprocess.Popen[str]) -> Any:
    output, _ = process.communicate("\n", timeout=3_600)
    assert process.returncode == 0
    return json.loads(output.splitlines()[-1])


def rows(disk: Path, query: str) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(disk / "almoner.sqlite3")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def assert_whole(disk: Path) -> None:
    """The database is sound, and each snapshot's bytes are there, whole."""
    assert rows(disk, "PRAGMA integrity_check") == [("ok",)]
    assert rows(disk, "PRAGMA foreign_key_check") == []
    files = {}
    for path in (disk / "snapshots").rglob("*.gz"):
        files[path.parent.name + path.stem] = hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
    assert all(name == digest for name, digest in files.items())
    kept = {sha256 for (sha256,) in rows(disk, f"SELECT sha256 FROM {Snapshot._meta.db_table}")}
    assert kept <= files.keys()


def titles(disk: Path) -> list[str]:
    return sorted(title for (title,) in rows(disk, f"SELECT title FROM {Item._meta.db_table}"))


def test_s3_killed_at_any_moment_it_loses_nothing_and_doubles_nothing(disk: Path, web: Web) -> None:
    web.pages.update({f"/{number}": growing(number, web) for number in range(SOURCES)})
    found = result(gatherer(disk, "killed", web.port, KILLS, 7))
    assert_whole(disk)
    shown = {number: min(3 + (web.asked(f"/{number}") - 1) // 2, MOST) for number in range(SOURCES)}
    have = titles(disk)
    assert len(have) == len(set(have)) == found["after_a_replay"]
    for number in range(SOURCES):
        mine = {title for title in have if title.startswith(f"Guidance {number} ")}
        expected = {f"Guidance {number} {one} on attendance" for one in range(shown[number])}
        # The last item may have come with the very last answer only.
        assert mine >= expected - {f"Guidance {number} {shown[number] - 1} on attendance"}
        assert mine <= {f"Guidance {number} {one} on attendance" for one in range(MOST)}
    assert rows(disk, f"SELECT count(*) FROM {Source._meta.db_table} WHERE lease != ''") == [(0,)]


def test_f18_four_processes_at_once_ask_for_each_source_once(disk: Path, web: Web) -> None:
    web.pages.update({f"/{number}": feed(number, range(3)) for number in range(SOURCES)})
    all_four = [gatherer(disk, "once", web.port) for _ in range(4)]
    for process in all_four:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in all_four:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    checked = [result(process)["checked"] for process in all_four]
    assert sum(checked) == SOURCES
    assert [web.asked(f"/{number}") for number in range(SOURCES)] == [1] * SOURCES
    assert len(titles(disk)) == 3 * SOURCES
    assert_whole(disk)


@pytest.mark.parametrize("room", [0, 60_000, 400_000])
def test_s5_without_room_it_says_so_reads_on_and_goes_on_when_there_is_room(
    disk: Path, web: Web, room: int
) -> None:
    noise = "".join(hashlib.sha256(bytes([byte])).hexdigest() for byte in range(200))
    web.pages.update(
        {f"/{number}": feed(number, range(10), f"{noise[number:]} {number}") for number in range(SOURCES)}
    )
    found = result(gatherer(disk, "full", web.port, room))
    assert any(
        word in found["said"] for word in ("too large", "full", "disk I/O", "could not be kept", "readonly")
    )
    assert_whole(disk)
    with sqlite3.connect(disk / "almoner.sqlite3") as database:
        database.execute(f"UPDATE {Source._meta.db_table} SET lease = '', lease_until = NULL")
    database.close()
    result(gatherer(disk, "once", web.port))
    assert len(titles(disk)) == len(set(titles(disk))) == 10 * SOURCES
    assert_whole(disk)
