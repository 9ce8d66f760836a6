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

import psycopg
import pytest
from django.db import connection

from almoner.records.catalogue.models import Item
from almoner.records.ingest import leases
from almoner.records.ingest.enums import Trust
from almoner.records.ingest.models import Snapshot, Source
from almoner.records.search.services import rebuild
from tests.servers.disk import Disk
from tests.servers.ways import NOW
from tests.servers.web import Page, Request, Web, answer, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ON_SQLITE = connection.vendor == "sqlite"
KILLS = (1_000 if ON_SQLITE else 200) if os.environ.get("ALMONER_SOAK") == "1" else 20
SOURCES = 6
SHOWN = 20
"""Items that a feed shows at a time: the newest."""


def growing(number: int, web: Web) -> Page:
    """A feed that has one item more each other time, and shows the newest."""

    def page(request: Request) -> list[bytes]:
        newest = items_by_now(number, web)
        return list(feed(number, range(max(0, newest - SHOWN), newest))(request))

    return page


def items_by_now(number: int, web: Web) -> int:
    return 3 + web.asked(f"/{number}") // 2


def feed(number: int, items: range, padding: str = "") -> Page:
    listed = "".join(
        f"<item><title>Guidance {number} {one} on attendance</title><guid>tag:{number},{one}</guid>"
        f"<pubDate>Mon, 02 Feb 2026 09:00:00 GMT</pubDate>"
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
def disk(tmp_path: Path) -> Disk:
    """A database of some sources that are due; what every other one of them brings is published at once."""
    for number in range(SOURCES):
        Source.objects.create(
            name=f"Source {number}",
            address=f"http://host{number}.example/{number}",
            adapter="feed",
            next_check_at=NOW,
            trust=(Trust.REVIEW, Trust.AUTO)[number % 2],
        )
    rebuild()  # other tests were emptied of their items, and the index knows nothing of it
    if ON_SQLITE:
        with sqlite3.connect(tmp_path / "almoner.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
    return Disk(tmp_path)


def gatherer(disk: Disk, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.records.gatherer", *map(str, words)],
        env=disk.surroundings,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def result(process: subprocess.Popen[str]) -> Any:
    output, _ = process.communicate("\n", timeout=3_600)
    assert process.returncode == 0
    return json.loads(output.splitlines()[-1])


def assert_whole(disk: Disk, *, some_published: bool = True) -> None:
    """The database is sound, each snapshot's bytes are there, whole, and the index holds what is published."""
    if ON_SQLITE:
        assert disk.rows("PRAGMA integrity_check") == [("ok",)]
        assert disk.rows("PRAGMA foreign_key_check") == []
    else:
        disk.rows("CREATE EXTENSION IF NOT EXISTS amcheck")
        # Raises where an index or a table is damaged, or they do not agree.
        of_ours = "WHERE relkind = '{}' AND relnamespace = 'public'::regnamespace"
        disk.rows(
            "SELECT bt_index_check(pg_class.oid, true) FROM pg_class JOIN pg_am ON pg_am.oid = relam "
            f"{of_ours.format('i')} AND amname = 'btree'"
        )
        damage = "SELECT relname, damage.msg FROM pg_class, LATERAL verify_heapam(oid) AS damage "
        assert disk.rows(damage + of_ours.format("r")) == []
    files = {}
    for path in (disk.folder / "snapshots").rglob("*.gz"):
        files[path.parent.name + path.stem] = hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
    assert all(name == digest for name, digest in files.items())
    kept = {sha256 for (sha256,) in disk.rows(f"SELECT sha256 FROM {Snapshot._meta.db_table}")}
    assert kept <= files.keys()
    published = f"SELECT id FROM {Item._meta.db_table} WHERE status = 'published' ORDER BY id"
    for indexed in ("rowid FROM search_entry",) * ON_SQLITE + ("item_id FROM search_item_stems",):
        assert disk.rows(f"SELECT {indexed} ORDER BY 1") == disk.rows(published)
    assert disk.rows(published) or not some_published


def titles(disk: Disk) -> list[str]:
    return sorted(title for (title,) in disk.rows(f"SELECT title FROM {Item._meta.db_table}"))


def test_s3_killed_at_any_moment_it_loses_nothing_and_doubles_nothing(disk: Disk, web: Web) -> None:
    web.pages.update({f"/{number}": growing(number, web) for number in range(SOURCES)})
    found = result(gatherer(disk, "killed", web.port, KILLS, 7))
    assert found["kills"] == KILLS
    assert_whole(disk)
    assert titles(disk) == sorted(
        f"Guidance {number} {one} on attendance"
        for number in range(SOURCES)
        for one in range(items_by_now(number, web))
    )
    assert disk.rows(f"SELECT count(*) FROM {Source._meta.db_table} WHERE lease != ''") == [(0,)]


def test_f18_four_processes_at_once_ask_for_each_source_once(disk: Disk, web: Web) -> None:
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


@pytest.mark.skipif(ON_SQLITE, reason="SQLite has one writer, and locks no rows")
def test_f18_a_claim_passes_over_what_another_is_taking(disk: Disk) -> None:
    first, *others = Source.objects.order_by("pk")
    with psycopg.connect(disk.surroundings["DATABASE_URL"]) as another:
        another.execute(f"SELECT 1 FROM {Source._meta.db_table} WHERE id = {first.pk} FOR UPDATE".encode())
        disk.rows("SET statement_timeout = '5s'")
        assert {source.pk for source in leases.claim(NOW, 64).sources} == {source.pk for source in others}
    disk.rows("RESET statement_timeout")
    assert [source.pk for source in leases.claim(NOW, 64).sources] == [first.pk]


NOISE = "".join(hashlib.sha256(bytes([byte])).hexdigest() for byte in range(200))
"""Words that do not pack."""


def wordy(web: Web) -> None:
    """Every source has ten long items."""
    web.pages.update(
        {f"/{number}": feed(number, range(10), f"{NOISE[number:]} {number}") for number in range(SOURCES)}
    )


def assert_goes_on(disk: Disk, web: Web) -> None:
    """What there was is whole; now that there is room again, the rest comes, and nothing twice."""
    assert_whole(disk, some_published=False)
    disk.rows(f"UPDATE {Source._meta.db_table} SET lease = '', lease_until = NULL")
    result(gatherer(disk, "once", web.port))
    assert len(titles(disk)) == len(set(titles(disk))) == 10 * SOURCES
    assert_whole(disk)


@pytest.mark.parametrize("room", [0, 60_000, 400_000] if ON_SQLITE else [0])
def test_s5_without_room_it_says_so_reads_on_and_goes_on_when_there_is_room(
    disk: Disk, web: Web, room: int
) -> None:
    wordy(web)
    found = result(gatherer(disk, "full", web.port, room))
    assert any(
        word in found["said"] for word in ("too large", "full", "disk I/O", "could not be kept", "readonly")
    )
    assert_goes_on(disk, web)


@pytest.mark.skipif(ON_SQLITE, reason="SQLite has no server whose disk could be another")
def test_s5_a_server_without_room_is_no_fault_of_a_source(disk: Disk, web: Web) -> None:
    wordy(web)
    disk.rows(
        "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$; "
        f"CREATE TRIGGER is_full BEFORE INSERT ON {Item._meta.db_table} FOR EACH ROW "
        "WHEN (NEW.title LIKE 'Guidance 3 7%') EXECUTE FUNCTION is_full()"
    )
    found = result(gatherer(disk, "once", web.port))
    disk.rows("DROP FUNCTION is_full CASCADE")
    assert "No space left" in found["said"]
    assert disk.rows(f"SELECT DISTINCT last_error FROM {Source._meta.db_table}") == [("",)]
    assert_goes_on(disk, web)
